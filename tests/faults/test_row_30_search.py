"""Fault table, row 30: whatever is typed into the search box, the index never raises."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deskterm.domain.fulltext import fts_expression
from deskterm.domain.query import QueryError, parse_query
from deskterm.domain.query_nodes import And, Node, Not, Or, Phrase, Words

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BODY = "L'été, ma commande 12-07745-33018 n'est pas arrivée : e-mail jean@shop.example à 12:30"

typed = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=40),
    st.lists(
        st.sampled_from(
            [
                *('"', "'", "*", "^", ":", "-", "+", "(", ")", "{", "}", ",", "\x00", " ", "a"),
                *("AND", "OR", "NOT", "NEAR(", "body:", "été", "12:30", "l'été", ";--", "\ud800"),
            ]
        ),
        max_size=12,
    ).map("".join),
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE found USING fts5"
            "(body, tokenize = 'unicode61 remove_diacritics 2')"
        )
        connection.execute("INSERT INTO found (rowid, body) VALUES (1, ?)", (BODY,))
        yield connection


def hits(index: sqlite3.Connection, expression: str) -> list[tuple[int]]:
    return index.execute("SELECT rowid FROM found WHERE found MATCH ?", (expression,)).fetchall()


@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@example(["e-mail"], [])
@example(['"'], [])
@example(["\x00"], ["\x00"])
@example([], [])
@given(st.lists(typed, max_size=4), st.lists(typed, max_size=2))
def test_any_words_and_phrases(
    index: sqlite3.Connection, words: list[str], phrases: list[str]
) -> None:
    assert hits(index, fts_expression(words, phrases)) in ([], [(1,)])


@settings(max_examples=1000, deadline=None)
@given(typed)
def test_any_text_through_the_query_language(index: sqlite3.Connection, text: str) -> None:
    for expression in expressions(node_or_words(text)):
        assert hits(index, expression) in ([], [(1,)])


def node_or_words(text: str) -> Node:
    """What the search box does after an error is shown: the text is searched as it is."""
    try:
        return parse_query(text, now=NOW)
    except QueryError:
        return Words((text,))


def expressions(node: Node) -> list[str]:
    match node:
        case Words(words):
            return [fts_expression(words)]
        case Phrase(text):
            return [fts_expression([], [text])]
        case And(parts) | Or(parts):
            return [found for part in parts for found in expressions(part)]
        case Not(part):
            return expressions(part)
        case _:
            return []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["ete"], True),
        (["COMMANDE"], True),
        (["comm"], True),
        (["com"], False),
        (["commande", "arri"], True),
        (["comm", "arrivée"], False),
        (["l'été"], True),
        (["e-mail"], True),
        (["jean@shop.example"], True),
        (["12:30"], True),
        (["12-07745-33018"], True),
        (["été", "hiver"], False),
        (["AND"], False),
        ([], False),
        (['"'], False),
    ],
)
def test_what_is_found(index: sqlite3.Connection, words: list[str], found: bool) -> None:
    assert bool(hits(index, fts_expression(words))) is found


def test_a_phrase_is_found_in_its_order(index: sqlite3.Connection) -> None:
    assert hits(index, fts_expression([], ["ma commande"]))
    assert not hits(index, fts_expression([], ["commande ma"]))


def test_thousands_of_words_are_no_burden(index: sqlite3.Connection) -> None:
    assert hits(index, fts_expression(["commande"] * 20_000)) == [(1,)]
