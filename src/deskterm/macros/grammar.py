"""The language that the body of a macro is written in.

    {{order.ref}}                        a field; without a value it names itself
    {{customer.first_name|"dear customer"}}   a field, and what stands there without a value
    {{?new address}}                     asked from the agent
    {{>signature}}                       the body of another macro
    {% if order.promised_on < today %}…{% elif order.ref == empty %}…{% else %}…{% endif %}

A statement that has a line for itself takes the line away with it. Reading takes time in proportion
to the length of the text, whatever it holds: signs are looked for from the left, and what stands
between two of them is short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Literal, TypeAlias

from deskterm.domain.errors import DesktermError

BODY_MAX = 20_000  # characters
INNER_MAX = 300  # characters between two braces
DEPTH_MAX = 8  # conditions within each other

PATH = r"[a-z][a-z0-9_]{0,39}(?:\.[a-z][a-z0-9_]{0,39}){0,3}"
MACRO_ID = r"[a-z][a-z0-9_]{0,59}"
_SIGN = re.compile(r"\{\{|\{%|\}\}|%\}")
_PATH = re.compile(PATH)
_LABEL = re.compile(r'[^\s{}|"%](?:[^{}|"%\n\r]{0,58}[^\s{}|"%])?')
_INCLUDE = re.compile(MACRO_ID)
_QUOTED = re.compile(r'"([^"{}\n\r]{1,200})"')
_CONDITION = re.compile(rf"({PATH})[ \t]{{0,9}}(==|!=|<=|>=|<|>)[ \t]{{0,9}}(\S.{{0,250}})")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,4})?")

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
_OPERATORS: dict[str, Operator] = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">"}
_OPERATORS[">="] = ">="


class Word(Enum):
    """What a value can be compared with besides texts and numbers."""

    EMPTY = "empty"
    TODAY = "today"


Comparand: TypeAlias = str | Decimal | Word


class GrammarError(DesktermError):
    """A body that cannot be read. `line` and `column` count from 1."""

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(
            "The text of a macro cannot be read",
            f"line {line}, column {column}: {problem}",
            "Mend it; docs/macros.md shows what can be written",
            code="macro",
        )
        self.problem = problem
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """`{{path}}` or `{{path|"fallback"}}`. `at` is the position in the source, of every node."""

    path: str
    fallback: str | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """`{{?label}}`."""

    label: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Include:
    """`{{>macro}}`."""

    macro: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """`path op value`."""

    path: str
    op: Operator
    value: Comparand
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Branch:
    """What is said where a condition holds."""

    condition: Condition
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first branch whose condition holds, else `otherwise`."""

    branches: tuple[Branch, ...]
    otherwise: tuple[Node, ...] = ()


Node: TypeAlias = Text | Place | Ask | Include | Choice
Body: TypeAlias = tuple[Node, ...]


def parse(source: str) -> Body:
    """Read a body.

    Raises:
        GrammarError: with the place of the first mistake.
    """
    return _Parser(source).body()


def parse_condition(source: str) -> Condition:
    """Read one condition that stands by itself: `order.total > 100`.

    Raises:
        GrammarError: with the place of the mistake.
    """
    return _Parser(source).condition(source.strip(" \t"), 0)


def walk(nodes: Sequence[Node]) -> Iterator[Place | Ask | Include | Condition]:
    """Everything in a body that is no plain text, in the order in which it is written."""
    for node in nodes:
        if isinstance(node, Choice):
            for branch in node.branches:
                yield branch.condition
                yield from walk(branch.nodes)
            yield from walk(node.otherwise)
        elif not isinstance(node, Text):
            yield node


