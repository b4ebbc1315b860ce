"""How pressing a ticket is: by how much it goes before others whose customer waits as long.

The figures are this project's own: no norm says what an angry customer's day weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

_YEAR: Final = 365 * 24

#: Hours that each cause counts, as if the customer had waited so much longer. What counts years
#: goes before all that lacks it: what an agent said, then law and danger, then a closing window.
HOURS: Mapping[str, int] = MappingProxyType(
    {
        "first": 80 * _YEAR,  # an agent said: before everything else
        "legal": 20 * _YEAR,
        "safety": 20 * _YEAR,
        "closing": 10 * _YEAR,  # soon it cannot be answered any more
        "soon": 48,  # an agent said: high priority
        "chargeback": 48,
        "fraud": 48,
        "review": 24,
        "angry": 24,
        "haste": 24,
        "before_sending": 12,  # too late once the parcel has left
        "complaint": 12,
        "value": 12,
        "upset": 8,
        "thanks": -24,
        "can_wait": -72,  # an agent said: low priority
    }
)
#: What counts this much goes before all the rest.
FOREMOST: Final = _YEAR
#: How long before its end a window for an answer counts as closing.
CLOSING: Final = timedelta(hours=6)
#: An order is worth much from so many minor units of one of these currencies on (ISO 4217).
WORTH_MUCH: Final = 20_000
CURRENCIES: Final = frozenset({"EUR", "USD", "GBP", "CHF", "CAD", "AUD"})

_PRIORITIES: Mapping[str, str] = MappingProxyType(
    {"urgent": "first", "high": "soon", "low": "can_wait"}
)
_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "cancel": "before_sending",
        "address_change": "before_sending",
        "change_order": "before_sending",
        "complaint": "complaint",
        "thanks": "thanks",
    }
)


class Pressing(NamedTuple):
    """What is known of a ticket that makes it more pressing, or less.

    Args:
        reason: the contact reason that an agent gave, or one that is surely meant; None: neither.
        worth: what its order costs in minor units of a currency in `CURRENCIES`; 0: not known.
        closes_at: when the window for an answer closes, aware; None: there is none.
    """

    tone: str = "neutral"
    haste: bool = False
    risks: tuple[str, ...] = ()
    priority: str = "normal"
    reason: str | None = None
    worth: int = 0
    closes_at: datetime | None = None


class Urgency(NamedTuple):
    """A score with its causes, by name as in `HOURS`, the weightiest first.

    Args:
        score: minutes; so much longer the customer counts as waiting.
        holds_until: when it has to be worked out anew, as time alone changes it; None: never.
    """

    score: int
    causes: tuple[str, ...]
    holds_until: datetime | None


def urgency_of(known: Pressing, now: datetime) -> Urgency:
    """How pressing a ticket is at a moment."""
    causes = sorted(dict.fromkeys(_causes(known, now)), key=lambda name: -HOURS[name])
    score = 60 * sum(HOURS[name] for name in causes)
    return Urgency(score, tuple(causes), _next_turn(known.closes_at, now))


def _causes(known: Pressing, now: datetime) -> Iterator[str]:
    if known.priority in _PRIORITIES:
        yield _PRIORITIES[known.priority]
    if known.closes_at is not None and now < known.closes_at <= now + CLOSING:
        yield "closing"
    for risk in known.risks:
        if risk in HOURS:
            yield risk
    if known.tone in ("angry", "upset"):
        yield known.tone
    if known.haste:
        yield "haste"
    if known.reason is not None and known.reason in _REASONS:
        yield _REASONS[known.reason]
    if known.worth >= WORTH_MUCH:
        yield "value"


def _next_turn(closes_at: datetime | None, now: datetime) -> datetime | None:
    """The next moment at which a window begins to close, or has closed."""
    if closes_at is None or now >= closes_at:
        return None
    begins = closes_at - CLOSING
    return begins if now < begins else closes_at
