"""What is known of the order that a ticket is about, read out fact by fact."""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.domain.errors import UsageError
from deskterm.i18n import say
from deskterm.plain.beside import BesideTicket
from deskterm.plain.pages import Block
from deskterm.plain.said import listed, spoken
from deskterm.service.reading.order_rows import OrderView, TicketOrders
from deskterm.text.clean import clean
from deskterm.viewmodel import words
from deskterm.viewmodel.order import offline_words
from deskterm.viewmodel.order_facts import Fact, Moment, facts_of


class Orders(BesideTicket):
    """Reads out orders."""

    def read_out(self, word: str = "") -> None:
        """Read out the order of the ticket that is open; of several the one of a number.

        Raises:
            UsageError: no ticket is open, or it has no such order.
        """
        ticket_id = self.opened.ticket.ticket_id
        found = self.read("orders", lambda reading: reading.orders_of(ticket_id))
        if found is not None:
            self.tell_pages(self._blocks(found, word.strip()))

    def _blocks(self, found: TicketOrders, word: str) -> Iterator[Block]:
        count, place = len(found.orders), 0
        if word:
            place = int(word) - 1 if word.isdecimal() and len(word) < 10 else -1
            if not 0 <= place < count:
                raise UsageError(say("There is no number {number} here", number=clean(word[:9])))
        order = found.orders[place] if count else None
        if count > 1:
            number = words.position(place, count)
            hint = say("'order NUMBER' reads another one")
            yield (say("Order {place}; {hint}", place=number, hint=hint),)
        for fact in self._facts(found, order):
            yield _said(fact)

    def _facts(self, found: TicketOrders, order: OrderView | None) -> list[Fact]:
        desk = self.desk
        at = Moment(desk.now(), desk.zone)
        offline = words.NOTHING if order is None else offline_words(order, desk.status, at)
        return facts_of(found, order, offline, at)


def _said(fact: Fact) -> Block:
    """A fact in a line, and what is wrong with it in one of its own."""
    value = listed(spoken(fact.text), spoken(fact.note))
    warning = words.NOTHING
    if fact.warning:
        warning = say("Careful: {warning}", warning=spoken(fact.warning))
    return (say("{name}: {value}", name=fact.name, value=value), warning)
