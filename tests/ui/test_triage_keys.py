"""One key takes the contact reason that is suggested; one and a digit put a mood right."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from deskterm.service.reading.macro_rows import ReasonView, SuggestionView, TicketMacros
from deskterm.text.clean import clean
from deskterm.ui.app import DeskApp
from tests.support.console import HeldOffice, Shop, console
from tests.support.screen import screen_text, wait_until
from tests.ui.panes import ticket

NARROW, MEDIUM = (80, 24), (120, 40)


class Telling(Shop):
    """Tickets that seem to be about something."""

    reason = "invoice"

    def macros_of(self, ticket_id: int, speaks: str) -> TicketMacros | None:
        says = ReasonView("says", clean("the bill"))
        items = (SuggestionView("bill", clean("The invoice"), (says,)),)
        return TicketMacros(ticket_id, items, 1, suggested_reason=self.reason)


async def started(app: DeskApp, pilot: Pilot[int]) -> None:
    await wait_until(pilot, lambda: app.desk.tickets.count and app.desk.status.counts)
    await wait_until(pilot, lambda: app.macros.follows and app.macros.model.items)


@pytest.mark.parametrize("size", [NARROW, MEDIUM], ids="{0[0]}x{0[1]}".format)
async def test_the_suggested_reason_stands_over_the_conversation_with_why(
    size: tuple[int, int],
) -> None:
    office = HeldOffice()
    app = console(Telling(4), office=office)
    async with app.run_test(size=size) as pilot:
        await started(app, pilot)
        await pilot.press("enter")
        line = "Reason invoice? · the customer writes “the bill” · = takes it"
        await wait_until(pilot, lambda: line in screen_text(app))
        await pilot.press("equals_sign")
        await wait_until(pilot, lambda: "ticket.reason" in office.commands())
        (params,) = [told for command, told in office.sent if command == "ticket.reason"]
        assert params == {"tickets": ["k00000"], "reason": "invoice"}


async def test_a_reason_that_somebody_gave_is_not_doubted() -> None:
    shop = Telling(4)
    shop.tickets[0] = ticket(0, reason="cancel")
    shop.conversations[0] = shop.conversations[0]._replace(ticket=ticket(0, reason="cancel"))
    shop.reason = ""
    app = console(shop)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await wait_until(pilot, lambda: "Reason cancellation" in screen_text(app))
        assert "takes it" not in screen_text(app)
        await pilot.press("equals_sign")
        await wait_until(pilot, lambda: "No contact reason" in str(app.notices.words))


async def test_the_list_of_reasons_begins_on_the_one_that_is_suggested() -> None:
    office = HeldOffice()
    app = console(Telling(4), office=office)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("T")
        await wait_until(pilot, lambda: "> invoice" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "ticket.reason" in office.commands())
        await pilot.press("T", "2")
        await wait_until(pilot, lambda: office.commands().count("ticket.reason") == 2)
        told = [params["reason"] for command, params in office.sent if command == "ticket.reason"]
        assert told == ["invoice", "wismo"]


async def test_a_mood_is_put_right_by_a_digit() -> None:
    office = HeldOffice()
    shop = Telling(4)
    angry = ticket(0, tone="angry", risks=("legal",), causes=("legal", "angry"))
    shop.tickets[0] = angry
    shop.conversations[0] = shop.conversations[0]._replace(ticket=angry)
    app = console(shop, office=office)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await wait_until(pilot, lambda: "Why here: legal threat · angry +24 h" in screen_text(app))
        await pilot.press("Y")
        await wait_until(pilot, lambda: "Legal threat · takes it off" in screen_text(app))
        await pilot.press("2")
        await wait_until(pilot, lambda: "ticket.mood" in office.commands())
        assert office.sent[-1][1] == {"tickets": ["k00000"], "mood": "-angry"}
