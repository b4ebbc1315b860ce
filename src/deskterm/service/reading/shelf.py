"""The shop's macros and facts: read when they are first wanted, and again when a file changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deskterm.macros.facts import Facts, read_facts
from deskterm.macros.library import SUFFIX, load_library
from deskterm.macros.model import Library, Problem
from deskterm.macros.ranking import PhraseRanker, Ranker

#: Files of a folder that are looked at.
MOST_FILES: Final = 500

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """What lies on the shelf. `version` counts from 1; `watched`: the shop has files of its own."""

    library: Library
    ranker: Ranker
    facts: Facts
    problems: tuple[Problem, ...]
    version: int
    watched: bool


class Shelf:
    """Macros of a shop, for several threads.

    Args:
        folder: the shop's own macros, which need not be there.
        facts: the file of its facts, likewise.
    """

    def __init__(self, folder: Path, facts: Path) -> None:
        self._folder = folder
        self._facts = facts
        self._lock = threading.Lock()
        self._stock: Stock | None = None
        self._read: Stamp = ()
        self._seen: Stamp = ()

    def stock(self) -> Stock:
        """What there is; files that have changed are read anew once they look the same twice, so
        that no half of a file is read.
        """
        with self._lock:
            stamp = self._stamp()
            before, self._seen = self._seen, stamp
            if self._stock is None or (stamp != self._read and stamp == before):
                self._read = stamp
                self._stock = self._load(self._stock)
            return self._stock

    def _load(self, before: Stock | None) -> Stock:
        facts, problems = read_facts(self._facts)
        library = load_library(self._folder, facts)
        return Stock(
            library,
            PhraseRanker(library),
            facts,
            (*problems, *(each for each in library.problems if each.skipped)),
            1 if before is None else before.version + 1,
            bool(self._read),
        )

    def _stamp(self) -> Stamp:
        """What tells one state of the files from another."""
        found = []
        try:
            own = sorted(self._folder.glob(f"*{SUFFIX}"))[:MOST_FILES]
        except OSError:
            own = []
        for file in (self._facts, *own):
            try:
                state = file.stat()
            except OSError:
                continue
            found.append((str(file), state.st_mtime_ns, state.st_size))
        return tuple(found)
