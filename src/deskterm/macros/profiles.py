"""Profiles: what each macro is called for by, and how near a message comes to each.

A profile is the sum of the features of the macro's own text, of the seeds for it and of the
messages that it was picked for. Its features count by their square root, so that a word that comes
again and again does not drown the others; one that many macros share counts less. The nearness is
a cosine, from 0 to 1, and adds up feature by feature, which is what the reasons are made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log, sqrt
from typing import Final

from deskterm.macros import bayes
from deskterm.macros.base import Base, Counts
from deskterm.macros.features import WORD
from deskterm.macros.learning import Learned, units
from deskterm.macros.model import ANYWHERE, Macro
from deskterm.macros.seeds import ELSEWHERE, Seeds

#: What a text counts beside a pick: the macro's own title and text, a seed, a phrase of its file.
OWN: Final = 0.25
SEED: Final = 0.25
ASKED: Final = 0.08
_DIGEST: Final = 16  # characters


def digests_of(macros: Iterable[Macro]) -> Mapping[str, str]:
    """By macro, a digest of what it says."""
    return {
        macro.id: sha256("\0".join(_said(macro)).encode()).hexdigest()[:_DIGEST] for macro in macros
    }


def _said(macro: Macro) -> Iterator[str]:
    """All that a macro says, and what it is said for."""
    for language, title in macro.titles.items():
        yield from (language, title)
    for variant in macro.variants:
        yield from (variant.channel, variant.source)
    for phrases in macro.asks.values():
        yield from ("", *phrases)


def texts_of(macros: Iterable[Macro], seeds: Seeds) -> dict[str, list[tuple[str, float]]]:
    """What speaks for each macro before anything was learned, with its weight."""
    texts = {macro.id: list(_texts(macro, seeds.get(macro.id, ()))) for macro in macros}
    elsewhere = (name for name in seeds if name.startswith(ELSEWHERE))
    return texts | {name: [(message, SEED) for message in seeds[name]] for name in elsewhere}


def _texts(macro: Macro, seeds: Iterable[str]) -> Iterator[tuple[str, float]]:
    for title in macro.titles.values():
        yield title, OWN
    # A text for one channel says the same again: counted too, it would drown the seeds.
    anywhere = [variant for variant in macro.variants if variant.channel == ANYWHERE]
    for variant in anywhere or macro.variants:
        yield variant.source, OWN
    for phrases in macro.asks.values():
        for phrase in phrases:
            yield phrase.replace("*", ""), ASKED
    for seed in seeds:
        yield seed, SEED


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the profiles weigh it.

    Args:
        weighed: each feature with its weight, and how much each macro has of it.
        length: of all the weights together.
    """

    weighed: Sequence[tuple[str, float, Counts]]
    length: float

    @property
    def words(self) -> int:
        """How many words of it are weighed."""
        return sum(name.startswith(WORD) for name, _, _ in self.weighed)


class Profiles:
    """The profiles of all macros; `learn` is the way to go on learning."""

    def __init__(self, base: Base, learned: Learned) -> None:
        self._base = base
        self._learned = learned
        self._masses = dict(base.masses)
        for counts in learned.counts.values():
            self._grow(counts)

    def learn(self, features: Mapping[str, float], macro: str, weight: float) -> None:
        """Take in that a macro answered a message with these features."""
        self._learned.learn(features, macro, weight)
        more = sum(units(share * weight) for share in features.values())
        self._grow({macro: more})

    def heard(self, weights: Mapping[str, float]) -> Heard:
        """A message with these features, as the profiles weigh it."""
        weighed = []
        square = 0.0
        for name, share in weights.items():
            counts = self._counts(name)
            weight = share * self._telling(counts)
            square += weight * weight
            weighed.append((name, weight, counts))
        return Heard(weighed, sqrt(square))

    def near(self, heard: Heard) -> dict[str, float]:
        """How near a message comes to each macro that shares any of its features."""
        sums: dict[str, float] = {}
        for _, weight, counts in heard.weighed:
            for macro, count in counts.items():
                if count > 0:
                    sums[macro] = sums.get(macro, 0.0) + weight * sqrt(count)
        return {macro: said / (heard.length * self._length(macro)) for macro, said in sums.items()}

    def likelihoods(self, heard: Heard) -> dict[str, float]:
        """How likely each macro is by counts alone (`deskterm.macros.bayes`), together 1."""
        features = ((weight, counts) for _, weight, counts in heard.weighed)
        masses = {m: mass for m, mass in self._masses.items() if m[0] != ELSEWHERE}
        return bayes.likelihoods(features, masses)

    def learned_share(self, heard: Heard, macro: str) -> float:
        """Which part of the nearness to a macro was learned, from 0 to 1."""
        whole = learned = 0.0
        for name, weight, counts in heard.weighed:
            if (count := counts.get(macro, 0)) > 0:
                value = weight * sqrt(count)
                whole += value
                mine = self._learned.counts.get(name, {}).get(macro, 0)
                learned += value * min(max(mine / count, 0.0), 1.0)
        return learned / whole if whole else 0.0

    def parts(self, heard: Heard, macro: str) -> dict[str, float]:
        """How near a message comes to a macro, feature by feature."""
        length = heard.length * self._length(macro)
        return {
            name: weight * sqrt(counts[macro]) / length
            for name, weight, counts in heard.weighed
            if counts.get(macro, 0) > 0
        }

    def _counts(self, feature: str) -> Counts:
        """How much each macro has of a feature."""
        base = self._base.get(feature)
        learned = self._learned.counts.get(feature)
        if not learned:
            return base
        if not base:
            return learned
        counts = dict(base)
        for macro, count in learned.items():
            counts[macro] = counts.get(macro, 0) + count
        return counts

    def _telling(self, counts: Counts) -> float:
        """How much a feature tells: the more, the fewer macros have it."""
        return log(1 + (1 + len(self._masses)) / (len(counts) or 1))

    def _length(self, macro: str) -> float:
        return sqrt(max(self._masses[macro], 1))

    def _grow(self, counts: Counts) -> None:
        masses = self._masses
        for macro, count in counts.items():
            masses[macro] = masses.get(macro, 0) + count
