"""Macros: those that may answer the ticket, read out with why, and one of them put into a reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from deskterm.domain.errors import UsageError
from deskterm.i18n import language, say, say_many
from deskterm.plain.desk import PlainDesk
from deskterm.plain.looking import Looking, no_ticket
from deskterm.plain.pages import Block
from deskterm.plain.talk import Talk
from deskterm.plain.writing import Writing
from deskterm.service.reading.macro_rows import (
    FilledView,
    MacroView,
    SpanView,
    SuggestionView,
)
from deskterm.service.reading.rows import ConversationView
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.macros import found, missing, sum_of, why
from deskterm.viewmodel.pasted import one_line
from deskterm.viewmodel.words import NOTHING

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Macros:
    """Suggests macros, finds them, and answers with one.

    Args:
        desk: the models.
        talk: the person.
        looking: knows what is open.
        writing: takes the text.
    """

    def __init__(self, desk: PlainDesk, talk: Talk, looking: Looking, writing: Writing) -> None:
        self._desk = desk
        self._talk = talk
        self._looking = looking
        self._writing = writing
        #: The ticket that the numbers were read out for, and what they mean.
        self._ticket_id: int | None = None
        self._numbers: tuple[str, ...] = ()

    # Reading out

    def read_out(self, typed: str = "") -> None:
        """Read out what may answer the ticket that is open, or the macros that fit some words.

        Raises:
            UsageError: no ticket is open.
        """
        ticket_id = self._open().ticket.ticket_id
        items = self._fitting(ticket_id, typed) if typed else self._suggested(ticket_id)
        self._ticket_id = ticket_id
        self._numbers = tuple(item.macro for item in items)
        if not items:
            nothing = say("No macro fits.")
            if not typed:
                nothing = say("No macro speaks to what the customer writes.")
            self._talk.more = None
            self._talk.tell(nothing, say("'macros WORD' finds those that have a word in them."))
            return
        count = say_many("{count} macro.", "{count} macros.", len(items))
        hint = say("'macro NUMBER' puts one into the reply.")
        head = say("{count} {hint}", count=count, hint=hint)
        self._talk.tell_pages([(head,), *_blocks(items)])

    def _suggested(self, ticket_id: int) -> tuple[SuggestionView, ...]:
        speaks = language()
        fitting = self._talk.read(
            self._desk.readers, "macros", lambda reading: reading.macros_of(ticket_id, speaks)
        )
        if fitting is None:
            return ()
        if fitting.mistakes:
            self._talk.tell(say("A macro is left out: {why}", why=fitting.mistakes[0]))
        return fitting.items

    def _fitting(self, ticket_id: int, typed: str) -> list[MacroView]:
        speaks = language()
        all_of_them = self._talk.read(
            self._desk.readers, "macros", lambda reading: reading.macros_listed(ticket_id, speaks)
        )
        return found(all_of_them, typed)

    def why(self, word: str) -> None:
        """Read out the whole sum behind a suggestion: by its number, or the first one.

        Raises:
            UsageError: no ticket is open, or nothing of that number is suggested.
        """
        ticket_id = self._open().ticket.ticket_id
        item = self._suggestion(word.strip(), ticket_id)
        head = say("{title}: {why}", title=item.title, why=why(item.reasons))
        self._talk.tell_pages([(head, *sum_of(item))])

    def dismiss(self, word: str) -> str:
        """The macro that a number means, to have it suggested no more; without one the first.

        Raises:
            UsageError: no ticket is open, or nothing of that number is suggested.
        """
        return self._suggestion(word.strip(), self._open().ticket.ticket_id).macro

    def _suggestion(self, word: str, ticket_id: int) -> SuggestionView:
        """A suggestion by the number that it was read out with, or by the name of its macro."""
        items = self._suggested(ticket_id)
        if not items:
            raise UsageError(say("No macro speaks to what the customer writes."))
        wanted = self._meant(word, ticket_id) if word else items[0].macro
        found = next((item for item in items if item.macro == wanted), None)
        if found is None:
            name = clean(wanted[:60], multiline=False)
            raise UsageError(
                say("{name} is not suggested here", name=name),
                "",
                say("Type 'macros' for what there is"),
            )
        return found

    # Using

    def use(self, word: str) -> None:
        """Put a macro into the reply to the ticket that is open: by the number that it was read
        out with, or by its id. What only the agent knows is asked for.

        Raises:
            UsageError: no ticket is open, or there is no such macro.
        """
        ticket_id = self._open().ticket.ticket_id
        macro = self._meant(word.strip(), ticket_id)
        filled = self._filled(ticket_id, macro, _NONE)
        answers = self._ask(filled.gaps)
        if answers:
            filled = self._filled(ticket_id, macro, answers)
        self._talk.tell(*(say("Missing: {why}", why=missing(gap)) for gap in _once(filled.gaps)))
        self._writing.answer_with(filled)

    def _meant(self, word: str, ticket_id: int) -> str:
        if not word:
            raise UsageError(say("Which macro? Type 'macros', then 'macro' and a number"))
        if not word.isdecimal():
            return word
        number = int(word) if len(word) < 10 else 0
        if ticket_id != self._ticket_id or not 1 <= number <= len(self._numbers):
            raise UsageError(
                say("There is no number {number} here", number=clean(word[:9])),
                "",
                say("Type 'macros' for what there is"),
            )
        return self._numbers[number - 1]

    def _filled(self, ticket_id: int, macro: str, answers: Mapping[str, str]) -> FilledView:
        speaks = language()
        filled = self._talk.read(
            self._desk.readers,
            "macro",
            lambda reading: reading.macro_filled(ticket_id, macro, speaks, answers),
        )
        if filled is None:
            name = clean(macro[:60], multiline=False)
            raise UsageError(
                say("There is no macro {name}", name=name),
                "",
                say("Type 'macros' for what there is"),
            )
        return filled

    def _ask(self, gaps: Iterable[SpanView]) -> Mapping[str, str]:
        """What the agent says to what the macro asks; an empty line leaves a place open."""
        asked = [gap for gap in _once(gaps) if gap.kind == "gap"]
        if asked:
            self._talk.tell(say("It asks what only you can say; an empty line leaves it open."))
        answers = {}
        for gap in asked:
            answer = one_line(self._talk.ask(_question(gap))).strip()
            if answer:
                answers[str(gap.name)] = answer
        return answers

    def _open(self) -> ConversationView:
        shown = self._looking.open_ticket
        if shown is None:
            raise UsageError(no_ticket())
        return shown


def _blocks(items: Iterable[SuggestionView | MacroView]) -> Iterable[Block]:
    for number, item in enumerate(items, start=1):
        name = clean(item.macro, multiline=False)
        reasons = why(item.reasons) if item.reasons else NOTHING
        title = say("{number}. {title} ({name})", number=number, title=item.title, name=name)
        yield (say("{name}: {value}", name=title, value=reasons) if reasons else title,)


def _once(gaps: Iterable[SpanView]) -> list[SpanView]:
    """Each place once, however often it stands in the text."""
    once: dict[str, SpanView] = {}
    for gap in gaps:
        once.setdefault(gap.name, gap)
    return list(once.values())


def _question(gap: SpanView) -> SafeText:
    asked = gap.label or gap.name
    if not gap.choices:
        return say("{asked}:", asked=asked)
    some = clean(" / ".join(gap.choices), multiline=False)
    return say("{asked} (for example {some}):", asked=asked, some=some)