def position(source: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in a text."""
    return source.count("\n", 0, at) + 1, at - (source.rfind("\n", 0, at) + 1) + 1


@dataclass(slots=True)
class _Open:
    """A condition whose `endif` has not come yet. `condition` is None after `else`."""

    at: int
    condition: Condition | None
    branches: list[Branch]
    nodes: list[Node]

    def close_branch(self) -> None:
        if self.condition is not None:
            self.branches.append(Branch(self.condition, tuple(self.nodes)))

    def choice(self) -> Choice:
        self.close_branch()
        otherwise = () if self.condition is not None else tuple(self.nodes)
        return Choice(tuple(self.branches), otherwise)


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.top: list[Node] = []
        self.open: list[_Open] = []

    def error(self, problem: str, at: int) -> GrammarError:
        return GrammarError(problem, *position(self.source, at))

    @property
    def nodes(self) -> list[Node]:
        """Where the next node goes."""
        return self.open[-1].nodes if self.open else self.top

    def body(self) -> Body:
        if len(self.source) > BODY_MAX:
            raise self.error(f"it is longer than {BODY_MAX} characters", BODY_MAX)
        done = 0
        while sign := _SIGN.search(self.source, done):
            at = sign.start()
            if sign[0] in ("}}", "%}"):
                raise self.error(f"{sign[0]} closes nothing", at)
            self.say(self.source[done:at])
            inner, done = self.inner(at, "}}" if sign[0] == "{{" else "%}")
            if sign[0] == "{{":
                self.nodes.append(self.place(inner, at))
            else:
                self.statement(inner, at)
                done = self.after_line(at, done)
        if self.open:
            raise self.error("this if has no endif", self.open[-1].at)
        self.say(self.source[done:])
        return tuple(self.top)

    def say(self, text: str) -> None:
        if not text:
            return
        last = self.nodes[-1] if self.nodes else None
        if isinstance(last, Text):
            self.nodes[-1] = Text(last.text + text)
        else:
            self.nodes.append(Text(text))

    def inner(self, at: int, close: str) -> tuple[str, int]:
        """What stands between the signs, and where the text goes on."""
        end = self.source.find(close, at + 2, at + 2 + INNER_MAX + 2)
        inner = self.source[at + 2 : end]
        if end < 0 or "\n" in inner or "{" in inner:
            raise self.error(f"{self.source[at : at + 2]} without {close} in the same line", at)
        return inner.strip(" \t"), end + 2

    def after_line(self, at: int, done: int) -> int:
        """Past the end of the line that a statement has for itself."""
        alone = at == 0 or self.source[at - 1] == "\n"
        return done + 1 if alone and self.source[done : done + 1] == "\n" else done

    def place(self, inner: str, at: int) -> Node:
        if inner.startswith("?"):
            label = inner[1:].strip(" \t")
            if not _LABEL.fullmatch(label):
                raise self.error("after ? comes a name for what is asked, up to 60 letters", at)
            return Ask(label, at)
        if inner.startswith(">"):
            name = inner[1:].strip(" \t")
            if not _INCLUDE.fullmatch(name):
                raise self.error("after > comes the id of a macro", at)
            return Include(name, at)
        path, bar, rest = inner.partition("|")
        path = path.strip(" \t")
        if not _PATH.fullmatch(path):
            raise self.error(f"{path[:40]!r} is no field; a field looks like order.ref", at)
        quoted = _QUOTED.fullmatch(rest.strip(" \t")) if bar else None
        if bar and (quoted is None or not quoted[1].strip()):
            raise self.error('after | comes a text in quotes, |"like this"', at)
        return Place(path, quoted[1] if quoted else None, at)

    def statement(self, inner: str, at: int) -> None:
        word, _, rest = inner.partition(" ")
        if word == "if":
            if len(self.open) == DEPTH_MAX:
                raise self.error(f"more than {DEPTH_MAX} conditions within each other", at)
            self.open.append(_Open(at, self.condition(rest.strip(" \t"), at), [], []))
            return
        if word not in ("elif", "else", "endif"):
            raise self.error("known are if, elif, else and endif", at)
        if not self.open:
            raise self.error(f"{word} without an if before it", at)
        if word != "elif" and rest.strip():
            raise self.error(f"nothing comes after {word}", at)
        current = self.open[-1]
        if word == "endif":
            self.open.pop()
            self.nodes.append(current.choice())
            return
        if current.condition is None:
            raise self.error(f"{word} after an else", at)
        current.close_branch()
        current.condition = self.condition(rest.strip(" \t"), at) if word == "elif" else None
        current.nodes = []

    def condition(self, text: str, at: int) -> Condition:
        found = _CONDITION.fullmatch(text)
        if not found:
            raise self.error('a condition looks like order.ref == "1001"', at)
        op = _OPERATORS[found[2]]
        value = self.comparand(found[3].strip(" \t"), at)
        if op not in ("==", "!=") and (isinstance(value, str) or value is Word.EMPTY):
            raise self.error(f"{op} compares numbers, amounts and dates", at)
        return Condition(found[1], op, value, at)

    def comparand(self, text: str, at: int) -> Comparand:
        if quoted := _QUOTED.fullmatch(text):
            return quoted[1]
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        for word in Word:
            if text == word.value:
                return word
        raise self.error('a value is "a text", a number, empty or today', at)


def write(body: Sequence[Node]) -> str:
    """The source of a body; `parse` makes the same body of it again."""
    source = ""
    pieces = list(_pieces(body))
    for number, piece in enumerate(pieces):
        alone = piece.startswith("{%") and (not source or source.endswith("\n"))
        source += piece
        if alone and number + 1 < len(pieces) and pieces[number + 1].startswith("\n"):
            source += "\n"  # the line end that the statement takes away
    return source


def _pieces(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text(text):
                yield text
            case Place(path, None):
                yield f"{{{{{path}}}}}"
            case Place(path, fallback):
                yield f'{{{{{path}|"{fallback}"}}}}'
            case Ask(label):
                yield f"{{{{?{label}}}}}"
            case Include(macro):
                yield f"{{{{>{macro}}}}}"
            case Choice(branches, otherwise):
                for number, branch in enumerate(branches):
                    word = "elif" if number else "if"
                    yield f"{{% {word} {written_condition(branch.condition)} %}}"
                    yield from _pieces(branch.nodes)
                if otherwise:
                    yield "{% else %}"
                    yield from _pieces(otherwise)
                yield "{% endif %}"


def written_condition(condition: Condition) -> str:
    """The source of a condition."""
    value = condition.value
    if isinstance(value, Word):
        said = value.value
    else:
        said = f'"{value}"' if isinstance(value, str) else f"{value:f}"
    return f"{condition.path} {condition.op} {said}"
