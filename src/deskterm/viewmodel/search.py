"""Completion while a query is typed: fields of the language, and values that the database has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from deskterm.domain.query import FIELDS, Kind
from deskterm.i18n import marked, say
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.signal import Signal

#: Completions that are offered at once.
MOST: Final = 12

_NOTES = MappingProxyType(
    {
        "status": marked("new, open, resolved…"),
        "channel": marked("where it was written"),
        "account": marked("which of our accounts"),
        "is": marked("unread, mine, needs_us…"),
        "has": marked("attachment, draft, note…"),
        "tag": marked("a tag"),
        "assignee": marked("who owns it"),
        "before": marked("older than 7d, 2026-11-01"),
        "after": marked("newer than 7d, 2026-11-01"),
        "kind": marked("note: words in notes of the team"),
        "order": marked("an order number; * at its end"),
        "reason": marked("wismo, return, damaged…"),
        "priority": marked("low, normal, high, urgent"),
        "tone": marked("angry, upset, neutral, positive"),
        "risk": marked("legal, safety, fraud… or any"),
    }
)
_TIMES = ("today", "yesterday", "24h", "7d", "4w")
#: The piece that the cursor stands in: what comes before a field, the field, its value so far.
_PIECE = re.compile(
    r'(?P<lead>(?:^|[\s(])-?)(?:(?P<field>[a-z_]{2,20}):)?(?P<typed>"[^"]*|[^\s"()]*)\Z'
)
_NEEDS_QUOTES = re.compile(r'[\s"()]')


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: the query and the cursor after it is taken, and how it is shown."""

    query: str
    cursor: int
    label: SafeText
    note: SafeText


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where the cursor stands in a query."""

    before: str
    field: str | None
    typed: str
    after: str


class Search:
    """Offers completions for the place of the cursor in a query."""

    def __init__(self, readers: Asking) -> None:
        #: Other completions are offered.
        self.changed: Signal[[]] = Signal()
        self.offers: tuple[Completion, ...] = ()
        self._readers = readers
        self._known: dict[str, list[str]] = {}

    def typed(self, query: str, cursor: int) -> None:
        """Say what the query is now and where the cursor stands in it."""
        piece = _piece(query, cursor)
        if piece is None:
            self._offer(())
        elif piece.field is None:
            self._offer(_fields(piece))
        elif piece.field in self._known:
            self._offer(_values(piece, self._known[piece.field]))
        else:
            self._read(piece, piece.field)

    def forget(self) -> None:
        """Offer nothing, and read values anew the next time."""
        self._known.clear()
        self._offer(())

    def _read(self, piece: _Piece, field: str) -> None:
        def take(values: list[str]) -> None:
            self._known[field] = values
            self._offer(_values(piece, values))

        if field not in FIELDS:
            self._offer(())
        elif FIELDS[field].kind is Kind.DATE:
            take(list(_TIMES))
        else:
            self._readers.ask(
                "completion", lambda reading: reading.field_values(field), take, self._nothing
            )

    def _nothing(self, _error: object) -> None:
        self._offer(())

    def _offer(self, offers: Iterable[Completion]) -> None:
        before, self.offers = self.offers, tuple(offers)[:MOST]
        if before != self.offers:
            self.changed.emit()


def _piece(query: str, cursor: int) -> _Piece | None:
    """What stands around the cursor; None where nothing can be completed."""
    head, after = query[:cursor], query[cursor:]
    if after and not after[0].isspace() and after[0] != ")":
        return None
    start = max(head.rfind(mark) for mark in ' \t\n("')
    if head[start : start + 1] == '"' and head[:start].endswith(":"):
        start = max(head[:start].rfind(mark) for mark in " \t\n(")
    found = _PIECE.search(head, max(0, start))
    if found is None:
        return None
    return _Piece(
        head[: found.end("lead")], found["field"], found["typed"].removeprefix('"'), after
    )


def _fields(piece: _Piece) -> Iterable[Completion]:
    if not piece.typed:
        return
    for name in FIELDS:
        if name.startswith(piece.typed.lower()):
            query = f"{piece.before}{name}:"
            note = say(_NOTES[name]) if name in _NOTES else clean("")
            yield Completion(query + piece.after, len(query), clean(f"{name}:"), note)


def _values(piece: _Piece, values: Iterable[str]) -> Iterable[Completion]:
    wanted = piece.typed.lower()
    for value in values:
        if value.lower().startswith(wanted) and '"' not in value:
            written = f'"{value}"' if _NEEDS_QUOTES.search(value) else value
            query = f"{piece.before}{piece.field}:{written}"
            if not piece.after:
                query += " "
            yield Completion(
                query + piece.after, len(query), clean(value, multiline=False), clean("")
            )
