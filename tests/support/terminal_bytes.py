"""What a program has sent to a terminal (ECMA-48, "Select Graphic Rendition")."""

from __future__ import annotations

import re

_STYLE = re.compile(rb"\x1b\[([0-9;]{0,80})m")
_COLOUR = re.compile(r"(?:^|;)((?:38|48);(?:2;\d+;\d+;\d+|5;\d+)|(?:3|4|9|10)[0-7])(?=;|$)")


def colours_in(raw: bytes) -> set[str]:
    """The colours that were asked for, as they were written: `48;2;1;2;3`, `31`."""
    return {
        found[1]
        for style in _STYLE.finditer(raw)
        for found in _COLOUR.finditer(style[1].decode("ascii"))
    }
