"""What is known before anything was learned: how much each macro has of each feature.

It is made from texts (`deskterm.macros.making`) in layers, the one that comes with the program and
the shop's own, and looked up feature by feature: a start parses nothing that no message asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final

from deskterm.macros.features import Reader, summed
from deskterm.macros.learning import units
from deskterm.macros.tabbed import TabbedLines, written

Counts = Mapping[str, int]
_NOTHING: Final[Counts] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Layer:
    """Counts of some macros.

    Args:
        digests: by macro, of what it says; "-": not known.
        masses: by macro, how much it has of all features, in parts of `UNIT`.
        numbers: by feature: place of a macro among these, how much it has, and so on.
    """

    digests: Mapping[str, str]
    masses: Mapping[str, int]
    numbers: Mapping[str, str]

    @classmethod
    def of(
        cls,
        texts: Mapping[str, Iterable[tuple[str, float]]],
        reader: Reader,
        digests: Mapping[str, str] | None = None,
    ) -> Layer:
        """The counts of texts, each with its weight, which stand by macro."""
        return cls.of_counts(counted(texts, reader), digests or {})

    @classmethod
    def of_counts(cls, counts: Mapping[str, Counts], digests: Mapping[str, str]) -> Layer:
        """A layer of counts by macro and feature."""
        numbers: dict[str, list[int]] = {}
        for place, each in enumerate(counts.values()):
            for feature, count in each.items():
                if count:
                    numbers.setdefault(feature, []).extend((place, count))
        return cls(
            {macro: digests.get(macro, "-") for macro in counts},
            {macro: sum(each.values()) for macro, each in counts.items()},
            {feature: " ".join(map(str, each)) for feature, each in numbers.items()},
        )

    def counts_of(self, feature: str) -> dict[str, int]:
        """How much each macro has of a feature."""
        found = self.numbers.get(feature)
        if found is None:
            return {}
        macros = tuple(self.masses)
        numbers = map(int, found.split(" "))
        return {macros[place]: count for place, count in zip(numbers, numbers, strict=True)}

    def only(self, macros: Collection[str]) -> dict[str, Counts]:
        """The counts of some of the macros, by macro and feature."""
        found: dict[str, dict[str, int]] = {macro: {} for macro in self.masses if macro in macros}
        for feature in self.numbers:
            for macro, count in self.counts_of(feature).items():
                if macro in found:
                    found[macro][feature] = count
        return dict(found)

    def written(self) -> bytes:
        """All of it, for `read`; no line is empty."""
        head = " ".join(f"{m}={self.digests[m]}={mass}" for m, mass in self.masses.items())
        lines = (f"{feature}\t{numbers}" for feature, numbers in self.numbers.items())
        return f"{head}\n".encode() + written(lines)

    @classmethod
    def read(cls, raw: bytes) -> Layer:
        """What `written` gave.

        Raises:
            ValueError: it is something else.
        """
        head, _, body = raw.partition(b"\n")
        heads = [each.split("=") for each in head.decode().split(" ")]
        return cls(
            {macro: digest for macro, digest, _ in heads},
            {macro: int(mass) for macro, _, mass in heads},
            TabbedLines(body),
        )


def counted(texts: Mapping[str, Iterable[tuple[str, float]]], reader: Reader) -> dict[str, Counts]:
    """The counts of texts, each with its weight, by macro and feature."""
    found = {}
    for macro, weighted in texts.items():
        read = ((reader.features((text, 1.0)).weights, weight) for text, weight in weighted)
        found[macro] = {name: units(count) for name, count in summed(read).items()}
    return dict(found)


def by_first(lines: Iterable[str]) -> dict[str, str]:
    """Lines by what stands before their first tab.

    Raises:
        ValueError: one has none.
    """
    return dict(line.split("\t", 1) for line in lines)


class Base:
    """The counts of all macros.

    Args:
        layers: with the macros that each is asked for; none is asked of two.
    """

    def __init__(self, *layers: tuple[Layer, Collection[str]]) -> None:
        self._layers = layers
        self._found: dict[str, Counts] = {}
        self.masses: Mapping[str, int] = {
            macro: mass
            for layer, macros in layers
            for macro, mass in layer.masses.items()
            if mass and macro in macros
        }

    @classmethod
    def of(cls, texts: Mapping[str, Iterable[tuple[str, float]]], reader: Reader) -> Base:
        """The counts of texts, each with its weight, which stand by macro."""
        layer = Layer.of(texts, reader)
        return cls((layer, layer.masses.keys()))

    def get(self, feature: str) -> Counts:
        """How much each macro has of a feature, in parts of `UNIT`."""
        found = self._found.get(feature)
        if found is None:
            found = self._look_up(feature)
            if found:
                self._found[feature] = found
        return found

    def _look_up(self, feature: str) -> Counts:
        found = {
            macro: count
            for layer, macros in self._layers
            for macro, count in layer.counts_of(feature).items()
            if macro in macros
        }
        return found or _NOTHING

    @property
    def features(self) -> Iterator[str]:
        """Everything that a macro has something of."""
        return (name for name in self._names() if self.get(name))

    def _names(self) -> Iterable[str]:
        return dict.fromkeys(chain.from_iterable(layer.numbers for layer, _ in self._layers))
