"""How pictures can be shown on this terminal: found out when the first one is wanted."""

from __future__ import annotations

import asyncio
import fcntl
import struct
import termios
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from deskterm.ui import terminal
from deskterm.ui.replies import ASK_ATTRIBUTES, ASK_CELL, ASK_KITTY, Replies

if TYPE_CHECKING:
    from textual.app import App

PATIENCE_S: Final = 1.0
"""Seconds that an answer is waited for; over a slow line it takes a few tenths."""

_USUAL_CELL: Final = (8, 16)
"""Smaller than most, so that a picture never grows out of its place."""

_MULTIPLEXERS: Final = ("screen", "tmux")


class Showing(NamedTuple):
    """How to show pictures. `cell`: its size in pixels."""

    way: Literal["kitty", "sixel", "blocks"]
    cell: tuple[int, int] = _USUAL_CELL


BLOCKS: Final = Showing("blocks")


class Abilities:
    """Asks the terminal, once.

    Args:
        app: in whose terminal.
        env: says what better is not asked: inside tmux and screen only what they show themselves
            counts, as they know nothing of the pictures of the terminal around them.
    """

    def __init__(self, app: App[int], env: Mapping[str, str]) -> None:
        self._app = app
        self._env = env
        self._found: Showing | None = None
        self._answer: asyncio.Future[Replies] | None = None

    async def find(self) -> Showing:
        """How to show pictures; half blocks where the terminal does not answer in time."""
        if self._found is None:
            questions = questions_for(self._env)
            if not questions or not terminal.ask(self._app, questions):
                return BLOCKS
            self._answer = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._answer), PATIENCE_S)
        return self._found or BLOCKS

    def answered(self, replies: Replies) -> None:
        """The terminal has answered, in time or late."""
        cell = replies.cell or _cell_by_kernel() or _USUAL_CELL
        if replies.kitty:
            self._found = Showing("kitty", cell)
        else:
            self._found = Showing("sixel", cell) if replies.sixel else BLOCKS
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(replies)


def questions_for(env: Mapping[str, str]) -> str:
    """What this terminal can be asked without it painting the question."""
    name = env.get("TERM", "")
    if name == "linux" or env.get("TERM_PROGRAM") == "Apple_Terminal":
        return ""
    inside = env.get("TMUX") or env.get("STY") or name.startswith(_MULTIPLEXERS)
    return (ASK_CELL if inside else ASK_KITTY + ASK_CELL) + ASK_ATTRIBUTES


def _cell_by_kernel() -> tuple[int, int] | None:
    """The size of a cell in pixels by `TIOCGWINSZ`, which few terminals fill in."""
    try:
        packed = fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8)
    except OSError:
        return None
    rows, columns, across, down = struct.unpack("HHHH", packed)
    if not (rows and columns and across >= columns and down >= rows):
        return None
    return across // columns, down // rows
