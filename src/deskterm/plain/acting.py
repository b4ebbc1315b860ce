"""Having the office do commands, and telling what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.i18n import say
from deskterm.plain.commands import Commands, numbered, without_number
from deskterm.plain.desk import PlainDesk
from deskterm.plain.looking import Looking
from deskterm.plain.said import spoken
from deskterm.plain.talk import Talk
from deskterm.service.command import Command
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText
from deskterm.viewmodel.outcomes import Outcomes
from deskterm.viewmodel.ports import Result

ANSWER_S: Final = 6.0
"""Seconds that an answer of the office is waited for; after that it is told when it comes."""

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_TYPED_FOR: Final = {"app.undo": "'undo'", "app.redo": "'redo'"}


class Acting:
    """Does commands of the office.

    Args:
        desk: the models.
        talk: the person.
        looking: knows what is open.
        commands: read what was typed.
    """

    def __init__(self, desk: PlainDesk, talk: Talk, looking: Looking, commands: Commands) -> None:
        #: The reply that was handed to the outbox last.
        self.sent_item = ""
        self._desk = desk
        self._talk = talk
        self._looking = looking
        self._commands = commands
        titles = {command.id: command.title for command in TABLE.values()}
        self._outcomes = Outcomes(
            lambda command_id: _TYPED_FOR.get(command_id, ""), desk.now, desk.zone, titles
        )

    def do(self, command: Command, rest: str, about: Mapping[str, object] = _NOTHING) -> None:
        """Do a command on the ticket that is open.

        Args:
            rest: what was typed after its name.
            about: what it is told, where nothing of that was typed.

        Raises:
            UsageError: it cannot be done now, or is not told what it has to be; says why.
        """
        params: dict[str, object] = {}
        if command.scope == "ticket" and not command.ticket_optional:
            shown = self._looking.open_ticket
            if shown is None:
                why = say("Type its number, or 'next'")
                raise UsageError(
                    say("{title}: no ticket is open", title=say(command.title)), "", why
                )
            params["tickets"] = [shown.ticket.ref]
        if (name := numbered(command)) is not None and name not in about:
            number, rest = without_number(rest)
            params[name] = self._about(command, name, number)
        params |= about or self._commands.parse(command, rest).params
        self._send(command, params)

    def _about(self, command: Command, about: str, number: str) -> str:
        """The reply or the message that a command is about."""
        if about == "message":
            return self._looking.message(number)
        if not number and command.id == "outbox.take_back" and self.sent_item:
            return self.sent_item
        item = self._looking.item(number)
        if item is None:
            raise UsageError(
                say("{title}: no reply is chosen", title=say(command.title)),
                "",
                say("Type 'outbox', then the command and the number of a reply"),
            )
        return item.item

    def _send(self, command: Command, params: dict[str, object]) -> None:
        """Have it done. What is answered late is told late."""
        answers: list[SafeText] = []
        is_late = False

        def tell(words: SafeText) -> None:
            if is_late:
                self._talk.tell_at_the_prompt(words)
            else:
                answers.append(words)

        def done(result: Result) -> None:
            if params.get("item") == self.sent_item:
                self.sent_item = ""
            tell(spoken(self._outcomes.done(command, result)))

        def failed(error: DesktermError) -> None:
            tell(self._outcomes.refused(command, error))

        self._desk.office.send(command.id, params, done, failed)
        self._talk.loop.until(lambda: bool(answers), ANSWER_S)
        is_late = True
        waits = say("The office has not answered yet. It is done as soon as it does.")
        self._talk.tell(*(answers or (waits,)))
