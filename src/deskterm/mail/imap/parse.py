"""Reading server responses of IMAP (RFC 3501 section 7, RFC 9051 section 7) into values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

Value = bytes | None | list["Value"]


class Cut(bytes):
    """The beginning of a literal that was over the cap; its rest was dropped."""


class Unreadable(ValueError):
    """A response that does not follow the grammar."""


@dataclass(frozen=True, slots=True)
class Response:
    """One response.

    `tag` is `*`, `+` or a tag of ours; `name` the upper-case keyword; `number` what stood before
    it (`* 12 EXISTS`). Status responses carry `code`, `argument` and `text`, others `values`.
    """

    tag: bytes
    name: bytes = b""
    number: int = 0
    values: list[Value] = field(default_factory=list)
    code: str = ""
    argument: bytes = b""
    text: bytes = b""


STATUS = frozenset({b"OK", b"NO", b"BAD", b"BYE", b"PREAUTH"})

# Alternatives begin with different bytes and the bracket is bounded: linear on any input.
_TOKEN = re.compile(
    rb'[ \t\r\n]*(?:([()])|"([^"\\]*(?:\\.[^"\\]*)*)"|((?:[^\s()"\[]|\[[^\]]{0,500}\])+))',
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_MAX_DEPTH = 50


def parse(pieces: list[bytes]) -> Response:
    """Read one response; `pieces` alternates line text and literal, beginning with line text.

    Raises:
        Unreadable: it does not follow the grammar.
    """
    tag, _, rest = pieces[0].partition(b" ")
    tag = tag.rstrip(b"\r\n")
    if tag == b"+":
        return Response(tag, text=rest.rstrip(b"\r\n"))
    word, _, after = rest.partition(b" ")
    name = word.rstrip(b"\r\n").upper()
    if name in STATUS:
        return _status(tag, name, after.rstrip(b"\r\n"))
    if tag != b"*" or not name:
        raise Unreadable("neither a status nor an untagged response")
    number = 0
    if name.isdigit() and len(name) <= 20:
        number = int(name)
        word, _, after = after.partition(b" ")
        name = word.rstrip(b"\r\n").upper()
    return Response(tag, name, number, values=_values([after, *pieces[1:]]))


def _status(tag: bytes, name: bytes, text: bytes) -> Response:
    code = argument = b""
    if text.startswith(b"[") and (end := text.find(b"]")) > 0:
        code, _, argument = text[1:end].partition(b" ")
        text = text[end + 1 :].lstrip(b" ")
    return Response(
        tag, name, code=code.decode("ascii", "replace").upper(), argument=argument, text=text
    )


def _values(pieces: list[bytes]) -> list[Value]:
    top: list[Value] = []
    stack: list[list[Value]] = [top]
    for index, piece in enumerate(pieces):
        if index % 2:
            stack[-1].append(piece)
            continue
        place = 0
        while match := _TOKEN.match(piece, place):
            place = match.end()
            bracket, quoted, atom = match.groups()
            if atom is not None:
                stack[-1].append(None if atom in (b"NIL", b"nil") else atom)
            elif quoted is not None:
                stack[-1].append(_ESCAPED.sub(rb"\1", quoted) if b"\\" in quoted else quoted)
            elif bracket == b"(":
                if len(stack) > _MAX_DEPTH:
                    raise Unreadable("nested too deeply")
                inner: list[Value] = []
                stack[-1].append(inner)
                stack.append(inner)
            elif len(stack) == 1:
                raise Unreadable("a closing bracket too many")
            else:
                stack.pop()
        if piece[place:].strip():
            raise Unreadable("unexpected bytes")
    if len(stack) > 1:
        raise Unreadable("an open bracket")
    return top


def number(value: Value) -> int | None:
    """A decimal number as the protocol writes it, or None."""
    return int(value) if isinstance(value, bytes) and value.isdigit() and len(value) < 21 else None


_MONTHS = dict(
    zip(
        b"jan feb mar apr may jun jul aug sep oct nov dec".split(),
        range(1, 13),
        strict=True,
    )
)
_DATE = re.compile(
    rb" ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)", re.ASCII
)


def internal_date(value: Value) -> datetime | None:
    """An INTERNALDATE as aware UTC (RFC 3501 `date-time`), or None where it is no such time."""
    match = _DATE.fullmatch(value) if isinstance(value, bytes) else None
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, zone_h, zone_m = match.groups()
    offset = timedelta(hours=int(zone_h), minutes=int(zone_m))
    try:
        zone = timezone(-offset if sign == b"-" else offset)
        moment = datetime(
            int(year),
            _MONTHS.get(month.lower(), 0),
            int(day),
            int(hour),
            int(minute),
            min(int(second), 59),
            tzinfo=zone,
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
