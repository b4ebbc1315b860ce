"""The language of macros: what is written and read again, and what is refused where."""

from __future__ import annotations

import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.macros.grammar import (
    BODY_MAX,
    DEPTH_MAX,
    Ask,
    Body,
    Branch,
    Choice,
    Condition,
    GrammarError,
    Include,
    Node,
    Place,
    Text,
    Word,
    parse,
    walk,
    write,
)

_NAMES = st.sampled_from(["a", "order", "b_2", "x9"])
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map(".".join)
_PLAIN = st.text(st.characters(exclude_characters='{}"%\r', codec="utf-8"), max_size=20)
_QUOTED = _PLAIN.map(lambda text: text.replace("\n", "")).filter(str.strip)
_CONDITIONS = st.one_of(
    st.builds(Condition, _PATHS, st.sampled_from(["==", "!="]), _QUOTED | st.just(Word.EMPTY)),
    st.builds(
        Condition,
        _PATHS,
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        st.decimals(-99999, 99999, places=2) | st.just(Word.TODAY),
    ),
)
_LEAVES = st.one_of(
    st.builds(Text, _PLAIN.filter(bool) | st.sampled_from(["\n", "\n\n", "a\n", "\nb"])),
    st.builds(Place, _PATHS, st.none() | _QUOTED),
    st.builds(Ask, st.sampled_from(["when", "new address", "n° 7", "é"])),
    st.builds(Include, _NAMES),
)


def _joined(nodes: list[Node]) -> Body:
    """Without two texts side by side, which nobody could tell apart."""
    joined: list[Node] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if isinstance(node, Text) and isinstance(last, Text):
            joined[-1] = Text(last.text + node.text)
        else:
            joined.append(node)
    return tuple(joined)


def _bodies(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Body]:
    return st.lists(nodes, max_size=5).map(_joined)


def _choices(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    branches = st.lists(st.builds(Branch, _CONDITIONS, _bodies(nodes)), min_size=1, max_size=3)
    return st.builds(Choice, branches.map(tuple), _bodies(nodes))


_BODIES = _bodies(st.recursive(_LEAVES, _choices, max_leaves=8))


@settings(deadline=None, max_examples=60)
@given(_BODIES)
def test_what_is_written_is_read_again(body: Body) -> None:
    assert parse(write(body)) == body


_SIGNS = ["{{", "}}", "{%", "%}", "if ", "elif ", "else", "endif", "a.b", " == ", '"x"', "|", "?"]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*_SIGNS, "\n", ">", "é", "{", " "]) | _PLAIN, max_size=40))
def test_garbage_is_read_or_refused_with_its_place(pieces: list[str]) -> None:
    source = "".join(pieces)
    error = _mistake(source)
    if error is None:
        assert parse(write(parse(source))) == parse(source)
        return
    lines = source.split("\n")
    assert 1 <= error.line <= len(lines)
    assert 1 <= error.column <= len(lines[error.line - 1]) + 1
    assert error.problem


def _mistake(source: str) -> GrammarError | None:
    try:
        parse(source)
    except GrammarError as error:
        return error
    return None


@pytest.mark.parametrize(
    "pump",
    [
        "{{",
        "}}",
        "{%",
        "{{a",
        "{{a}}",
        "{% if a == 1 %}",
        "{% if a == ",
        '{{a|"',
        "{ ",
        "%",
        "\n",
        "a",
        "{% if a == 1 %}{% endif %}",
        "{{?a ",
        '{{a|"b"}}\n',
    ],
)
def test_long_texts_take_no_longer_than_their_length(pump: str) -> None:
    source = (pump * BODY_MAX)[:BODY_MAX]
    begun = time.process_time()
    with suppress(GrammarError):
        parse(source)
    # Generous: reading that goes over the text again and again takes minutes.
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("source", "line", "column", "says"),
    [
        ("Hello {{order.ref}\n", 1, 7, "without }}"),
        ("Hello\n  {{order ref}}", 2, 3, "no field"),
        ("a }} b", 1, 3, "closes nothing"),
        ("{{a|b}}", 1, 1, "in quotes"),
        ('{{a|""}}', 1, 1, "in quotes"),
        ("{{?}}", 1, 1, "after ?"),
        ("{{>A b}}", 1, 1, "after >"),
        ("x\n{% if a == 1 %}\ny", 2, 1, "no endif"),
        ("{% endif %}", 1, 1, "without an if"),
        ("{% if a == 1 %}{% else %}{% else %}{% endif %}", 1, 26, "after an else"),
        ("{% if a == 1 %}{% else x %}{% endif %}", 1, 16, "nothing comes after"),
        ("{% if a %}{% endif %}", 1, 1, "a condition looks like"),
        ("{% if a == b %}{% endif %}", 1, 1, "a value is"),
        ('{% if a < "b" %}{% endif %}', 1, 1, "compares numbers"),
        ("{% for a == b %}", 1, 1, "known are if"),
        ("{% if a == 1 %}" * (DEPTH_MAX + 1), 1, 15 * DEPTH_MAX + 1, "within each other"),
        ("a" * (BODY_MAX + 1), 1, BODY_MAX + 1, "longer than"),
    ],
)
def test_a_mistake_is_told_with_line_and_column(
    source: str, line: int, column: int, says: str
) -> None:
    with pytest.raises(GrammarError, match="cannot be read") as caught:
        parse(source)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert says in caught.value.problem


def test_everything_that_can_be_written() -> None:
    source = (
        'A {{a.b}} {{ a |"x y" }} {{?new address}} {{>sign}}\n'
        '{% if a == "x" %}B{% elif b.c >= 2.5 %}C{% elif d < today %}D{% else %}E{% endif %}'
    )
    nodes = list(walk(parse(source)))
    assert nodes == [
        Place("a.b"),
        Place("a", "x y"),
        Ask("new address"),
        Include("sign"),
        Condition("a", "==", "x"),
        Condition("b.c", ">=", Decimal("2.5")),
        Condition("d", "<", Word.TODAY),
    ]
    assert [node.at for node in nodes[:2]] == [2, 10]


def test_a_statement_takes_its_own_line_away() -> None:
    body = parse("a\n{% if x == 1 %}\nb\n{% endif %}\nc {% if x == 1 %}\nd{% endif %}")
    branch = Branch(Condition("x", "==", Decimal(1)), (Text("b\n"),))
    inline = Branch(Condition("x", "==", Decimal(1)), (Text("\nd"),))
    assert body == (Text("a\n"), Choice((branch,)), Text("c "), Choice((inline,)))
