"""Header blocks: unfolding, encoded words, message ids, dates (RFC 5322 2.2 and 3.3, RFC 2047)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from deskterm.mail import charset
from deskterm.mail.transfer import decode_base64

#: Header values by lower-case name, in order of appearance.
Headers = dict[str, tuple[str, ...]]

_FOLD = re.compile(rb"\n[ \t]+")
_FEW = 200
_BLANKED = bytes(32 if b < 32 and b != 10 else b for b in range(256))
_FIELD = re.compile(r"^([!-9;-~]+):(.*)$", re.MULTILINE)
_ONE_LINE = re.compile(r"[\x00\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_WORD = re.compile(r"=\?([\w.:+-]{1,60})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_ID = re.compile(r"<[^<>\s]+>")
_BARE_ID = re.compile(r"[^<>\s,;()\"]+@[^<>\s,;()\"]+")
_DATE = re.compile(
    r"(?:[A-Za-z]{2,9},?[ ]?)?(\d{1,2})[ -]([A-Z][a-z]{2})[ -](\d{4})"
    r" (\d{1,2}):(\d{2})(?::(\d{2}))? ([+-])(\d{2})(\d{2})(?: \([^()]{0,40}\))?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_DATE_LENGTH = 200
_YEARS = range(1970, 2200)


def split_head(raw: bytes) -> tuple[bytes, int]:
    """The header block without its closing empty line, and where the body begins."""
    if raw.startswith((b"\r\n", b"\n")):
        return b"", 2 if raw[:1] == b"\r" else 1
    place = raw.find(b"\r\n\r\n")
    bare = raw.find(b"\n\n", 0, place if place >= 0 else len(raw))
    if bare >= 0:
        return raw[:bare], bare + 2
    return (raw, len(raw)) if place < 0 else (raw[:place], place + 4)


def decode_raw(data: bytes) -> str:
    """Header bytes into text: UTF-8 (RFC 6532), else windows-1252, else Latin-1."""
    for codec in ("utf-8", "cp1252"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_block(head: bytes) -> tuple[Headers, bool]:
    """Read a header block; encoded words stay as they are.

    Returns:
        The unfolded values by lower-case name, and whether every line was understood.
    """
    head = head.replace(b"\r\n", b"\n")
    # Some parsers take a lone CR for a line end.
    sound = b"\r" not in head
    head = _unfolded(head)
    ascii_only = head.isascii()
    text = head.decode("ascii") if ascii_only else "\n".join(map(decode_raw, head.split(b"\n")))
    fields = _FIELD.findall(text)
    sound = sound and len(fields) == text.count("\n") + 1 - text.endswith("\n")
    return gather(fields), sound


def gather(fields: Sequence[tuple[str, str]]) -> Headers:
    """Headers from pairs of name and value."""
    headers: Headers = {}
    if len(fields) <= _FEW:
        for name, value in fields:
            name = name.lower()
            values = (value.strip(),)
            headers[name] = headers[name] + values if name in headers else values
        return headers
    lists: dict[str, list[str]] = {}
    for name, value in fields:
        lists.setdefault(name.lower(), []).append(value.strip())
    return {name: tuple(values) for name, values in lists.items()}


def read_value_bytes(value: bytes) -> str:
    """One header value as it stands in a mail, as `read_block` would read it."""
    return decode_raw(_unfolded(value.replace(b"\r\n", b"\n"))).strip()


def _unfolded(head: bytes) -> bytes:
    """Header lines with LF, each on one line, controls made blanks."""
    if b"\n " in head or b"\n\t" in head:
        head = _FOLD.sub(b" ", head)
    return head.translate(_BLANKED)


def decode_words(value: str) -> str:
    """Decode the encoded words in a value (RFC 2047), broken ones included where readable.

    The bytes of neighbouring words of one charset are joined first, because senders cut
    through characters.
    """
    if "=?" not in value:
        return value
    out: list[str] = []
    run, run_charset = b"", ""
    done = 0
    for word in _WORD.finditer(value):
        between = value[done : word.start()]
        done = word.end()
        if run_charset and (between.strip() or word[1].lower() != run_charset):
            out.append(charset.decode(run, run_charset, guess=False))
            run = b""
        if between and (between.strip() or not run_charset):
            out.append(between)
        run_charset = word[1].lower()
        run += _word_bytes(word[2], word[3])
    if run_charset:
        out.append(charset.decode(run, run_charset, guess=False))
    return "".join([*out, value[done:]])


def one_line(value: str) -> str:
    """A header value on one line: a decoded word may hold line ends and NUL."""
    if value.isascii() and value.isprintable():
        return value
    return _SURROGATES.sub("\ufffd", _ONE_LINE.sub(" ", value)).strip()


def decode_headers(headers: Headers) -> Headers:
    """All values decoded and on one line each."""
    together = "".join(["".join(values) for values in headers.values()])
    if "=?" not in together and together.isascii():
        return headers
    return {
        name: tuple(one_line(decode_words(value)) for value in values)
        for name, values in headers.items()
    }


def read_ids(value: str) -> tuple[str, ...]:
    """The message ids in a value, in angle brackets, each once, in order of appearance.

    Ids that lost their brackets are given new ones. Case counts (RFC 5322 3.6.4).
    """
    found = _ID.findall(value)
    if not found:
        found = [f"<{bare}>" for bare in _BARE_ID.findall(value[:1000])]
    return tuple(dict.fromkeys(found))


def read_date(value: str) -> datetime | None:
    """The moment a Date header names, with its offset; None when it names none."""
    if found := _DATE.match(value):
        day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
        if month in _MONTHS and int(year) in _YEARS:
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            try:
                zone = timezone(-offset if sign == "-" else offset) if offset else UTC
                return datetime(
                    int(year), _MONTHS[month], int(day), int(hour), int(minute),
                    min(int(second or 0), 59), tzinfo=zone,
                )  # fmt: skip
            except ValueError:
                return None
    try:
        moment = parsedate_to_datetime(value[:_DATE_LENGTH])
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    if moment.year not in _YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding in "bB":
        return decode_base64(data)
    return binascii.a2b_qp(data, header=True)
