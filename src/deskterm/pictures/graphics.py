"""Pixels as a terminal takes them. Whatever the picture was: these bytes are ours alone."""

from __future__ import annotations

import re
import zlib
from base64 import b64encode
from collections.abc import Iterator
from typing import Final

from deskterm.pictures.frame import Frame

_ESC: Final = "\x1b"
_ST: Final = "\x1b\\"
_CHUNK: Final = 4_096
_BAND: Final = 6
_RUN: Final = re.compile(rb"(.)\1{3,}", re.DOTALL)
_PICTURE: Final = 0x6465736B
"""The number of our one picture, by which it is taken off again."""


def kitty(frame: Frame, columns: int, rows: int) -> str:
    """Show a frame of RGB pixels where the cursor is, over so many cells; the cursor stays.

    Source: kitty documentation, "Terminal graphics protocol" (a=T transmit and display, f=24 RGB,
    o=z deflate, C=1 leave the cursor, q=2 no answer; payload in base64, 4096 bytes a piece).
    """
    data = b64encode(zlib.compress(frame.pixels, 1)).decode("ascii")
    width, height = frame.size
    control = (
        f"a=T,f=24,o=z,t=d,i={_PICTURE},p=1,s={width},v={height},c={columns},r={rows},C=1,q=2,"
    )
    pieces = [data[place : place + _CHUNK] for place in range(0, len(data), _CHUNK)]
    return "".join(
        f"{_ESC}_G{control if number == 0 else ''}m={int(number + 1 < len(pieces))};{piece}{_ST}"
        for number, piece in enumerate(pieces)
    )


def kitty_gone() -> str:
    """Take the picture off and free its memory."""
    return f"{_ESC}_Ga=d,d=I,i={_PICTURE},q=2{_ST}"


def sixel(frame: Frame) -> str:
    """A frame with a table of colours, painted where the cursor is.

    Source: DEC VT330/VT340 Programmer Reference Manual, volume 2, chapter 14: raster attributes
    one to one, colours as parts of a hundred (`#n;2;r;g;b`), bands of six rows.
    """
    width, height = frame.size
    colours = frame.colours
    table = "".join(
        f"#{number};2;" + ";".join(str(round(part * 100 / 255)) for part in colour)
        for number, colour in enumerate(zip(*[iter(colours)] * 3, strict=True))
    )
    bands = b"-".join(_bands(frame.pixels, width, height)).decode("ascii")
    return f'{_ESC}P0;1;0q"1;1;{width};{height}{table}{bands}{_ST}'


def _bands(pixels: bytes, width: int, height: int) -> Iterator[bytes]:
    for top in range(0, height, _BAND):
        rows = [
            pixels[row * width : (row + 1) * width] for row in range(top, min(top + _BAND, height))
        ]
        yield b"$".join(
            b"#%d" % colour + _packed(_mask(rows, colour, width))
            for colour in sorted(set(b"".join(rows)))
        )


def _mask(rows: list[bytes], colour: int, width: int) -> bytes:
    """For each column, which of six rows have the colour: a number of six bits, as a letter."""
    bits = 0
    for number, row in enumerate(rows):
        table = bytearray(256)
        table[colour] = 1 << number
        bits |= int.from_bytes(row.translate(bytes(table)), "big")
    offset = int.from_bytes(b"?" * width, "big")  # no column overflows: 63 + 63 is below 256
    return (bits + offset).to_bytes(width, "big")


def _packed(letters: bytes) -> bytes:
    """Runs of a letter as `!count letter`, without what is empty at the end."""
    return _RUN.sub(lambda run: b"!%d%c" % (len(run[0]), run[1]), letters.rstrip(b"?"))
