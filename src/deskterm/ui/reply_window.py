"""Until when a ticket can be answered, at the head of its conversation."""

from __future__ import annotations

from deskterm.text.clean import clean
from deskterm.ui.painting import Line, Piece, joined, part, wrap
from deskterm.viewmodel.reply_window import ReplyWindow, sign_of
from deskterm.viewmodel.words import Symbols

_BAR_CELLS = 2


def window_lines(window: ReplyWindow | None, symbols: Symbols, width: int) -> tuple[Line, ...]:
    """The window with its sign; the way out of one that is closed takes the lines it needs."""
    if window is None or window.state == "none":
        return ()
    state = window.state
    style = "conversation--header" if state == "open" else "conversation--warning"
    text = joined(sign_of(state, symbols), window.words, by=" ")
    bar = Piece(clean(symbols.bar + " "), style)
    spans = wrap(text, max(1, width - _BAR_CELLS))
    return tuple((bar, Piece(part(text, *span), style)) for span in spans)
