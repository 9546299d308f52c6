//===- PrivateMember.h - Reach a private member of clang --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang has no way to register a target or a tool chain from outside: both
// sit in private members that only its own factories fill. C++ lets an
// explicit template instantiation name private members, so this is the one
// documented place where the driver reaches them, without a patched clang and
// without assuming any object layout. If clang renames a member, the build
// fails here.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_PRIVATEMEMBER_H
#define TATAMI_DRIVER_PRIVATEMEMBER_H

namespace tatami {

/// Instantiated explicitly with the address of a private member, defines the
/// friend function privateMember(Tag) that returns it.
template <typename Tag, typename Tag::Pointer Member> struct ExposeMember {
  friend typename Tag::Pointer privateMember(Tag) { return Member; }
};

} // namespace tatami

#endif // TATAMI_DRIVER_PRIVATEMEMBER_H
