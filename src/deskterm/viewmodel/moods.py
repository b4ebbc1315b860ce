"""What a customer's newest message sounds like, in words, each with what they wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from deskterm.domain.triage import MOODS
from deskterm.i18n import marked, say
from deskterm.service.reading.rows import MoodView
from deskterm.service.reading.ticket_rows import TicketRow
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.choices import Choice

#: Of the customer's words, so many places and characters of each are shown.
_PLACES: Final = 2
_LONGEST: Final = 40

_CALM: Final = marked("No anger, no haste, no risk")
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "angry": marked("Angry"),
        "upset": marked("Upset"),
        "positive": marked("Pleased"),
        "urgent": marked("Presses"),
        "legal": marked("Legal threat"),
        "chargeback": marked("Dispute or chargeback"),
        "review": marked("Public review"),
        "safety": marked("Safety"),
        "fraud": marked("Account or card fraud"),
    }
)


def choices(row: TicketRow) -> list[Choice]:
    """What can be said of a message, one thing at a time: what was read in it is taken off."""
    there = {row.tone, *row.risks, *(["urgent"] if "haste" in row.causes else [])}
    return [
        (f"-{name}", say("{mood} · takes it off", mood=say(_WORDS[name])))
        if name in there
        else (name, say(_WORDS.get(name, _CALM)))
        for name in MOODS
    ]


def named(tone: str, others: Iterable[str]) -> SafeText:
    """Risks and haste by their names, then the tone; empty where there is none of it."""
    return clean(", ".join(say(_WORDS[name]) for name in (*others, tone) if name in _WORDS))


def calls_for_care(mood: MoodView) -> bool:
    """Whether it is more than somebody who is pleased or says nothing of it."""
    return mood.tone in ("angry", "upset") or mood.urgent or bool(mood.risks)


def told(mood: MoodView) -> Iterator[SafeText]:
    """Each finding in words with the customer's own: risks first, then haste, then the tone."""
    names = (*mood.risks, *(["urgent"] if mood.urgent else []), mood.tone)
    for name in names:
        if name in _WORDS:
            said = mood.said.get(name if name != mood.tone else "tone", ())[:_PLACES]
            yield _with_words(say(_WORDS[name]), said)


def _with_words(what: SafeText, said: tuple[SafeText, ...]) -> SafeText:
    quoted = [say("“{words}”", words=_short(each)) for each in said]
    if not quoted:
        return what
    if len(quoted) == 1:
        return say("{what}: {words}", what=what, words=quoted[0])
    return say("{what}: {words}, {more}", what=what, words=quoted[0], more=quoted[1])


def _short(said: SafeText) -> SafeText:
    return said if len(said) <= _LONGEST else clean(f"{said[:_LONGEST]}…", multiline=False)
