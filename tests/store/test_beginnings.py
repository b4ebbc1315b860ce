"""A word that is a beginning finds the same as the index would, without gathering every hit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from deskterm.domain.fulltext import fts_expression
from deskterm.store.beginnings import MOST_WORDS, spelled_out

TEXTS = (
    "refund please",
    "you were refunded",
    "REFUNDS take a day",
    "Rückgabe und Refundierung",
    "the refuge is closed",
    "café caféine cafard",
    "order 12345 and 123999",
    'a "quoted" refund-note',
    "nothing of that kind",
    " ".join(f"many{number}" for number in range(MOST_WORDS + 20)),
)


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE search USING fts5 (body, tokenize='unicode61 remove_diacritics 2')"
    )
    connection.execute("CREATE VIRTUAL TABLE search_words USING fts5vocab (search, instance)")
    connection.executemany("INSERT INTO search (body) VALUES (?)", [(t,) for t in TEXTS])
    yield connection
    connection.close()


def hits(index: sqlite3.Connection, match: str) -> list[int]:
    rows = index.execute("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid", (match,))
    return [row[0] for row in rows.fetchall()]


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        (["refu"], []),
        (["REFUND"], []),
        (["refunde"], []),
        (["you", "refu"], []),
        (["refund", "note"], []),
        (["1239"], []),
        (["many"], []),
        (["many1"], []),
        (["zzzz"], []),
        (["cafe"], []),
        (["café"], []),
        (["rück"], []),
        (["kind"], ["nothing of"]),
        (["refund-note"], []),
        (["ref"], []),
        ([], ["take a day"]),
    ],
)
def test_finds_the_same(index: sqlite3.Connection, words: list[str], phrases: list[str]) -> None:
    match = fts_expression(words, phrases)
    assert hits(index, spelled_out(index, match)) == hits(index, match)


def test_few_words_are_named(index: sqlite3.Connection) -> None:
    assert spelled_out(index, fts_expression(["you", "refund"])) == (
        '("you") AND ("refund" OR "refunded" OR "refundierung" OR "refunds")'
    )


def test_many_words_and_none_are_left_to_the_index(index: sqlite3.Connection) -> None:
    for word in ("many", "zzzz", "café"):
        match = fts_expression([word])
        assert spelled_out(index, match) == match
