// Values as a person reads them: 5, 97 'a', 0x2000 "text", {...}.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Dies.h"

#include <string>

namespace tatami::debug {

/// Bytes that an object of that type has; nothing if nobody says.
std::optional<uint64_t> sizeOfType(Dies &dies, DieRef type);

/// The object in \p bytes as text. \p memory is where pointers point.
std::string formatValue(Dies &dies, DieRef type, std::span<const uint8_t> bytes,
                        std::span<const uint8_t> memory);

/// A number that the debug information has instead of a place, in the type's
/// bytes.
std::vector<uint8_t> bytesOfConstant(const Value &value, uint64_t size);

/// The entry's name with its classes and namespaces.
std::string qualifiedName(Dies &dies, DieRef die);

} // namespace tatami::debug
