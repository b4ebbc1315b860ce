"""A second opinion, once there are plenty of picks: how likely each macro made the features.

Naive Bayes over what was learned, with every feature counted a little before it was seen (McCallum
and Nigam, "A comparison of event models for naive Bayes text classification", 1998). With few
picks it is worse than the nearness to profiles, so that it counts nothing below `ENOUGH` picks for
each macro on average, and more and more from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, fsum, log
from typing import Final

from deskterm.macros.learning import UNIT

#: Picks for each macro from which it counts, those from which it counts fully, and how much then.
ENOUGH: Final = 20.0
PLENTY: Final = 60.0
FULL: Final = 0.7
#: A feature that was never seen with a macro counts as seen so often.
_UNSEEN: Final = 0.02 * UNIT
#: How many features a message is taken for. They hang together, so fewer than there are.
_WORDS: Final = 12.0


def weight_of(picks: float, macros: int) -> float:
    """How much the opinion counts after so many picks for so many macros, from 0 to `FULL`."""
    if not macros:
        return 0.0
    return FULL * min(max((picks / macros - ENOUGH) / (PLENTY - ENOUGH), 0.0), 1.0)


def likelihoods(
    features: Iterable[tuple[float, Mapping[str, int]]], masses: Mapping[str, int]
) -> dict[str, float]:
    """How likely each macro is, all together 1.

    Args:
        features: of the message: its share, and how much each macro has of it.
        masses: how much each macro has of all features.
    """
    logs = {macro: 0.0 for macro, mass in masses.items() if mass > 0}
    if not logs:
        return {}
    nothing = {macro: log(_UNSEEN / (masses[macro] + 100 * UNIT)) for macro in logs}
    shares = 0.0
    for share, counts in features:
        shares += share
        for macro, count in counts.items():
            if macro in logs and count > 0:
                logs[macro] += share * (log((count + _UNSEEN) / _UNSEEN))
    scale = _WORDS / shares if shares else 0.0
    for macro in logs:
        logs[macro] = scale * (logs[macro] + shares * nothing[macro])
    top = max(logs.values())
    weights = {macro: exp(value - top) for macro, value in logs.items()}
    whole = fsum(weights.values())
    return {macro: weight / whole for macro, weight in weights.items()}
