"""Triage: what an agent does to a ticket without writing to the customer."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from deskterm.domain.cards import mask_cards
from deskterm.domain.clock import from_text, to_text
from deskterm.domain.errors import UsageError
from deskterm.domain.ticket import Status
from deskterm.domain.triage import CONTACT_REASONS, PRIORITIES, is_agent, is_tag
from deskterm.domain.when import parse_when, read_duration
from deskterm.service.act import (
    Act,
    Outcome,
    Params,
    flag_of,
    needed,
    text_of,
    the_ticket,
)
from deskterm.service.work import Work
from deskterm.store import drafts, tickets, turns
from deskterm.store.drafts import Content
from deskterm.store.tickets import PhoneCall
from deskterm.store.transaction import Change, Value

#: Takes a contact reason off.
NO_REASON: Final = "none"
_DIRECTIONS: Mapping[str, Literal["inbound", "outbound"]] = MappingProxyType(
    {"in": "inbound", "inbound": "inbound", "out": "outbound", "outbound": "outbound"}
)


def _settle(work: Work, ticket: sqlite3.Row, status: Status) -> None:
    """Nothing is owed for what the customer wrote so far, and the ticket moves to `status`.

    So nothing waits any more, whatever its messages are (see `deskterm.domain.ticket.turn`).
    """
    values: dict[str, Value] = {"status": status, "attention": None}
    newest = tickets.newest_inbound(work.tx.connection, ticket["id"])
    if newest is not None:
        values["answered_until"] = newest["received_at"]
    if status != Status.SNOOZED:
        values["snoozed_until"] = None
    tickets.set_fields(work.tx, work.change(), ticket, values, {"waiting_since": None})


def _is_resolved(_work: Work, ticket: sqlite3.Row | None) -> str | None:
    status = the_ticket(ticket)["status"]
    return "It is resolved already" if status in (Status.RESOLVED, Status.CLOSED) else None


def _resolve(work: Work, ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    _settle(work, the_ticket(ticket), Status.RESOLVED)
    return {}


def _is_open(_work: Work, ticket: sqlite3.Row | None) -> str | None:
    status = the_ticket(ticket)["status"]
    return "It is open already" if status in (Status.NEW, Status.OPEN) else None


def _reopen(work: Work, ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    row = the_ticket(ticket)
    opened = {"status": Status.OPEN, "answered_until": None, "snoozed_until": None}
    tickets.set_fields(work.tx, work.change(), row, opened)
    turns.refresh(work.tx, row["id"])
    return {}


def _snooze(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row = the_ticket(ticket)
    until = parse_when(needed(params, "until"), work.tx.moment, work.desk.zone)
    hidden = {"status": Status.SNOOZED, "snoozed_until": to_text(until)}
    tickets.set_fields(work.tx, work.change(), row, hidden)
    return {"until": to_text(until)}


def _assign(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    name = text_of(params, "to").strip()
    if name and not is_agent(name):
        raise UsageError("An assignee is a name of at most 80 printable characters")
    tickets.set_field(work.tx, work.change(), the_ticket(ticket), "assignee", name or None)
    return {"assignee": name or None}


def _take(work: Work, ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    tickets.set_field(work.tx, work.change(), the_ticket(ticket), "assignee", work.desk.agent)
    return {"assignee": work.desk.agent}


def _tag(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row = the_ticket(ticket)
    for word in filter(None, re.split(r"[\s,]+", needed(params, "tag"))):
        name = word.lstrip("+-").lower()
        if not is_tag(name):
            raise UsageError(
                f"{word[:40]!r} is no tag",
                "",
                "A tag begins with a letter or digit and holds letters, digits and . : / - _; "
                "'-name' takes it off",
            )
        act = tickets.remove_tag if word.startswith("-") else tickets.add_tag
        act(work.tx, work.change(), row, name)
    return {"tags": tickets.tags(work.tx.connection, row["id"])}


def _reason(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    name = _choice(params, "reason", (*CONTACT_REASONS, NO_REASON))
    value = None if name == NO_REASON else name
    tickets.set_field(work.tx, work.change(), the_ticket(ticket), "contact_reason", value)
    return {"reason": value}


def _priority(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    name = _choice(params, "priority", PRIORITIES)
    tickets.set_field(work.tx, work.change(), the_ticket(ticket), "priority", name)
    return {"priority": name}


def _choice(params: Params, name: str, choices: Sequence[str]) -> str:
    """One of a few words, or so much of its beginning as no other has."""
    word = needed(params, name).strip().lower().replace("-", "_").replace(" ", "_")
    found = [each for each in choices if each == word] or [
        each for each in choices if each.startswith(word)
    ]
    if len(found) != 1:
        raise UsageError(f"{word[:40]!r} is no {name}", f"There are {', '.join(choices)}")
    return found[0]


def _is_spam(_work: Work, ticket: sqlite3.Row | None) -> str | None:
    return "It is spam already" if the_ticket(ticket)["status"] == Status.SPAM else None


def _spam(work: Work, ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    hidden = {"status": Status.SPAM, "attention": None, "snoozed_until": None, "unread": 0}
    tickets.set_fields(work.tx, work.change(), the_ticket(ticket), hidden)
    return {}


def _is_no_spam(_work: Work, ticket: sqlite3.Row | None) -> str | None:
    return None if the_ticket(ticket)["status"] == Status.SPAM else "It is no spam"


def _not_spam(work: Work, ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    row = the_ticket(ticket)
    status = turns.status_of(work.tx, row["id"])
    tickets.set_field(work.tx, work.change(), row, "status", status)
    return {}


def _unread(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row = the_ticket(ticket)
    unread = flag_of(params, "on", default=not row["unread"])
    tickets.set_field(work.tx, work.change(), row, "unread", int(unread))
    return {"unread": unread}


def _seen(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """It was on the screen up to the message `seen`; what came after that is still unread."""
    row = the_ticket(ticket)
    seen = params.get("seen")
    if seen is not None and not isinstance(seen, int):
        raise UsageError("seen must be the row of a message")
    newest = tickets.newest_inbound(work.tx.connection, row["id"])
    if seen is None or newest is None or newest["id"] <= seen:
        # No act of its own: undo takes back what was done before.
        change = Change(work.desk.agent, "seen", work.call_id, work.label)
        tickets.set_field(work.tx, change, row, "unread", 0)
        return {"unread": False}
    return {"unread": bool(row["unread"])}


def _needs_no_reply(_work: Work, ticket: sqlite3.Row | None) -> str | None:
    row = the_ticket(ticket)
    if row["status"] in (Status.NEW, Status.OPEN) or row["waiting_since"]:
        return None
    return "It does not wait for a reply"


def _no_reply_needed(work: Work, ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    row = the_ticket(ticket)
    status = Status(row["status"])
    keeps = status not in (Status.NEW, Status.OPEN)
    _settle(work, row, status if keeps else Status.WAITING_CUSTOMER)
    return {}


def _note(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    body = mask_cards(needed(params, "text"))
    row, change = the_ticket(ticket), work.change()
    draft = text_of(params, "draft")
    if draft:
        drafts.must_be_open(work.tx.connection, draft, row["id"])
    uid = tickets.add_note(work.tx, change, row, work.desk.agent, body)
    if draft:
        drafts.put(work.tx, draft, Content(body, drafts.NOTE))
        drafts.set_state(work.tx, draft, "submitted")
        work.tx.journal(
            change, "ticket", row["uid"], "draft", "remove", draft, None, row["customer_id"]
        )
    return {"note": uid}


def _phone_log(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """A call, as a note: it is neither sent nor counted as an answer."""
    direction = _DIRECTIONS.get(needed(params, "direction").strip().lower())
    if direction is None:
        raise UsageError("direction must be in or out", "Who called: in for the customer")
    call = PhoneCall(direction, read_duration(needed(params, "duration")))
    body = mask_cards(needed(params, "text"))
    row = the_ticket(ticket)
    uid = tickets.add_note(work.tx, work.change(), row, work.desk.agent, body, call)
    return {"note": uid}


def wake(work: Work) -> int:
    """Bring back snoozed tickets whose time has come. Returns how many."""
    due = work.tx.all(
        "SELECT * FROM tickets WHERE snoozed_until <= ? AND status = 'snoozed'", (work.tx.now,)
    )
    change = Change("clock", "clock", work.call_id, work.label)
    for row in due:
        before = tickets.status_before_snooze(work.tx.connection, row["uid"])
        tickets.set_field(work.tx, change, row, "status", before)
        tickets.set_field(work.tx, change, row, "snoozed_until", None)
        tickets.set_field(work.tx, change, row, "attention", "The snooze has ended")
    return len(due)


def next_wake_s(work: Work) -> float | None:
    """Seconds until the next snoozed ticket is due; None when none is."""
    row = work.tx.one(
        "SELECT min(snoozed_until) FROM tickets WHERE snoozed_until IS NOT NULL"
        " AND status = 'snoozed'"
    )
    if row is None or row[0] is None:
        return None
    return max(0.0, (from_text(row[0]) - work.tx.moment).total_seconds())


ACTS = {
    "ticket.resolve": Act(_resolve, enabled=_is_resolved),
    "ticket.reopen": Act(_reopen, enabled=_is_open),
    "ticket.snooze": Act(_snooze),
    "ticket.assign": Act(_assign),
    "ticket.take": Act(_take),
    "ticket.tag": Act(_tag),
    "ticket.reason": Act(_reason),
    "ticket.priority": Act(_priority),
    "ticket.spam": Act(_spam, enabled=_is_spam),
    "ticket.not_spam": Act(_not_spam, enabled=_is_no_spam),
    "ticket.unread": Act(_unread),
    "ticket.seen": Act(_seen),
    "ticket.no_reply_needed": Act(_no_reply_needed, enabled=_needs_no_reply),
    "ticket.note": Act(_note),
    "ticket.phone_log": Act(_phone_log),
}
