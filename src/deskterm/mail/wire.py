"""How a parsed mail travels between the parser process and its owner.

A frame is a length of eight bytes (big-endian) and that many bytes. A mail is JSON, followed by
the contents of the attachments. Nothing that a parser process says is ever executed.
"""

from __future__ import annotations

import json
import struct
from datetime import datetime
from typing import Any

from deskterm.domain.mail import Address, DeliveryReport, Envelope, MailPart, ParsedMail

LENGTH = struct.Struct(">Q")
#: Longest frame that is believed, in bytes: a mail of the greatest size, decoded, and its text.
MAX_FRAME = 200_000_000


class BadFrame(Exception):
    """What came is no parsed mail."""


def encode_mail(mail: ParsedMail) -> bytes:
    """A parsed mail as the content of one frame."""
    about = json.dumps(_plain(mail)).encode("ascii")
    contents = [part.content for part in mail.attachments]
    return b"".join([LENGTH.pack(len(about)), about, *contents])


def decode_mail(frame: bytes) -> ParsedMail:
    """The mail in a frame.

    Raises:
        BadFrame: it holds something else.
    """
    try:
        (size,) = LENGTH.unpack_from(frame)
        place = LENGTH.size + size
        return _mail(json.loads(frame[LENGTH.size : place]), frame, place)
    except (struct.error, ValueError, TypeError, LookupError, AttributeError) as error:
        raise BadFrame(type(error).__name__) from error


def _plain(mail: ParsedMail) -> dict[str, Any]:
    envelope = mail.envelope
    report = mail.report
    return {
        "envelope": {
            "message_id": envelope.message_id,
            "in_reply_to": envelope.in_reply_to,
            "references": envelope.references,
            "sender": _pair(envelope.sender) if envelope.sender else None,
            "reply_to": [_pair(one) for one in envelope.reply_to],
            "to": [_pair(one) for one in envelope.to],
            "cc": [_pair(one) for one in envelope.cc],
            "subject": envelope.subject,
            "date": envelope.date.isoformat() if envelope.date else None,
            "automatic": envelope.automatic,
            "headers": dict(envelope.headers),
        },
        "text": mail.text,
        "attachments": [
            [part.path, part.filename, part.mime, len(part.content), part.content_id, part.inline]
            for part in mail.attachments
        ],
        "report": [
            report.action, report.status, report.recipient, report.diagnostic,
            report.original_message_id,
        ] if report else None,
        "remote_images": mail.remote_images,
        "unreadable": mail.unreadable,
    }  # fmt: skip


def _pair(address: Address) -> list[str]:
    return [address.name, address.addr]


def _mail(about: dict[str, Any], frame: bytes, place: int) -> ParsedMail:
    facts = about["envelope"]
    envelope = Envelope(
        message_id=facts["message_id"],
        in_reply_to=tuple(facts["in_reply_to"]),
        references=tuple(facts["references"]),
        sender=Address(*facts["sender"]) if facts["sender"] else None,
        reply_to=tuple(Address(*pair) for pair in facts["reply_to"]),
        to=tuple(Address(*pair) for pair in facts["to"]),
        cc=tuple(Address(*pair) for pair in facts["cc"]),
        subject=facts["subject"],
        date=datetime.fromisoformat(facts["date"]) if facts["date"] else None,
        automatic=facts["automatic"],
        headers={name: tuple(values) for name, values in facts["headers"].items()},
    )
    attachments = []
    for path, filename, mime, size, content_id, inline in about["attachments"]:
        content = frame[place : place + size]
        place += size
        if len(content) != size:
            raise ValueError("an attachment is cut off")
        attachments.append(MailPart(path, filename, mime, content, content_id, inline))
    return ParsedMail(
        envelope=envelope,
        text=about["text"],
        attachments=tuple(attachments),
        report=DeliveryReport(*about["report"]) if about["report"] else None,
        remote_images=about["remote_images"],
        unreadable=about["unreadable"],
    )
