"""Whether an order or a parcel is late, and why.

Late is what has not arrived by the day that the buyer was told, and a parcel that nobody has
scanned for longer than its carrier usually takes between two scans. Where a channel gives no scans
at all nothing follows from their absence.

The figures are this project's own: carriers publish no such norm. Working days are Monday to
Friday; holidays are not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from deskterm.domain.order import Scan

#: `promise_passed`: on its way, and the day has passed. `not_shipped`: the day has passed and it
#: has not left. `no_scan`: silence.
LateKind = Literal["promise_passed", "not_shipped", "no_scan"]

#: A promise is a day: it is broken when that day is over everywhere.
GRACE = timedelta(days=1)
#: What has been late for longer than this is a matter of its own; nobody waits for it any more.
FORGOTTEN = timedelta(days=90)

#: Working days without a scan that are nothing unusual, by how the carrier's name begins.
SILENCE: Mapping[str, int] = MappingProxyType(
    {
        "chronopost": 2,
        "fedex": 2,
        "tnt": 2,
        "dhl": 3,
        "dpd": 3,
        "gls": 3,
        "ups": 3,
        "colissimo": 4,
        "la poste": 4,
        "royal mail": 4,
        "usps": 4,
        "hermes": 5,
        "evri": 5,
        "mondial relay": 5,
        "relais colis": 5,
    }
)
USUAL_SILENCE = 5
#: Longer where the parcel waits for somebody: for the sender to hand it over, for the buyer to
#: fetch it.
PATIENCE: Mapping[Scan, int] = MappingProxyType({"label_created": 5, "delivery_attempt": 10})

_OVER: frozenset[Scan] = frozenset({"delivered", "returned_to_sender"})


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is known of one parcel; `scan` is the newest event of its tracking."""

    carrier: str = ""
    promised_at: datetime | None = None
    delivered_at: datetime | None = None
    scan: Scan | None = None
    scanned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """Why something is late.

    Args:
        since: the day promised, or the last scan.
        days: whole days since then; for `no_scan` working days.
        norm: for `no_scan`, the working days that would have been nothing unusual.
        carrier: for `no_scan`, as the channel names it.
    """

    kind: LateKind
    since: datetime
    days: int
    norm: int = 0
    carrier: str = ""


def parcel_late(parcel: Parcel, now: datetime, promised_at: datetime | None = None) -> Late | None:
    """Why a parcel is late; None where it is not, has arrived, or nothing is known.

    Args:
        promised_at: the day told for the whole order, where the parcel has none of its own.
    """
    if parcel.delivered_at is not None or parcel.scan in _OVER:
        return None
    broken = _broken(parcel.promised_at or promised_at, now)
    if broken is not None:
        return Late("promise_passed", broken, (now - broken).days)
    return _silent(parcel, now)


def unsent_late(promised_at: datetime | None, now: datetime) -> Late | None:
    """Why what has not been sent is late; None where it is not."""
    broken = _broken(promised_at, now)
    return None if broken is None else Late("not_shipped", broken, (now - broken).days)


def silence_norm(carrier: str, scan: Scan) -> int:
    """Working days without a scan after this one that are nothing unusual."""
    name = carrier.strip().lower()
    known = (days for begin, days in SILENCE.items() if name.startswith(begin))
    return max(next(known, USUAL_SILENCE), PATIENCE.get(scan, 0))


def working_days(start: datetime, end: datetime) -> int:
    """Whole working days from one moment to a later one, by the UTC calendar."""
    if end <= start:
        return 0
    whole = (end - start).days
    weeks, rest = divmod(whole, 7)
    first = start.weekday()
    return 5 * weeks + sum((first + day) % 7 < 5 for day in range(1, rest + 1))


def _broken(promised_at: datetime | None, now: datetime) -> datetime | None:
    """The promise, where it was broken and is not forgotten."""
    if promised_at is None or not promised_at + GRACE <= now <= promised_at + FORGOTTEN:
        return None
    return promised_at


def _silent(parcel: Parcel, now: datetime) -> Late | None:
    if parcel.scan is None or parcel.scanned_at is None or now - parcel.scanned_at > FORGOTTEN:
        return None
    norm = silence_norm(parcel.carrier, parcel.scan)
    days = working_days(parcel.scanned_at, now)
    return Late("no_scan", parcel.scanned_at, days, norm, parcel.carrier) if days > norm else None
