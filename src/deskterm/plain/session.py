"""A session in plain mode: one line is asked for, one answer is told, and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.domain.ids import read_ref
from deskterm.i18n import say, say_many
from deskterm.plain.acting import Acting
from deskterm.plain.commands import Commands
from deskterm.plain.desk import PlainDesk
from deskterm.plain.helping import Helping
from deskterm.plain.looking import Looking
from deskterm.plain.macros import Macros
from deskterm.plain.orders import Orders
from deskterm.plain.playbooks import PlaybookReading
from deskterm.plain.repeats import Repeats
from deskterm.plain.rules import RuleReading
from deskterm.plain.said import spoken
from deskterm.plain.talk import Talk
from deskterm.plain.writing import Writing
from deskterm.service.reading.rows import Counts
from deskterm.service.reading.views import NAMED
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.words import error_words

#: Exit codes: done, and ended with Ctrl+C.
DONE: Final = 0
INTERRUPTED: Final = 130

END_S: Final = 6.0
"""Seconds at the end for what the office has not answered yet: it may only be starting."""

Act = Callable[[str], None]
"""Does something with what was typed after its name."""


class Session:
    """One person at a desk.

    Args:
        desk: the models.
        talk: the person.
    """

    def __init__(self, desk: PlainDesk, talk: Talk) -> None:
        self._desk = desk
        self._talk = talk
        self._over = False
        self._looking = Looking(desk, talk)
        here = self._console_commands()
        self._commands = Commands(here)
        self._acting = Acting(desk, talk, self._looking, self._commands)
        self._writing = Writing(desk, talk, self._looking, self._acting)
        self._macros = Macros(desk, talk, self._looking, self._writing)
        self._repeats = Repeats(desk, talk)
        self._orders = Orders(desk, talk, self._looking)
        self._rules = RuleReading(desk, talk, self._looking)
        self._playbooks = PlaybookReading(desk, talk, self._looking)
        self._helping = Helping(talk, self._commands)
        self._here = here
        self._own = self._own_words()
        self._counts: Counts | None = None
        self._is_away = False

    # The words

    def _console_commands(self) -> Mapping[str, Act]:
        """Commands of the table that the console does on its screen, done here in words. What the
        table gains is called by its name here as well, as soon as it stands in this list or is the
        office's.
        """
        views = {f"go.{name}": partial(self._view, name) for name in NAMED}
        return {
            **views,
            "go.outbox": lambda _: self._looking.outbox(self._commands),
            "go.health": lambda _: self._looking.health(),
            "queue.next": lambda _: self._looking.next(1),
            "queue.previous": lambda _: self._looking.next(-1),
            "view.search": lambda rest: self._looking.list(rest),
            "list.sort": lambda _: self._looking.sort(),
            "message.quote": lambda rest: self._looking.quote(rest),
            "message.headers": lambda rest: self._looking.headers(rest),
            "ticket.write_reply": lambda rest: self._writing.reply(rest),
            "ticket.write_note": lambda rest: self._writing.note(rest),
            "ticket.write_new": lambda rest: self._writing.new(rest),
            "app.help": lambda rest: self._helping.help(
                rest, has_ticket=self._looking.open_ticket is not None
            ),
            "app.quit": lambda _: self._quit(),
        }

    def _own_words(self) -> Mapping[str, Act]:
        """Words that a screen has no need of."""
        return {
            "list": self._looking.list,
            "more": lambda _: self._more(),
            "next": self._here["queue.next"],
            "previous": self._here["queue.previous"],
            "open": self._looking.open,
            "review": self._writing.review,
            "macros": self._macros.read_out,
            "macro": self._macros.use,
            "why": self._macros.why,
            "dismiss": self._dismiss,
            "typed": self._repeats.do,
            "order": self._orders.read_out,
            "rules": self._rules.read_out,
            "playbooks": self._playbooks.read_out,
            "status": lambda _: self._looking.status(),
            "exit": self._here["app.quit"],
        }

    # Life

    def run(self) -> int:
        """Ask and tell until one leaves; returns the exit code."""
        self._begin()
        again = False
        while not self._over:
            try:
                self._tell_news()
                line = self._talk.ask(self._prompt())
                again = False
                self._do(line.strip())
            except EOFError:
                break
            except KeyboardInterrupt:
                if again or not self._talk.has_person:
                    return INTERRUPTED
                again = True
                self._talk.tell(say("Type 'quit' to leave, or press Ctrl+C once more."))
            except DesktermError as error:
                self._talk.tell(error_words(error))
        self._talk.loop.until(lambda: not self._desk.office.pending, END_S)
        return DONE

    def _begin(self) -> None:
        desk, talk = self._desk, self._talk
        talk.tell(say("deskterm, line by line. Type 'help' for what there is."), desk.banner)
        desk.office.changed.connect(lambda _revision: desk.status.refresh())
        desk.office.start()
        self._writing.start()
        try:
            self._looking.list()
            self._welcome()
        except DesktermError as error:
            talk.tell(error_words(error))
        desk.status.refresh()

    def _welcome(self) -> None:
        """Say what to do in a workspace that has no account."""
        if self._desk.banner or self._desk.tickets.count:
            return
        accounts = self._talk.read(
            self._desk.readers, "welcome", lambda reading: reading.accounts()
        )
        if not accounts:
            self._talk.tell(
                say(
                    "There is no account yet. 'deskterm account add' adds your own mailbox or "
                    "shop; 'deskterm demo --plain' is a shop to try things in."
                )
            )

    def _quit(self) -> None:
        self._over = True

    def _prompt(self) -> SafeText:
        shown = self._looking.open_ticket
        return clean(f"{shown.ticket.ref if shown else 'deskterm'}>")

    # What comes by itself

    def _tell_news(self) -> None:
        """Say what is different since the last line."""
        self._talk.loop.catch_up()
        self._tell_of_tickets()
        self._tell_of_office()

    def _tell_of_tickets(self) -> None:
        """Say that there is more to do, where that comes from a message."""
        before, self._counts = self._counts, self._desk.status.counts
        counts, known = self._counts, self._looking.needed_us or 0
        if counts is None or counts == before:
            return
        self._looking.needed_us = counts.needs_us
        # One's own acts leave as many messages as there were.
        if before and counts.messages > before.messages and counts.needs_us > known:
            self._talk.tell(
                say_many(
                    "News: {count} ticket needs us now.",
                    "News: {count} tickets need us now.",
                    counts.needs_us,
                )
            )

    def _tell_of_office(self) -> None:
        """Say that the office has gone, and that it is there again."""
        office = self._desk.office
        was_away, self._is_away = self._is_away, office.standing == "away"
        if self._is_away and not was_away:
            self._talk.tell(say("The office: {words}", words=spoken(office.words)))
        elif was_away and not self._is_away:
            self._talk.tell(say("The office is there again."))

    # Doing

    def _do(self, line: str) -> None:
        """Do what a line says.

        Raises:
            DesktermError: it cannot be done; says why.
        """
        if not line:
            return
        word, _, rest = line.partition(" ")
        if word.isdecimal() and not rest:
            self._looking.open(word)
            return
        own = self._own.get(word.lower())
        if own is not None:
            own(rest.strip())
            return
        try:
            command, rest = self._commands.find(line)
        except UsageError:
            if rest or read_ref(word) is None:
                raise
            self._looking.open(word)
            return
        act = self._here.get(command.id)
        if act is not None:
            act(rest)
        else:
            self._acting.do(command, rest)

    def _dismiss(self, rest: str) -> None:
        """Have a macro suggested no more for the ticket that is open."""
        macro = self._macros.dismiss(rest)
        self._acting.do(TABLE["macro.dismiss"], "", {"macro": macro})

    def _view(self, name: str, _rest: str) -> None:
        self._looking.show(NAMED[name])

    def _more(self) -> None:
        if self._talk.more is None:
            self._talk.tell(say("That was all."))
        else:
            self._talk.more()
