"""Looking: lists, conversations, outbox, accounts. Numbers stay those that were read out."""

from __future__ import annotations

from typing import Final, Literal

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.domain.ids import read_ref
from deskterm.i18n import heard, say, say_many
from deskterm.plain import said
from deskterm.plain.commands import Commands
from deskterm.plain.desk import PlainDesk
from deskterm.plain.pages import Block
from deskterm.plain.talk import READ_S, Talk
from deskterm.service.reading.rows import (
    AccountState,
    ConversationView,
    Counts,
    Entry,
    Outgoing,
)
from deskterm.service.reading.rule_rows import BrokenRules
from deskterm.service.reading.views import NAMED, NEEDS_US, View
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import time_words, words
from deskterm.viewmodel.health import Health
from deskterm.viewmodel.outbox import OutboxList
from deskterm.viewmodel.reply_window import SLOT, words_of

PART: Final = 10
"""Tickets of a list that are read out at once."""

_ROWS_S: Final = 2.0
_OLDER_S: Final = 2.0


class Looking:
    """Reads things out, and knows what they were.

    Args:
        desk: the models.
        talk: the person.
    """

    def __init__(self, desk: PlainDesk, talk: Talk) -> None:
        self._desk = desk
        self._talk = talk
        self._tickets: dict[int, int] = {}
        self._items: tuple[Outgoing, ...] = ()
        self._shown: ConversationView | None = None
        #: How many tickets needed us when that was read out last; None before.
        self.needed_us: int | None = None

    # What was read out

    @property
    def open_ticket(self) -> ConversationView | None:
        """The ticket that is open, as it was read out; what came since is not in it."""
        return self._shown

    def item(self, word: str) -> Outgoing | None:
        """The reply that a number of the outbox means; with an empty word the only one there."""
        if not word:
            return self._items[0] if len(self._items) == 1 else None
        number = _number(word)
        return self._items[number - 1] if 1 <= number <= len(self._items) else None

    # Tickets

    def list(self, query: str = "") -> None:
        """Read out what needs us, a view by its name, or what fits a query."""
        query = query.strip()
        named = NAMED.get(query.lower().replace(" ", "_"))
        self.show(named or (View("query", query, query) if query else NEEDS_US))

    def sort(self) -> None:
        """Read out the same tickets in another order."""
        self.show(self._desk.tickets.view.sorted_otherwise())

    def show(self, view: View) -> None:
        """Read out the beginning of a view."""
        tickets, loop = self._desk.tickets, self._talk.loop
        tickets.show(view)
        loop.until(lambda: tickets.is_whole, READ_S)
        self._talk.more = None
        self._tickets = {}
        if tickets.error is not None:
            raise tickets.error
        if view == NEEDS_US:
            self.needed_us = tickets.count
        if not tickets.count:
            self._talk.tell(tickets.words)
            return
        self._list_from(0)

    def _list_from(self, first: int) -> None:
        """Read out some tickets from a place on."""
        tickets, talk = self._desk.tickets, self._talk
        last = min(first + PART, tickets.count) - 1
        if last < first:
            talk.tell(say("That was all."))
            return
        places = range(first, last + 1)
        tickets.looking_at(first, last)
        talk.loop.until(lambda: all(tickets.row(each) for each in places), _ROWS_S)
        talk.tell(said.list_head(tickets.view, tickets.count, first + 1, last + 1))
        for place in places:
            row = tickets.row(place)
            if row is not None:
                self._tickets[place + 1] = row.ticket_id
                talk.tell(said.ticket_line(place + 1, row, self._desk.now()))
        talk.more = None
        if last + 1 < tickets.count:
            talk.more = lambda: self._list_from(last + 1)

    def open(self, word: str) -> None:
        """Open a ticket by its number in what was read out, or by its reference."""
        word = word.strip()
        if word.isdecimal():
            ticket_id = self._tickets.get(_number(word))
            if ticket_id is None:
                raise UsageError(say("There is no number {number} here", number=clean(word[:9])))
        else:
            ref = read_ref(word) or ""
            found = self._talk.read(
                self._desk.readers, "open", lambda reading: reading.ticket_id(ref)
            )
            if not ref or found is None:
                shown = clean(word[:40], multiline=False)
                raise UsageError(say("There is no ticket {word}", word=shown))
            ticket_id = found
        self.open_id(ticket_id)

    def open_id(self, ticket_id: int) -> None:
        """Open a ticket and read it out, the newest first."""
        conversation, talk, desk = self._desk.conversation, self._talk, self._desk
        conversation.close()
        conversation.open(ticket_id, at_once=True)
        talk.loop.until(lambda: conversation.state not in ("empty", "loading"), READ_S)
        view = conversation.view
        if view is None or conversation.state != "shown":
            self._shown = None
            talk.tell(conversation.words)
            return
        if view.earlier:
            talk.loop.until(self._has_all, _OLDER_S)
            view = conversation.view or view
        self._shown = view
        talk.tell(*said.ticket_head(view, desk.now()), self._window(ticket_id))
        talk.tell_pages(said.entries(view, desk.now(), desk.zone))

    def _window(self, ticket_id: int) -> SafeText:
        """Until when it can be answered; of a file of rules that is broken one hears on writing."""
        try:
            found = self._talk.read(
                self._desk.readers, SLOT, lambda reading: reading.reply_window(ticket_id)
            )
        except DesktermError:
            return words.NOTHING
        return words_of(found, self._desk.now())

    def _has_all(self) -> bool:
        view = self._desk.conversation.view
        return view is None or not view.earlier

    def next(self, direction: Literal[1, -1] = 1) -> None:
        """Open the next ticket in which it is our turn, or the one before."""
        after = self._shown.ticket.ticket_id if self._shown else None
        found = self._talk.read(
            self._desk.readers, "next", lambda reading: reading.next_needing_us(after, direction)
        )
        if found is None:
            self._talk.tell(say("Nothing needs us"))
        else:
            self.open_id(found)

    # Entries

    def quote(self, word: str) -> None:
        """Read out an entry with quoted text and signature."""
        entry = self._entry(word)
        key = entry.key
        whole = self._talk.read(
            self._desk.readers, "whole", lambda reading: reading.whole_text(key)
        )
        self._talk.tell_pages([(whole or entry.text,)])

    def headers(self, word: str) -> None:
        """Read out the headers of a message."""
        entry = self._entry(word)
        key = entry.key
        found = self._talk.read(self._desk.readers, "details", lambda reading: reading.details(key))
        if found is None:
            self._talk.tell(say("It has no headers"))
        else:
            self._talk.tell_pages([said.details(found, entry.subject, self._desk.zone)])

    def message(self, word: str) -> str:
        """What the office calls the message of that number."""
        entry = self._entry(word)
        if not word or entry.kind != "message":
            raise UsageError(say("It needs the number of a message"))
        return entry.key.partition(":")[2]

    def _entry(self, word: str) -> Entry:
        view = self._shown
        if view is None:
            raise UsageError(no_ticket())
        count = len(view.entries) + view.earlier
        number = _number(word) if word.strip() else count
        place = number - 1 - view.earlier
        if not 0 <= place < len(view.entries):
            raise UsageError(say("There is no number {number} here", number=clean(word[:9])))
        return view.entries[place]

    # Outbox, accounts

    def outbox(self, commands: Commands) -> None:
        """Read out what has not left, and what can be done about it."""
        outbox, talk, desk = self._desk.outbox, self._talk, self._desk
        self._read_anew(outbox)
        self._items = outbox.items
        self._tickets = {n: item.ticket_id for n, item in enumerate(self._items, start=1)}
        if not self._items:
            talk.tell(outbox.words)
            return
        talk.tell(
            say_many(
                "{count} reply has not left or asks something.",
                "{count} replies have not left or ask something.",
                outbox.count,
            )
        )
        talk.tell_pages(
            said.outgoing(
                number,
                item,
                outbox,
                said.listed(
                    *(commands.usage(TABLE[act], number) for act in outbox.decisions(item))
                ),
                desk.now(),
                desk.zone,
            )
            for number, item in enumerate(self._items, start=1)
        )

    def health(self) -> None:
        """Read out how the sync of each account is doing."""
        health, talk = self._desk.health, self._talk
        self._read_anew(health)
        if not health.count:
            talk.tell(health.words)
            return
        talk.tell(say_many("{count} account.", "{count} accounts.", len(health.accounts)))
        talk.tell_pages([*map(self._account, health.accounts), *map(self._broken, health.broken)])

    def _read_anew(self, model: OutboxList | Health) -> None:
        model.loaded, model.error = False, None
        model.refresh()
        self._talk.loop.until(lambda: model.loaded or model.error is not None, READ_S)
        self._talk.more = None
        if model.error is not None:
            raise model.error

    def _account(self, account: AccountState) -> Block:
        health = self._desk.health
        return (
            say(
                "{name}: {state}, {figures}",
                name=clean(account.name, multiline=False),
                state=said.spoken(health.state_words(account)),
                figures=said.spoken(health.figures(account)),
            ),
            health.problem(account),
            health.hint(account),
        )

    def _broken(self, file: BrokenRules) -> Block:
        return (
            say("{file}: rules that cannot be used", file=file.file),
            heard(file.problem),
            self._desk.health.broken_words(file),
        )

    def status(self) -> None:
        """Read out what there is to do, and how office and sync are doing."""
        status = self._desk.status
        status.counts = None
        status.refresh()
        self._talk.loop.until(lambda: status.counts is not None or bool(status.error), READ_S)
        self._talk.tell(
            said.listed(*status.left, said.spoken(status.outbox)),
            said.listed(*map(said.spoken, status.sync)),
            self._hold(status.counts),
            said.spoken(self._desk.office.words),
            status.trouble,
        )

    def _hold(self, counts: Counts | None) -> SafeText:
        if counts is None or counts.next_hold is None or counts.next_hold <= self._desk.now():
            return words.NOTHING
        left = time_words.countdown(counts.next_hold, self._desk.now())
        return say("A reply leaves in {left}; 'take back' keeps it here", left=left)


def no_ticket() -> SafeText:
    """What is said where a ticket must be open."""
    return say("No ticket is open: type its number, or 'next'")


def _number(word: str) -> int:
    """A number that was typed; 0 for anything else."""
    word = word.strip()
    return int(word) if word.isdecimal() and len(word) < 10 else 0
