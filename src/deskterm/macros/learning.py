"""What was learned from the macros that agents took: counts of features, and no text.

Weights are whole numbers (`UNIT` is one), so that forgetting takes away exactly what was added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import fsum, sqrt
from typing import Final, NamedTuple

#: What a use tells: sent as it was, sent after heavy rewriting, dismissed, chosen by hand.
SENT: Final = 1.0
REWRITTEN: Final = 0.3
DISMISSED: Final = -0.5
CHOSEN: Final = 1.0
#: Parts of a whole weight.
UNIT: Final = 10_000
#: The feature under which the picks of a macro are counted among its rows.
PICKS: Final = ""


#: Uses of a macro after which another one counts twice as much as the first.
TWICE_AFTER: Final = 50


def newest(weight: float, learned: int) -> float:
    """What a use counts after so much was learned of the macro: the newer, the more.

    It grows in a line with the uses before, so that the newer half of them has about three
    quarters of the whole, however many there are. It depends on the sum alone, and what a use has
    counted is kept with it, so that taking one back leaves the others as they are.

    Args:
        learned: in parts of `UNIT`; below zero when there were more dismissals.
    """
    return weight * sqrt(1 + 2 * max(learned, 0) / (TWICE_AFTER * UNIT))


def uses_of(learned: int) -> float:
    """How many uses have come to so much, in parts of `UNIT`."""
    return TWICE_AFTER * (newest(1.0, learned) - 1)


def units(weight: float) -> int:
    """A weight as a whole number. Of the opposite weight it is the opposite number."""
    return round(weight * UNIT)


class Row(NamedTuple):
    """How much a macro has of a feature, in parts of `UNIT`; 0: the row is to go."""

    macro: str
    feature: str
    weight: int


@dataclass(slots=True)
class Learned:
    """Counts by feature and macro, and the picks of each macro.

    Args:
        counts: in parts of `UNIT`, by feature, and by macro within; dismissals may go below zero.
        picks: in parts of `UNIT`, by macro.
    """

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    picks: dict[str, int] = field(default_factory=dict)
    _changed: dict[tuple[str, str], None] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, int]]) -> Learned:
        """What was learned before, from its rows in any order."""
        counts: dict[str, dict[str, int]] = {}
        for macro, feature, weight in rows:
            if feature in counts:
                counts[feature][macro] = weight
            else:
                counts[feature] = {macro: weight}
        return cls(counts, counts.pop(PICKS, {}))

    def learn(self, features: Mapping[str, float], macro: str, weight: float) -> None:
        """Take in a message that a macro answered; a weight below zero: did not answer.

        The same call with the opposite weight takes it back exactly.
        """
        for feature, share in features.items():
            added = units(share * weight)
            if _add(self.counts.setdefault(feature, {}), macro, added):
                self._changed[macro, feature] = None
            if not self.counts[feature]:
                del self.counts[feature]
        if _add(self.picks, macro, units(weight)):
            self._changed[macro, PICKS] = None

    def forget(self, features: Mapping[str, float], macro: str, weight: float) -> None:
        """Take back what `learn` added with the same features and weight."""
        self.learn(features, macro, -weight)

    @property
    def total(self) -> float:
        """Picks of all macros together."""
        return fsum(map(uses_of, self.picks.values()))

    def newest(self, macro: str, weight: float) -> float:
        """What a use of a macro counts now."""
        return newest(weight, self.picks.get(macro, 0))

    def rows(self) -> Iterator[Row]:
        """Everything that was learned."""
        for feature, counts in (*self.counts.items(), (PICKS, self.picks)):
            for macro, weight in counts.items():
                yield Row(macro, feature, weight)

    def changes(self) -> list[Row]:
        """The rows that have changed since the last call, as they are now."""
        changed, self._changed = self._changed, {}
        return [Row(macro, feature, self._at(macro, feature)) for macro, feature in changed]

    def _at(self, macro: str, feature: str) -> int:
        counts = self.picks if feature == PICKS else self.counts.get(feature, {})
        return counts.get(macro, 0)


def _add(counts: dict[str, int], macro: str, weight: int) -> bool:
    """Add to a count, and say whether it has changed; one that is zero goes."""
    if not weight:
        return False
    counts[macro] = counts.get(macro, 0) + weight
    if not counts[macro]:
        del counts[macro]
    return True
