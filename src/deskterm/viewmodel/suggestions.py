"""The macros that may answer the ticket that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from deskterm.domain.errors import DesktermError
from deskterm.i18n import language, say
from deskterm.text.clean import SafeText
from deskterm.viewmodel import words
from deskterm.viewmodel.expected import Expected
from deskterm.viewmodel.ports import Timers
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.signal import Signal

if TYPE_CHECKING:
    from deskterm.service.reading.macro_rows import SuggestionView, TicketMacros

RESTS_S: Final = 0.15
"""Seconds that the cursor rests on a ticket that is not shown until macros are looked for."""

PATIENCE_S: Final = 0.004
"""Seconds that the screen waits for them, so that they are painted together with the ticket."""

SLOW_S: Final = 0.15
"""Seconds after which those of the ticket before are taken away."""

LOOK_S: Final = 1.0
"""Seconds between two looks at the shop's own files, where there are any."""

SLOT: Final = "macros"

State = Literal["empty", "reading", "shown", "failed"]


class Suggestions:
    """Macros for one ticket at a time, with a cursor.

    Args:
        readers: read for it.
        timers: wait for it.
    """

    def __init__(self, readers: Asking, timers: Timers) -> None:
        #: Anything may be different.
        self.changed: Signal[[]] = Signal()
        #: The shop's files were read, and something is wrong in them: the first of it, and how
        #: much more there is.
        self.mistaken: Signal[[SafeText, int]] = Signal()
        self.state: State = "empty"
        self.ticket_id: int | None = None
        self.items: tuple[SuggestionView, ...] = ()
        self.cursor = 0
        #: Whether reasons are shown for all, and not only for the one under the cursor.
        self.shows_all_reasons = False
        self.error: DesktermError | None = None
        #: What stands below them; empty: nothing.
        self.hint: SafeText = words.NOTHING
        self._readers = readers
        self._timers = timers
        self._newest: int | None = None
        #: Those of the ticket that is likely to be opened next.
        self.expected: Expected[TicketMacros | None] = Expected()
        self._rejected: set[tuple[int, str]] = set()
        self._version = 0
        self._wait: Callable[[], None] | None = None
        self._is_followed = False
        self._reason = ""
        self._told: tuple[tuple[SuggestionView, ...], State, str] = ((), "empty", "")

    # Opening

    def show(self, ticket_id: int, newest: int | None = None, *, rests: bool = False) -> None:
        """Look for what may answer a ticket.

        Args:
            newest: row of the customer's newest message; another one asks anew.
            rests: ask only when the cursor has rested on it.
        """
        if ticket_id == self.ticket_id:
            if newest is not None and newest != self._newest:
                self._newest = newest
                self._stop_waiting()
                self._ask(PATIENCE_S)
            return
        self.ticket_id, self._newest = ticket_id, newest
        self.state = "reading"
        self._stop_waiting()
        ahead = self.expected.take(ticket_id)
        if ahead is not None:
            found, doubted = ahead
            self._take(found)
            if doubted:
                self._ask()
        elif not rests:
            self._ask(PATIENCE_S)
        if self.state == "reading":
            self._wait = self._timers.after(RESTS_S if rests else SLOW_S, self._late)

    def close(self) -> None:
        """No ticket is looked at."""
        self.ticket_id = self._newest = None
        self._set((), "empty")

    def expect(self, ticket_id: int) -> None:
        """Look for what may answer a ticket that is likely to be opened next."""
        mark = self.expected.begin(ticket_id) if ticket_id != self.ticket_id else None
        if mark is not None:
            speaks = language()
            self._readers.ask(
                f"{SLOT}-ahead",
                lambda reading: reading.macros_of(ticket_id, speaks),
                partial(self.expected.keep, mark),
            )

    def refresh(self) -> None:
        """Look again: the ticket, its order or the shop's files may have changed."""
        self._ask()

    def _ask(self, patience_s: float = 0.0) -> None:
        ticket_id, speaks = self.ticket_id, language()
        if ticket_id is not None:
            self._readers.ask(
                SLOT,
                lambda reading: reading.macros_of(ticket_id, speaks),
                self._take,
                self._fail,
                patience_s=patience_s,
            )

    def _late(self) -> None:
        """Those of the ticket before are wrong here, and others have not come yet."""
        self._set((), "reading")
        self._ask()

    def _take(self, found: TicketMacros | None) -> None:
        self._reason = "" if found is None else found.suggested_reason
        if found is None:
            self._set((), "shown")
            return
        if found.version != self._version:
            self._version = found.version
            if found.mistakes:
                self.mistaken.emit(found.mistakes[0], len(found.mistakes) - 1)
        if found.watched and not self._is_followed:
            self._is_followed = True
            self._timers.after(LOOK_S, self._look)
        if found.ticket_id == self.ticket_id:
            self._set(self.fitting(found), "shown")

    def fitting(self, found: TicketMacros) -> tuple[SuggestionView, ...]:
        """Without those that somebody said do not fit."""
        ticket_id, gone = found.ticket_id, self._rejected
        return tuple(item for item in found.items if (ticket_id, item.macro) not in gone)

    def _fail(self, error: DesktermError) -> None:
        self.error = error
        self._set((), "failed")

    def _set(self, items: tuple[SuggestionView, ...], state: State) -> None:
        self._stop_waiting()
        told = (items, state, self._reason)
        if told == self._told:
            self.state = state
            return
        self._told = told
        here = self.current
        self.items, self.state = items, state
        names = [item.macro for item in items]
        self.cursor = names.index(here.macro) if here and here.macro in names else 0
        self.changed.emit()

    def _stop_waiting(self) -> None:
        if self._wait is not None:
            self._wait()
            self._wait = None

    # Files of the shop

    def _look(self) -> None:
        self._readers.ask(
            f"{SLOT}.version", lambda reading: reading.macros_version(), self._looked, self._unread
        )

    def _looked(self, version: int) -> None:
        if version != self._version:
            self.refresh()
        self._timers.after(LOOK_S, self._look)

    def _unread(self, _: DesktermError) -> None:
        self._timers.after(LOOK_S, self._look)

    # Choosing

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.items)

    @property
    def current(self) -> SuggestionView | None:
        """The one under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def of(self, ticket_id: int, number: int) -> SuggestionView | None:
        """The suggestion for a ticket that a digit names, from 1 on; None where none is shown."""
        if not (self.is_about(ticket_id) and 1 <= number <= len(self.items)):
            return None
        return self.items[number - 1]

    def names(self, ticket_id: int) -> tuple[str, ...]:
        """Ids of the macros that are shown for a ticket."""
        return tuple(item.macro for item in self.items) if self.is_about(ticket_id) else ()

    def reason_of(self, ticket_id: int) -> str:
        """The contact reason that a ticket seems to have; empty: none, or somebody gave it one."""
        return self._reason if self.is_about(ticket_id) and self.items else ""

    def is_about(self, ticket_id: int) -> bool:
        """Whether what is shown is what there is for a ticket."""
        return ticket_id == self.ticket_id and self.state == "shown"

    def move_to(self, number: int) -> None:
        """Put the cursor on one of them."""
        place = max(0, min(number, len(self.items) - 1))
        if place != self.cursor:
            self.cursor = place
            self.changed.emit()

    def reject(self, ticket_id: int, macro: str) -> None:
        """A macro does not fit a ticket. It is not shown while the office takes that in."""
        self._rejected.add((ticket_id, macro))
        if self.is_about(ticket_id):
            place = self.cursor
            self._set(tuple(item for item in self.items if item.macro != macro), self.state)
            self.move_to(place)

    def settle(self, ticket_id: int, macro: str) -> None:
        """The office has answered: what it says counts from here on."""
        self._rejected.discard((ticket_id, macro))
        self.refresh()

    def shows_sum_of(self, number: int) -> bool:
        """Whether the whole sum of one of them is shown."""
        return self.shows_all_reasons and number == self.cursor

    def toggle_reasons(self) -> None:
        """Show reasons for all, or for the one under the cursor alone."""
        self.shows_all_reasons = not self.shows_all_reasons
        self.changed.emit()

    # Words

    def tell(self, hint: SafeText) -> None:
        """Have something stand below them until it is another one."""
        if hint != self.hint:
            self.hint = hint
            self.changed.emit()

    @property
    def title(self) -> SafeText:
        """What stands over them."""
        return say("Suggestions")

    @property
    def words(self) -> SafeText:
        """What stands where there are none."""
        match self.state:
            case "reading":
                return say("Reading…")
            case "failed" if self.error is not None:
                return words.error_words(self.error)
            case "shown" if not self.items:
                return say("No macro speaks to what the customer writes.")
        return words.NOTHING
