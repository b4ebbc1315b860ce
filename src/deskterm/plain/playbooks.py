"""Playbooks that fit the open ticket, read out."""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.i18n import language, say
from deskterm.plain.beside import BesideTicket
from deskterm.plain.pages import Block
from deskterm.plain.said import spoken
from deskterm.service.reading.playbook_rows import PartView
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.playbook import Playbooks


class PlaybookReading(BesideTicket):
    """Reads out what the shop does in a situation."""

    def read_out(self, wanted: str = "") -> None:
        """The playbook that fits the open ticket best; with words those that have them.

        Raises:
            UsageError: no ticket is open.
        """
        ticket_id, speaks = self.opened.ticket.ticket_id, language()
        view = self.read("playbooks", lambda reading: reading.playbooks_of(ticket_id, speaks))
        if view is None:
            self.tell(say("There are no playbooks to show here"))
            return
        books = Playbooks()
        books.show(view)
        if not books.count:
            self.tell(books.nothing)
            return
        self.tell_pages(_blocks(books, wanted))


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
