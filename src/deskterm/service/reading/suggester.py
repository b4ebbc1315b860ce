"""The ranker of a shop, kept up with what is learned in its database."""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping

from deskterm.macros.features import Features
from deskterm.macros.learning import PICKS, UNIT, Learned
from deskterm.macros.making import Made
from deskterm.macros.model import Library
from deskterm.macros.ranker import ProfileRanker
from deskterm.macros.ranking import Situation, Suggestion
from deskterm.store import learning
from deskterm.store.learning import State

_NOTHING = State(0, 0)


class Suggester:
    """Ranks for several threads.

    Args:
        library: the shop's macros.
        made: what it begins with.
    """

    def __init__(self, library: Library, made: Made) -> None:
        #: Of what it begins with; what was learned under another one has other features.
        self.key = made.key
        self._library = library
        self._base = made.base
        self._reader = made.reader
        self._lock = threading.Lock()
        self._state = _NOTHING
        self._begin(())

    def features(self, situation: Situation) -> Features:
        """What a message is weighed by."""
        return self._ranker.features(situation)

    def rank(
        self, connection: sqlite3.Connection, situation: Situation, limit: int
    ) -> list[Suggestion]:
        """The macros most likely to answer, with all that was learned until now."""
        with self._lock:
            self._catch_up(connection)
            return self._ranker.rank(situation, limit)

    def _begin(self, rows: Iterable[tuple[str, str, int]]) -> None:
        self._learned = Learned.of(rows)
        macros = self._library.macros.values()
        self._ranker = ProfileRanker(macros, self._reader, self._base, self._learned)

    def _catch_up(self, connection: sqlite3.Connection) -> None:
        """Take in what others have learned. A snapshot that is older than what is known waits."""
        state = learning.state(connection)
        if state <= self._state:
            return
        if state.generation != self._state.generation or self._state == _NOTHING:
            self._begin(learning.counts(connection))
        else:
            self._take(learning.counts_since(connection, self._state.seq))
        self._state = state

    def _take(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """Bring single counts to what they are now."""
        changes: dict[str, dict[str, float]] = defaultdict(dict)
        picks = dict(self._learned.picks)
        for macro, feature, weight in rows:
            if feature == PICKS:
                picks[macro] = weight
            else:
                known: Mapping[str, int] = self._learned.counts.get(feature, {})
                changes[macro][feature] = (weight - known.get(macro, 0)) / UNIT
        for macro, more in changes.items():
            self._ranker.learn(Features(more), macro, 1.0)
        self._learned.picks.clear()
        self._learned.picks.update({macro: weight for macro, weight in picks.items() if weight})
        self._learned.changes()  # they are written down already
