"""The query language: words and `field:value` terms, the same for lists, command line and rules.

    marta parcel                both words
    "where is my order"         the phrase
    status:open -tag:vip        a term; `-` negates what follows it
    lamp or chair               one or the other; binds weaker than standing side by side
    (lamp or chair) has:order   brackets
    order:12-345*               orders that begin so
    after:2026-11-01 before:7d  from that day on; older than seven days
    kind:note pump              the word in a note of the team, not in a message

Text is only taken for a term when its first part is a field, and refused when it looks like a
mistyped one. Everything else, `12:30`, `http://x`, a lone `"`, is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum, auto
from typing import NamedTuple

from deskterm.domain.clock import to_text
from deskterm.domain.errors import DesktermError
from deskterm.domain.query_nodes import And, Node, Not, Or, Phrase, Term, Words
from deskterm.domain.query_tokens import Piece, Token, tokenise
from deskterm.domain.triage import CONTACT_REASONS, PRIORITIES, RISKS, TONES

LONGEST = 2000
DEEPEST = 20

_AGE = re.compile(r"([0-9]{1,4})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_DATE = re.compile(r"(?:19[7-9]|2[0-9]{2})[0-9]-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2})?")
#: How alike a name must be to a field to be taken for a slip of the fingers (0 to 1).
_NEAR = 0.75


class Kind(Enum):
    """What a field takes."""

    TEXT = auto()
    CHOICE = auto()  # one of `values`
    DATE = auto()  # a day, a minute, or an age like 7d
    REFERENCE = auto()  # a number as people write it; may end in `*`


class FieldSpec(NamedTuple):
    """A field of the language; `values` are the words that a choice allows."""

    kind: Kind
    values: frozenset[str] = frozenset()


STATUSES = frozenset(
    {
        *("new", "open", "waiting_customer", "waiting_partner", "snoozed"),
        *("resolved", "closed", "spam"),
    }
)

#: `needs_us`: our turn, or something went wrong; `waiting`: a customer waits for an answer;
#: `outgoing`: a reply is on its way; `urgent`: the customer says that it presses.
STATES = frozenset(
    {
        *("unread", "read", "mine", "unowned"),
        *("needs_us", "waiting", "outgoing", "unresolved", "urgent"),
    }
)

FIELDS: Mapping[str, FieldSpec] = {
    "status": FieldSpec(Kind.CHOICE, STATUSES),
    "channel": FieldSpec(Kind.TEXT),
    "account": FieldSpec(Kind.TEXT),
    "is": FieldSpec(Kind.CHOICE, STATES),
    "has": FieldSpec(Kind.CHOICE, frozenset({"attachment", "draft", "note", "order", "tag"})),
    "tag": FieldSpec(Kind.TEXT),
    "assignee": FieldSpec(Kind.TEXT),
    "before": FieldSpec(Kind.DATE),
    "after": FieldSpec(Kind.DATE),
    "kind": FieldSpec(Kind.CHOICE, frozenset({"note"})),
    "order": FieldSpec(Kind.REFERENCE),
    "reason": FieldSpec(Kind.CHOICE, frozenset({*CONTACT_REASONS, "none"})),
    "priority": FieldSpec(Kind.CHOICE, frozenset(PRIORITIES)),
    "tone": FieldSpec(Kind.CHOICE, frozenset(TONES)),
    "risk": FieldSpec(Kind.CHOICE, frozenset({*RISKS, "any"})),
}

#: Words that the language keeps for fields; never bare words, so that their meaning cannot change.
RESERVED = frozenset({"due", "from", "sku", "lang", "stage"})


class QueryError(DesktermError):
    """A query that cannot be read.

    `at` is the place in the text, from 0; `nearest` the name that was perhaps meant.
    """

    def __init__(
        self, title: str, explanation: str, advice: str, *, at: int, nearest: str | None = None
    ) -> None:
        super().__init__(title, explanation, advice, code="query")
        self.at = at
        self.nearest = nearest


def parse_query(
    text: str,
    *,
    now: datetime,
    zone: tzinfo = UTC,
    fields: Mapping[str, FieldSpec] = FIELDS,
) -> Node:
    """Read a query.

    Args:
        text: what was typed; empty text asks for everything: `And(())`.
        now: for ages like `7d`.
        zone: in which days begin.
        fields: the fields that exist here.

    Raises:
        QueryError: an unknown field, a value that a field does not take, brackets that do not
            match, or a query of more than 2,000 characters or 20 brackets in each other.
    """
    if len(text) > LONGEST:
        raise QueryError(
            "The query is too long",
            f"It has {len(text)} characters",
            f"Use at most {LONGEST}",
            at=LONGEST,
        )
    return _Parser(tokenise(text), _Terms(fields, now, zone)).whole(len(text))


class _Parser:
    """Recursive descent: alternatives of parts side by side."""

    def __init__(self, tokens: Sequence[Token], terms: _Terms) -> None:
        self._tokens = tokens
        self._terms = terms
        self._place = 0
        self._opened: list[int] = []

    def whole(self, length: int) -> Node:
        """Read all tokens; `length` is that of the text."""
        node = self._alternatives()
        if self._opened:
            raise QueryError(
                "A bracket is not closed",
                f"It stands at character {self._opened[-1] + 1} of {length}",
                "Add ) or put the text in quotes",
                at=self._opened[-1],
            )
        return node

    def _kind(self) -> Piece | None:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else None

    def _take(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _alternatives(self) -> Node:
        found = [self._side_by_side()]
        while self._kind() is Piece.OR:
            self._take()
            found.append(self._side_by_side())
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _side_by_side(self) -> Node:
        parts: list[Node] = []
        while self._kind() not in {Piece.OR, Piece.CLOSE, None}:
            part = self._part()
            before = parts[-1] if parts else None
            if isinstance(part, Words) and isinstance(before, Words):
                parts[-1] = Words(before.words + part.words)
            else:
                parts.append(part)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self) -> Node:
        token = self._take()
        if token.kind is Piece.MINUS:
            part = self._part()
            return part.negate() if isinstance(part, Term) else Not(part)
        if token.kind is Piece.OPEN:
            return self._brackets(token.at)
        if token.kind is Piece.PHRASE:
            return Phrase(token.value)
        if token.kind is Piece.TERM:
            return self._terms.read(token)
        return Words((token.text,))

    def _brackets(self, at: int) -> Node:
        self._opened.append(at)
        if len(self._opened) > DEEPEST:
            raise QueryError(
                "Too many brackets in each other",
                f"The limit is {DEEPEST}",
                "Take some brackets out",
                at=at,
            )
        node = self._alternatives()
        if node == And(()):
            raise QueryError(
                "Nothing stands in the brackets",
                f"They begin at character {at + 1}",
                "Fill them or take them out",
                at=at,
            )
        if self._kind() is Piece.CLOSE:
            self._take()
            self._opened.pop()
        return node


class _Terms:
    """Reads `name:value` by what the fields allow."""

    def __init__(self, fields: Mapping[str, FieldSpec], now: datetime, zone: tzinfo) -> None:
        self._fields = fields
        self._now = now
        self._zone = zone

    def read(self, token: Token) -> Node:
        """Make a term, or words when the name is no field and not nearly one."""
        name = token.name.lower()
        spec = self._fields.get(name)
        if spec is None:
            return self._no_field(name, token)
        at = token.at + token.text.index(":") + 1
        value = token.value.strip()
        if not value:
            raise QueryError(
                f"{name}: needs a value",
                "Nothing stands after the colon",
                f"For example {name}:{_example(spec)}",
                at=at,
            )
        if spec.kind is Kind.CHOICE:
            return Term(name, _choice(name, spec, value, at), at=at)
        if spec.kind is Kind.DATE:
            return Term(name, to_text(self._moment(name, value, at)), at=at)
        if spec.kind is Kind.REFERENCE:
            return _reference(name, value, at)
        return Term(name, value, at=at)

    def _no_field(self, name: str, token: Token) -> Node:
        nearest = _nearest(name, self._fields, _NEAR)
        if nearest is None and name not in RESERVED:
            return Words((token.text,))
        meant = f"Did you mean {nearest}:? " if nearest else ""
        raise QueryError(
            f"There is no field {name}:",
            f"It stands at character {token.at + 1}",
            f"{meant}Fields are {', '.join(self._fields)}; in quotes it is searched as text",
            at=token.at,
            nearest=nearest,
        )

    def _moment(self, name: str, value: str, at: int) -> datetime:
        """The time that a day, a minute or an age stands for."""
        if age := _AGE.fullmatch(value.lower()):
            return self._now - timedelta(**{_UNITS[age[2]]: int(age[1])})
        days = {"today": 0, "yesterday": 1}
        if value.lower() in days:
            day = self._now.astimezone(self._zone) - timedelta(days=days[value.lower()])
            return datetime(day.year, day.month, day.day, tzinfo=self._zone)
        try:
            if _DATE.fullmatch(value):
                return datetime.fromisoformat(value).replace(tzinfo=self._zone)
        except ValueError:
            pass  # a date that the calendar does not have: told below
        raise QueryError(
            f"{name}: needs a date",
            f"What stands at character {at + 1} is none",
            f"Write a day ({name}:2026-11-01), a minute ({name}:2026-11-01T09:00), "
            f"an age ({name}:7d, with h, d or w), today or yesterday",
            at=at,
        )


def _nearest(name: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The known name that was perhaps meant; `alike` from 0 to 1."""
    from difflib import get_close_matches  # milliseconds that no good query needs

    return next(iter(get_close_matches(name, list(known), 1, alike)), None)


def _choice(name: str, spec: FieldSpec, value: str, at: int) -> str:
    chosen = value.lower()
    if chosen in spec.values:
        return chosen
    nearest = _nearest(chosen, sorted(spec.values))
    raise QueryError(
        f"{name}: does not know this value",
        f"It stands at character {at + 1}",
        (f"Did you mean {nearest}? " if nearest else "")
        + f"{name}: takes {', '.join(sorted(spec.values))}",
        at=at,
        nearest=nearest,
    )


def _reference(name: str, value: str, at: int) -> Term:
    reference = value.removesuffix("*")
    if not any(map(str.isalnum, reference)) or "*" in reference:
        raise QueryError(
            f"{name}: needs a number",
            f"What stands at character {at + 1} is none; * may only stand at its end",
            f"For example {name}:12-345*",
            at=at,
        )
    return Term(name, reference, prefix=reference != value, at=at)


def _example(spec: FieldSpec) -> str:
    if spec.kind is Kind.CHOICE:
        return min(spec.values, default="word")
    return {Kind.DATE: "2026-11-01", Kind.REFERENCE: "12-345*"}.get(spec.kind, "name")
