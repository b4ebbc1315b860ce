"""Undo and redo, as readings of the journal."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState
from deskterm.service.act import Act, Outcome, Params
from deskterm.service.commands import macros, outbox_undo, repeats
from deskterm.service.commands import outbox as outbox_commands
from deskterm.service.moods import read_anew
from deskterm.service.work import Work
from deskterm.store import (
    drafts,
    journal,
    links,
    merging,
    outbox,
    splitting,
    ticket_orders,
    tickets,
    turns,
)
from deskterm.store.journal import JournalRow
from deskterm.store.transaction import Change


@dataclass(slots=True)
class _Report:
    """What was put back and what was left alone, with the reason. `merged` are the tickets that
    are merged or taken apart, whose status follows from that. `left` are replies that are gone.
    """

    done: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    left: list[JournalRow] = field(default_factory=list)
    merged: frozenset[str] = frozenset()


def _undo(work: Work, _ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    group = journal.undoable_group(work.tx.connection, work.desk.agent)
    return _invert(work, group, "undo")


def _redo(work: Work, _ticket: sqlite3.Row | None, _params: Params) -> Outcome:
    group = journal.redoable_group(work.tx.connection, work.desk.agent)
    return _invert(work, group, "redo")


def _invert(work: Work, group: str | None, cause: str) -> Outcome:
    if group is None:
        raise DesktermError(f"There is nothing to {cause}", code="nothing_to_undo")
    entries = journal.group_entries(work.tx.connection, group)
    change = Change(work.desk.agent, cause, work.call_id, entries[0].label, reverts=group)
    _split_again(work, change, cause, entries)
    merges = [entry for entry in entries if entry.field == "merged_into"]
    report = _Report(merged=frozenset(entry.entity_uid for entry in merges))
    report.kept += [why for entry in merges if (why := _why_it_stays(work, entry))]
    if report.kept:
        raise _nothing_done(cause, report.kept)
    # What a ticket says of its reply follows the reply and is never put back by itself.
    replies = any(entry.field == "reply" for entry in entries)
    on_their_way = replies or any(entry.entity == outbox_undo.ENTITY for entry in entries)
    beside = {"outgoing", "attention"} if on_their_way else set()
    for entry in _latest_of_each(entries):
        if entry.entity == outbox_undo.ENTITY:
            if not replies:  # else it says why the reply was let go, and follows it
                _note(work, report, entry, outbox_undo.invert(work, change, entry, cause))
        elif entry.field not in beside:
            _invert_entry(work, change, entry, report)
    if not report.done and not (cause == "undo" and report.left):
        raise _nothing_done(cause, report.kept)
    if not report.done:
        _go_past(work, change, report)
    for uid in report.touched:
        row = tickets.ticket_by_uid(work.tx.connection, uid)
        if row is not None:
            turns.refresh(work.tx, row["id"])
    refs = [
        row["ref"]
        for uid in sorted(report.touched)
        if (row := tickets.ticket_by_uid(work.tx.connection, uid)) is not None
    ]
    return {
        "label": entries[0].label,
        "tickets": refs,
        "changed": report.done,
        "kept": report.kept,
    }


def _split_again(work: Work, change: Change, cause: str, entries: list[JournalRow]) -> None:
    """Make the tickets anew that the undo of a split removed; what follows merges them out.

    Raises:
        DesktermError: the messages have gone elsewhere since.
    """
    for entry in entries:
        removed = entry.op == "remove" and entry.field == splitting.SPLIT
        if removed and not splitting.again(work.tx, change, entry.old or "{}"):
            raise _nothing_done(cause, ["the messages are elsewhere by now"])


def _go_past(work: Work, change: Change, report: _Report) -> None:
    """Note that a reply has left for good: the next undo goes on behind it."""
    for entry in report.left:
        of = (entry.entity, entry.entity_uid, entry.field)
        work.tx.journal(change, *of, "keep", entry.new, entry.new)
        if entry.entity == "ticket":
            report.touched.add(entry.entity_uid)
    report.kept.append("the next undo goes on behind it")


def _note(work: Work, report: _Report, entry: JournalRow, done: outbox_undo.Inverted) -> None:
    """What became of a reply goes into the report."""
    (report.done if done.is_done else report.kept).append(done.words)
    if done.is_past:
        report.left.append(entry)
    ticket = work.tx.one("SELECT uid FROM tickets WHERE id = ?", (done.ticket,))
    if ticket is not None:
        report.touched.add(ticket["uid"])


def _nothing_done(cause: str, kept: list[str]) -> DesktermError:
    return DesktermError(
        f"Nothing could be {'undone' if cause == 'undo' else 'done again'}",
        ". ".join(kept),
        code="changed_since",
    )


def _latest_of_each(entries: list[JournalRow]) -> list[JournalRow]:
    """One entry for each field, newest first: the first old and the last new value belong together.

    A send-and-resolve writes to `outgoing` when it is submitted and again when it has left.
    """
    folded: dict[tuple[str, str, str], JournalRow] = {}
    for entry in entries:
        if entry.op != "set":
            item = (entry.entity_uid, entry.field, entry.new or entry.old or str(entry.seq))
            if item in folded and {folded[item].op, entry.op} == {"add", "remove"}:
                del folded[item]
            else:
                folded[item] = entry
            continue
        key = (entry.entity_uid, entry.field, "")
        first = folded.pop(key, entry)
        folded[key] = replace(entry, old=first.old)
    return list(reversed(folded.values()))


def _invert_entry(work: Work, change: Change, entry: JournalRow, report: _Report) -> None:
    if entry.entity == "draft":
        _invert_loose_draft(work, change, entry, report)
        return
    if entry.entity == repeats.ENTITY:
        if repeats.invert(work, change, entry, report.kept):
            report.done.append("macro")
        return
    if entry.entity != "ticket":
        return
    ticket = tickets.ticket_by_uid(work.tx.connection, entry.entity_uid)
    if ticket is None:
        return
    if entry.erased:
        report.kept.append(f"{_words(entry)} of {ticket['ref']}: its values were erased")
    elif entry.field == "reply":
        _invert_reply(work, change, ticket, entry, report)
    elif entry.field == "note":
        _invert_note(work, change, ticket, entry, report)
    elif entry.field == "draft":
        _invert_draft(work, change, ticket, entry, report)
    elif entry.field == "merged_into":
        _invert_merge(work, change, ticket, entry, report)
    elif entry.field == splitting.SPLIT and entry.op == "add":
        splitting.take_back(work.tx, change, entry.new or "{}")
        report.touched.add(entry.entity_uid)
    elif entry.field == "order":
        _invert_order(work, change, ticket, entry, report)
    elif entry.field == "link":
        value = entry.new or entry.old or ""
        links.invert(work.tx, change, ticket, value, there=entry.op != "add")
    elif entry.field == macros.FIELD:
        value = entry.new or entry.old or ""
        if macros.set_dismissed(work, change, ticket, value, there=entry.op != "add"):
            report.done.append(_words(entry))
            report.touched.add(entry.entity_uid)
    elif entry.op == "set" and entry.field in tickets.FIELDS:
        _invert_field(work, change, ticket, entry, report)
    elif entry.field == "tag":
        act, tag = (
            (tickets.remove_tag, entry.new) if entry.op == "add" else (tickets.add_tag, entry.old)
        )
        if tag is not None and act(work.tx, change, ticket, tag):
            report.done.append(f"tag {tag}")
            report.touched.add(entry.entity_uid)


def _invert_field(
    work: Work, change: Change, ticket: sqlite3.Row, entry: JournalRow, report: _Report
) -> None:
    value = ticket[entry.field]
    present = None if value is None else str(value)
    if present == entry.old and entry.entity_uid in report.merged:
        return
    if present != entry.new:
        report.kept.append(_changed_since(work, ticket, entry))
        return
    if entry.old == entry.new:
        return
    old: str | int | None = entry.old
    if entry.field == "unread" and old is not None:
        old = int(old)
    tickets.set_field(work.tx, change, ticket, entry.field, old)
    report.done.append(_words(entry))
    report.touched.add(entry.entity_uid)


def _changed_since(work: Work, ticket: sqlite3.Row, entry: JournalRow) -> str:
    last = journal.last_change(work.tx.connection, entry.entity_uid, entry.field)
    who = f"{last.author} changed it at {last.at}" if last else "it was changed since"
    return f"{_words(entry)} of {ticket['ref']}: {who}"


def _why_it_stays(work: Work, entry: JournalRow) -> str | None:
    """Why a merge, or a split, cannot be turned round; nothing of its act is then."""
    connection = work.tx.connection
    ticket = tickets.ticket_by_uid(connection, entry.entity_uid)
    if ticket is None or entry.erased:
        return f"{_words(entry)}: its values were erased"
    if _uid_merged_into(work, ticket) != entry.new:
        return _changed_since(work, ticket, entry)
    if entry.old is None:
        why = merging.why_not_apart(connection, ticket["id"])
        return f"{ticket['ref']}: {why}" if why else None
    why = merging.why_not(connection, ticket["id"])
    if why is not None:
        return f"{ticket['ref']}: {why}"
    into = tickets.ticket_by_uid(connection, entry.old)
    if into is None or merging.end_of(connection, into["id"]) == ticket["id"]:
        return f"{ticket['ref']}: the other ticket was merged into it since"
    return None


def _uid_merged_into(work: Work, ticket: sqlite3.Row) -> str | None:
    row = work.tx.one("SELECT uid FROM tickets WHERE id = ?", (ticket["merged_into_id"],))
    return None if row is None else str(row[0])


def _invert_merge(
    work: Work, change: Change, ticket: sqlite3.Row, entry: JournalRow, report: _Report
) -> None:
    into = tickets.ticket_by_uid(work.tx.connection, entry.old) if entry.old else None
    read_anew(work.tx, merging.set_merged(work.tx, change, ticket, into))
    report.done.append("taken apart" if into is None else "put together")
    report.touched.add(entry.entity_uid)


def _invert_order(
    work: Work, change: Change, ticket: sqlite3.Row, entry: JournalRow, report: _Report
) -> None:
    uid = entry.new or entry.old or ""
    if ticket_orders.put_back(work.tx, change, ticket, uid, entry.op):
        report.done.append("order")
        report.touched.add(entry.entity_uid)
    else:
        report.kept.append(_changed_since(work, ticket, entry))


def _invert_note(
    work: Work, change: Change, ticket: sqlite3.Row, entry: JournalRow, report: _Report
) -> None:
    withdrawn = entry.op == "remove"
    uid = entry.old if withdrawn else entry.new
    if uid is None:
        return
    tickets.withdraw_note(work.tx, uid, back=withdrawn)
    op, old, new = ("create", None, uid) if withdrawn else ("remove", uid, None)
    work.tx.journal(change, "ticket", ticket["uid"], "note", op, old, new, ticket["customer_id"])
    report.done.append("note")
    report.touched.add(entry.entity_uid)


def _invert_draft(
    work: Work, change: Change, ticket: sqlite3.Row, entry: JournalRow, report: _Report
) -> None:
    uid = entry.old or entry.new
    if uid is None:
        return
    if entry.op == "remove":
        drafts.bring_back(work.tx, uid)
    else:
        drafts.set_state(work.tx, uid, "discarded")
    op, old, new = ("create", None, uid) if entry.op == "remove" else ("remove", uid, None)
    work.tx.journal(change, "ticket", ticket["uid"], "draft", op, old, new, ticket["customer_id"])
    report.done.append("draft")
    report.touched.add(entry.entity_uid)


def _invert_loose_draft(work: Work, change: Change, entry: JournalRow, report: _Report) -> None:
    """The draft of a new message, which has no ticket."""
    if entry.op == "remove":
        drafts.bring_back(work.tx, entry.entity_uid)
        op, old, new = "create", None, entry.entity_uid
    else:
        drafts.set_state(work.tx, entry.entity_uid, "discarded")
        op, old, new = "remove", entry.entity_uid, None
    work.tx.journal(change, "draft", entry.entity_uid, "draft", op, old, new)
    report.done.append("draft")


def _words(entry: JournalRow) -> str:
    return entry.field.replace("_", " ")


def _invert_reply(
    work: Work, change: Change, ticket: sqlite3.Row, entry: JournalRow, report: _Report
) -> None:
    if entry.op == "remove" or entry.new is None:
        if change.cause == "undo" and entry.old is not None:
            _hold_again(work, change, ticket, entry, report)
        else:
            report.kept.append("the reply stays a draft; send it again yourself")
        return
    item = outbox.item_by_uid(work.tx.connection, entry.new)
    if outbox_commands.take_back(work, item):
        work.tx.journal(
            change,
            "ticket",
            ticket["uid"],
            "reply",
            "remove",
            entry.new,
            None,
            ticket["customer_id"],
        )
        outbox.note_on_ticket(work.tx, change, ticket["id"])
        report.done.append("reply taken back")
        report.touched.add(entry.entity_uid)
    elif item["state"] == DeliveryState.SENT:
        report.kept.append(f"the reply left at {item['ended_at']}")
        report.left.append(entry)
    elif item["state"] == DeliveryState.WITHDRAWN:
        report.kept.append("the reply was taken back already")
        report.left.append(entry)
    else:
        report.kept.append(f"the reply is {item['state'].replace('_', ' ')}")


def _hold_again(
    work: Work, change: Change, ticket: sqlite3.Row, entry: JournalRow, report: _Report
) -> None:
    """A reply that was taken back in the outbox is held anew."""
    item = outbox.item_by_uid(work.tx.connection, entry.old or "")
    done = outbox_undo.hold_again(work, change, item)
    _note(work, report, entry, done)
    if done.is_done:
        of = ("ticket", ticket["uid"], "reply", "create", None, entry.old, ticket["customer_id"])
        work.tx.journal(change, *of)


ACTS = {
    "app.undo": Act(_undo),
    "app.redo": Act(_redo),
}
