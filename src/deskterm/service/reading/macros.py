"""From the shop's macros and a ticket to suggestions, and to the text of a reply."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from deskterm.macros.fill import FilledText, Span, fill
from deskterm.macros.model import Channel, Macro, MacroAction
from deskterm.macros.paths import Known, filled
from deskterm.macros.ranking import Evidence, Situation, Suggestion
from deskterm.service.reading.lists import line
from deskterm.service.reading.macro_rows import (
    FilledView,
    MacroView,
    ReasonView,
    SpanView,
    SuggestionView,
    TicketMacros,
)
from deskterm.service.reading.shelf import Stock
from deskterm.store.situations import TicketSituation, situation
from deskterm.text.clean import SafeText, clean
from deskterm.text.language import language_of

#: The language of an answer where nothing tells that of the customer.
USUAL: Final = "en"
#: Suggestions for one ticket. There are digits for nine.
MOST: Final = 5
#: Mistakes in files that are told of.
MOST_MISTAKES: Final = 20
#: Characters of a text that a macro can be found by.
_WORDS_MAX: Final = 1_500

_FIELDS_AND_STATEMENTS = re.compile(r"\{[{%][^{}]{0,300}[}%]\}")
_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around one look at macros.

    Args:
        agent: who signs.
        now: the present, in the shop's zone.
        speaks: the language of who reads this, for titles.
    """

    stock: Stock
    agent: str
    now: datetime
    speaks: str


def suggest(connection: sqlite3.Connection, ticket_id: int, around: Around) -> TicketMacros | None:
    """The macros that may answer a ticket; None where there is no ticket."""
    found = situation(connection, ticket_id)
    if found is None:
        return None
    stock = around.stock
    return TicketMacros(
        ticket_id,
        tuple(_suggestion(each, around) for each in _ranked(found, around)),
        stock.version,
        tuple(line(str(each)) for each in stock.problems[:MOST_MISTAKES]),
        stock.watched,
    )


def listed(connection: sqlite3.Connection, ticket_id: int, around: Around) -> tuple[MacroView, ...]:
    """All macros to choose from: the likeliest first, then by title."""
    found = situation(connection, ticket_id)
    macros = around.stock.library.macros
    first = [_suggestion(each, around) for each in _ranked(found, around)] if found else []
    known = _known(found, around) if found else Known(around.now)
    views = [
        _view(macros[each.macro], each.title, known, each.reasons, suggested=True) for each in first
    ]
    taken = {each.macro for each in first}
    rest = [
        _view(macro, line(macro.title(around.speaks)), known)
        for macro in macros.values()
        if macro.id not in taken
    ]
    return (*views, *sorted(rest, key=lambda each: each.title.casefold()))


def used(
    connection: sqlite3.Connection,
    ticket_id: int,
    macro_id: str,
    around: Around,
    answers: Mapping[str, str] = _NO_ANSWERS,
) -> FilledView | None:
    """A macro with the values of a ticket; None where there is no such ticket or macro."""
    found = situation(connection, ticket_id)
    macro = around.stock.library.macros.get(macro_id)
    if found is None or macro is None:
        return None
    known = _known(found, around)
    text = fill(
        macro,
        known,
        language=known.language,
        answers=answers,
        library=around.stock.library,
    )
    return _filled(macro, text, around.speaks)


def _ranked(found: TicketSituation, around: Around) -> list[Suggestion]:
    known = _known(found, around)
    states = known.states
    return around.stock.ranker.rank(
        Situation(found.text, found.subject, states, filled(known), found.reason), MOST
    )


def _known(found: TicketSituation, around: Around) -> Known:
    return Known(
        now=around.now,
        channel=Channel(found.channel, "marketplace" if found.marketplace else "mail"),
        language=language_of(found.text) or language_of(found.subject) or USUAL,
        ticket=found.ref,
        subject=found.subject,
        customer=found.customer,
        agent=around.agent,
        order=found.order,
        facts=around.stock.facts,
    )


def _suggestion(suggestion: Suggestion, around: Around) -> SuggestionView:
    macro = around.stock.library.macros[suggestion.macro]
    return SuggestionView(
        macro.id, line(macro.title(around.speaks)), tuple(map(_reason, suggestion.evidence))
    )


def _reason(evidence: Evidence) -> ReasonView:
    values = evidence.values
    value = values.get("phrase") or values.get("state") or values.get("reason") or ""
    times = values.get("times", 0)
    return ReasonView(evidence.kind, line(str(value)), times if isinstance(times, int) else 0)


def _view(
    macro: Macro,
    title: SafeText,
    known: Known,
    reasons: tuple[ReasonView, ...] = (),
    *,
    suggested: bool = False,
) -> MacroView:
    source = macro.best(known.language, known.channel).source[:_WORDS_MAX]
    words = clean(" ".join(_FIELDS_AND_STATEMENTS.sub(" ", source).split()), multiline=False)
    return MacroView(macro.id, title, words, reasons, suggested)


def _filled(macro: Macro, text: FilledText, speaks: str) -> FilledView:
    return FilledView(
        macro=macro.id,
        title=line(macro.title(speaks)),
        text=text.text,
        spans=tuple(_span(macro, span, speaks, text.language) for span in text.spans),
        language=text.language,
        reason=macro.reason,
        tags=_values(macro.actions, "tag"),
        status=next(iter(_values(macro.actions, "status")), ""),
        snooze=next(iter(_values(macro.actions, "snooze")), ""),
    )


def _values(actions: Iterable[MacroAction], kind: str) -> tuple[str, ...]:
    return tuple(action.value for action in actions if action.kind == kind)


def _span(macro: Macro, span: Span, speaks: str, written: str) -> SpanView:
    asked = macro.variable(span.name) if span.origin == "asked" else None
    return SpanView(
        span.start,
        span.end,
        span.kind,
        line(span.name),
        span.origin,
        clean("") if asked is None else line(asked.label(speaks)),
        tuple(map(line, asked.choices.get(written, ()))) if asked is not None else (),
    )
