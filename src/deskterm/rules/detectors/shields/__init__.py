"""Shields: what looks like a phone number, an address or a link and is surely something else.

Order and tracking numbers, prices, sizes, dates, versions, file names, a missing blank after a full
stop. A detector of contacts drops a candidate that lies beneath a suitable shield.
"""

from __future__ import annotations

from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.shields import base, brands, codes, names, pairs, quantities
from deskterm.rules.detectors.shields.base import KINDS, Kind, Shield, covered
from deskterm.text.patterns import JoinedPatterns

PATTERNS = JoinedPatterns(
    {
        f"{module.__name__.rpartition('.')[2]}.": module.PATTERNS
        for module in (base, codes, quantities, names, brands, pairs)
    }
)

__all__ = ["KINDS", "PATTERNS", "Kind", "Shield", "covered", "shields"]


def shields(reading: Reading) -> tuple[Shield, ...]:
    """Every shield of the text, in the order of their beginnings; ask by `reading.once(shields)`.

    Positions are those of `reading.copy.text`. Shields may overlap. Takes time in proportion to
    the length of the text.
    """
    text = reading.copy.text
    places = base.numbers(text)
    found = [
        *codes.orders(reading),
        *codes.own_values(reading),
        *codes.codes(text, places),
        *quantities.quantities(text, places),
        *names.names(reading),
        *pairs.pairs(text, places),
    ]
    found += codes.alike(text, places, found)
    return tuple(sorted(found, key=lambda shield: (shield.start, -shield.end)))
