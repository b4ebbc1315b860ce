"""Two tickets that are one matter, and one ticket that is two."""

from __future__ import annotations

import re
import sqlite3

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.domain.ticket import YIELDING, Status
from deskterm.service.act import Act, LeftAlone, Outcome, Params, flag_of, needed, the_ticket
from deskterm.service.moods import read_anew
from deskterm.service.work import Work
from deskterm.store import links, merging, splitting, tickets, turns
from deskterm.store.transaction import Value

_APART = re.compile(r"[\s,]+")


def _cannot_move(work: Work, ticket: sqlite3.Row | None) -> str | None:
    return merging.why_not(work.tx.connection, the_ticket(ticket)["id"])


def _merge(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row, tx, change = the_ticket(ticket), work.tx, work.change()
    named = tickets.ticket_by_ref(tx.connection, needed(params, "into"))
    target = tx.one(
        "SELECT * FROM tickets WHERE id = ?", (merging.end_of(tx.connection, named["id"]),)
    )
    if target is None or target["id"] == row["id"]:
        raise LeftAlone("It cannot be merged into itself")
    read_anew(tx, merging.set_merged(tx, change, row, target))
    for tag in tickets.tags(tx.connection, row["id"]):
        tickets.add_tag(tx, change, target, tag)
    tickets.set_fields(tx, change, target, _taken_over(row, target))
    links.add(tx, change, row, target, "duplicate_of")
    return {"into": target["ref"]}


def _taken_over(row: sqlite3.Row, target: sqlite3.Row) -> dict[str, Value]:
    """What the other ticket takes over: that it is our turn, and what it has nothing of itself."""
    values: dict[str, Value] = {}
    if row["status"] in (Status.NEW, Status.OPEN) and target["status"] in YIELDING:
        values |= {"status": Status.OPEN, "snoozed_until": None}
    if row["unread"]:
        values["unread"] = 1
    for name in ("assignee", "contact_reason"):
        if target[name] is None and row[name] is not None:
            values[name] = row[name]
    return values


def _split(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row, tx, change = the_ticket(ticket), work.tx, work.change()
    chosen = _chosen(work, row, params)
    uid = splitting.split_off(tx, change, row, chosen)
    fresh = tickets.ticket_by_uid(tx.connection, uid)
    if fresh is None:
        raise DesktermError("The new ticket is not there", "Nothing was changed")
    read_anew(tx, merging.set_merged(tx, change, fresh, None))
    tickets.set_field(tx, change, fresh, "status", turns.status_of(tx, fresh["id"]))
    links.add(tx, change, fresh, row, "related_to")
    left = tx.one("SELECT waiting_since FROM tickets WHERE id = ?", (row["id"],))
    if row["status"] in (Status.NEW, Status.OPEN) and left is not None and left[0] is None:
        tickets.set_field(tx, change, row, "status", Status.WAITING_CUSTOMER)
    return {"new": fresh["ref"], "messages": len(chosen)}


def _chosen(work: Work, ticket: sqlite3.Row, params: Params) -> list[int]:
    """The messages that leave: those that are named; of a single one, what follows it as well."""
    words = [word for word in _APART.split(needed(params, "message").strip()) if word]
    if not all(word.isascii() and word.isdecimal() and len(word) < 19 for word in words):
        raise UsageError("message must be the id of a message, or several of them")
    named = {int(word) for word in words}
    held = [
        row[0]
        for row in work.tx.all(
            "SELECT id FROM messages WHERE ticket_id = ? ORDER BY id", (ticket["id"],)
        )
    ]
    if not named <= set(held):
        raise UsageError("This ticket has no such message", "Nothing was changed")
    alone = flag_of(params, "alone")
    first = min(named)
    chosen = [one for one in held if one in named or (one >= first and not alone)]
    if len(named) > 1:
        chosen = sorted(named)
    if len(chosen) == len(held):
        raise LeftAlone("Nothing would be left on it")
    return chosen


ACTS = {
    "ticket.merge": Act(_merge, enabled=_cannot_move),
    "ticket.split": Act(_split, enabled=_cannot_move),
}
