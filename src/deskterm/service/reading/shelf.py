"""The shop's macros, facts and voices: read when first wanted, and again when a file changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from deskterm.macros.facts import Facts, read_facts
from deskterm.macros.library import SUFFIX, load_library
from deskterm.macros.model import Library, Problem
from deskterm.macros.voice import VoiceSheet
from deskterm.service.reading.ground import GroundFiles
from deskterm.service.reading.suggester import Suggester
from deskterm.service.voices import Voices

#: Files of a folder that are looked at.
MOST_FILES: Final = 500

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """What lies on the shelf. `version` counts from 1; `watched`: the shop has files of its own."""

    library: Library
    suggester: Suggester
    facts: Facts
    problems: tuple[Problem, ...]
    version: int
    watched: bool
    voices: VoiceSheet = field(default_factory=VoiceSheet)


class Shelf:
    """Macros of a shop, for several threads.

    Args:
        folder: the shop's own macros, which need not be there.
        facts: the file of its facts, likewise.
        voice: the file of how it writes, likewise; None: there is none.
        ground: from what suggestions are made.
    """

    def __init__(
        self,
        folder: Path,
        facts: Path,
        voice: Path | None = None,
        ground: GroundFiles | None = None,
    ) -> None:
        self._folder = folder
        self._facts = facts
        self._voice = voice
        self._ground = ground or GroundFiles()
        self._voices = Voices(voice) if voice is not None else None
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
        ground = self._ground.read(library)
        voices = self._voices
        wrong = voices.problems() if voices is not None else ()
        return Stock(
            library,
            Suggester(library, ground),
            facts,
            (
                *problems,
                *wrong,
                *ground.problems,
                *(each for each in library.problems if each.skipped),
            ),
            1 if before is None else before.version + 1,
            bool(self._read),
            voices.sheet() if voices is not None else VoiceSheet(),
        )

    def _stamp(self) -> Stamp:
        """What tells one state of the files from another."""
        found = []
        try:
            own = sorted(self._folder.glob(f"*{SUFFIX}"))[:MOST_FILES]
        except OSError:
            own = []
        single = (self._facts, self._voice, self._ground.lexicon)
        for file in (*(each for each in single if each is not None), *own):
            try:
                state = file.stat()
            except OSError:
                continue
            found.append((str(file), state.st_mtime_ns, state.st_size))
        return tuple(found)
