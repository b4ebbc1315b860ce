"""What an agent says of the mood of a customer's newest message, where it was read wrongly."""

from __future__ import annotations

import re
import sqlite3
from types import MappingProxyType

from deskterm.domain.errors import UsageError
from deskterm.domain.triage import MOODS, RISKS, TONES
from deskterm.service.act import Act, Outcome, Params, needed, the_ticket
from deskterm.service.work import Work
from deskterm.store import moods, tickets
from deskterm.store.transaction import Value

_OTHER_NAMES = MappingProxyType({"pleased": "positive", "neutral": "calm", "haste": "urgent"})
_NOTHING: dict[str, Value] = {"tone": "neutral", "urgent": 0, "risks": ""}


def _has_written(work: Work, ticket: sqlite3.Row | None) -> str | None:
    newest = tickets.newest_inbound(work.tx.connection, the_ticket(ticket)["id"])
    return "The customer has not written yet" if newest is None else None


def _mood(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """The agent knows better; the next message of the customer is read again."""
    row = the_ticket(ticket)
    values = {name: row[name] for name in _NOTHING}
    for word in filter(None, re.split(r"[\s,]+", needed(params, "mood").lower())):
        values = _with(values, _name(word.lstrip("+-")), taken_off=word.startswith("-"))
    newest = tickets.newest_inbound(work.tx.connection, row["id"])
    values["mood_settled"] = None if newest is None else newest["id"]
    tickets.set_fields(work.tx, work.change(), row, values)
    return {
        "tone": values["tone"],
        "urgent": bool(values["urgent"]),
        "risks": str(values["risks"]).split(),
    }


def _with(values: dict[str, Value], name: str, *, taken_off: bool) -> dict[str, Value]:
    """A mood with one thing more or less. What is calm has neither anger, haste nor risk."""
    if name == "calm":
        return values if taken_off else dict(_NOTHING)
    if name in TONES:
        tone = "neutral" if taken_off and values["tone"] == name else values["tone"]
        return {**values, "tone": tone if taken_off else name}
    if name == "urgent":
        return {**values, "urgent": int(not taken_off)}
    standing = {*str(values["risks"]).split(), name} - ({name} if taken_off else set())
    return {**values, "risks": moods.stored_risks([one for one in RISKS if one in standing])}


def _name(word: str) -> str:
    """What a word means, or so much of its beginning as no other has."""
    word = _OTHER_NAMES.get(word, word)
    found = [each for each in MOODS if each == word] or [
        each for each in MOODS if word and each.startswith(word)
    ]
    if len(found) != 1:
        raise UsageError(
            f"{word[:40]!r} is no mood",
            f"There are {', '.join(MOODS)}",
            "'-name' takes one off, calm all of them",
        )
    return found[0]


ACTS = {"ticket.mood": Act(_mood, enabled=_has_written)}
