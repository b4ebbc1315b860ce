"""What a command is: one entry of the one table that keys, palette, `:` line and CLI read.

Data only: what an entry does is bound to its id where it is done, by the office
(`deskterm.service.acts`) or by the console.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["ticket", "app"]
Place = Literal["office", "console"]
ParameterKind = Literal["text", "words", "when", "flag", "id", "files", "number", "fields"]

#: Where a key counts. `anywhere` holds in every place in which letters are commands, and its keys
#: that are no letters hold where text is written as well.
Context = Literal[
    "anywhere",
    "list",
    "conversation",
    "order",
    "suggestions",
    "outbox",
    "health",
    "files",
    "rules",
    "playbook",
    "composer",
    "header",
    "line",
    "review",
    "welcome",
]
TEXT_CONTEXTS: frozenset[Context] = frozenset({"composer", "header", "line"})
#: Places that have but few letters of their own, and none of those that hold anywhere.
OWN_LETTERS: frozenset[Context] = TEXT_CONTEXTS | {
    "review",
    "files",
    "rules",
    "playbook",
    "welcome",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a command is told. `words` is free text over several lines, `files` a list of
    paths.
    """

    name: str
    label: str
    kind: ParameterKind = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A named act.

    Args:
        id: `area.act`; what scripts, key files and the journal call it.
        title: a few words, in English; shown everywhere, translated.
        help: a sentence or two.
        scope: `ticket` acts once on each ticket it is given, `app` once.
        parameters: what it is told.
        keys: in the names of Textual; two keys after one another with a blank between (`g g`).
        context: where the keys count.
        place: `office` changes something and is done by the office, for every client;
            `console` moves about on a screen.
        footer: rank among the commands that the footer names, 1 first; 0: not there.
        ticket_optional: with scope `ticket`, whether it is also done without one.
        is_long: the office does it in many steps (`deskterm.office.acts`): it cannot be tried out
            nor undone, and the command line has a subcommand for it.
    """

    id: str
    title: str
    help: str
    scope: Scope = "ticket"
    parameters: tuple[Parameter, ...] = ()
    keys: tuple[str, ...] = ()
    context: Context = "anywhere"
    place: Place = "office"
    footer: int = 0
    ticket_optional: bool = False
    is_long: bool = False


def on_screen(
    command_id: str, title: str, context: Context, *keys: str, help_text: str = "", footer: int = 0
) -> Command:
    """A command of the console that counts in one place only."""
    return Command(
        command_id,
        title,
        help_text,
        scope="app",
        keys=keys,
        context=context,
        place="console",
        footer=footer,
    )
