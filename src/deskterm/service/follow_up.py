"""What is to follow when a reply has left: what the macro asks for that it was made from.

It is kept with the reply and done once the channel has taken it, so that taking the reply back
within its hold window leaves nothing behind.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Self

from deskterm.domain.clock import to_text
from deskterm.domain.errors import UsageError
from deskterm.domain.ticket import Status
from deskterm.domain.triage import CONTACT_REASONS, is_agent, is_tag
from deskterm.domain.when import parse_when
from deskterm.service.act import Params, text_of
from deskterm.service.work import Work
from deskterm.store import tickets
from deskterm.store.transaction import Change

#: In place of a name: who wrote the reply.
ME = "me"

_NAME_MAX = 60  # characters of the id of a macro
_MOST_MACROS = 9  # of one reply


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What follows; empty: nothing of that kind.

    Args:
        macro: the macros that the text was made from, with blanks between them.
        reason: the contact reason, for a ticket that has none.
        tags: to add, with blanks between them.
        status: the ticket's, unless the customer has written meanwhile; likewise `snooze`, a time
            as it is typed, counted from the sending.
        assign: the agent who owns it then; `me` for who wrote the reply.
    """

    macro: str = ""
    reason: str = ""
    tags: str = ""
    status: str = ""
    snooze: str = ""
    assign: str = ""

    @classmethod
    def of(cls, params: Params, known: str | None = None) -> Self:
        """What the parameters of a reply ask for, unchecked.

        Args:
            known: as a draft keeps it; it holds for what the parameters do not name.

        Raises:
            UsageError: a parameter is no text.
        """
        stored = cls.load(known)
        return cls(
            " ".join(dict.fromkeys(text_of(params, "macro", stored.macro).split())),
            text_of(params, "then_reason", stored.reason),
            " ".join(text_of(params, "then_tags", stored.tags).split()),
            text_of(params, "then_status", stored.status),
            text_of(params, "then_snooze", stored.snooze),
            text_of(params, "then_assign", stored.assign).strip(),
        )

    def checked(self, work: Work) -> Self:
        """The same, if it makes sense.

        Raises:
            UsageError: it does not.
        """
        for macro in self.macros:
            if len(macro) > _NAME_MAX or not macro.isprintable():
                raise UsageError("That is no macro", f"Its id has at most {_NAME_MAX} characters")
        if len(self.macros) > _MOST_MACROS:
            raise UsageError(f"A reply is made from at most {_MOST_MACROS} macros")
        if self.reason and self.reason not in CONTACT_REASONS:
            raise UsageError(f"{self.reason[:40]!r} is no contact reason")
        for tag in self.tags.split():
            if not is_tag(tag):
                raise UsageError(f"{tag[:40]!r} is no tag")
        if self.status and self.status not in set(Status):
            raise UsageError(f"{self.status[:40]!r} is no status")
        if self.assign and not is_agent(self.assign):
            raise UsageError("An assignee is a name of at most 80 printable characters")
        if self.snooze:
            parse_when(self.snooze, work.tx.moment, work.desk.zone)
        return self

    @property
    def macros(self) -> tuple[str, ...]:
        """The macros that the text was made from, in their order."""
        return tuple(self.macro.split())

    def dump(self) -> str | None:
        """As it is stored; None where nothing follows."""
        kept = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(kept) if kept else None

    @classmethod
    def load(cls, stored: str | None) -> Self:
        """As it was stored."""
        return cls(**json.loads(stored)) if stored else cls()


def follow(work: Work, item: sqlite3.Row, change: Change) -> None:
    """Do what follows a reply that has just left. What cannot be done any more is left out."""
    wanted = FollowUp.load(item["follow_up"])
    ticket = work.tx.one("SELECT * FROM tickets WHERE id = ?", (item["ticket_id"],))
    if ticket is None:
        return
    for tag in wanted.tags.split():
        tickets.add_tag(work.tx, change, ticket, tag)
    if wanted.reason and ticket["contact_reason"] is None:
        tickets.set_field(work.tx, change, ticket, "contact_reason", wanted.reason)
    if wanted.assign:
        owner = item["author"] if wanted.assign == ME else wanted.assign
        tickets.set_field(work.tx, change, ticket, "assignee", owner)
    if item["then_resolve"] or ticket["waiting_since"] is not None:
        return
    if wanted.status:
        tickets.set_field(work.tx, change, ticket, "status", wanted.status)
    if wanted.snooze:
        _snooze(work, change, ticket, wanted.snooze)


def _snooze(work: Work, change: Change, ticket: sqlite3.Row, text: str) -> None:
    try:
        until = parse_when(text, work.tx.moment, work.desk.zone)
    except UsageError:
        return  # a day that has passed while the reply waited
    hidden = {"status": Status.SNOOZED, "snoozed_until": to_text(until)}
    tickets.set_fields(work.tx, change, ticket, hidden)
