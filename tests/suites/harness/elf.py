"""As much of ELF as the round trip needs: the words of a file's code.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import struct
from pathlib import Path

SHT_PROGBITS = 1
SHF_EXECINSTR = 4


def code_words(file: Path, ordered=False):
    """The 32-bit words of all sections of code, as a set or in order."""
    data = file.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        raise ValueError(f"{file}: not a little-endian ELF64 file")
    table, = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    words = []
    for index in range(count):
        header = table + index * size
        kind, flags = struct.unpack_from("<IQ", data, header + 4)
        offset, length = struct.unpack_from("<QQ", data, header + 24)
        if kind == SHT_PROGBITS and flags & SHF_EXECINSTR:
            code = memoryview(data)[offset:offset + length]
            words += struct.unpack(f"<{length // 4}I", code[: length // 4 * 4])
    return words if ordered else set(words)
