"""When people write: mostly these days, mostly by day, less at the weekend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Literal

#: What a message of a conversation is: `first` to `away` are the customer's, the rest the shop's.
Beat = Literal["first", "chase", "given", "more", "still", "thanks", "away", "ask", "tell", "close"]
OURS: frozenset[Beat] = frozenset(("ask", "tell", "close"))

SPAN_DAYS = 40
_QUIET = timedelta(minutes=5)
_RECENT_DAYS = 3
_RECENT_SHARE = 0.3
_WEEKEND_SHARE = 0.6
# How likely each hour of the day is.
_HOURS = (
    *(1, 0.5, 0.3, 0.2, 0.2, 0.5, 2, 4, 7, 9, 9, 8),
    *(7, 8, 8, 8, 7, 6, 6, 7, 8, 7, 5, 3),
)
_OPENS, _CLOSES = 8, 18


def last_moment(rng: Random, now: datetime, within_days: float) -> datetime:
    """When the last message of a conversation came: never in the last five minutes before `now`.

    Args:
        within_days: how long ago it may be at most.
    """
    for _ in range(20):
        recent = within_days <= _RECENT_DAYS or rng.random() < _RECENT_SHARE
        days = rng.random() * (min(within_days, _RECENT_DAYS) if recent else within_days)
        moment = _at_hour(rng, now - timedelta(days=days))
        fits = timedelta() < now - moment - _QUIET < timedelta(days=within_days)
        if fits and (moment.weekday() < 5 or rng.random() < _WEEKEND_SHARE):
            return moment
    return now - _QUIET - timedelta(seconds=rng.randint(0, 6 * 3600))


def timeline(
    rng: Random, beats: Sequence[Beat], last: datetime, earliest: datetime
) -> tuple[datetime, ...]:
    """When each message of a conversation was written, in rising order.

    Args:
        last: about when the last one was; the shop does not write at night.
        earliest: nothing is before it.
    """
    moments = [_decent(rng, beats[-1], last)]
    for before, beat in reversed(list(pairwise(beats))):
        moment = moments[0] - timedelta(seconds=_gap_s(rng, before, beat))
        moments.insert(0, moment if beat == "away" else _decent(rng, before, moment))
    if moments[0] < earliest:
        room = (moments[-1] - earliest) / (moments[-1] - moments[0])
        moments = [moments[-1] - (moments[-1] - moment) * room for moment in moments]
    return tuple(moment.replace(microsecond=0) for moment in moments)


def _at_hour(rng: Random, day: datetime) -> datetime:
    hour = rng.choices(range(24), _HOURS)[0]
    return day.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60))


def _decent(rng: Random, beat: Beat, moment: datetime) -> datetime:
    """The moment, or an earlier one at which somebody is awake."""
    opens, closes = (_OPENS, _CLOSES) if beat in OURS or beat == "away" else (6, 24)
    if opens <= moment.hour < closes:
        return moment
    day = moment if moment.hour >= closes else moment - timedelta(days=1)
    return day.replace(
        hour=rng.randrange(opens, closes), minute=rng.randrange(60), second=rng.randrange(60)
    )


def _gap_s(rng: Random, before: Beat, beat: Beat) -> float:
    if beat == "away":
        return rng.uniform(3, 40)
    if beat in OURS:
        return _spread(rng, 0.6, 30)
    return _spread(rng, 0.3, 20) if before in OURS else _spread(rng, 3, 50)


def _spread(rng: Random, least_h: float, most_h: float) -> float:
    """Seconds between two numbers of hours, short ones more often."""
    return 3600 * math.exp(rng.uniform(math.log(least_h), math.log(most_h)))
