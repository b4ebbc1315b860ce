"""The order beside a conversation: which one, what is said of it, and how old that is."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.money import Money
from deskterm.i18n import speaking
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import order_words, words
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.order import OrderFacts
from deskterm.viewmodel.order_facts import Fact
from deskterm.viewmodel.status import Status
from tests.support.models import HandOffice, HandReaders, ManualTimers
from tests.support.order_views import (
    NOTHING,
    around,
    goods_back,
    late,
    line,
    match,
    order,
    parcel,
    refund,
    stock,
)
from tests.ui.panes import NOW, FixedReading, account, conversation, entry, ticket

OLD = NOW - timedelta(days=2)


class Rig:
    """A conversation, its orders, and all that is read worked by hand."""

    def __init__(self) -> None:
        self.reading = FixedReading()
        self.readers = HandReaders(self.reading)
        self.conversation = Conversation(self.readers, HandOffice(), ManualTimers())
        self.status = Status(self.readers, lambda: NOW, UTC, lambda: words.NOTHING)
        self.model = OrderFacts(self.conversation, self.status, lambda: NOW, UTC)
        self.changes = 0
        self.model.changed.connect(self._count)

    def _count(self) -> None:
        self.changes += 1

    def put(self, number: int, *orders: object, **changed: object) -> None:
        self.reading.conversations[number] = conversation([entry(0)], ticket=ticket(number))
        self.reading.orders[number] = around(*orders, ticket_id=number, **changed)  # type: ignore[arg-type]

    def open(self, number: int = 0) -> None:
        self.conversation.open(number, at_once=True)
        self.readers.run()

    def refresh(self) -> None:
        self.conversation.refresh()
        self.readers.run()

    def fact(self, name: str) -> Fact:
        return next(fact for fact in self.model.facts if fact.name == name)

    def all_words(self) -> str:
        return "\n".join(" ".join(map(str, fact[:5])) for fact in self.model.facts)


@pytest.fixture
def rig() -> Rig:
    return Rig()


# The six facts


def test_the_six_facts_stand_first_and_each_says_how_old_it_is(rig: Rig) -> None:
    rig.put(0, order(returns=(goods_back(),), refunds=(refund(),)))
    rig.open()
    names = [str(fact.name) for fact in rig.model.facts]
    first = ["Order", "Total", "Item", "Item", "Parcel", "Tracking", "Return", "Refund", "Support"]
    assert names[: len(first)] == first
    assert rig.fact("Order").text == "LO-12341 · paid · sent in part"
    assert rig.fact("Total").text == "1,249.90 EUR · Visa"
    assert rig.fact("Total").note == "placed Tue 3 Nov · paid Tue 3 Nov"
    assert rig.fact("Item").text == "2 × Oak lamp, 40 cm · 59.90 EUR"
    assert rig.fact("Item").note == "1 of 2 sent · LAMP-40 · 4 in stock · read 3 min ago"
    assert rig.fact("Parcel").text == "DHL 0034 1122 8812"
    assert "out for delivery yesterday 13:00 · Uppsala" in rig.fact("Parcel").note
    assert "expected tomorrow" in rig.fact("Parcel").note
    assert rig.fact("Return").text == "return on its way · yesterday"
    assert rig.fact("Refund").text == "7.40 EUR · refunded · yesterday"
    assert rig.fact("Support").note.endswith("about this order")
    for name in ("Order", "Item", "Parcel"):
        assert "read 3 min ago" in rig.fact(name).note


def test_what_is_not_there_is_said(rig: Rig) -> None:
    rig.put(0, order(parcels=()), support=())
    rig.open()
    assert rig.fact("Parcel").text == "none yet"
    assert rig.fact("Returns").text == "none"
    assert rig.fact("Support").text == "no other ticket"


def test_old_copies_are_marked_loudly_but_not_of_what_is_over(rig: Rig) -> None:
    item = line(stock=stock(fetched_at=OLD))
    rig.put(0, order(fetched_at=OLD, lines=(item,), parcels=(parcel(fetched_at=OLD),)))
    rig.open()
    for name in ("Order", "Item", "Parcel"):
        assert rig.fact(name).warning == "old: read 2 days ago"
    assert rig.model.strip is not None
    assert rig.model.strip.warning == "old: read 2 days ago"
    there = parcel(fetched_at=OLD, delivered_at=OLD)
    rig.put(0, order(fetched_at=OLD, completed_at=OLD, lines=(), parcels=(there,)))
    rig.refresh()
    assert not any(fact.warning for fact in rig.model.facts)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("no_scan", "late: no scan for 6 working days, 3 are usual"),
        ("promise_passed", "late: promised for Sun 1 Nov"),
        ("not_shipped", "late: promised for Sun 1 Nov and not sent"),
    ],
)
def test_late_says_why(rig: Rig, kind: str, said: str) -> None:
    rig.put(0, order(late=late(kind), parcels=(parcel(late=late(kind)),)))
    rig.open()
    assert rig.fact("Order").warning == said
    assert rig.fact("Parcel").warning == said
    assert rig.model.strip is not None
    assert rig.model.strip.warning == said


def test_an_order_that_the_channel_lost_says_so(rig: Rig) -> None:
    rig.put(0, order(gone_at=NOW - timedelta(days=1)))
    rig.open()
    assert rig.fact("Order").warning == "the channel has it no more, since yesterday"


def test_an_account_that_brings_nothing_new_is_named(rig: Rig) -> None:
    rig.put(0, order())
    rig.open()
    assert not rig.fact("Order").warning
    until = NOW + timedelta(minutes=30)
    down = account("shop", "retrying", text=clean("No answer"), until=until)
    rig.status.accounts = (account("other", "broken"), down)
    rig.status.changed.emit()
    assert rig.fact("Order").warning == "shop: trying again at 12:30 · No answer"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (match("agent", "anna"), "linked by anna"),
        (match("named", buyer=clean("same")), "the buyer wrote its number"),
        (match("named"), "its number was written"),
        (
            match("named", buyer=clean("other")),
            "its number was written, not from the buyer's address",
        ),
        (
            match("address", days=clean("3"), of=clean("1")),
            "the buyer's address; placed 3 days before",
        ),
        (
            match("address", days=clean("3"), of=clean("2")),
            "the buyer's address; the last of 2, 3 days before",
        ),
    ],
)
def test_why_the_order_is_shown(rig: Rig, found: object, said: str) -> None:
    rig.put(0, order(match=found))
    rig.open()
    assert rig.fact("Shown for").text == said


# Without an order


def test_a_ticket_without_an_order_shows_what_could_be_meant(rig: Rig) -> None:
    rig.put(0, unknown=(clean("LO-77"),))
    rig.open()
    assert rig.model.order is None
    assert rig.fact("Order").text == "none was found for this ticket"
    assert rig.fact("Unknown").value == "LO-77"
    assert rig.fact("Also").other == ("LO-900", "shop")
    assert rig.model.strip is not None
    assert "LO-77 is not known" in rig.model.strip.warning
    assert not rig.model.toggle_timeline()


def test_a_ticket_with_nothing_has_no_strip(rig: Rig) -> None:
    empty = around()
    rig.put(0, others=(), buyer=empty.buyer._replace(orders=0), support=())
    rig.open()
    assert rig.model.strip is None


def test_states_in_words(rig: Rig) -> None:
    seen = []

    def look() -> None:
        seen.append((rig.model.state, str(rig.model.words)))

    look()
    rig.reading.error = DesktermError("The file is damaged", "Nothing was changed")
    rig.open()
    look()
    assert rig.model.facts == []
    rig.reading.error = None
    rig.put(1, order())
    rig.open(1)
    look()
    rig.conversation.close()
    look()
    assert seen == [
        ("empty", "No ticket is open."),
        ("failed", "The file is damaged. Nothing was changed"),
        ("shown", ""),
        ("empty", "No ticket is open."),
    ]
    assert rig.model.strip is None


# Moving


def test_the_cursor_stays_within_and_begins_anew_with_another_ticket(rig: Rig) -> None:
    rig.put(0, order())
    rig.put(1, order(2))
    rig.open()
    rig.model.move_by(-5)
    assert rig.model.cursor == 0
    rig.model.move_by(1_000)
    assert rig.model.cursor == len(rig.model.facts) - 1
    rig.refresh()
    assert rig.model.cursor == len(rig.model.facts) - 1
    rig.open(1)
    assert rig.model.cursor == 0


def test_several_orders_are_gone_through_and_the_chosen_one_stays(rig: Rig) -> None:
    rig.put(0, order(1), order(2))
    rig.open()
    assert rig.model.title == "Order · 1 of 2"
    assert rig.model.step(1)
    assert rig.model.order is not None
    assert rig.model.order.order_id == 2
    rig.put(0, order(3), order(1), order(2, status=clean("Completed")))
    rig.refresh()
    assert (rig.model.order.order_id, rig.model.title) == (2, "Order · 3 of 3")
    assert rig.model.step(1)
    assert rig.model.order.order_id == 3
    rig.put(0, order(1))
    rig.refresh()
    assert rig.model.order.order_id == 1
    assert not rig.model.step(1)


def test_a_refresh_that_brings_the_same_says_nothing(rig: Rig) -> None:
    rig.put(0, order())
    rig.open()
    changes = rig.changes
    rig.refresh()
    rig.status.changed.emit()
    assert rig.changes == changes
    rig.model.ages_changed()
    assert rig.changes == changes + 1


def test_the_timeline_is_newest_first(rig: Rig) -> None:
    rig.put(0, order(refunds=(refund(),)))
    rig.open()
    assert rig.model.toggle_timeline()
    said = [str(fact.text) for fact in rig.model.facts]
    assert said.index("out for delivery · Uppsala") < said.index("on its way · Malmö")
    assert said.index("parcel sent") < said.index("paid")
    assert said[-1] in ("paid", "order placed")
    assert rig.model.title == "Timeline"
    assert rig.model.toggle_timeline()
    assert rig.fact("Total").value == "1,249.90 EUR"


# Words


def test_the_strip_holds_the_facts_in_two_lines(rig: Rig) -> None:
    rig.put(0, order())
    rig.open()
    strip = rig.model.strip
    assert strip is not None
    assert strip.first == (
        "Order LO-12341 · paid · sent in part · 1,249.90 EUR · 2 × Oak lamp, 40 cm, 4 in stock +1"
    )
    assert strip.second == (
        "DHL 0034…8812 · out for delivery yesterday 13:00 · Uppsala · no return · "
        "1 other ticket · read 3 min ago"
    )


@pytest.mark.parametrize(
    ("amount", "english", "french"),
    [
        (Money(124990, "EUR"), "1,249.90 EUR", "1\u202f249,90 EUR"),
        (Money(-5, "EUR"), "-0.05 EUR", "-0,05 EUR"),
        (Money(1_000, "JPY"), "1,000 JPY", "1\u202f000 JPY"),
        (Money(1_500, "KWD"), "1.500 KWD", "1,500 KWD"),
    ],
)
def test_amounts_by_language(amount: Money, english: str, french: str) -> None:
    assert order_words.money(amount) == english
    with speaking("fr"):
        assert order_words.money(amount) == french


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "yesterday"), (0, "today"), (1, "tomorrow"), (5, "Sat 14 Nov"), (-400, "5 Oct 2025")],
)
def test_days(days: int, said: str) -> None:
    assert order_words.day(NOW + timedelta(days=days), UTC, NOW) == said


@pytest.mark.parametrize(
    ("state", "quantity", "backorder", "said"),
    [
        ("in_stock", 4, False, "4 in stock"),
        ("in_stock", None, False, "in stock"),
        ("in_stock", 0, False, "sold out"),
        ("out_of_stock", None, False, "sold out"),
        ("out_of_stock", 0, True, "sold out, can be ordered"),
        ("on_backorder", None, True, "sold out, can be ordered"),
        ("preorder", None, False, "preorder"),
    ],
)
def test_stock(state: str, quantity: int | None, backorder: bool, said: str) -> None:
    found = stock(quantity, state=state, may_backorder=backorder)
    assert order_words.stock(found) == said


@pytest.mark.parametrize("word", ["payment", "fulfilment", "scan", "return_step", "refund"])
def test_states_that_a_channel_invents_are_shown(word: str) -> None:
    said: SafeText = getattr(order_words, word)(clean("half-baked"))
    assert said == "half-baked"


def test_parcels_without_this_or_that(rig: Rig) -> None:
    del rig
    bare = parcel(carrier=NOTHING, number=NOTHING, scans=())
    assert order_words.parcel(bare) == "no tracking number"
    assert order_words.parcel_state(bare, UTC, NOW) == "sent Fri 12:00, no scan"
    assert order_words.parcel_state(bare._replace(shipped_at=None), UTC, NOW) == "no scan"
    there = parcel(delivered_at=NOW - timedelta(hours=1))
    assert order_words.parcel_state(there, UTC, NOW) == "delivered 11:00"
