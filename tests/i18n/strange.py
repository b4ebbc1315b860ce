"""A workspace whose data are Greek, so that every word in Latin letters is one of the program."""

from __future__ import annotations

from datetime import timedelta

from deskterm.service.reading.macro_rows import (
    FilledView,
    MacroView,
    ReasonView,
    SpanView,
    SuggestionView,
)
from deskterm.service.reading.order_rows import TicketOrders
from deskterm.service.reading.rows import Counts, Details, Entry, RawView
from deskterm.text.clean import clean
from deskterm.viewmodel.setting_up import Channel, Field
from tests.support.console import Shop
from tests.support.order_views import (
    around,
    euros,
    goods_back,
    late,
    line,
    match,
    order,
    parcel,
    refund,
)
from tests.ui.panes import NOW, account, conversation, entry, file, outgoing, ticket

CUSTOMER, SUBJECT, TEXT = clean("Ζήνων"), clean("Λάμπα"), clean("Πού είναι το δέμα; " * 8)
MAILBOX, CHANNEL = "θυρίς", "γράμμα"
STATES = ("held", "queued", "sending", "retry_later", "unknown", "settling", "ask_agent")
GREEK = clean("Ελλάς")
ASKS = "Καλημέρα,\n\n{{?7}}\n\nΖ."
HEALTH = ("ok", "syncing", "retrying", "paused", "sign_in", "asks", "broken", "")


class GreekShop(Shop):
    """Tickets, a conversation with everything in it, replies in every state, and so on."""

    def __init__(self, tickets: int = 40) -> None:
        super().__init__(0)
        named = {"account": MAILBOX, "channel": CHANNEL, "customer": CUSTOMER}
        for number in range(tickets):
            attention = clean("The text is not the one that was checked") if number == 0 else None
            row = ticket(number, subject=SUBJECT, preview=TEXT, attention=attention, **named)
            self.tickets[number] = row
            self.conversations[number] = conversation(
                _entries(),
                ticket=row,
                tags=(clean("ετικέτα"),),
                order_refs=(clean("4-8213"),),
            )
            self.orders[number] = _orders(number)
        _suggest(self)
        self.headers["message:0"] = Details(
            sender=CUSTOMER,
            to=clean("σύ"),
            cc=clean("αυτοί"),
            sent_at=NOW,
            received_at=NOW,
            message_id=clean("<1@2.3>"),
            size=1_234,
        )
        self.whole["message:2"] = TEXT
        self.raws["message:2"] = RawView(TEXT, 900_000, whole=False)
        self.items = [
            outgoing(
                number,
                state,
                customer=CUSTOMER,
                subject=SUBJECT,
                text=TEXT,
                author=CUSTOMER,
                reason=clean("Replies cannot be sent by 7") if state == "ask_agent" else None,
            )
            for number, state in enumerate((*STATES, "needs_edit"))
        ]
        self.states = [
            account(
                f"{MAILBOX}{number}",
                state,
                channel=CHANNEL,
                text=clean("The disk is full"),
                quarantined=number,
                until=NOW + timedelta(hours=30) if state in ("paused", "retrying") else None,
            )
            for number, state in enumerate(HEALTH)
        ]

    def counts(self) -> Counts:
        return Counts(38, 12, 5, 3, 4, 2, NOW + timedelta(seconds=8))


def mailbox() -> Channel:
    """A channel whose words are Greek."""
    return Channel(
        "7",
        GREEK,
        (
            Field("7", CUSTOMER, "address", required=True),
            Field("8", SUBJECT, "secret", required=True),
            Field("9", GREEK, "choice", default="7", choices=("7", "8")),
        ),
    )


def _orders(number: int) -> TicketOrders:
    """Two orders with everything in them, the first one late."""
    texts = {
        **dict.fromkeys(("status", "promise_source", "payment_method", "delivery_title"), GREEK),
        **dict.fromkeys(("buyer", "customer_note"), CUSTOMER),
        "buyer_email": clean("7@7.7"),
        "country": clean("7"),
        "account": MAILBOX,
        "channel": CHANNEL,
        "url": clean("7"),
        "ship_to": (CUSTOMER, GREEK),
        "bill_to": (CUSTOMER, GREEK),
    }
    box = parcel(carrier=GREEK, number=clean("7"), url=clean(""), late=late())
    box = box._replace(scans=tuple(s._replace(place=GREEK, text=GREEK) for s in box.scans))
    lines = (
        line(SUBJECT, variant=GREEK, sku=clean("7")),
        line(GREEK, variant=GREEK, sku=clean("8")),
    )
    first = order(
        1, ref=clean("4-8213"), parcels=(box,), lines=lines, late=late(), remarks=(), **texts
    )
    second = order(
        2,
        ref=clean("4-9000"),
        lines=lines,
        parcels=(),
        remarks=(),
        refunds=(refund()._replace(reason=GREEK),),
        returns=(goods_back()._replace(rma=clean("7"), reason=GREEK),),
        match=match("linked", author="7"),
        **texts,
    )
    found = around(first, second, ticket_id=number, unknown=(clean("4-1"),))
    others = tuple(
        each._replace(ref=clean("4-7"), account=MAILBOX, status=GREEK, total=euros(700))
        for each in found.others
    )
    support = tuple(
        each._replace(ref="7", subject=SUBJECT, channel=CHANNEL) for each in found.support
    )
    return found._replace(others=others, support=support)


def _suggest(shop: Shop) -> None:
    """Macros with every kind of reason; the second one asks something."""
    reasons = (
        ReasonView("says", GREEK),
        ReasonView("order", clean("late")),
        ReasonView("used", clean(""), 7),
    )
    gap = SpanView(ASKS.index("{"), ASKS.index("}") + 2, "gap", clean("7"), "asked", clean(""))
    shop.suggested = [
        SuggestionView(name, GREEK, (*reasons, ReasonView("reason", clean("wismo"))))
        for name in ("7", "8")
    ]
    shop.filled = {
        "7": FilledView("7", GREEK, str(TEXT), (), "el"),
        "8": FilledView("8", GREEK, ASKS, (gap,), "el"),
    }
    shop.macros = [MacroView(name, GREEK, SUBJECT, reasons, suggested=True) for name in ("7", "8")]


def _entries() -> list[Entry]:
    named: dict[str, object] = {"author": CUSTOMER, "address": CUSTOMER, "subject": SUBJECT}
    named["text"] = TEXT
    return [
        entry(0, **named),
        entry(2, **named, files=(file("λ.7", "7/7"),), hidden=420),
        entry(3, **{**named, "text": clean("")}, automatic=clean("7"), unreadable=True),
        entry(4, **named, key="note:a", kind="note", ours=True),
        entry(
            5,
            **named,
            key="outgoing:b",
            kind="outgoing",
            ours=True,
            state="held",
            hold_until=NOW + timedelta(seconds=8),
            reason=clean("It is no file"),
        ),
    ]
