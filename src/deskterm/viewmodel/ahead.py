"""What the next move in the list will show, read while nobody waits for it.

Who has gone down a row goes down another more often than anything else. Between two keys there is
time to read that ticket and to look for its macros, so that the key itself only has to paint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from deskterm.viewmodel.ports import Timers
from deskterm.viewmodel.ticket_list import TicketList

PAUSE_S: Final = 0.04
"""Seconds after a move until it is read ahead: the move is painted by then."""

CALM_S: Final = 0.5
"""Seconds without a change of the database until what is at hand is read ahead again, where changes
come in a row. After one alone, such as our own mark that a ticket was seen, it takes `PAUSE_S`; so
it does after a move, whatever changes.
"""

KEPT_S: Final = 60.0
"""Seconds after which what was read ahead is dropped, as it speaks of how long ago things were."""


class Held(Protocol):
    """What was read ahead; `deskterm.viewmodel.expected.Expected` is one."""

    def doubt(self) -> None:
        """The database has changed."""
        ...

    def forget(self) -> None:
        """Drop it."""
        ...


class Expecting(Protocol):
    """A model that can read ahead."""

    @property
    def expected(self) -> Held:
        """What was read ahead."""
        ...

    def expect(self, ticket_id: int) -> None:
        """Read what a ticket will need that is likely to be shown next."""
        ...


class Ahead:
    """Has models read the ticket that the cursor is likely to reach next.

    Args:
        tickets: the list with the cursor.
        timers: wait for it.
        follows: whether the models show what is under the cursor at all.
    """

    def __init__(self, tickets: TicketList, timers: Timers, follows: Callable[[], bool]) -> None:
        #: Who reads ahead.
        self.models: list[Expecting] = []
        self._tickets = tickets
        self._timers = timers
        self._follows = follows
        self._step = 1
        self._has_moved = False
        self._cancel: Callable[[], None] | None = None
        self._calms_down: Callable[[], None] | None = None

    def moved(self, before: int, place: int) -> None:
        """The cursor went from a place to another."""
        self._step = 1 if place > before else -1
        self._has_moved = True
        self._wait(PAUSE_S, self._look)

    def changed(self) -> None:
        """The database has changed: what was read ahead may not be true any more."""
        for model in self.models:
            model.expected.doubt()
        in_a_row = self._calms_down is not None
        if self._calms_down is not None:
            self._calms_down()
        self._calms_down = self._timers.after(CALM_S, self._calm)
        if not self._has_moved:
            self._wait(CALM_S if in_a_row else PAUSE_S, self._look)

    def _calm(self) -> None:
        self._calms_down = None

    def _look(self) -> None:
        self._has_moved = False
        self._wait(KEPT_S, self._forget)
        ticket_id = self._tickets.ticket_at(self._tickets.cursor + self._step)
        if ticket_id is not None and self._follows():
            for model in self.models:
                model.expect(ticket_id)

    def _forget(self) -> None:
        for model in self.models:
            model.expected.forget()

    def _wait(self, seconds: float, act: Callable[[], None]) -> None:
        if self._cancel is not None:
            self._cancel()
        self._cancel = self._timers.after(seconds, act)
