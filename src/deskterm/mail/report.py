"""Bounces and delay notices (RFC 3464, RFC 6522)."""

from __future__ import annotations

import re

from deskterm.domain.mail import DeliveryReport, Envelope
from deskterm.mail.headers import Headers, decode_words, one_line, read_block, read_ids, split_head
from deskterm.mail.limits import HEAD_BYTES
from deskterm.mail.parts import Part

_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_ORIGINAL_TYPES = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
)
_BLOCKS = re.compile(rb"\r?\n[ \t]*\r?\n")
_MAX_BLOCKS = 500
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ -][A-Za-z#<5])")
_ORIGINAL_ID = re.compile(
    r"^[>| \t]{0,10}Message-ID:[ \t]*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
_RECIPIENT = re.compile(r"<?([^<>\s\"(),:;]{1,128}@[^<>\s\"(),:;]{1,128})>?")
_GUESSED_TEXT = 100_000
_DIAGNOSTIC = 2_000


def read_report(top: Part) -> DeliveryReport | None:
    """The report in a multipart/report, or None. Of several recipients the first failed one."""
    status = original = None
    for leaf in top.leaves():
        if leaf.mime in _STATUS_TYPES:
            status = status or leaf
        elif leaf.mime in _ORIGINAL_TYPES:
            original = original or leaf
    if status is None:
        return None
    recipients = [
        block
        for block in _blocks(status.content)
        if "action" in block or "final-recipient" in block
    ]
    if not recipients:
        return None
    failed = [block for block in recipients if _value(block, "action").lower() == "failed"]
    block = (failed or recipients)[0]
    return DeliveryReport(
        action=_value(block, "action").lower(),
        status=_first_word(_value(block, "status")),
        recipient=_typed(_value(block, "final-recipient") or _value(block, "original-recipient")),
        diagnostic=_typed(_value(block, "diagnostic-code"))[:_DIAGNOSTIC],
        original_message_id=_original_id(original),
    )


def guess_report(envelope: Envelope, text: str) -> DeliveryReport | None:
    """Read a bounce that has no standard parts, by the Message-ID it quotes.

    Only mail from a mail system is looked at. The action is failed or delayed by the status code
    in the text, else empty.
    """
    if envelope.automatic is None or envelope.sender is None:
        return None
    if envelope.sender.key.partition("@")[0] not in {"mailer-daemon", "postmaster"}:
        return None
    text = text[:_GUESSED_TEXT]
    quoted = _ORIGINAL_ID.search(text)
    if quoted is None:
        return None
    status = _STATUS.search(text)
    code = status[1] if status else ""
    if not code and (reply := _REPLY_CODE.search(text)):
        code = reply[1]
    recipient = _RECIPIENT.search(text)
    return DeliveryReport(
        action={"5": "failed", "4": "delayed"}.get(code, ""),
        status=status[0] if status else "",
        recipient=recipient[1] if recipient else "",
        diagnostic="",
        original_message_id=quoted[1],
    )


def _blocks(content: bytes) -> list[Headers]:
    pieces = _BLOCKS.split(content[:HEAD_BYTES], _MAX_BLOCKS)
    return [read_block(piece)[0] for piece in pieces[:_MAX_BLOCKS]]


def _value(block: Headers, name: str) -> str:
    return one_line(decode_words(block.get(name, ("",))[0]))


def _first_word(value: str) -> str:
    return value.split(" ")[0]


def _typed(value: str) -> str:
    """The value after its type word: `rfc822; jeanne@example.org`."""
    return value.partition(";")[2].strip() if ";" in value else value


def _original_id(original: Part | None) -> str | None:
    if original is None:
        return None
    headers, _ = read_block(split_head(original.content[:HEAD_BYTES].lstrip(b"\r\n"))[0])
    ids = read_ids(headers.get("message-id", ("",))[0])
    return ids[0] if ids else None
