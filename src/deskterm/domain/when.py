"""Times as people write them for a snooze, in English and French."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from deskterm.domain.errors import UsageError

MORNING = time(9)

_SPAN = re.compile(r"(?:in |dans )?([0-9]{1,4}) ?([a-z]{1,8})")
_UNITS = {
    "minutes": ("m", "min", "minute", "minutes"),
    "hours": ("h", "hour", "hours", "heure", "heures"),
    "days": ("d", "day", "days", "j", "jour", "jours"),
    "weeks": ("w", "week", "weeks", "sem", "semaine", "semaines"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_DURATION = re.compile(r"([0-9]{1,4}) ?(s|sec|m|min|h)?")
_MINUTES = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_SECONDS_IN = {"s": 1, "sec": 1, "h": 3600}
_LONGEST_S = 86_400
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[t ](.+))?")
_CLOCK = re.compile(r"([0-9]{1,2})(?: ?[:h] ?([0-9]{2}))")
_HOUR = re.compile(r"([0-9]{1,2}) ?(h|am|pm)")
_DAYS_AHEAD = {"today": 0, "aujourd'hui": 0, "tomorrow": 1, "demain": 1, "après-demain": 2}
_WEEKDAYS = (
    ("monday", "mon", "lundi", "lun"),
    ("tuesday", "tue", "mardi", "mar"),
    ("wednesday", "wed", "mercredi", "mer"),
    ("thursday", "thu", "jeudi", "jeu"),
    ("friday", "fri", "vendredi", "ven"),
    ("saturday", "sat", "samedi", "sam"),
    ("sunday", "sun", "dimanche", "dim"),
)
_WEEKDAY_OF = {name: day for day, names in enumerate(_WEEKDAYS) for name in names}


def parse_when(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Read a time to come.

    `2h`, `30m`: that much later. `3d`, `1w`: the same time of day then. `18:00`: the next time
    the clock shows that. `tomorrow`, `monday` (never today), `2026-12-01`, each alone (9:00) or
    with a time. An hour that the clock skips becomes the one after it; of an hour that comes
    twice, the first that is still to come.

    Args:
        text: what was typed.
        now: aware.
        zone: whose wall clock is meant.

    Returns:
        A time in UTC, later than `now`.

    Raises:
        UsageError: not a time, or not a time to come.
    """
    words = " ".join(text.lower().replace("’", "'").split())
    try:
        moment = _span(words, now, zone) or _day_and_clock(words, now, zone)
    except (ValueError, OverflowError):
        moment = None  # an hour 25, a 30 February, a year 10000
    if moment is None:
        raise UsageError(
            f"{text[:40]!r} is not a time",
            "Nothing was changed",
            "Write for example 2h, 3d, 18:00, tomorrow, monday 14:30, 2026-12-01 or demain 9h",
        )
    if moment <= now:
        raise UsageError(
            f"{text[:40]!r} is over",
            "Nothing was changed",
            "Write a time to come, for example 2h, tomorrow or monday 14:30",
        )
    return moment


def read_duration(text: str) -> int:
    """Seconds that something took: `5` or `5m` for minutes, `90s`, `1h`, `12:30` for minutes and
    seconds.

    Raises:
        UsageError: it is something else, or more than a day.
    """
    words = " ".join(text.lower().split())
    seconds = _LONGEST_S + 1
    if parts := _MINUTES.fullmatch(words):
        seconds = int(parts[1]) * 60 + int(parts[2])
    elif found := _DURATION.fullmatch(words):
        seconds = int(found[1]) * _SECONDS_IN.get(found[2] or "", 60)
    if seconds > _LONGEST_S:
        raise UsageError(
            f"{text[:40]!r} is no duration",
            "Nothing was changed",
            "Write for example 5m, 90s, 1h or 12:30",
        )
    return seconds


def _span(words: str, now: datetime, zone: tzinfo) -> datetime | None:
    found = _SPAN.fullmatch(words)
    unit = _UNIT_OF.get(found[2]) if found else None
    if found is None or unit is None:
        return None
    span = timedelta(**{unit: int(found[1])})
    if unit in {"minutes", "hours"}:
        return (now + span).astimezone(UTC)
    local = now.astimezone(zone)
    return _on_the_clock(local.date() + span, local.time(), now, zone)


def _day_and_clock(words: str, now: datetime, zone: tzinfo) -> datetime | None:
    today = now.astimezone(zone).date()
    if dated := _DATE.fullmatch(words):
        day, rest = date.fromisoformat(dated[1]), dated[2] or ""
    elif clock := _clock(words):
        moment = _on_the_clock(today, clock, now, zone)
        return moment if moment > now else _on_the_clock(today + timedelta(1), clock, now, zone)
    else:
        name, _, rest = words.partition(" ")
        ahead = _days_ahead(name, today)
        if ahead is None:
            return None
        day = today + timedelta(days=ahead)
    chosen = _clock(rest.removeprefix("at ").removeprefix("à ")) if rest else MORNING
    return _on_the_clock(day, chosen, now, zone) if chosen else None


def _days_ahead(name: str, today: date) -> int | None:
    if name in _WEEKDAY_OF:
        return (_WEEKDAY_OF[name] - today.weekday() - 1) % 7 + 1
    return _DAYS_AHEAD.get(name)


def _clock(words: str) -> time | None:
    """Read `9:00`, `9h30`, `9h`, `9am`; ValueError for an hour that no clock has."""
    if found := _CLOCK.fullmatch(words):
        return time(int(found[1]), int(found[2]))
    if found := _HOUR.fullmatch(words):
        hour = int(found[1])
        if found[2] == "h":
            return time(hour)
        return time(hour % 12 + (12 if found[2] == "pm" else 0)) if 1 <= hour <= 12 else None
    return None


def _on_the_clock(day: date, clock: time, now: datetime, zone: tzinfo) -> datetime:
    """When the wall clock shows that; the second time when the first is over (PEP 495)."""
    first = datetime.combine(day, clock, zone).astimezone(UTC)
    second = datetime.combine(day, clock.replace(fold=1), zone).astimezone(UTC)
    return first if first > now else max(first, second)
