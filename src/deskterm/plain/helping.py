"""Help: everything that can be typed, and why some of it cannot be done now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from deskterm.i18n import marked, say
from deskterm.plain.commands import Commands
from deskterm.plain.pages import Block
from deskterm.plain.talk import Talk
from deskterm.service.command import Command
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.keys import Keymap
from deskterm.viewmodel.offers import Offer, offers
from deskterm.viewmodel.words import NOTHING

_OWN: Final = (
    ("NUMBER", marked("opens the ticket of that number; its reference does too")),
    ("list [QUERY]", marked("reads out what needs us, a view such as mine, or a search")),
    ("more", marked("goes on with what was read out last")),
    ("next, previous", marked("opens the next ticket that needs us, or the one before")),
    ("reply, note", marked("writes; a line with a dot alone ends it")),
    ("review", marked("checks the draft of a reply and asks whether to send it")),
    ("macros [WORDS]", marked("reads out macros that may answer, or that have these words")),
    ("macro NUMBER", marked("puts a macro into the reply and asks whether to send it")),
    ("why [NUMBER]", marked("reads out the whole sum behind a suggestion")),
    ("dismiss [NUMBER]", marked("has a suggestion not come again for this ticket")),
    ("sort", marked("reads out the same tickets in another order")),
    ("typed [NUMBER]", marked("reads out what is typed again and again, or makes a macro of it")),
    ("order [NUMBER]", marked("reads out what is known of the order")),
    ("rules", marked("reads out the rules of the ticket's channel, with their sources")),
    ("playbooks [WORDS]", marked("reads out what your shop does here, or where these words stand")),
    ("take back", marked("makes a draft again of what was sent a moment ago")),
    ("status", marked("says what there is to do, and how office and sync are doing")),
    ("help [COMMAND]", marked("says what there is, or what a command does")),
    ("quit", marked("ends; drafts and replies on their way are kept")),
)


class Helping:
    """Tells what can be typed.

    Args:
        talk: the person.
        commands: what there is.
    """

    def __init__(self, talk: Talk, commands: Commands) -> None:
        self._talk = talk
        self._commands = commands

    def help(self, about: str, *, has_ticket: bool) -> None:
        """All commands, or one of them.

        Raises:
            UsageError: there is none of that name.
        """
        own = [pair for pair in _OWN if about.lower() in _names(pair[0])]
        if own:
            self._talk.tell(*map(_own_line, own))
        elif about:
            command = self._commands.find(about).command
            self._talk.tell(
                self._line(command, NOTHING), say(command.help) if command.help else NOTHING
            )
        else:
            self._talk.tell_pages(self._blocks(has_ticket=has_ticket))

    def _blocks(self, *, has_ticket: bool) -> Iterator[Block]:
        yield tuple(map(_own_line, _OWN))
        found = offers(self._commands.all, Keymap(()), "conversation", has_ticket=has_ticket)
        for group, members in groupby(found, key=_group):
            lines = (self._line(offer.command, offer.reason or NOTHING) for offer in members)
            yield (say("{group}:", group=group), *lines)

    def _line(self, command: Command, reason: SafeText) -> SafeText:
        usage, title = self._commands.usage(command), say(command.title)
        if reason:
            return say("{usage}: {title} ({reason})", usage=usage, title=title, reason=reason)
        return say("{usage}: {title}", usage=usage, title=title)


def _names(usage: str) -> list[str]:
    return usage.partition(" [")[0].removesuffix(" NUMBER").split(", ")


def _own_line(own: tuple[str, str]) -> SafeText:
    usage, text = own
    return say("{usage}: {title}", usage=clean(usage), title=say(text))


def _group(offer: Offer) -> SafeText:
    return offer.group
