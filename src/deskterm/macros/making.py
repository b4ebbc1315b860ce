"""Putting a ranker together, and keeping what takes long to make.

Reading the lexicon, the seeds and the macros' texts takes about a second; what comes out is kept
as JSON (`Made.kept`) under a key that tells whether it still fits, and a start takes it from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

from deskterm.macros.features import Reader
from deskterm.macros.learning import Learned
from deskterm.macros.lexicon import Lexicon, load_lexicon
from deskterm.macros.model import Library, Macro, Problem
from deskterm.macros.profiles import Base, texts_of
from deskterm.macros.ranker import ProfileRanker
from deskterm.macros.seeds import load_elsewhere, load_seeds

#: Another number when features are made in another way: what was kept before does not fit.
FORM: Final = 1
Texts = tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
_DATA: Final = ("lexicon.toml", "elsewhere.toml")


@dataclass(frozen=True, slots=True)
class Made:
    """What a ranker is made from besides the picks.

    Args:
        key: of everything that went into it. What was learned under another key is to be learned
            anew from its messages, because its features are not the same.
    """

    key: str
    lexicon: Lexicon
    base: Base
    problems: tuple[Problem, ...] = ()

    @property
    def reader(self) -> Reader:
        """Reads messages."""
        return Reader(self.lexicon).knowing(self.base.words)

    def ranker(self, macros: Iterable[Macro], learned: Learned) -> ProfileRanker:
        """A ranker of the macros that goes on learning."""
        return ProfileRanker(macros, self.reader, self.base, learned)

    def kept(self) -> bytes:
        """Everything, to be given to `of_kept` at the next start."""
        content = {"key": self.key, "lexicon": self.lexicon.as_json(), "base": self.base.as_json()}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of_kept(cls, content: bytes) -> Made:
        """What `kept` gave."""
        read = json.loads(content)
        return cls(read["key"], Lexicon.of_json(read["lexicon"]), Base.of_json(read["base"]))


def make(library: Library, own_lexicon: Path | None = None, kept: bytes = b"") -> Made:
    """What a ranker is made from, new or, where it still fits, from what was kept.

    Args:
        own_lexicon: the shop's own file, which need not be there.
    """
    key = key_of(library, own_lexicon)
    if kept.startswith(b'{"key":"' + key.encode() + b'"'):
        return Made.of_kept(kept)
    texts = texts_of(library, {**load_seeds(), **load_elsewhere()})
    return _made(key, own_lexicon, tuple((name, tuple(said)) for name, said in texts.items()))


@lru_cache(maxsize=4)
def _made(key: str, own_lexicon: Path | None, texts: Texts) -> Made:
    """Made once in a process: several desks may want the same."""
    lexicon, problems = load_lexicon(own_lexicon)
    return Made(key, lexicon, Base.of(dict(texts), Reader(lexicon)), problems)


def key_of(library: Library, own_lexicon: Path | None = None) -> str:
    """A key of all that suggestions are made from before anything was learned."""
    digest = sha256(f"{FORM} {version('deskterm')}".encode())
    folder = files("deskterm.macros")
    for name in _DATA:
        digest.update(folder.joinpath(name).read_bytes())
    for file in sorted(folder.joinpath("seeds").iterdir(), key=lambda each: each.name):
        digest.update(file.read_bytes())
    if own_lexicon is not None and own_lexicon.is_file():
        digest.update(own_lexicon.read_bytes())
    for macro in library:
        digest.update(json.dumps(_said_of(macro), ensure_ascii=False).encode())
    return digest.hexdigest()


def _said_of(macro: Macro) -> tuple[str, Mapping[str, str], list[str], list[tuple[str, ...]]]:
    sources = [variant.source for variant in macro.variants]
    return macro.id, dict(macro.titles), sources, list(macro.asks.values())
