"""The status line: what there is to do on the left, how sync, office and outbox do on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard, say, say_many
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import time_words, words
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.signal import Signal

if TYPE_CHECKING:
    from deskterm.service.reading.rows import AccountState, Counts
    from deskterm.viewmodel.reading import ReadingPort

#: Accounts that are named one by one; more of them are counted.
MOST_NAMED = 3


class Status:
    """The figures of the status line.

    Args:
        readers: read for it.
        now: the present.
        zone: of the times that are said.
        office: the words of the office; empty while all is well.
    """

    def __init__(
        self,
        readers: Asking,
        now: Callable[[], datetime],
        zone: tzinfo,
        office: Callable[[], SafeText],
    ) -> None:
        self.changed: Signal[[]] = Signal()
        self.counts: Counts | None = None
        self.accounts: tuple[AccountState, ...] = ()
        self.error: DesktermError | None = None
        #: The key that takes back what is held.
        self.undo = clean("z")
        self._readers = readers
        self._now = now
        self._zone = zone
        self._office = office

    def refresh(self) -> None:
        """Read anew."""
        self._readers.ask("status", _figures, self._take, self._fail)

    @property
    def counts_down(self) -> bool:
        """Whether the words change every second: a reply is in its hold window."""
        held = self.counts.next_hold if self.counts else None
        return held is not None and held > self._now()

    @property
    def left(self) -> tuple[SafeText, ...]:
        """What there is to do: `needs us 38`, `mine 12`, `snoozed 5`, `next due 18:22`."""
        counts = self.counts
        if counts is None:
            return ()
        figures = (
            say("needs us {count}", count=words.number(counts.needs_us)),
            say("mine {count}", count=words.number(counts.mine)),
            say("snoozed {count}", count=words.number(counts.snoozed)),
        )
        now, due = self._now(), counts.next_due
        if due is None or due <= now:
            return figures
        return (*figures, say("next due {time}", time=time_words.due(due, self._zone, now)))

    @property
    def right(self) -> tuple[SafeText, ...]:
        """How things do, the most urgent first: hold window, sending, office, sync, outbox."""
        parts = (self.hold, self.paused, self._office(), self.trouble, *self.sync, self.outbox)
        return tuple(part for part in parts if part)

    @property
    def hold(self) -> SafeText:
        """The hold window of the next reply that leaves: `sending in 0:08 · z takes it back`."""
        counts = self.counts
        if counts is None or counts.next_hold is None or counts.paused or not self.counts_down:
            return words.NOTHING
        left = time_words.countdown(counts.next_hold, self._now())
        return say("sends in {left} · {key} takes it back", left=left, key=self.undo)

    @property
    def paused(self) -> SafeText:
        """That an agent has stopped all sending."""
        is_paused = self.counts is not None and self.counts.paused
        return say("SENDING IS STOPPED") if is_paused else words.NOTHING

    @property
    def trouble(self) -> SafeText:
        """That the database cannot be read."""
        return words.NOTHING if self.error is None else heard(self.error.title)

    @property
    def sync(self) -> tuple[SafeText, ...]:
        """How each account does; where there are many, only those that are not well."""
        if not self.accounts:
            return ()
        from deskterm.viewmodel.health import account_words

        now = self._now()
        named = self.accounts
        if len(named) > MOST_NAMED:
            named = tuple(a for a in named if a.state not in ("ok", "syncing"))
        if len(named) > MOST_NAMED:
            return (
                say_many(
                    "{count} account has trouble", "{count} accounts have trouble", len(named)
                ),
            )
        if not named:
            return (say("all accounts ok"),)
        return tuple(
            say(
                "{name} {state}",
                name=clean(a.name, multiline=False),
                state=account_words(a, now, self._zone),
            )
            for a in named
        )

    @property
    def outbox(self) -> SafeText:
        """How many replies have not left, and how many of them ask something."""
        counts = self.counts
        if counts is None or not counts.outbox:
            return words.NOTHING
        if counts.asking:
            return say(
                "outbox {count} · {asking} ask you", count=counts.outbox, asking=counts.asking
            )
        return say("outbox {count}", count=counts.outbox)

    def _take(self, found: tuple[Counts, tuple[AccountState, ...]]) -> None:
        same = found == (self.counts, self.accounts) and self.error is None
        self.counts, self.accounts = found
        self.error = None
        if not same:
            self.changed.emit()

    def _fail(self, error: DesktermError) -> None:
        self.error = error
        self.changed.emit()


def _figures(reading: ReadingPort) -> tuple[Counts, tuple[AccountState, ...]]:
    return reading.counts(), tuple(reading.accounts())
