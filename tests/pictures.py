"""Pictures as a decoder of codes takes them."""

import struct
import zlib


def grey(png: bytes) -> memoryview:
    """A picture as rows of grey: the first channel of a PNG of eight bits, its filters undone."""
    width, height, _, kind = struct.unpack(">IIBB", png[16:26])
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, stride = zlib.decompress(packed), width * channels
    grey, above = bytearray(), bytearray(width)
    for start in range(0, height * (stride + 1), stride + 1):
        line = bytearray(raw[start + 1 : start + 1 + stride : channels])
        _unfilter(raw[start], line, above)
        grey += line
        above = line
    return memoryview(grey).cast("B", (height, width))


def _unfilter(kind: int, line: bytearray, above: bytearray) -> None:
    """One channel of a line: each is filtered by itself."""
    left = corner = 0
    for i, up in enumerate(above):
        guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
        left = line[i] = (line[i] + guess) & 255
        corner = up


def _paeth(left: int, above: int, corner: int) -> int:
    nearest = left + above - corner
    return min((left, above, corner), key=lambda value: abs(nearest - value))
