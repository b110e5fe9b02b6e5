"""The pixels of a part of a picture, as the pictures' tests look at them."""

import re
import struct
import zlib
from dataclasses import dataclass

from bot.documents.svg import png


@dataclass(frozen=True)
class Pixels:
    """Rows of RGBA bytes."""

    width: int
    height: int
    rows: tuple[bytes, ...]

    def at(self, x: float, y: float) -> str:
        """The colour of a pixel: «#0d5c54»."""
        start = int(x) * 4
        return "#" + self.rows[int(y)][start : start + 3].hex()

    @property
    def colours(self) -> set[str]:
        """All that there are."""
        return {self.at(x, y) for y in range(self.height) for x in range(self.width)}


def of(svg: str, x: float, y: float, width: int, height: int) -> Pixels:
    """A part of a page, drawn as the page is: decoding all of it would take seconds."""
    seen = re.sub(
        r'width="\d+" height="\d+" viewBox="[^"]+"',
        f'width="{width}" height="{height}" viewBox="{int(x)} {int(y)} {width} {height}"',
        svg,
        count=1,
    )
    assert seen != svg
    return read(png(seen))


def read(data: bytes) -> Pixels:
    """Decode eight-bit RGBA, the one kind that is drawn here."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    place, packed, width, height = 8, b"", 0, 0
    while place < len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour, _how, _filter, interlaced = struct.unpack(">IIBBBBB", body)
            assert (depth, colour, interlaced) == (8, 6, 0)
        elif kind == b"IDAT":
            packed += body
        place += size + 12
    raw, stride = zlib.decompress(packed), width * 4
    rows: list[bytes] = []
    above = bytes(stride)
    for start in range(0, len(raw), stride + 1):
        above = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), above)
        rows.append(above)
    assert len(rows) == height
    return Pixels(width, height, tuple(rows))


def _unfiltered(how: int, row: bytearray, above: bytes) -> bytes:
    for n in range(len(row)) if how else ():
        left = row[n - 4] if n >= 4 else 0
        up, corner = above[n], above[n - 4] if n >= 4 else 0
        if how == 1:
            guess = left
        elif how == 2:
            guess = up
        elif how == 3:
            guess = (left + up) // 2
        else:
            guess = min((left, up, corner), key=lambda each: abs(left + up - corner - each))
        row[n] = (row[n] + guess) & 255
    return bytes(row)
