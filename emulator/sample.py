"""A picture to send when somebody tries what happens with a photo: an invented receipt, drawn here.

It refuses to need an image library: a PNG is a few chunks.
"""

import struct
import zlib

_WIDTH, _HEIGHT = 120, 160
_DESK, _PAPER, _INK = b"\xb5\xc9\xc2", b"\xfb\xfa\xf4", b"\x8a\x96\x93"


def photo() -> bytes:
    """A small PNG: a slip of paper with lines, on a desk."""
    rows = b"".join(b"\x00" + b"".join(_pixel(x, y) for x in range(_WIDTH)) for y in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _pixel(x: int, y: int) -> bytes:
    if not (22 <= x < 98 and 14 <= y < 146):
        return _DESK
    line = y % 14 in {6, 7} and 28 < y < 136
    return _INK if line and 32 <= x < (60 + (y * 7) % 28) else _PAPER


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
