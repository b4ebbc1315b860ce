"""What the picture process answers: bare pixels, of which the length alone must be right."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, Literal

#: `rgb`: three bytes a pixel. `few`: one byte a pixel, which is a place in a table of colours.
Form = Literal["rgb", "few"]

MOST_SIDE: Final = 4_096
"""Pixels across or down that may be asked for."""

_HEAD: Final = struct.Struct(">IIHHH")
_COLOUR: Final = 3
_MOST_COLOURS: Final = 256
MOST_BYTES: Final = _HEAD.size + _COLOUR * (_MOST_COLOURS + 2_000_000)
"""Of an answer."""


class BadFrame(Exception):
    """This is no answer."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture as it is shown.

    Args:
        original: pixels across and down of the picture as it was sent.
        size: pixels across and down of this.
        colours: three bytes each; empty where the pixels are colours themselves.
        pixels: row by row, three bytes each, or with `colours` one.
    """

    original: tuple[int, int]
    size: tuple[int, int]
    colours: bytes
    pixels: bytes

    def dump(self) -> bytes:
        """For the pipe."""
        head = _HEAD.pack(*self.original, *self.size, len(self.colours))
        return head + self.colours + self.pixels

    @classmethod
    def load(cls, data: bytes, room: tuple[int, int]) -> Frame:
        """Read what `dump` wrote, trusting nothing of it.

        Raises:
            BadFrame: it is larger than asked for, or too short or too long for what it says.
        """
        if len(data) < _HEAD.size:
            raise BadFrame
        across, down, width, height, count = _HEAD.unpack_from(data)
        if not (0 < width <= room[0] and 0 < height <= room[1]):
            raise BadFrame
        each = 1 if count else _COLOUR
        rest = data[_HEAD.size :]
        if count > _COLOUR * _MOST_COLOURS or count % _COLOUR:
            raise BadFrame
        colours, pixels = rest[:count], rest[count:]
        if len(pixels) != width * height * each:
            raise BadFrame
        if count and max(pixels) >= count // _COLOUR:
            raise BadFrame
        return cls((across, down), (width, height), colours, pixels)
