"""From a header block to an `Envelope`."""

from __future__ import annotations

from deskterm.domain.mail import Address, Envelope
from deskterm.mail.addresses import read_addresses
from deskterm.mail.automatic import automatic_sign
from deskterm.mail.headers import Headers, decode_headers, read_date, read_ids
from deskterm.mail.limits import ADDRESSES


def envelope_of(headers: Headers) -> tuple[Envelope, bool]:
    """The envelope, and whether it holds all addresses (at most 500 are kept a header).

    Args:
        headers: unfolded values; encoded words not yet decoded, because a decoded name may
            hold what looks like another address.
    """
    decoded = decode_headers(headers)
    sender = _addresses(headers, "from") or _addresses(headers, "sender")
    to, cc = _addresses(headers, "to"), _addresses(headers, "cc")
    reply_to = _addresses(headers, "reply-to")
    complete = len(to) + len(cc) + len(reply_to) <= ADDRESSES
    subject = decoded.get("subject", ("",))[0]
    own = read_ids(headers["message-id"][0]) if "message-id" in headers else ()
    envelope = Envelope(
        message_id=own[0] if own else None,
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        sender=sender[0] if sender else None,
        reply_to=reply_to[:ADDRESSES],
        to=to[:ADDRESSES],
        cc=cc[:ADDRESSES],
        subject=subject,
        date=read_date(headers["date"][0]) if "date" in headers else None,
        automatic=automatic_sign(decoded, sender[0] if sender else None, subject),
        headers=decoded,
    )
    return envelope, complete


def _addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    values = headers.get(name, ())
    if len(values) == 1:
        return read_addresses(values[0])
    found: list[Address] = []
    for value in values:
        found += read_addresses(value)
        if len(found) > ADDRESSES:
            break
    return tuple(found)


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    values = headers.get(name)
    return read_ids(" ".join(values)) if values else ()
