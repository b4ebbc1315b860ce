"""The words that call commands: those of the one table, as the `:` line of the console reads them.

Parts of a name may stand apart (`take back 1`, `no reply needed`). A number before the rest is the
reply of the outbox, or the message, that a command is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from deskterm.domain.errors import UsageError
from deskterm.i18n import say
from deskterm.service.command import Command, Context
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.command_line import Words
from deskterm.viewmodel.offers import offered
from deskterm.viewmodel.telling import Parsed, told

#: Places whose commands of the office can be called here.
_PLACES: Final[tuple[Context, ...]] = ("conversation", "outbox", "health")
_LONGEST: Final = 4
_SHORT: Final = frozenset({"ticket", "app", "view", "outbox", "queue", "message", "go"})
_WRITES: Final = "write_"
#: Done here with the number of an entry.
_ABOUT_ENTRIES: Final = frozenset({"message.quote", "message.headers"})


class Called(NamedTuple):
    """A command, and what was typed after its name."""

    command: Command
    rest: str


class Commands:
    """What can be called.

    Args:
        here: ids of the console's commands that are done here; all of the office's are.
    """

    def __init__(self, here: Iterable[str]) -> None:
        wanted = {command.id for place in _PLACES for command in offered(TABLE.values(), place)}
        wanted = {one for one in wanted if TABLE[one].place == "office"} | set(here)
        self.all = tuple(command for command in TABLE.values() if command.id in wanted)
        self._words = Words(self.all)
        self._by_name: dict[str, list[Command]] = {}
        for command in self.all:
            self._by_name.setdefault(command.id.partition(".")[2], []).append(command)

    def find(self, line: str) -> Called:
        """What a line calls.

        Raises:
            UsageError: no command, or several.
        """
        words = line.split()
        for count in range(min(_LONGEST, len(words)), 1, -1):
            found = self._by_name.get("_".join(words[:count]).lower(), ())
            if len(found) == 1:
                return Called(found[0], " ".join(words[count:]))
        try:
            command = self._words.find(words[0])
        except UsageError as error:
            advice = say("Type 'help' for what there is")
            raise UsageError(error.title, error.explanation, advice) from None
        return Called(command, line.strip().partition(" ")[2].strip())

    def parse(self, command: Command, rest: str) -> Parsed:
        """What a command is told.

        Raises:
            UsageError: not what it has to be.
        """
        return self._words.parse(f"{command.id} {rest}")

    def name(self, command: Command) -> SafeText:
        """What is typed to call a command."""
        area, _, last = command.id.partition(".")
        is_clear = len(self._by_name[last]) == 1 and area in _SHORT
        if not is_clear:
            return clean(command.id)
        return clean(last.removeprefix(_WRITES).replace("_", " "))

    def usage(self, command: Command, number: int | None = None) -> SafeText:
        """The same with what has to be told, and with a number where it is about one."""
        parts = [self.name(command)]
        if number is not None:
            parts.append(clean(str(number)))
        elif numbered(command) or command.id in _ABOUT_ENTRIES:
            parts.append(say("NUMBER"))
        for each in told(command):
            label = clean(say(each.label).upper().replace(" ", "-"))
            parts.append(label if each.required else say("[{label}]", label=label))
        return clean(" ".join(parts))


def numbered(command: Command) -> str | None:
    """What a number means that stands before the rest: `item`, `message`, or nothing."""
    return next((p.name for p in command.parameters if p.kind == "id" and p.required), None)


def without_number(rest: str) -> tuple[str, str]:
    """A number at the beginning, empty where there is none, and what follows it."""
    first, _, after = rest.partition(" ")
    return (first, after.strip()) if first.isdecimal() else ("", rest)
