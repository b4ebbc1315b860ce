"""The order in two lines at the head of the conversation, where there is no room for its panel."""

from __future__ import annotations

from deskterm.text.clean import clean
from deskterm.ui.painting import Line, Piece, joined
from deskterm.viewmodel.order_strip import Strip
from deskterm.viewmodel.words import Symbols


def strip_lines(strip: Strip | None, symbols: Symbols) -> tuple[Line, ...]:
    """The lines; what is wrong with the order stands first in the second one."""
    if strip is None:
        return ()
    bar = Piece(clean(symbols.bar + " "), "conversation--header")
    first: Line = (bar, Piece(strip.first, "conversation--order"))
    if not strip.warning and not strip.second:
        return (first,)
    second = Piece(strip.second, "conversation--header")
    if not strip.warning:
        return first, (bar, second)
    loud = joined(clean(symbols.attention), strip.warning, by=" ")
    if strip.second:
        loud = joined(loud, clean(" · "))
    return first, (bar, Piece(loud, "conversation--warning"), second)
