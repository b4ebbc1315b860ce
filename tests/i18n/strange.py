"""A workspace whose data are Greek, so that every word in Latin letters is one of the program."""

from __future__ import annotations

from datetime import timedelta

from deskterm.service.reading.rows import Counts, Details, Entry
from deskterm.text.clean import clean
from tests.support.console import Shop
from tests.ui.panes import NOW, account, conversation, entry, file, outgoing, ticket

CUSTOMER, SUBJECT, TEXT = clean("Ζήνων"), clean("Λάμπα"), clean("Πού είναι το δέμα; " * 8)
MAILBOX, CHANNEL = "θυρίς", "γράμμα"
STATES = ("held", "queued", "sending", "retry_later", "unknown", "settling", "ask_agent")
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
