"""Search in process, newest first: the product's query to its 50 hits, against the bare index.

Terms of all kinds take turns. The figure holds reading the query, the look-up and the rows shown
with their tickets; the floor is the `MATCH` alone on the same connection.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from statistics import median

from benchmarks.corpus import vocabulary
from benchmarks.desk import Desk
from benchmarks.measure import Row, percentile
from deskterm.domain.query import parse_query
from deskterm.store.connect import connect
from deskterm.store.readers import Hit, list_tickets, search_messages
from deskterm.store.where import Compiled, compile_query

LIMIT = 50

_GOAL_MS = 5.0
_TIMES = 25
_BARE = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
_AGENT = "Camille"


def terms() -> dict[str, list[str]]:
    """Queries by kind."""
    words = vocabulary()
    chance = random.Random(2)
    things, names = words.things, words.names
    return {
        "common": ["colis", "refund", "Bestellung", "délai", "parcel", "bitte"],
        "less common": [*chance.sample(things[20:], 5), *chance.sample(words.towns, 5)],
        "rare": [*words.rare[:5], "zzyzxvab"],
        "phrase": ['"where is order"', '"colis est bloqué"', '"liegt das Paket"'],
        "two words": [
            "parcel crack",
            "remboursement carton",
            *(f"{chance.choice(things)} {chance.choice(names)}" for _ in range(4)),
        ],
        "beginning": ["livr", "remb", "deli", "best", *(name[:4] for name in names[30:36])],
    }


def measure(desk: Desk) -> Iterator[Row]:
    """Search a desk full of mail."""
    connection = connect(desk.home.database)
    try:
        yield from _rows(connection)
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection) -> Iterator[Row]:
    kinds = terms()
    found: dict[str, list[float]] = {kind: [] for kind in kinds}
    bare: list[float] = []
    listed: list[float] = []
    queries = [(kind, text) for kind, texts in kinds.items() for text in texts]
    chance = random.Random(3)
    for _ in range(_TIMES):
        chance.shuffle(queries)
        for kind, text in queries:
            bare.append(_ms(partial(_bare, connection, _compiled(text).match or "")))
            found[kind].append(_ms(partial(_found, connection, text)))
            listed.append(_ms(partial(_listed, connection, text)))
    every = [ms for times in found.values() for ms in times]
    yield _row("Search, p95 of all terms: 50 messages", percentile(every, 0.95), bare, 0.95)
    yield _row("… median of all terms", median(every), bare, 0.5)
    for kind, times in found.items():
        yield Row("search", f"… p95, {kind}", "ms", percentile(times, 0.95), None, None)
    yield _row("Search in the list, p95: 50 tickets", percentile(listed, 0.95), bare, 0.95)


def _bare(connection: sqlite3.Connection, match: str) -> list[sqlite3.Row]:
    return connection.execute(_BARE, (match, LIMIT)).fetchall()


def _found(connection: sqlite3.Connection, text: str) -> list[Hit]:
    return search_messages(connection, _compiled(text), LIMIT)


def _listed(connection: sqlite3.Connection, text: str) -> list[sqlite3.Row]:
    return list_tickets(connection, _compiled(text), LIMIT)


def _compiled(text: str) -> Compiled:
    return compile_query(parse_query(text, now=datetime.now(UTC)), _AGENT)


def _row(what: str, figure: float, bare: list[float], share: float) -> Row:
    floor = percentile(bare, share)
    goal = f"≤ {_GOAL_MS:g} ms" if share > 0.5 else ""
    met = figure <= _GOAL_MS if goal else None
    return Row("search", what, "ms", figure, floor, figure / floor, goal, met)


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
