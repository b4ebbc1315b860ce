"""From a connector's records to arrivals: parsed, masked, measured, not yet placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deskterm.contract import MailItem, MessageRecord
from deskterm.domain.arrival import Arrival, FiledAttachment, Subject
from deskterm.domain.cards import mask_cards, mask_json
from deskterm.domain.clock import to_text
from deskterm.domain.ids import ROWIDS_PER_SECOND, message_rowid_base
from deskterm.domain.mail import Address, Envelope, MailPart, ParsedMail
from deskterm.domain.order_refs import OrderRefFinder, normalise
from deskterm.mail.compose import ticket_ref_of
from deskterm.mail.digest import content_digest
from deskterm.mail.redact import mask_mail
from deskterm.mail.references import has_reply_prefix, is_generic_subject, normalise_subject
from deskterm.service.attached import keep
from deskterm.store.ingest import pack
from deskterm.store.mailfacts import MailFacts
from deskterm.store.tombstones import NONE, Identity, Tombstones
from deskterm.sync.parser_process import MailParser

_MAX_KEYS = 40
_ORDER_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What reading needs to know of an account: our own addresses, in lower case; files that
    erased customers sent are not kept again.
    """

    ours: frozenset[str]
    orders: OrderRefFinder
    erased: Tombstones = NONE


class MailReader:
    """Reads batches of mail. Used from one thread at a time."""

    def __init__(self, parser: MailParser, attachments: Path) -> None:
        self._parser = parser
        self._attachments = attachments

    def read(
        self, items: Sequence[MailItem], mailbox: Mailbox, now: datetime
    ) -> list[tuple[Arrival, ParsedMail]]:
        """Arrivals for mails, with what was parsed, so that a mail face may read it too."""
        parsed = self._parser.parse_many([item.raw for item in items])
        return [
            (self._arrival(item, mail, mailbox, now), mail)
            for item, mail in zip(items, parsed, strict=True)
        ]

    def _arrival(
        self, item: MailItem, mail: ParsedMail, mailbox: Mailbox, now: datetime
    ) -> Arrival:
        envelope = mail.envelope
        sender = envelope.sender or Address("", "")
        outbound = _is_ours(item, envelope, sender, mailbox)
        party = _other_party(envelope, mailbox.ours) if outbound else _customer(envelope, sender)
        keys = _thread_keys(envelope)
        subject = mask_cards(envelope.subject)
        body = mask_cards(mail.text)
        raw = mask_mail(item.raw)
        whose, received_at = party.key or "unknown", to_text(item.received_at)
        is_erased = mailbox.erased.covers(Identity("email", whose), received_at)
        return Arrival(
            remote_id=f"mail:{content_digest(item.raw)}",
            direction="outbound" if outbound else "inbound",
            author_kind="agent" if outbound else "customer",
            author_name=mask_cards(sender.name),
            author_address=sender.addr,
            party_kind="email",
            party=whose,
            party_name=mask_cards(party.name),
            subject=_subject(subject),
            body=body,
            received_at=received_at,
            received_s=message_rowid_base(item.received_at, now) // ROWIDS_PER_SECOND,
            sent_at=to_text(envelope.date) if envelope.date else None,
            thread_keys=keys,
            own_key=envelope.message_id,
            ticket_ref=next((ref for key in keys if (ref := ticket_ref_of(key))), None),
            order_refs=tuple(
                (found.text, found.norm)
                for found in mailbox.orders.find(f"{subject}\n{body[:_ORDER_TEXT]}")
            ),
            automatic=envelope.automatic,
            message_id=envelope.message_id,
            mail=_facts(envelope).dump(),
            attachments=() if is_erased else tuple(map(self._file, mail.attachments)),
            raw=raw,
            packed=pack(raw),
            location=item.location,
            seen=item.seen,
            answered=item.answered,
            unreadable=mail.unreadable,
        )

    def _file(self, part: MailPart) -> FiledAttachment:
        digest = keep(part.content, self._attachments)
        return FiledAttachment(
            part.path, part.filename, part.mime, len(part.content), digest, part.inline
        )


def read_record(record: MessageRecord, kind: str, attachments: Path, now: datetime) -> Arrival:
    """The arrival for a message of a channel with an API. `kind` is the channel's id."""
    files = tuple(
        FiledAttachment(
            str(number),
            file.filename,
            file.mime,
            len(file.content),
            keep(file.content, attachments),
        )
        for number, file in enumerate(record.attachments, start=1)
    )
    thread_key = f"{kind}:{record.thread_remote_id}"
    return Arrival(
        remote_id=record.remote_id,
        direction=record.direction,
        author_kind=record.author_kind,
        author_name=mask_cards(record.author.name),
        author_address=record.author.handle,
        party_kind=kind,
        party=record.author.handle if record.direction == "inbound" else record.thread_remote_id,
        party_name=mask_cards(record.author.name) if record.direction == "inbound" else "",
        subject=_subject(mask_cards(record.subject)),
        body=mask_cards(record.text),
        received_at=to_text(record.received_at),
        received_s=message_rowid_base(record.received_at, now) // ROWIDS_PER_SECOND,
        sent_at=to_text(record.sent_at),
        thread_keys=(thread_key,),
        own_key=None,
        order_refs=tuple((ref, normalise(ref)) for ref in record.order_refs),
        automatic=None if record.author_kind != "channel" else "notice of the channel",
        attachments=files,
        raw=mask_json(record.raw) if record.raw else b"",
        raw_format="json",
        thread_remote_id=record.thread_remote_id,
    )


def own_addresses(fields: Mapping[str, str]) -> frozenset[str]:
    """The addresses an account writes from: its own and its aliases, in lower case."""
    listed = [fields.get("address", ""), *fields.get("aliases", "").replace(";", ",").split(",")]
    return frozenset(a.strip().lower() for a in listed if a.strip())


def _thread_keys(envelope: Envelope) -> tuple[str, ...]:
    """What the mail shares with its thread: the nearest ancestor first."""
    ancestors = (*envelope.in_reply_to, *reversed(envelope.references))
    return tuple(dict.fromkeys(ancestors))[:_MAX_KEYS]


def _is_ours(item: MailItem, envelope: Envelope, sender: Address, mailbox: Mailbox) -> bool:
    """Whether we wrote it. Anybody can put our address into From, and contact forms do: in the
    inbox it proves nothing, unless the mail bears a Message-ID as only we make them.
    """
    if item.in_sent:
        return True
    from_file = item.location is None
    made_here = envelope.message_id is not None and ticket_ref_of(envelope.message_id) is not None
    return sender.key in mailbox.ours and (from_file or made_here)


def _customer(envelope: Envelope, sender: Address) -> Address:
    """Who wrote: the sender, or for a contact form that sends in the shop's name its Reply-To."""
    ours = {a.key for a in envelope.to}
    if sender.key in ours:
        return next((a for a in envelope.reply_to if a.key not in ours), sender)
    return sender


def _other_party(envelope: Envelope, ours: frozenset[str]) -> Address:
    others = [a for a in (*envelope.to, *envelope.cc) if a.key not in ours]
    return others[0] if others else (envelope.to or (Address("", ""),))[0]


def _subject(text: str) -> Subject:
    bare = normalise_subject(text)
    return Subject(text, "" if is_generic_subject(bare) else bare.lower(), has_reply_prefix(text))


def _facts(envelope: Envelope) -> MailFacts:
    return MailFacts(
        to=envelope.to,
        cc=envelope.cc,
        reply_to=envelope.reply_to,
        in_reply_to=envelope.in_reply_to,
        references=envelope.references[-_MAX_KEYS:],
    )
