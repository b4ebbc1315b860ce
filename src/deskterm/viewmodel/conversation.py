"""The conversation of the ticket that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.service.reading.rows import ConversationView, Details, Entry
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import words
from deskterm.viewmodel.expected import Expected
from deskterm.viewmodel.finding import places
from deskterm.viewmodel.ports import Office, Timers
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.reading import ReadingPort
from deskterm.viewmodel.signal import Signal

if TYPE_CHECKING:
    from deskterm.service.reading.order_rows import TicketOrders

RUNNING_S: Final = 0.08
"""Seconds after a move of the cursor within which a further one is running: it must then rest as
long on a ticket before that is read."""

PATIENCE_S: Final = 0.005
"""Seconds that the screen waits for a ticket, so that it is painted together with the move."""

SLOW_S: Final = 0.15
"""Seconds after which a ticket that is being read says so."""

SEEN_S: Final = 1.5
"""Seconds under the cursor after which a ticket counts as read."""

FIRST: Final = 60
"""Newest messages that are read first; the older ones follow."""

MOST: Final = 2_000
"""Messages of a ticket that are shown."""

_OF_FILES: Final = frozenset({"message.attachments"})

_T = TypeVar("_T")
_Found = tuple["ConversationView | None", "TicketOrders | None"]
ConversationState = Literal["empty", "loading", "shown", "gone", "failed"]


@dataclass(frozen=True, slots=True)
class Match:
    """A place where the words that are looked for stand, in the text shown of an entry."""

    key: str
    start: int
    end: int


class Conversation:
    """One ticket at a time: what was said, and how much of it is shown.

    Args:
        readers: read for it.
        office: is told that a ticket was seen.
        timers: wait for it.
    """

    def __init__(self, readers: Asking, office: Office, timers: Timers) -> None:
        #: Anything may be different.
        self.changed: Signal[[]] = Signal()
        #: An unread ticket is seen. It is shown as read before the office has heard of it, so that
        #: nothing is painted a second time.
        self.seen: Signal[[int]] = Signal()
        self.state: ConversationState = "empty"
        #: The ticket that was asked for; `view` may still be the one before.
        self.ticket_id: int | None = None
        self.view: ConversationView | None = None
        #: The orders of the ticket in `view`, read in the same moment.
        self.orders: TicketOrders | None = None
        self.error: DesktermError | None = None
        #: Where the words that are looked for stand, from the oldest entry on.
        self.matches: tuple[Match, ...] = ()
        self._readers = readers
        self._office = office
        self._timers = timers
        self._waits: dict[str, Callable[[], None]] = {}
        self._at_once = False
        self._unanswered = False
        #: The ticket that is likely to be opened next.
        self.expected: Expected[_Found] = Expected()
        self._noted: tuple[int, int | None] | None = None
        self._whole: dict[str, SafeText] = {}
        self._details: dict[str, Details] = {}
        self._wanted = ""
        self._match = 0

    # Opening

    def open(self, ticket_id: int, *, at_once: bool = False) -> None:
        """Show a ticket: at once, or when the cursor rests on it where the cursor is running."""
        if ticket_id == self.ticket_id and self.state not in ("empty", "failed"):
            self._at_once = self._at_once or at_once
            if at_once and "running" in self._waits:
                self._read()
            elif at_once:
                self._note_seen()
            return
        runs = not self._waits.keys().isdisjoint(("moved", "running")) or self.state == "empty"
        self.ticket_id, self._at_once = ticket_id, at_once
        self._stop_waiting()
        if runs and not at_once:
            self._wait("running", RUNNING_S, self._read)
        else:
            self._read()
            self._wait("moved", RUNNING_S, self._rest)

    def _rest(self) -> None:
        self._stop("moved")

    def close(self) -> None:
        """Show no ticket."""
        self.ticket_id = None
        self._stop_waiting()
        self._show(None, "empty")

    def expect(self, ticket_id: int) -> None:
        """Read a ticket that is likely to be opened next, so that it is at hand then."""
        mark = self.expected.begin(ticket_id) if ticket_id != self.ticket_id else None
        if mark is not None:
            self._readers.ask(
                "conversation-ahead",
                partial(_found, ticket_id, FIRST),
                partial(self.expected.keep, mark),
            )

    def refresh(self) -> None:
        """Read the ticket anew, as the database has changed."""
        ticket_id = self.ticket_id
        if ticket_id is None or "running" in self._waits:
            return
        if self.state == "loading" or self.view is None:
            self._read()
            return
        if self.view.ticket.ticket_id == ticket_id:
            self._ask(ticket_id, MOST)

    def _read(self) -> None:
        ticket_id = self.ticket_id
        if ticket_id is None:
            return
        self._stop_waiting()
        ahead = self.expected.take(ticket_id)
        if ahead is not None:
            found, doubted = ahead
            self._take(ticket_id, FIRST, found)
            if doubted:
                self._ask(ticket_id, FIRST)
            return
        self._unanswered = True
        self._ask(ticket_id, FIRST, PATIENCE_S)
        if self._unanswered:
            self._wait("slow", SLOW_S, self._say_loading)

    def _ask(self, ticket_id: int, newest: int, patience_s: float = 0.0) -> None:
        self._readers.ask(
            "conversation",
            partial(_found, ticket_id, newest),
            partial(self._take, ticket_id, newest),
            self._fail,
            patience_s=patience_s,
        )

    def _take(self, ticket_id: int, newest: int, found: _Found) -> None:
        view, orders = found
        if ticket_id != self.ticket_id:
            return
        self._answered()
        if view is None:
            self._show(None, "gone")
            return
        self._show(view, "shown", orders)
        self._note_seen()
        if view.earlier and newest < MOST:
            self._ask(ticket_id, MOST)

    def _show(
        self,
        view: ConversationView | None,
        state: ConversationState,
        orders: TicketOrders | None = None,
    ) -> None:
        before = self.view
        if before is None or view is None or before.ticket.ticket_id != view.ticket.ticket_id:
            self._whole, self._details = {}, {}
            self._wanted, self.matches, self._match = "", (), 0
        elif before == view and self.state == state and self.orders == orders:
            return
        self.view, self.state, self.error = view, state, None
        if self.orders != orders:
            self.orders = orders
        self._look()
        self.changed.emit()

    def _answered(self) -> None:
        self._unanswered = False
        self._stop("slow")

    def _fail(self, error: DesktermError) -> None:
        self._answered()
        self.error = error
        if self.view is None or self.view.ticket.ticket_id != self.ticket_id:
            self.view, self.orders, self.state = None, None, "failed"
        self.changed.emit()

    def _say_loading(self) -> None:
        self._waits.pop("slow", None)
        self.view, self.orders, self.state = None, None, "loading"
        self.changed.emit()

    # Seen

    def _note_seen(self) -> None:
        """Have an unread ticket marked as read, at once or in a moment; once for each message, so
        that an agent can mark it as unread while it is open.
        """
        view = self.view
        if view is None or view.ticket.ticket_id != self.ticket_id:
            return
        mark = (view.ticket.ticket_id, view.newest_inbound)
        if mark == self._noted:
            return
        if not view.ticket.unread:
            self._noted = mark
        elif self._at_once:
            self._say_seen()
        elif "seen" not in self._waits:
            self._wait("seen", SEEN_S, self._say_seen)

    def _say_seen(self) -> None:
        self._stop("seen")
        view = self.view
        if view is None or view.ticket.ticket_id != self.ticket_id:
            return
        self._noted = (view.ticket.ticket_id, view.newest_inbound)
        if view.ticket.unread:
            self.view = view._replace(ticket=view.ticket._replace(unread=False))
            self.seen.emit(view.ticket.ticket_id)
            self._office.send(
                "ticket.seen", {"tickets": [view.ticket.ref]}, lambda _: None, lambda _: None
            )

    # How much of an entry

    def text_of(self, entry: Entry) -> SafeText:
        """What is shown of an entry's text."""
        return self._whole.get(entry.key, entry.text)

    def whole_of(self, key: str) -> SafeText | None:
        """The whole text of an entry, where somebody asked for it."""
        return self._whole.get(key)

    def details_of(self, key: str) -> Details | None:
        """The headers of an entry, where somebody asked for them."""
        return self._details.get(key)

    def toggle_quoted(self, key: str) -> None:
        """Show quoted text and signature of an entry, or hide them again."""
        if self._whole.pop(key, None) is not None:
            self._look()
            self.changed.emit()
            return
        self._ask_about(key, "whole", lambda r: r.whole_text(key), self._whole)

    def toggle_details(self, key: str) -> None:
        """Show the headers of an entry, or hide them again."""
        if self._details.pop(key, None) is not None:
            self.changed.emit()
            return
        self._ask_about(key, "details", lambda r: r.details(key), self._details)

    def _ask_about(
        self, key: str, what: str, work: Callable[[ReadingPort], _T | None], kept: dict[str, _T]
    ) -> None:
        def take(found: _T | None) -> None:
            if found is not None and self._has(key):
                kept[key] = found
                self._look()
                self.changed.emit()

        self._readers.ask(f"{what}:{key}", work, take, self._fail)

    def _has(self, key: str) -> bool:
        return self.view is not None and any(e.key == key for e in self.view.entries)

    # Finding

    @property
    def wanted(self) -> str:
        """The words that are looked for; empty when none are."""
        return self._wanted

    @property
    def match(self) -> Match | None:
        """The place that is looked at among `matches`."""
        return self.matches[self._match] if self.matches else None

    def find(self, text: str) -> None:
        """Look for words in the ticket, from the newest entry on; empty text ends it."""
        self._wanted = text.strip()
        self._look()
        self._match = max(0, len(self.matches) - 1)
        self.changed.emit()

    def find_next(self, step: int = 1) -> None:
        """Go to the next place (1), or to the one before (-1); round at the ends."""
        if self.matches:
            self._match = (self._match + step) % len(self.matches)
            self.changed.emit()

    def matches_in(self, key: str) -> tuple[Match, ...]:
        """The places in one entry."""
        return tuple(match for match in self.matches if match.key == key)

    def _look(self) -> None:
        entries = self.view.entries if self.view is not None and self._wanted else ()
        before = self.match
        self.matches = tuple(
            Match(entry.key, start, end)
            for entry in entries
            for start, end in places(self.text_of(entry), self._wanted)
        )
        if before in self.matches:
            self._match = self.matches.index(before)
        self._match = min(self._match, max(0, len(self.matches) - 1))

    # Words

    @property
    def means_nothing(self) -> frozenset[str]:
        """Commands that the ticket gives nothing to do."""
        has_files = self.view is not None and any(entry.files for entry in self.view.entries)
        return frozenset() if has_files else _OF_FILES

    @property
    def title(self) -> SafeText:
        """Who it is, and by which account."""
        if self.view is None:
            return say("Conversation")
        ticket = self.view.ticket
        account = clean(ticket.account, multiline=False)
        return say("{customer} · {account}", customer=ticket.customer, account=account)

    @property
    def words(self) -> SafeText:
        """What to say where there is no conversation."""
        if self.state == "loading":
            return say("Reading…")
        if self.state == "gone":
            return say("This ticket is no more.")
        if self.state == "failed" and self.error is not None:
            return words.error_words(self.error)
        return words.NOTHING if self.state == "shown" else say("No ticket is open.")

    @property
    def found_words(self) -> SafeText:
        """How the search goes: `2 of 5`; empty when nothing is looked for."""
        if not self._wanted:
            return words.NOTHING
        if not self.matches:
            return say("not found")
        return words.position(self._match, len(self.matches))

    # Waiting

    def _wait(self, name: str, seconds: float, act: Callable[[], None]) -> None:
        self._stop(name)
        self._waits[name] = self._timers.after(seconds, act)

    def _stop(self, name: str) -> None:
        cancel = self._waits.pop(name, None)
        if cancel is not None:
            cancel()

    def _stop_waiting(self) -> None:
        for name in tuple(self._waits):
            self._stop(name)


def _found(ticket_id: int, newest: int, reading: ReadingPort) -> _Found:
    """A ticket and its orders, read in the same moment."""
    return reading.conversation(ticket_id, newest), reading.orders_of(ticket_id)
