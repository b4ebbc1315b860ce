"""Running a command of the table: all its tickets in one transaction, undone as one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.service.act import LeftAlone, Outcome, flag_of
from deskterm.service.acts import ACTS
from deskterm.service.command import Command
from deskterm.service.table import find
from deskterm.service.work import Desk, Work
from deskterm.store import merging
from deskterm.store.tickets import ticket_by_ref
from deskterm.store.transaction import Transaction
from deskterm.store.writer import Rollback

_MAX_TICKETS = 10_000
_STATUS = "SELECT status FROM tickets WHERE id = ?"


def run(
    tx: Transaction, desk: Desk, command_id: str, params: Mapping[str, object], call_id: str
) -> Outcome:
    """Run one command and remember its answer, so that the same call is never done twice.

    `params` may hold `tickets`, a list of references, and `dry_run`.

    Raises:
        DesktermError: it cannot be done, with the reason; nothing was changed.
    """
    known = tx.one("SELECT answer FROM answered_calls WHERE id = ?", (call_id,))
    if known is not None:
        answer: Outcome = json.loads(known[0])
        return answer
    command = find(command_id)
    _check_parameters(command, params)
    work = Work(tx, desk, call_id, command.id)
    outcome = (
        _on_tickets(work, command, params)
        if command.scope == "ticket" and not (command.ticket_optional and "tickets" not in params)
        else _once(work, command, params)
    )
    if flag_of(params, "dry_run"):
        raise Rollback({**outcome, "dry_run": True})
    tx.execute(
        "INSERT INTO answered_calls (id, at, answer) VALUES (?,?,?)",
        (call_id, tx.now, json.dumps(outcome)),
    )
    return outcome


def _check_parameters(command: Command, params: Mapping[str, object]) -> None:
    known = {p.name for p in command.parameters} | {"dry_run"}
    if command.scope == "ticket":
        known.add("tickets")
    for name in params:
        if name not in known:
            takes = ", ".join(p.name for p in command.parameters) or "none"
            raise UsageError(f"{command.id} takes no {name[:40]!r}", f"Its parameters: {takes}")


def _once(work: Work, command: Command, params: Mapping[str, object]) -> Outcome:
    reason = ACTS[command.id].enabled(work, None)
    if reason is not None:
        raise DesktermError(f"{command.title}: {reason}", code="disabled")
    return {"command": command.id, **ACTS[command.id].run(work, None, params)}


def _on_tickets(work: Work, command: Command, params: Mapping[str, object]) -> Outcome:
    refs = params.get("tickets")
    if not isinstance(refs, list) or not refs:
        raise UsageError(f"{command.id} needs a ticket", "", "Name one by its reference")
    if len(refs) > _MAX_TICKETS:
        raise UsageError(f"{len(refs)} tickets at once are too many", f"At most {_MAX_TICKETS}")
    done: list[Outcome] = []
    skipped: list[Outcome] = []
    found = [ticket_by_ref(work.tx.connection, str(ref)) for ref in refs]
    tickets = {row["id"]: row for row in found}
    work.count = len(tickets)
    for ticket_id, ticket in tickets.items():
        try:
            outcome = _on_ticket(work, command, ticket, params)
        except LeftAlone as why:
            skipped.append({"ticket": ticket["ref"], "reason": why.title})
            continue
        (status,) = work.tx.execute(_STATUS, (ticket_id,)).fetchone()
        done.append({"ticket": ticket["ref"], "status": status, **outcome})
    if not done:
        raise DesktermError(
            f"{command.title}: {skipped[0]['reason']}",
            "" if len(skipped) == 1 else f"The same holds for {len(skipped) - 1} more",
            code="disabled",
        )
    return {"command": command.id, "done": done, "skipped": skipped}


def _on_ticket(
    work: Work, command: Command, ticket: sqlite3.Row, params: Mapping[str, object]
) -> Outcome:
    other = merging.ref_merged_into(work.tx.connection, ticket)
    if other is not None:
        raise LeftAlone(f"It was merged into {other}")
    reason = ACTS[command.id].enabled(work, ticket)
    if reason is not None:
        raise LeftAlone(reason)
    return ACTS[command.id].run(work, ticket, params)
