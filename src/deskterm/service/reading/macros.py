"""From the shop's macros and a ticket to suggestions, and to the text of a reply."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from deskterm.macros.ages import order_days
from deskterm.macros.channels import channel_of
from deskterm.macros.fill import FilledText, Span, fill
from deskterm.macros.fitting import is_for, is_offered
from deskterm.macros.model import Macro, MacroAction
from deskterm.macros.paths import Known, filled
from deskterm.macros.ranking import Evidence, Situation, Suggestion
from deskterm.service.reading.lists import line
from deskterm.service.reading.macro_rows import (
    FilledView,
    LikelyReason,
    MacroView,
    PartView,
    ReasonView,
    SpanView,
    SuggestionView,
    TicketMacros,
)
from deskterm.service.reading.shelf import Stock
from deskterm.store.learning import dismissed, uses
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
    ranked = _ranked(connection, ticket_id, found, around)
    likely = _likely(ranked, around)
    return TicketMacros(
        ticket_id,
        tuple(_suggestion(each, around) for each in ranked),
        stock.version,
        tuple(line(str(each)) for each in stock.problems[:MOST_MISTAKES]),
        stock.watched,
        "" if found.reason or likely is None else likely.reason,
    )


def likely_reason(
    connection: sqlite3.Connection, ticket_id: int, around: Around
) -> LikelyReason | None:
    """The contact reason that a ticket seems to have, by the macro that is most likely to answer;
    None where none is, or where that one has none.
    """
    found = situation(connection, ticket_id)
    return None if found is None else _likely(_ranked(connection, ticket_id, found, around), around)


def _likely(ranked: Sequence[Suggestion], around: Around) -> LikelyReason | None:
    reason = around.stock.library.macros[ranked[0].macro].reason if ranked else ""
    return LikelyReason(reason, ranked[0].sure) if reason else None


def listed(connection: sqlite3.Connection, ticket_id: int, around: Around) -> tuple[MacroView, ...]:
    """All macros to choose from: the likeliest first, then by title."""
    found = situation(connection, ticket_id)
    macros = around.stock.library.macros
    ranked = _ranked(connection, ticket_id, found, around) if found else []
    first = [_suggestion(each, around) for each in ranked]
    known = _known(found, around) if found else Known(around.now)
    views = [
        _view(macros[each.macro], each.title, known, each.reasons, suggested=True) for each in first
    ]
    taken = {each.macro for each in first}
    times = uses(connection, around.agent).used
    rest = [
        _view(macro, line(macro.title(around.speaks)), known, times=times.get(macro.id, 0))
        for macro in macros.values()
        if macro.id not in taken and is_offered(macro, known)
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
    if found is None or macro is None or not is_for(macro, around.agent):
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


def _ranked(
    connection: sqlite3.Connection, ticket_id: int, found: TicketSituation, around: Around
) -> list[Suggestion]:
    known = _known(found, around)
    states = known.states
    macros = around.stock.library.macros
    gone = dismissed(connection, ticket_id)
    uses_of = uses(connection, around.agent)
    situation_now = Situation(
        text=found.text,
        subject=found.subject,
        states=states,
        filled=filled(known),
        reason=found.reason,
        used=uses_of.used,
        of=uses_of.of,
        days=order_days(found.order, around.now),
        names=(found.customer,),
        grave=found.grave,
    )
    ranked = around.stock.suggester.rank(connection, situation_now, MOST + len(gone))
    fitting = (each for each in ranked if is_offered(macros[each.macro], known))
    return [each for each in fitting if each.macro not in gone][:MOST]


def _known(found: TicketSituation, around: Around) -> Known:
    return Known(
        now=around.now,
        channel=channel_of(found.channel, is_marketplace=found.marketplace),
        language=language_of(found.text) or language_of(found.subject) or USUAL,
        ticket=found.ref,
        subject=found.subject,
        customer=found.customer,
        agent=around.agent,
        order=found.order,
        messages=found.messages,
        facts=around.stock.facts,
        voice=around.stock.voices.of(found.account),
    )


def _suggestion(suggestion: Suggestion, around: Around) -> SuggestionView:
    macro = around.stock.library.macros[suggestion.macro]
    return SuggestionView(
        macro.id,
        line(macro.title(around.speaks)),
        tuple(map(_reason, suggestion.evidence)),
        tuple(
            PartView(part.kind, part.name, line(part.said), 100 * part.value)
            for part in suggestion.parts
        ),
    )


def _reason(evidence: Evidence) -> ReasonView:
    values = evidence.values
    value = values.get("phrase") or values.get("state") or values.get("reason") or ""
    days = values.get("days")
    return ReasonView(
        evidence.kind,
        line(str(value)),
        int(values.get("times", 0)),
        int(values.get("of", 0)),
        int(days) if days is not None else None,
    )


def _view(
    macro: Macro,
    title: SafeText,
    known: Known,
    reasons: tuple[ReasonView, ...] = (),
    *,
    suggested: bool = False,
    times: int = 0,
) -> MacroView:
    source = macro.best(known.language, known.channel).source[:_WORDS_MAX]
    words = clean(" ".join(_FIELDS_AND_STATEMENTS.sub(" ", source).split()), multiline=False)
    return MacroView(macro.id, title, words, reasons, suggested, times)


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
        assign=next(iter(_values(macro.actions, "assign")), ""),
        attach=tuple(str(Path(macro.file).with_name(name)) for name in macro.attach),
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
