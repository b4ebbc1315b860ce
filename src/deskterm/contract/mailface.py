"""Channels whose messages travel as mail through somebody's mailbox account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from deskterm.contract.records import MessageRecord, Reply
from deskterm.domain.mail import Address, Envelope, OutgoingMail, ParsedMail


@dataclass(frozen=True, slots=True)
class MailThread:
    """What a mail face needs to answer: the last mail of the customer and our own address."""

    ours: Address
    last_inbound: Envelope


class MailFace(Protocol):
    """Reads and writes the mail of one channel. Pure: no network, no clock."""

    def claims(self, envelope: Envelope) -> int:
        """How surely this mail belongs to the channel: 0 (not at all) to 100 (certainly).

        The strongest claim wins; a tie stays with the mailbox.
        """
        ...

    def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
        """The messages in a claimed mail."""
        ...

    def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
        """The mail that carries a reply back to the channel."""
        ...
