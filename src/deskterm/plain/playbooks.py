"""Playbooks that fit the open ticket, read out."""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.domain.errors import UsageError
from deskterm.i18n import language, say
from deskterm.plain.desk import PlainDesk
from deskterm.plain.looking import Looking, no_ticket
from deskterm.plain.pages import Block
from deskterm.plain.said import spoken
from deskterm.plain.talk import Talk
from deskterm.service.reading.playbook_rows import PartView
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.playbook import Playbooks


class PlaybookReading:
    """Reads out what the shop does in a situation.

    Args:
        desk: the models.
        talk: the person.
        looking: knows what is open.
    """

    def __init__(self, desk: PlainDesk, talk: Talk, looking: Looking) -> None:
        self._desk = desk
        self._talk = talk
        self._looking = looking

    def read_out(self, wanted: str = "") -> None:
        """The playbook that fits the open ticket best; with words those that have them.

        Raises:
            UsageError: no ticket is open.
        """
        shown = self._looking.open_ticket
        if shown is None:
            raise UsageError(no_ticket())
        ticket_id, speaks = shown.ticket.ticket_id, language()
        view = self._talk.read(
            self._desk.readers,
            "playbooks",
            lambda reading: reading.playbooks_of(ticket_id, speaks),
        )
        if view is None:
            self._talk.tell(say("There are no playbooks to show here"))
            return
        books = Playbooks()
        books.show(view)
        if not books.count:
            self._talk.tell(books.nothing)
            return
        self._talk.tell_pages(_blocks(books, wanted))


def _blocks(books: Playbooks, wanted: str) -> Iterator[Block]:
    if not wanted.strip():
        yield from _book(books)
        return
    books.find(wanted)
    yield (books.found_words,)
    for _ in range(books.count):
        if any(books.marks(part) for part in books.parts):
            yield from _book(books)
        books.turn(1)


def _book(books: Playbooks) -> Iterator[Block]:
    head = (spoken(books.title), books.why, books.mistakes)
    yield tuple(line for line in head if line)
    for part in books.parts:
        yield (_said(part),)
    if not books.parts:
        yield (books.nothing,)


def _said(part: PartView) -> SafeText:
    return clean(f"{part.mark} {part.text}") if part.mark else part.text
