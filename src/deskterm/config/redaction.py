"""Keeps secrets out of everything that is written for people: logs, reports, bundles.

Two nets: the values of the secrets in use, in every form in which they travel, and the shapes in
which credentials usually stand (RFC 6750 bearer tokens, form fields, IMAP and SMTP sign-in lines).
"""

from __future__ import annotations

import base64
import json
import logging
import re
import threading
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

from deskterm.config.secrets_base import Secret
from deskterm.config.traces import trace_text

MASK = "<secret>"
SHORTEST = 4  # characters; a shorter value would mask ordinary words

# No shape has a repeat inside a repeat, and none starts with a repeat: the time is linear.
_VALUE = r"[^\s\"'&,;<>]{1,65536}"
_LINE = r"[^\r\n]{1,65536}"
_NAMED = r"(?:token|password|passwd|passphrase|secret|api[_-]?key|private[_-]?key)[\"']?"
_QUOTED = r"\"(?:[^\"\\\r\n]|\\.){0,65536}\"?|'[^'\r\n]{0,65536}'?"
_SIGN_IN = r"AUTH(?:ENTICATE)?\s{1,4}(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER)\s{1,4}"
_USER = r"(?:\"[^\"\r\n]{0,512}\"|[^\s\"]{1,512})"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?i)(\bauthorization[\"']?\s{{0,4}}[:=]\s{{0,4}}){_LINE}",
        rf"(?i)(\b(?:set-)?cookie[\"']?\s{{0,4}}:\s{{0,4}}){_LINE}",
        rf"(?i)(\bbearer\s{{1,4}}){_VALUE}",
        rf"(\bAtz[ar]\|){_VALUE}",
        rf"(?i)({_NAMED}\s{{0,4}}[:=]\s{{0,4}})(?:{_QUOTED}|{_VALUE})",
        rf"(?i)(\b{_SIGN_IN}){_VALUE}",
        rf"(\bLOGIN\s{{1,4}}{_USER}\s{{1,4}}){_LINE}",
        r"(://[^\s/:@]{1,256}:)[^\s/@]{1,256}(?=@)",
    )
)


class Redactor(logging.Filter):
    """Masks secrets in text, and in every record that passes a log handler it is added to."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: frozenset[str] = frozenset()
        self._known: re.Pattern[str] | None = None
        self._turn = threading.Lock()

    def learn(self, secret: Secret) -> None:
        """Mask this value from now on, plain and in its base64, URL and JSON forms."""
        forms = frozenset(_forms(secret.reveal()))
        with self._turn:
            if forms <= self._forms:
                return
            self._forms |= forms
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._known = re.compile("|".join(re.escape(form) for form in longest_first))

    def redact(self, text: str) -> str:
        """The text with a mask in place of each secret."""
        if self._known is not None:
            text = self._known.sub(MASK, text)
        for shape in _SHAPES:
            text = shape.sub(rf"\1{MASK}", text)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it always passes. A traceback keeps its places, not its texts."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            message = f"unreadable message from {record.module}, line {record.lineno}"
        record.msg, record.args = self.redact(message), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = self.redact(trace_text(record.exc_info[1]))
        elif record.exc_text:
            record.exc_text = self.redact(record.exc_text)
        record.exc_info = None
        if record.stack_info:
            record.stack_info = self.redact(record.stack_info)
        return True


def _forms(value: str) -> Iterator[str]:
    raw = value.encode(errors="surrogateescape")
    candidates = {
        value,
        quote(raw, safe=""),
        quote(raw, safe="/"),
        quote_plus(raw),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        repr(value)[1:-1],
        raw.hex(),
        base64.b64encode(raw).decode(),
        *_base64_forms(raw),
    }
    for form in candidates:
        if len(form) >= SHORTEST:
            yield form
            yield re.sub("%[0-9A-F]{2}", lambda match: match[0].lower(), form)


def _base64_forms(raw: bytes) -> Iterator[str]:
    """The value as it looks at each of the three places it can have within encoded text.

    Sign-in lines encode name and password together (RFC 7617, RFC 4616), so the first and last
    characters of the value's part depend on its neighbours and are left out.
    """
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        start = -(-before * 8 // 6)
        whole = (before + len(raw)) * 8 // 6
        core = text[start:whole]
        if len(core) >= SHORTEST:
            yield core
            yield core.replace("+", "-").replace("/", "_")
