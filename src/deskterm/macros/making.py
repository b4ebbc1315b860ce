"""Putting a ranker together, and keeping what takes long to make.

What the program brings is prepared (`deskterm.macros.prepared`). A shop's own macros come on top:
their counts are kept, and made anew for those alone that have changed. A shop's own lexicon makes
all counts other ones; that takes a second or two, once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from deskterm.macros.base import Base, Layer, counted
from deskterm.macros.features import Reader
from deskterm.macros.learning import Learned
from deskterm.macros.lexicon import Lexicon, read_entries
from deskterm.macros.model import Library, Macro, Problem
from deskterm.macros.prepared import Prepared, prepared
from deskterm.macros.profiles import digests_of, texts_of
from deskterm.macros.ranker import ProfileRanker
from deskterm.macros.seeds import is_topic, load_elsewhere, load_seeds
from deskterm.macros.slips import ALL

#: Another number when what is kept looks different.
_FORM: Final = "3"
Texts = Mapping[str, Iterable[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Made:
    """What a ranker is made from besides the picks.

    Args:
        key: of what messages are read with. What was learned under another key is to be learned
            anew from its messages, because its features are not the same.
        kept: to be given to `make` at the next start; empty: there is nothing to keep.
    """

    key: str
    base: Base
    reader: Reader
    kept: bytes = b""
    problems: tuple[Problem, ...] = ()

    def ranker(self, macros: Iterable[Macro], learned: Learned) -> ProfileRanker:
        """A ranker of the macros that goes on learning."""
        return ProfileRanker(macros, self.reader, self.base, learned)


def make(
    library: Library, own_lexicon: Path | None = None, kept: bytes = b"", *, seeds: bool = True
) -> Made:
    """What a ranker is made from.

    Args:
        own_lexicon: the shop's own file, which need not be there.
        kept: what was kept before; where it does not fit, it is made anew.
        seeds: False: macros know their own texts alone, to see what seeds are good for.
    """
    shipped = prepared()
    more, problems = _own_lexicon(own_lexicon)
    key = _key(shipped, more)
    reader = _reader(shipped, more)
    wanted = _wanted(shipped, library)
    fitting = _fitting(shipped.layer, wanted) if key == shipped.digest else frozenset()
    if not seeds:
        fitting = frozenset(filter(is_topic, fitting))
    others = {name: digest for name, digest in wanted.items() if name not in fitting}
    texts = partial(_texts, library, seeds=seeds)
    before = _of_kept(kept, key)
    own = _own(others, texts, reader, before)
    if own is not before:
        kept = _to_keep(own, key) if others else b""
    return Made(key, Base((shipped.layer, fitting), (own, others)), reader, kept, problems)


def _wanted(shipped: Prepared, library: Library) -> dict[str, str]:
    """All that is to be told apart, with the digests of what it says."""
    topics = {name: said for name, said in shipped.layer.digests.items() if is_topic(name)}
    return {**digests_of(library), **topics}


def _fitting(layer: Layer, wanted: Mapping[str, str]) -> frozenset[str]:
    """What a layer has as it is wanted."""
    return frozenset(name for name, said in wanted.items() if layer.digests.get(name) == said)


def _own(
    wanted: Mapping[str, str],
    texts: Callable[[Collection[str]], Texts],
    reader: Reader,
    before: Layer | None,
) -> Layer:
    """The counts of what is wanted; what was made before is made anew where it is another one."""
    same = _fitting(before, wanted) if before is not None else frozenset()
    if before is not None and same == wanted.keys() == before.digests.keys():
        return before
    made = counted(texts(wanted.keys() - same), reader)
    if before is not None:
        made |= before.only(same)
    return Layer.of_counts({name: made[name] for name in wanted}, wanted)


def _texts(library: Library, names: Collection[str], *, seeds: bool) -> Texts:
    """What macros and topics are made from."""
    said: dict[str, tuple[str, ...]] = {}
    if not prepared().layer.digests.keys().isdisjoint(names):
        said = {**(load_seeds() if seeds else {}), **load_elsewhere()}
    found = texts_of((macro for macro in library if macro.id in names), said)
    return {name: texts for name, texts in found.items() if name in names}


def _of_kept(content: bytes, key: str) -> Layer | None:
    """What was kept, where it is whole and for this key."""
    head, _, body = content.partition(b"\n")
    if not body or head.decode("ascii", "replace") != _head(key, body):
        return None
    return Layer.read(body)


def _to_keep(layer: Layer, key: str) -> bytes:
    body = layer.written()
    return f"{_head(key, body)}\n".encode() + body


def _head(key: str, body: bytes) -> str:
    return f"{_FORM} {key} {sha256(body).hexdigest()}"


def _own_lexicon(own: Path | None) -> tuple[Lexicon | None, tuple[Problem, ...]]:
    """What the shop adds to the lexicon, and what is wrong with it."""
    if own is None or not own.is_file():
        return None, ()
    entries, problems = read_entries(own)
    return (Lexicon.of(entries) if entries else None), problems


def _key(shipped: Prepared, more: Lexicon | None) -> str:
    if more is None:
        return shipped.digest
    return sha256(f"{shipped.digest} {sorted(more.lines.items())}".encode()).hexdigest()


def _reader(shipped: Prepared, more: Lexicon | None) -> Reader:
    """Reads messages. It sees through slips in bundled words alone, so that no macro of the shop
    changes how messages are read, and what was learned from them holds.
    """
    if more is None:
        return Reader(shipped.lexicon).knowing(shipped.known)
    own = {**shipped.known[ALL], **dict.fromkeys(more.words, 1.0)}
    return Reader(shipped.lexicon.plus(more)).knowing({**shipped.known, ALL: own})
