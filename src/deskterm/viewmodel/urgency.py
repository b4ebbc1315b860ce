"""Why a ticket stands where it stands: what makes it more pressing, or less, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from deskterm.domain.urgency import FOREMOST, HOURS
from deskterm.i18n import marked, say
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import time_words, words

if TYPE_CHECKING:
    from deskterm.service.reading.ticket_rows import TicketRow

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "first": marked("priority urgent"),
        "legal": marked("legal threat"),
        "safety": marked("safety at stake"),
        "closing": marked("window closes"),
        "soon": marked("priority high"),
        "chargeback": marked("dispute or chargeback"),
        "fraud": marked("account or card fraud"),
        "review": marked("public review"),
        "angry": marked("angry"),
        "haste": marked("presses"),
        "before_sending": marked("before the parcel leaves"),
        "complaint": marked("complaint"),
        "value": marked("order worth much"),
        "upset": marked("upset"),
        "thanks": marked("thanks"),
        "can_wait": marked("priority low"),
    }
)


def causes(row: TicketRow, now: datetime) -> Iterator[SafeText]:
    """What moves a ticket in the list, and by how many hours; what goes before all the rest has
    none.
    """
    for name in row.causes:
        if name == "closing" and row.closes_at is not None:
            yield say("window closes in {time}", time=time_words.left(row.closes_at, now))
        elif name in _WORDS:
            hours = HOURS[name]
            told = say(_WORDS[name])
            if hours >= FOREMOST:
                yield told
            else:
                figure = clean(f"{hours:+}")
                yield say("{cause} {hours} h", cause=told, hours=figure)


def why_here(row: TicketRow, now: datetime, by: str = " · ") -> SafeText:
    """Why a ticket of ours stands where it stands; empty where it is by its age alone."""
    if not row.causes or not row.needs_us or row.waiting_since is None:
        return words.NOTHING
    return say("Why here: {causes}", causes=clean(by.join(causes(row, now)), multiline=False))


def mood(tone: str, risks: Iterable[str]) -> SafeText:
    """What stands out in the customer's newest message, in a word or two; mostly nothing."""
    grave = [name for name in risks if HOURS.get(name, 0) >= FOREMOST]
    names = [*grave, *(["angry"] if tone == "angry" else [])]
    return clean(", ".join(say(_WORDS[name]) for name in names), multiline=False)


def sign(row: TicketRow, signs: words.Symbols) -> SafeText:
    """The same as a sign of one cell; empty where nothing stands out."""
    if any(HOURS.get(name, 0) >= FOREMOST for name in row.risks):
        return signs.grave
    return signs.angry if row.tone == "angry" else words.NOTHING
