"""Filling in a macro: text, and for each place in it what was put there and why.

What has no value stays in the text as it is written, `{{order.ref}}`, so that no check lets it out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from deskterm.domain.money import Money
from deskterm.macros.forms import written
from deskterm.macros.grammar import (
    Ask,
    Choice,
    Comparand,
    Condition,
    Include,
    Node,
    Operator,
    Place,
    Text,
    Word,
)
from deskterm.macros.letters import is_carried, plain_letters
from deskterm.macros.model import Channel, Library, Macro, Variable
from deskterm.macros.paths import FACTS, FIELDS, Known, Value, look_up

#: `value`: known. `answer`: given by the agent. `fallback`: what the macro says without a value,
#: to be looked at. `gap`: to be asked from the agent. `missing`: stops the sending.
SpanKind = Literal["value", "answer", "fallback", "gap", "missing"]
INCLUDES_MAX = 5  # macros within each other
_NONE: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a filled text.

    Args:
        name: the field's path, or the label of what is asked.
        origin: where a value comes from, or would: ticket, channel, customer, agent, order, clock,
            facts or asked.
    """

    start: int
    end: int
    kind: SpanKind
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class FilledText:
    """What came of a macro. `channel` is whose text was taken; empty: the one for all channels."""

    text: str
    spans: tuple[Span, ...]
    language: str
    channel: str = ""

    def of(self, *kinds: SpanKind) -> tuple[Span, ...]:
        """The places of these kinds, from the left."""
        return tuple(span for span in self.spans if span.kind in kinds)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to be asked or to be found."""
        return not self.of("gap", "missing")

    @property
    def values(self) -> Mapping[str, str]:
        """What was put in, by field; what is missing is empty."""
        return {
            span.name: "" if span.kind in ("gap", "missing") else self.text[span.start : span.end]
            for span in self.spans
        }


def fill(
    macro: Macro,
    known: Known,
    *,
    language: str,
    channel: Channel | None = None,
    answers: Mapping[str, Value] = _NONE,
    library: Library | None = None,
) -> FilledText:
    """Fill in the text of a macro that fits best.

    Args:
        known: what its fields are read from.
        language: that the customer is answered in; where the macro has no text in it, another one
            is taken, and the result says which.
        channel: where it goes; without it the ticket's.
        answers: what the agent has said, by label.
        library: where the macros are that it takes in.
    """
    goes_to = channel or known.channel
    variant = macro.best(language, goes_to)
    there = replace(known, language=variant.language, channel=goes_to)
    filling = _Filling(there, macro, answers, library or Library())
    filling.add(variant.body)
    text = filling.text
    kept = text.rstrip()
    spans = tuple(span for span in filling.spans if span.end <= len(kept))
    return FilledText(kept, spans, variant.language, variant.channel)


@dataclass
class _Filling:
    known: Known
    macro: Macro
    answers: Mapping[str, Value]
    library: Library
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    depth: int = 0

    def add(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            match node:
                case Text(text):
                    self.say(text)
                case Place():
                    self.place(node)
                case Ask(label):
                    self.asked(label)
                case Include(name):
                    self.include(name)
                case Choice():
                    self.choice(node)

    def say(self, text: str) -> None:
        """Add words of the macro; what was left out before them leaves no wide gap."""
        if not self.text:
            text = text.lstrip("\n")
        elif self.text.endswith("\n"):
            open_lines = len(self.text) - len(self.text.rstrip("\n"))
            first = len(text) - len(text.lstrip("\n"))
            text = text[max(0, min(first, open_lines + first - 2)) :]
        self.text += self.letters(text)

    def put(self, text: str, kind: SpanKind, name: str, origin: str) -> None:
        start = len(self.text)
        self.text += self.letters(text)
        self.spans.append(Span(start, len(self.text), kind, name, origin))

    def place(self, place: Place) -> None:
        value = self.value(place.path)
        origin = _origin(place.path)
        if value is not None and not isinstance(value, frozenset):
            self.put(self.words(value), "value", place.path, origin)
        elif place.fallback is not None:
            self.put(place.fallback, "fallback", place.path, origin)
        else:
            self.put(f"{{{{{place.path}}}}}", "missing", place.path, origin)

    def value(self, path: str) -> Value | None:
        value = look_up(path, self.known)
        if path in ("greeting", "closing") and self.is_sms and not is_carried(str(value)):
            return look_up(path, replace(self.known, customer="", agent=""))
        return value

    def asked(self, label: str) -> None:
        variable = self.macro.variable(label)
        answer = self.answers.get(label)
        if answer is not None and answer != "" and not isinstance(answer, frozenset):
            self.put(self.words(answer), "answer", label, "asked")
        elif said := _fallback(variable, self.known.language, self.known.today):
            self.put(self.words(said), "fallback", label, "asked")
        else:
            self.put(f"{{{{?{label}}}}}", "gap", label, "asked")

    def include(self, name: str) -> None:
        other = self.library.macros.get(name)
        if other is None or self.depth == INCLUDES_MAX:
            self.put(f"{{{{>{name}}}}}", "missing", name, "macros")
            return
        outer, self.macro = self.macro, other
        self.depth += 1
        self.add(other.best(self.known.language, self.known.channel).body)
        self.macro, self.depth = outer, self.depth - 1

    def choice(self, choice: Choice) -> None:
        for branch in choice.branches:
            if holds(branch.condition, self.known):
                self.add(branch.nodes)
                return
        self.add(choice.otherwise)

    @property
    def is_sms(self) -> bool:
        return self.known.channel.kind == "sms"

    def letters(self, text: str) -> str:
        return plain_letters(text) if self.is_sms else text

    def words(self, value: str | int | date | Money) -> str:
        return written(value, self.known.language, self.known.today)


def holds(condition: Condition, known: Known) -> bool:
    """Whether a condition is true. What is not known equals nothing, and is not more or less."""
    value = look_up(condition.path, known)
    if condition.value is Word.EMPTY:
        return (value is None) == (condition.op == "==")
    if condition.op in ("==", "!="):
        same = value is not None and _same(value, condition.value, known.today)
        return same == (condition.op == "==")
    if value is None:
        return False
    if condition.value is Word.TODAY and isinstance(value, date):
        return _in_order(value.toordinal(), condition.op, known.today.toordinal())
    number = _number(value)
    if number is None or not isinstance(condition.value, Decimal):
        return False
    return _in_order(number, condition.op, condition.value)


def _same(value: Value, other: Comparand, today: date) -> bool:
    if isinstance(other, Decimal):
        return _number(value) == other
    if other is Word.TODAY:
        return value == today
    if isinstance(value, frozenset):
        return other in value
    return isinstance(other, str) and str(value).casefold() == other.casefold()


def _number(value: Value) -> Decimal | None:
    if isinstance(value, Money):
        return value.amount
    return Decimal(value) if isinstance(value, int) else None


def _in_order(left: Decimal | int, op: Operator, right: Decimal | int) -> bool:
    if op in ("<=", ">=") and left == right:
        return True
    return left < right if op in ("<", "<=") else left > right


def _origin(path: str) -> str:
    if path.startswith(FACTS):
        return "facts"
    found = FIELDS.get(path)
    return found.origin if found else "nowhere"


def _fallback(variable: Variable, language: str, today: date) -> str | date | None:
    said = variable.fallbacks.get(language)
    if variable.kind == "date" and said:
        return working_day(today, int(said))
    return said or None


def working_day(today: date, days: int) -> date:
    """The day that many working days (Monday to Friday) after today."""
    day = today
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
