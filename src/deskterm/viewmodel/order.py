"""The order beside the conversation: which one, its facts, and where the cursor is among them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal

from deskterm.i18n import heard, say
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import words
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.health import account_words
from deskterm.viewmodel.order_facts import Fact, Moment, facts_of, timeline_of
from deskterm.viewmodel.order_strip import Strip, strip_of
from deskterm.viewmodel.order_words import dotted
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.status import Status

if TYPE_CHECKING:
    from deskterm.service.reading.order_rows import OrderView, TicketOrders

OrderState = Literal["empty", "loading", "failed", "shown"]

_WELL = frozenset({"", "ok", "syncing"})


class OrderFacts:
    """The orders of the ticket that the conversation shows.

    Args:
        conversation: brings them, together with what was said.
        status: knows which accounts bring nothing new.
        now: the present.
        zone: of the times that are said.
    """

    def __init__(
        self,
        conversation: Conversation,
        status: Status,
        now: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        #: Facts may be different.
        self.changed: Signal[[]] = Signal()
        #: The cursor went from one fact to another.
        self.moved: Signal[[int, int]] = Signal()
        self.cursor = 0
        self.shows_timeline = False
        self._conversation = conversation
        self._status = status
        self._now = now
        self._zone = zone
        self._found: TicketOrders | None = None
        self._chosen = 0
        self._state: OrderState = "empty"
        self._offline = words.NOTHING
        self._facts: list[Fact] | None = None
        self._strip: Strip | None = None
        self._has_strip = False
        conversation.changed.connect(self._look)
        status.changed.connect(self._look)
        self._look()

    # What is known

    @property
    def state(self) -> OrderState:
        """Whether there is a ticket, and whether it has been read."""
        return self._state

    @property
    def found(self) -> TicketOrders | None:
        """All that is known around the ticket."""
        return self._found

    @property
    def ticket_id(self) -> int | None:
        """The ticket that all of this is about."""
        return self._found.ticket_id if self._found is not None else None

    @property
    def order(self) -> OrderView | None:
        """The order that is looked at; None where the ticket is about none."""
        orders = self._found.orders if self._found is not None else ()
        return orders[self._chosen] if orders else None

    @property
    def facts(self) -> list[Fact]:
        """What is known of it, or what happened to it when."""
        if self._facts is None:
            self._facts = self._facts_now()
        return self._facts

    @property
    def strip(self) -> Strip | None:
        """The same in two lines; None where there is nothing to say."""
        if not self._has_strip:
            self._has_strip = True
            found = self._found
            self._strip = (
                None
                if found is None
                else strip_of(found, self.order, self._offline, self._moment())
            )
        return self._strip

    @property
    def current(self) -> Fact | None:
        """The fact under the cursor."""
        return self.facts[self.cursor] if self.facts else None

    # Moving

    def move_by(self, facts: int) -> None:
        """Move the cursor down by so many facts, or up."""
        self.move_to(self.cursor + facts)

    def move_to(self, place: int) -> None:
        """Move the cursor to a fact, or as near as there is one."""
        before = self.cursor
        self.cursor = max(0, min(place, len(self.facts) - 1))
        if before != self.cursor:
            self.moved.emit(before, self.cursor)

    def step(self, orders: int) -> bool:
        """Look at the next order of the ticket (1) or the one before (-1), round at the ends;
        False where there is no other.
        """
        count = len(self._found.orders) if self._found is not None else 0
        if count < 2:
            return False
        self._chosen = (self._chosen + orders) % count
        self.cursor = 0
        self._begin_anew()
        return True

    def toggle_timeline(self) -> bool:
        """Show what happened when, or the facts again; False where there is no order."""
        if self.order is None:
            return False
        self.shows_timeline = not self.shows_timeline
        self.cursor = 0
        self._begin_anew()
        return True

    def ages_changed(self) -> None:
        """A minute has passed."""
        if self._found is not None:
            self._begin_anew()

    # Words

    @property
    def title(self) -> SafeText:
        """What is looked at, and which of how many."""
        title = say("Timeline") if self.shows_timeline and self.order else say("Order")
        count = len(self._found.orders) if self._found is not None else 0
        place = words.position(self._chosen, count) if count > 1 else words.NOTHING
        return dotted(title, place)

    @property
    def words(self) -> SafeText:
        """What to say where there are no facts."""
        if self._state == "loading":
            return say("Reading…")
        error = self._conversation.error
        if self._state == "failed" and error is not None:
            return words.error_words(error)
        return say("No ticket is open.") if self._state == "empty" else words.NOTHING

    # Following the conversation

    def _look(self) -> None:
        found = self._conversation.orders
        state = self._state_now()
        offline = self._offline_now(found)
        if found is self._found and state == self._state and offline == self._offline:
            return
        before = self.order
        another = found is None or found.ticket_id != self.ticket_id
        self._found, self._state = found, state
        if another:
            self._chosen = self.cursor = 0
            self.shows_timeline = False
        else:
            self._chosen = self._place_of(before)
        self._begin_anew()

    def _place_of(self, before: OrderView | None) -> int:
        """Where the order that was looked at stands now; the first one where it is no more."""
        orders = self._found.orders if self._found is not None else ()
        same = (n for n, one in enumerate(orders) if before and one.order_id == before.order_id)
        return next(same, 0)

    def _state_now(self) -> OrderState:
        match self._conversation.state:
            case "loading" | "failed" | "shown" as state:
                return state
            case _:
                return "empty"

    def _offline_now(self, found: TicketOrders | None) -> SafeText:
        """Why the account of the order brings nothing new; empty while it does."""
        if found is None or not found.orders:
            return words.NOTHING
        order = found.orders[min(self._chosen, len(found.orders) - 1)]
        return offline_words(order, self._status, self._moment())

    def _facts_now(self) -> list[Fact]:
        found, order = self._found, self.order
        if found is None:
            return []
        if order is not None and self.shows_timeline:
            return timeline_of(order, self._moment())
        return facts_of(found, order, self._offline, self._moment())

    def _moment(self) -> Moment:
        return Moment(self._now(), self._zone)

    def _begin_anew(self) -> None:
        self._offline = self._offline_now(self._found)
        self._facts, self._has_strip = None, False
        self.cursor = max(0, min(self.cursor, len(self.facts) - 1)) if self.cursor else 0
        self.changed.emit()


def offline_words(order: OrderView, status: Status, at: Moment) -> SafeText:
    """Why the account of an order brings nothing new; empty while it does."""
    for account in status.accounts:
        if account.name == order.account and account.state not in _WELL:
            name = clean(account.name, multiline=False)
            how = account_words(account, at.now, at.zone)
            why = heard(account.text) if account.text else words.NOTHING
            return dotted(say("{account}: {how}", account=name, how=how), why)
    return words.NOTHING
