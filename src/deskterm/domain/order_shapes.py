"""Shapes of order numbers, as a shop writes them in its settings.

`#` stands for a digit, `@` for a letter, `*` for either; `{5}` or `{5,8}` behind one of them
repeats it; `\\` takes the next character as it is; everything else stands for itself. So
`SHOP-#{5,8}` finds SHOP-12345. Regular expressions are not offered, because one that is written
carelessly can stop the program on a long message; a shape takes time linear in the text.
"""

from __future__ import annotations

import re

SHAPE_MAX = 60  # characters of a shape
NUMBER_MIN, NUMBER_MAX = 4, 60  # characters of a number that it finds

_PART = re.compile(r"(?:\\(.)|(.))(?:\{([0-9]{1,2})(?:,([0-9]{1,2}))?\})?")
_CLASSES = {"#": "[0-9]", "@": "[A-Za-z]", "*": "[A-Za-z0-9]"}


def compile_shape(shape: str) -> re.Pattern[str]:
    """An expression that finds numbers of this shape as words of their own, in any case.

    Raises:
        ValueError: why it is no shape, as the end of a sentence.
    """
    if not 1 <= len(shape) <= SHAPE_MAX or not shape.isprintable():
        raise ValueError(f"needs 1 to {SHAPE_MAX} printable characters")
    expression, shortest, longest, ranges, placeholders = "", 0, 0, 0, 0
    for part in _PART.finditer(shape):
        low, high = int(part[3] or 1), int(part[4] or part[3] or 1)
        piece = _CLASSES.get(part[2] or "")
        if piece is None and (part[3] or part[2] in ("{", "}", "\\")):
            raise ValueError("repeats something other than #, @ or *, or has a stray \\, { or }")
        if high < low:
            raise ValueError("has a range that ends before it begins")
        placeholders += piece is not None
        ranges += high > low
        shortest, longest = shortest + low, longest + high
        expression += f"{piece}{{{low},{high}}}" if piece else re.escape(part[1] or part[2])
    if ranges > 1:
        raise ValueError("has more than one range; write two shapes instead")
    if not placeholders or shortest < NUMBER_MIN or longest > NUMBER_MAX:
        raise ValueError(
            f"must have a #, @ or * and find numbers of {NUMBER_MIN} to {NUMBER_MAX} characters"
        )
    return re.compile(f"(?<![A-Za-z0-9]){expression}(?![A-Za-z0-9])", re.IGNORECASE | re.ASCII)
