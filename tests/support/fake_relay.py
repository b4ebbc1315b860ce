"""A marketplace that hides its buyers behind relay addresses, as a mail face."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from deskterm.contract import MailThread, MessageRecord, Party, Reply
from deskterm.contract.spec import AccountField, Capability, ConnectorSpec
from deskterm.domain.mail import Address, Envelope, OutgoingMail, ParsedMail

RELAY_HOST = "relay.market.example"
_BUYER = re.compile(r"([a-z0-9]{4,20})@relay\.market\.example")
_ORDER = re.compile(r"\bMK-\d{6}\b")

RELAY_SPEC = ConnectorSpec(
    id="fake_relay",
    title="Fake marketplace behind a mail relay",
    fields=(AccountField("mailbox", "Mailbox account", required=True),),
    capabilities=frozenset({Capability.READ_MESSAGES, Capability.SEND_REPLY}),
    mail_face="tests.support.fake_relay:FakeRelay",
    is_marketplace=True,
    rule_pack="tests.support.fake_relay_rules",
)


class FakeRelay:
    """Claims what comes from the relay's addresses and passed its signature."""

    def claims(self, envelope: Envelope) -> int:
        sender = envelope.sender
        if sender is None or _BUYER.fullmatch(sender.key) is None:
            return 0
        signed = envelope.headers.get("authentication-results", ())
        return 95 if any("dkim=pass" in line and RELAY_HOST in line for line in signed) else 0

    def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
        envelope = mail.envelope
        sender = envelope.sender or Address("", f"unknown@{RELAY_HOST}")
        at = envelope.date or datetime(2000, 1, 1, tzinfo=UTC)
        return (
            MessageRecord(
                remote_id=envelope.message_id or f"{sender.key}/{at.isoformat()}",
                thread_remote_id=sender.key,
                direction="inbound",
                author_kind="customer",
                author=Party(sender.key, sender.name),
                text=mail.text,
                sent_at=at.astimezone(UTC),
                received_at=at.astimezone(UTC),
                subject=envelope.subject,
                order_refs=tuple(dict.fromkeys(_ORDER.findall(envelope.subject))),
            ),
        )

    def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
        last = thread.last_inbound
        answered = (last.message_id,) if last.message_id else ()
        to = reply.to or last.reply_to or ((last.sender,) if last.sender else ())
        return OutgoingMail(
            message_id=reply.key,
            date=reply.started_at,
            sender=thread.ours,
            to=to[:1],
            subject=reply.subject or f"Re: {last.subject}",
            text=reply.text,
            cc=reply.cc,
            in_reply_to=last.message_id,
            references=(*last.references, *answered),
            attachments=reply.attachments,
        )


def envelope(
    sender: str = f"abc123@{RELAY_HOST}",
    *,
    message_id: str | None = "<m1@relay.market.example>",
    subject: str = "Where is MK-123456?",
    signed: bool = True,
) -> Envelope:
    """The envelope of a buyer's mail."""
    result = f"mx.shop.example; dkim=pass header.d={RELAY_HOST}"
    return Envelope(
        message_id=message_id,
        in_reply_to=(),
        references=("<m0@relay.market.example>",),
        sender=Address("A buyer", sender),
        reply_to=(),
        to=(Address("Shop", "support@shop.example"),),
        cc=(),
        subject=subject,
        date=datetime(2026, 11, 2, 8, 0, tzinfo=UTC),
        automatic=None,
        headers={"authentication-results": (result,)} if signed else {},
    )


def buyer_mail(**changes: object) -> ParsedMail:
    """A buyer's mail."""
    return ParsedMail(envelope(**changes), "Where is my parcel?")  # type: ignore[arg-type]


def buyer_thread() -> MailThread:
    """The thread of that mail."""
    return MailThread(Address("Shop", "support@shop.example"), envelope())


def relay_reply() -> Reply:
    """An answer to it."""
    return Reply(
        key="<reply-1@shop.example>",
        ticket_ref="T1",
        thread_remote_id=f"abc123@{RELAY_HOST}",
        text="It is on its way.",
        started_at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
    )
