"""What undo and redo do to replies on their way.

Nothing leaves by an undo that would not leave by itself: a reply that comes back into the outbox is
held for a whole hold window and passes every gate again, and a decision to send is never made
again by a redo.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from deskterm.domain.clock import to_text
from deskterm.domain.outbox import DeliveryState
from deskterm.service.work import Work
from deskterm.store import drafts, outbox
from deskterm.store.drafts import Content
from deskterm.store.journal import JournalRow
from deskterm.store.transaction import Change, Value

ENTITY = "outbox"
MARKED = "marked as sent"
SENT_AGAIN = "send again"

_S = DeliveryState
_NOT_LEFT = frozenset({_S.QUEUED, _S.RETRY_LATER})


@dataclass(frozen=True, slots=True)
class Inverted:
    """What became of it, in words. `is_past`: it never can be, so the next undo goes on behind it.
    `ticket` is the row of the ticket that it touched.
    """

    words: str
    is_done: bool = True
    is_past: bool = False
    ticket: int | None = None


def invert(work: Work, change: Change, entry: JournalRow, cause: str) -> Inverted:
    """Turn an entry about the outbox round; `cause` is `undo` or `redo`."""
    if entry.field == "paused":
        return _invert_pause(work, change, entry)
    item = work.tx.one("SELECT * FROM outbox_items WHERE uid = ?", (entry.entity_uid,))
    if item is None:
        return Inverted("the reply is no more in the outbox", is_done=False, is_past=True)
    if entry.field == "send_at":
        done = _invert_send_at(work, change, entry, item)
    elif entry.new == MARKED:
        done = Inverted("the reply was marked as sent", is_done=False, is_past=True)
    elif cause == "redo" or entry.op != "set" or entry.new is None:
        done = Inverted("the reply waits for you; decide again yourself", is_done=False)
    else:
        done = _invert_decision(work, change, entry, item)
    if done.is_done:
        attention = entry.old if entry.field == "override" else None
        outbox.note_on_ticket(work.tx, change, item["ticket_id"], attention)
    return done


def hold_again(work: Work, change: Change, item: sqlite3.Row) -> Inverted:
    """Put a reply that was taken back into the outbox again, as it was."""
    draft = work.tx.one("SELECT * FROM drafts WHERE uid = ?", (item["draft_uid"],))
    if item["state"] != _S.WITHDRAWN or draft is None:
        return Inverted("the reply is no more where it was", is_done=False, is_past=True)
    said = Content.of(draft).body
    if draft["state"] != "open" or draft["updated_at"] != item["ended_at"] or said != item["body"]:
        words = "its draft was changed since; send it yourself"
        return Inverted(words, is_done=False, is_past=True)
    later = item["send_at"] is not None and item["send_at"] > work.tx.now
    if not _hold(work, item, _S.SCHEDULED if later else _S.HELD):
        return Inverted("the reply is no more where it was", is_done=False, is_past=True)
    drafts.set_state(work.tx, draft["uid"], "submitted")
    outbox.note_on_ticket(work.tx, change, item["ticket_id"])
    return Inverted("reply held again", ticket=item["ticket_id"])


def _hold(work: Work, item: sqlite3.Row, state: DeliveryState, send_at: str | None = None) -> bool:
    """Bring an item to `held` or `scheduled`, with a hold window from now on."""
    until = work.tx.moment + timedelta(seconds=max(work.desk.hold_s, item["hold_s"]))
    columns: dict[str, Value] = {
        "hold_until": to_text(until),
        "send_at": send_at or (item["send_at"] if state == _S.SCHEDULED else None),
        "next_try_at": None,
        "reason": None,
        "ended_at": None,
    }
    return outbox.step(work.tx, item, state, columns)


def _invert_pause(work: Work, change: Change, entry: JournalRow) -> Inverted:
    present = outbox.paused_at(work.tx.connection)
    if (present is None) != (entry.new is None):
        words = "sending was stopped, or went on, since"
        return Inverted(words, is_done=False, is_past=True)
    outbox.set_paused(work.tx, change, paused=present is None)
    return Inverted("all sending is stopped" if present is None else "sending goes on")


def _invert_send_at(work: Work, change: Change, entry: JournalRow, item: sqlite3.Row) -> Inverted:
    """Back to the time that it had before, or into a hold window where it had none."""
    if item["state"] == _S.SCHEDULED and entry.old is None:
        done = _hold(work, item, _S.HELD)
    elif item["state"] in (_S.SCHEDULED, _S.HELD) and (entry.old or "") > work.tx.now:
        done = _hold(work, item, _S.SCHEDULED, entry.old)
    else:
        done = False
    if not done:
        words = "the reply cannot wait for that time any more"
        return Inverted(words, is_done=False, is_past=True)
    work.tx.journal(change, ENTITY, item["uid"], "send_at", "set", entry.new, entry.old)
    return Inverted("time to leave", ticket=item["ticket_id"])


def _invert_decision(work: Work, change: Change, entry: JournalRow, item: sqlite3.Row) -> Inverted:
    """A reply that was let go, against a reason or after a look, waits for a decision again."""
    if item["state"] not in _NOT_LEFT:
        state = str(item["state"]).replace("_", " ")
        return Inverted(f"the reply is {state}", is_done=False, is_past=item["state"] == _S.SENT)
    if entry.field == "override":
        columns: dict[str, Value] = {"override_reason": None, "overridden": "", "reason": entry.old}
        done = outbox.step(work.tx, item, _S.NEEDS_EDIT, columns)
    else:
        done = item["state"] == _S.QUEUED and outbox.step(work.tx, item, _S.ASK_AGENT)
    if not done:
        return Inverted("the reply is no more where it was", is_done=False)
    work.tx.journal(change, ENTITY, item["uid"], entry.field, "set", entry.new, entry.old)
    return Inverted("waits for your decision", ticket=item["ticket_id"])
