"""Deciding about replies on their way: take back, send anyway, say what became of one."""

from __future__ import annotations

import sqlite3

from deskterm.domain.clock import from_text, to_text
from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState, StepRefused
from deskterm.domain.when import parse_when
from deskterm.service import delivery, gates, learning, repeats
from deskterm.service.act import Act, Outcome, Params, needed
from deskterm.service.commands.outbox_undo import MARKED, SENT_AGAIN
from deskterm.service.work import Work
from deskterm.store import drafts, outbox
from deskterm.store.tickets import newest_inbound

_S = DeliveryState
_TAKE_BACK = frozenset({_S.HELD, _S.SCHEDULED, _S.QUEUED, _S.RETRY_LATER, _S.NEEDS_EDIT})


def take_back(work: Work, item: sqlite3.Row) -> bool:
    """Turn an item into a draft again, if it has not begun to leave."""
    if DeliveryState(item["state"]) not in _TAKE_BACK:
        return False
    if not outbox.step(work.tx, item, _S.WITHDRAWN):
        return False
    if item["draft_uid"]:
        drafts.bring_back(work.tx, item["draft_uid"])
    learning.unlearn(work, item["uid"])
    repeats.take_back(work, item["uid"])
    return True


def _item(work: Work, params: Params) -> sqlite3.Row:
    return outbox.item_by_uid(work.tx.connection, needed(params, "item"))


def _moved(
    work: Work, item: sqlite3.Row, after: DeliveryState, **columns: str | int | None
) -> None:
    try:
        moved = outbox.step(work.tx, item, after, dict(columns))
    except StepRefused as error:
        raise _not_now(item) from error
    if not moved:
        raise _not_now(item)


def _not_now(item: sqlite3.Row) -> DesktermError:
    return DesktermError(
        f"This reply is {item['state'].replace('_', ' ')}; that cannot be done with it now",
        "Nothing was changed.",
        "'deskterm outbox list' shows where it stands",
        code="disabled",
    )


def _take_back(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    item = _item(work, params)
    if not take_back(work, item):
        raise _not_now(item)
    _journal_reply(work, item)
    outbox.note_on_ticket(work.tx, work.change(), item["ticket_id"])
    return {"item": item["uid"], "draft": item["draft_uid"]}


def _journal_reply(work: Work, item: sqlite3.Row) -> None:
    """Write down that a reply was taken back, which undo turns round."""
    ticket = work.tx.one("SELECT uid, customer_id FROM tickets WHERE id = ?", (item["ticket_id"],))
    if ticket is not None:
        of = ("ticket", ticket["uid"], "reply", "remove", item["uid"], None, ticket["customer_id"])
        work.tx.journal(work.change(), *of)


def _send_anyway(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """The agent has seen the reason; what was seen until now counts as seen."""
    item = _item(work, params)
    reason = needed(params, "reason")
    if item["state"] != _S.NEEDS_EDIT:
        raise _not_now(item)
    newest = newest_inbound(work.tx.connection, item["ticket_id"])
    seen_row = newest["id"] if newest else None
    _moved(
        work,
        item,
        _S.QUEUED,
        seen_row=seen_row,
        override_reason=reason,
        overridden=" ".join(sorted(gates.warnings_now(work, item, seen_row))),
        reason=None,
        next_try_at=None,
    )
    work.tx.journal(work.change(), "outbox", item["uid"], "override", "set", item["reason"], reason)
    outbox.note_on_ticket(work.tx, work.change(), item["ticket_id"])
    return {"item": item["uid"]}


def _send_again(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """The agent decided that it did not go out; it keeps its key, so that a twin can be told."""
    item = _item(work, params)
    if item["state"] != _S.ASK_AGENT:
        raise _not_now(item)
    _moved(work, item, _S.QUEUED, reason=None, next_try_at=None)
    work.tx.journal(work.change(), "outbox", item["uid"], "decision", "set", None, SENT_AGAIN)
    outbox.note_on_ticket(work.tx, work.change(), item["ticket_id"])
    return {"item": item["uid"]}


def _mark_sent(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    item = _item(work, params)
    if item["state"] != _S.ASK_AGENT:
        raise _not_now(item)
    work.tx.journal(work.change(), "outbox", item["uid"], "decision", "set", None, MARKED)
    sent = delivery.Sent(
        f"marked:{item['uid']}",
        from_text(item["started_at"]) if item["started_at"] else work.tx.moment,
        message_id=item["key"] if item["key"].startswith("<") else None,
    )
    delivery.record_sent(work, item, sent)
    return {"item": item["uid"]}


def _send_later(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """Put off what has not begun to leave, or give it another time."""
    item = _item(work, params)
    until = to_text(parse_when(needed(params, "until"), work.tx.moment, work.desk.zone))
    _moved(work, item, _S.SCHEDULED, send_at=until, next_try_at=None, reason=None)
    work.tx.journal(work.change(), "outbox", item["uid"], "send_at", "set", item["send_at"], until)
    outbox.note_on_ticket(work.tx, work.change(), item["ticket_id"])
    return {"item": item["uid"], "send_at": until}


def _pause(work: Work, _ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    outbox.set_paused(work.tx, work.change(), paused=True)
    return {"paused": True}


def _is_paused(work: Work, _ticket: sqlite3.Row | None) -> str | None:
    return "Sending is paused already" if outbox.is_paused(work.tx.connection) else None


def _resume(work: Work, _ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    outbox.set_paused(work.tx, work.change(), paused=False)
    return {"paused": False}


def _is_going(work: Work, _ticket: sqlite3.Row | None) -> str | None:
    return None if outbox.is_paused(work.tx.connection) else "Sending is not paused"


ACTS = {
    "outbox.take_back": Act(_take_back),
    "outbox.send_anyway": Act(_send_anyway),
    "outbox.send_again": Act(_send_again),
    "outbox.mark_sent": Act(_mark_sent),
    "outbox.send_later": Act(_send_later),
    "outbox.pause": Act(_pause, enabled=_is_paused),
    "outbox.resume": Act(_resume, enabled=_is_going),
}
