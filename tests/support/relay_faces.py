"""Mail faces that do it differently, or wrong; each with a spec that names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from deskterm.contract import ConnectorSpec, MailThread, MessageRecord, Reply
from deskterm.domain.mail import Address, Envelope, OutgoingMail, ParsedMail
from tests.support.fake_relay import RELAY_HOST, RELAY_SPEC, FakeRelay


class Rival(FakeRelay):
    """Claims the same mails just as surely."""


class Digest(FakeRelay):
    """Several messages in one mail, one a line, each beginning with the talk it belongs to."""

    def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
        (whole,) = super().read(mail)
        lines = [line for line in mail.text.splitlines() if line.strip()]
        return tuple(
            replace(
                whole,
                remote_id=f"{whole.remote_id}#{number}",
                thread_remote_id=line.partition(" ")[0],
                text=line,
            )
            for number, line in enumerate(lines)
        )

    def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
        return replace(super().write(reply, thread), subject=reply.thread_remote_id)


class StopsClaiming(FakeRelay):
    """Stops on mails that have a subject."""

    def claims(self, envelope: Envelope) -> int:
        if "boom" in envelope.subject:
            raise KeyError(envelope.subject)
        return super().claims(envelope)


class ClaimsTooMuch(FakeRelay):
    def claims(self, envelope: Envelope) -> int:
        return 1000 * super().claims(envelope)


class StopsReading(FakeRelay):
    def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
        if "boom" in mail.envelope.subject:
            raise KeyError(mail.envelope.subject)
        return super().read(mail)


class ReadsNothing(FakeRelay):
    def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
        return () if "boom" in mail.envelope.subject else super().read(mail)


class ReadsOddly(FakeRelay):
    def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
        (record,) = super().read(mail)
        odd: Any = datetime(2026, 11, 2, 8, 0)  # noqa: DTZ001 - that is what is odd
        return (replace(record, sent_at=odd),) if "boom" in record.subject else (record,)


class StopsWriting(FakeRelay):
    """Knows to whom, and stops when there is something to say."""

    def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
        if reply.text:
            raise KeyError(reply.text)
        return super().write(reply, thread)


class WritesToOthers(FakeRelay):
    """Decides otherwise when it comes to sending."""

    def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
        mail = super().write(reply, thread)
        return replace(mail, to=(Address("", f"all@{RELAY_HOST}"),)) if reply.text else mail


class WritesUnderAnotherId(FakeRelay):
    def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
        return replace(super().write(reply, thread), message_id="<of-my-own@shop.example>")


def spec_of(face: type[FakeRelay] | str, channel: str = "fake_relay") -> ConnectorSpec:
    """The spec of a channel with that mail face; a text stands as its dotted name."""
    name = face if isinstance(face, str) else f"{face.__module__}:{face.__qualname__}"
    return replace(RELAY_SPEC, id=channel, title=f"Market {channel}", mail_face=name)
