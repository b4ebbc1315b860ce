"""Commands as palette, help and command line offer them: words, key, and what can be done now."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from deskterm.i18n import marked, say
from deskterm.service.command import Command, Context
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.keys import Keymap

#: Free text and lists of files are written in the composer, not in a line.
_NOT_IN_A_LINE = frozenset({"words", "ids", "files"})
#: Of ids, the place of the cursor knows these.
_KNOWN_IDS = frozenset({"item", "message"})
#: What the console does by itself.
_BY_ITSELF = frozenset({"ticket.seen"})

#: Keys of one command that are named.
MOST_KEYS = 2

_LAST_GROUP = marked("Console")
#: Areas of commands to groups, which are shown in this order.
_GROUPS = MappingProxyType(
    {
        "ticket": marked("Ticket"),
        "draft": marked("Ticket"),
        "composer": marked("Writing"),
        "header": marked("Writing"),
        "macro": marked("Writing"),
        "review": marked("Writing"),
        "outbox": marked("Outbox"),
        "queue": marked("Going places"),
        "go": marked("Going places"),
        "list": marked("Moving"),
        "message": marked("Moving"),
        "conversation": marked("Moving"),
        "files": marked("Attachments"),
        "rules": marked("Writing"),
        "playbook": marked("Writing"),
        "note": marked("Writing"),
        "health": marked("Moving"),
        "order": marked("Order"),
        "customer": marked("Customer"),
        "pane": marked("Moving"),
        "mark": marked("Moving"),
        "copy": marked("Copying"),
        "account": marked("Accounts"),
        "sync": marked("Accounts"),
        "welcome": _LAST_GROUP,
        "app": _LAST_GROUP,
        "view": _LAST_GROUP,
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A command in a list to choose from. `reason`: why it cannot be done now, else None."""

    command: Command
    title: SafeText
    help: SafeText
    key: SafeText
    group: SafeText
    reason: SafeText | None = None


def offered(commands: Iterable[Command], context: Context) -> tuple[Command, ...]:
    """The commands that make sense when called by name from a context."""
    return tuple(
        command
        for command in commands
        if command.context in ("anywhere", context)
        and command.id not in _BY_ITSELF
        and not any(
            each.kind in _NOT_IN_A_LINE or (each.kind == "id" and each.name not in _KNOWN_IDS)
            for each in command.parameters
        )
    )


def offers(
    commands: Iterable[Command], keymap: Keymap, context: Context, *, has_ticket: bool
) -> tuple[Offer, ...]:
    """What to choose from in a context, group by group."""
    keys = {bound.command.id: bound.keys[:MOST_KEYS] for bound in keymap.commands(context)}
    found = [
        Offer(
            command,
            say(command.title),
            say(command.help) if command.help else clean(""),
            clean("  ".join(map(keymap.spoken, keys.get(command.id, ())))),
            say(_GROUPS.get(command.id.partition(".")[0], _LAST_GROUP)),
            None if has_ticket or not needs_ticket(command) else say("no ticket is chosen"),
        )
        for command in commands
    ]
    order = [say(group) for group in dict.fromkeys(_GROUPS.values())]
    return tuple(sorted(found, key=lambda offer: order.index(offer.group)))


def needs_ticket(command: Command) -> bool:
    """Whether a command is about a ticket."""
    return command.scope == "ticket"


def matching(found: Sequence[Offer], typed: str) -> tuple[Offer, ...]:
    """The offers that fit what was typed, the best first; all of them where nothing was.

    Every word typed has to stand in title, id or help; what begins a title counts most.
    """
    wanted = folded(typed).split()
    if not wanted:
        return tuple(found)
    ranked = [(rank, offer) for offer in found if (rank := _rank(offer, typed, wanted)) is not None]
    return tuple(offer for _, offer in sorted(ranked, key=lambda pair: pair[0]))


def _rank(offer: Offer, typed: str, wanted: list[str]) -> int | None:
    """How well an offer fits, 0 best; None where it does not."""
    if typed.strip() in offer.key.split("  "):
        return 0
    title = folded(offer.title)
    if title.startswith(" ".join(wanted)):
        return 1
    parts = title.split()
    if all(any(part.startswith(word) for part in parts) for word in wanted):
        return 2
    if all(word in title for word in wanted):
        return 3
    everything = " ".join((title, offer.command.id, folded(offer.help)))
    return 4 if all(word in everything for word in wanted) else None


def folded(text: str) -> str:
    """A text without case and accents, as people type who look for something."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in split if not unicodedata.combining(c))
