"""The outbox: replies that have not left, and those that ask something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState
from deskterm.i18n import marked, say
from deskterm.service.reading.rows import Outgoing
from deskterm.text.clean import SafeText
from deskterm.viewmodel import time_words, words
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.signal import Signal

#: What a person can do about an item that asks; ids of commands.
DECISIONS: Final[dict[str, tuple[str, ...]]] = {
    DeliveryState.HELD: ("outbox.take_back", "outbox.send_later"),
    DeliveryState.SCHEDULED: ("outbox.take_back", "outbox.send_later"),
    DeliveryState.QUEUED: ("outbox.take_back", "outbox.send_later"),
    DeliveryState.RETRY_LATER: ("outbox.take_back", "outbox.send_later"),
    DeliveryState.ASK_AGENT: ("outbox.mark_sent", "outbox.send_again"),
    DeliveryState.NEEDS_EDIT: ("outbox.take_back", "outbox.send_anyway"),
}

_DECISIONS: Final = frozenset(each for decisions in DECISIONS.values() for each in decisions)

_HINTS: Final[dict[str, str]] = {
    DeliveryState.ASK_AGENT: marked(
        "It may have gone out. Look in the channel, then say what you saw."
    ),
    DeliveryState.NEEDS_EDIT: marked(
        "It was stopped before it left. Take it back to change it, or send it with a reason."
    ),
    DeliveryState.UNKNOWN: marked("It may have gone out; deskterm looks whether it did."),
    DeliveryState.SETTLING: marked("It may have gone out; deskterm looks whether it did."),
}


class OutboxList:
    """The items with a cursor that stays on its item."""

    def __init__(self, readers: Asking, now: Callable[[], datetime]) -> None:
        self.changed: Signal[[]] = Signal()
        self.moved: Signal[[int, int]] = Signal()
        self.items: tuple[Outgoing, ...] = ()
        self.loaded = False
        self.error: DesktermError | None = None
        self.cursor = 0
        self._readers = readers
        self._now = now

    @property
    def count(self) -> int:
        """How many items there are."""
        return len(self.items)

    @property
    def current(self) -> Outgoing | None:
        """The item under the cursor."""
        return self.items[self.cursor] if self.items else None

    @property
    def means_nothing(self) -> frozenset[str]:
        """Decisions that the item under the cursor does not ask for."""
        item = self.current
        return _DECISIONS.difference(DECISIONS.get(item.state, ()) if item is not None else ())

    def refresh(self) -> None:
        """Read anew."""
        self._readers.ask("outbox", lambda reading: reading.outbox(), self._take, self._fail)

    def move_by(self, rows: int) -> None:
        """Move the cursor down by so many rows, or up."""
        self.move_to(self.cursor + rows)

    def move_to(self, place: int) -> None:
        """Move the cursor to a place, or as near as there is one."""
        before = self.cursor
        self.cursor = max(0, min(place, len(self.items) - 1))
        if before != self.cursor:
            self.moved.emit(before, self.cursor)

    def decisions(self, item: Outgoing) -> tuple[str, ...]:
        """The commands that decide about an item."""
        return DECISIONS.get(item.state, ())

    def hint(self, item: Outgoing) -> SafeText:
        """What a person should know of the state of an item; empty where nothing."""
        return say(_HINTS[item.state]) if item.state in _HINTS else words.NOTHING

    def state_words(self, item: Outgoing) -> SafeText:
        """Where an item stands, with the time that is left in its hold window."""
        state = words.delivery(item.state)
        if item.hold_until is None:
            return state
        left = time_words.countdown(item.hold_until, self._now())
        return say("{state} {left}", state=state, left=left)

    @property
    def counts_down(self) -> bool:
        """Whether the words change every second."""
        return any(item.hold_until is not None for item in self.items)

    @property
    def title(self) -> SafeText:
        """The title over the list."""
        return say("Outbox · {count}", count=words.number(self.count))

    @property
    def words(self) -> SafeText:
        """What to say instead of items; empty where there are some."""
        if self.items:
            return words.NOTHING
        if self.error is not None:
            return words.error_words(self.error)
        return say("The outbox is empty.") if self.loaded else say("Reading…")

    def _take(self, items: list[Outgoing]) -> None:
        before = self.current
        kept = [place for place, item in enumerate(items) if before and item.item == before.item]
        fresh = tuple(items)
        same = self.loaded and self.error is None and fresh == self.items
        self.items, self.loaded, self.error = fresh, True, None
        self.cursor = kept[0] if kept else max(0, min(self.cursor, len(items) - 1))
        if not same:
            self.changed.emit()

    def _fail(self, error: DesktermError) -> None:
        self.error = error
        self.changed.emit()
