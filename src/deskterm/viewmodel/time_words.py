"""Times as people say them. They come in as aware datetimes; `now` is the present."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Final

from deskterm.i18n import marked, say, say_many
from deskterm.text.clean import SafeText, clean

_MINUTE: Final = 60
_HOUR: Final = 3_600
_DAY: Final = 86_400
_WEEK: Final = 604_800

_MONTHS: Final = (
    marked("Jan"),
    marked("Feb"),
    marked("Mar"),
    marked("Apr"),
    marked("May"),
    marked("Jun"),
    marked("Jul"),
    marked("Aug"),
    marked("Sep"),
    marked("Oct"),
    marked("Nov"),
    marked("Dec"),
)
_WEEKDAYS: Final = (
    marked("Mon"),
    marked("Tue"),
    marked("Wed"),
    marked("Thu"),
    marked("Fri"),
    marked("Sat"),
    marked("Sun"),
)


def age(at: datetime, now: datetime) -> SafeText:
    """How long ago, in one unit and at most three cells: `now`, `5m`, `3h`, `2d`, `40w`."""
    seconds = max(0, int((now - at).total_seconds()))
    if seconds < _MINUTE:
        return say("now")
    if seconds < _HOUR:
        return say("{count}m", count=seconds // _MINUTE)
    if seconds < _DAY:
        return say("{count}h", count=seconds // _HOUR)
    if seconds < 2 * _WEEK:
        return say("{count}d", count=seconds // _DAY)
    if seconds < 100 * _WEEK:
        return say("{count}w", count=seconds // _WEEK)
    return say("{count}y", count=seconds // (365 * _DAY))


def ago(at: datetime, now: datetime) -> SafeText:
    """How long ago, for a sentence: `just now`, `2 min ago`, `3 h ago`, `5 days ago`."""
    seconds = max(0, int((now - at).total_seconds()))
    if seconds < _MINUTE:
        return say("just now")
    if seconds < _HOUR:
        return say("{count} min ago", count=seconds // _MINUTE)
    if seconds < _DAY:
        return say("{count} h ago", count=seconds // _HOUR)
    return say_many("{count} day ago", "{count} days ago", seconds // _DAY)


def clock(at: datetime, zone: tzinfo, now: datetime) -> SafeText:
    """A time past as people say it: `18:22`, `yesterday 18:22`, `Mon 18:22`, `9 Nov 18:22`,
    `9 Nov 2025`.
    """
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time = _time(local)
    days = (today - local.date()).days
    if days == 0:
        return time
    if days == 1:
        return say("yesterday {time}", time=time)
    if 1 < days < 7:
        return say("{weekday} {time}", weekday=say(_WEEKDAYS[local.weekday()]), time=time)
    if local.year == today.year:
        return say("{date} {time}", date=_day(local), time=time)
    return say("{date} {year}", date=_day(local), year=local.year)


def due(at: datetime, zone: tzinfo, now: datetime) -> SafeText:
    """A time to come: `18:22`, `tomorrow 9:00`, `Mon 09:00`, `9 Nov 09:00`, `9 Nov 2027`."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time = _time(local)
    days = (local.date() - today).days
    if days <= 0:
        return time
    if days == 1:
        return say("tomorrow {time}", time=time)
    if days < 7:
        return say("{weekday} {time}", weekday=say(_WEEKDAYS[local.weekday()]), time=time)
    if local.year == today.year:
        return say("{date} {time}", date=_day(local), time=time)
    return say("{date} {year}", date=_day(local), year=local.year)


def exactly(at: datetime, zone: tzinfo) -> SafeText:
    """A time in full, for details: `2026-11-09 18:22:07 +0100`."""
    return clean(f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}")


def exact_clock(at: datetime, zone: tzinfo) -> SafeText:
    """A time of today with its seconds: `18:22:07`."""
    return clean(f"{at.astimezone(zone):%H:%M:%S}")


def countdown(until: datetime, now: datetime) -> SafeText:
    """Minutes and seconds left, rounded up: `0:08`; `0:00` when it is over."""
    left = max(0, -((now - until) // timedelta(seconds=1)))
    return clean(f"{left // _MINUTE}:{left % _MINUTE:02}")


def left(until: datetime, now: datetime) -> SafeText:
    """How much time is left or has passed, rounded down, in one unit: `12 min`, `3 h`, `6 days`."""
    seconds = int(abs(until - now).total_seconds())
    if seconds < _HOUR:
        return say("{count} min", count=seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return say("{count} h", count=seconds // _HOUR)
    return say_many("{count} day", "{count} days", seconds // _DAY)


def date(local: datetime, *, with_year: bool) -> SafeText:
    """A day of a time on the wall: `Mon 9 Nov`, `9 Nov 2025`."""
    if with_year:
        return say("{date} {year}", date=_day(local), year=local.year)
    weekday = say(_WEEKDAYS[local.weekday()])
    return say("{weekday} {date}", weekday=weekday, date=_day(local))


def _time(local: datetime) -> SafeText:
    """Hour and minute; some languages write a full hour shorter."""
    if local.minute:
        return say("{hour:02}:{minute:02}", hour=local.hour, minute=local.minute)
    return say("{hour:02}:00", hour=local.hour)


def _day(local: datetime) -> SafeText:
    return say("{day} {month}", day=local.day, month=say(_MONTHS[local.month - 1]))
