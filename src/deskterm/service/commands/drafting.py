"""Drafts: kept while an agent writes, thrown away on request."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from deskterm.service import typed
from deskterm.service.act import Act, Outcome, Params, needed, text_of
from deskterm.service.work import Work
from deskterm.store import drafts
from deskterm.store.accounts import account_named
from deskterm.store.drafts import Content


def _save(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """Keep a text. `base` is the time at which the writer last knew the draft: where it is another
    one now, nothing is overwritten, both texts are kept in one and given back.
    """
    named = _named(work, ticket, params)
    other = _other(work, ticket, named, params)
    content = typed.masked(typed.content_of(params, named or other, files="files"))
    if named is not None and named["state"] != "open":
        if content.body.strip() == named["body"].strip():
            return {"draft": "", "saved_at": work.tx.now}  # it went its way as it is
        named = None
    if ticket is None:
        return _save_loose(work, named, content, params)
    present = named or other
    base = text_of(params, "base")
    if present is None:
        if content.is_empty:
            return {"draft": "", "saved_at": work.tx.now}
        uid = drafts.add(work.tx, work.desk.agent, content, ticket_id=ticket["id"])
        return {"draft": uid, "saved_at": work.tx.now}
    wanted = content
    if base and base != present["updated_at"]:
        content = content.above(Content.of(present))
    if other is not None and other["uid"] != present["uid"]:
        # It became a note, or a reply, and there is one already: both are one from here.
        content = content.above(Content.of(other))
        drafts.set_state(work.tx, other["uid"], "discarded")
    return _put(work, present["uid"], wanted, content)


def _named(work: Work, ticket: sqlite3.Row | None, params: Params) -> sqlite3.Row | None:
    """The draft that is named, if it is the agent's own, on this ticket."""
    uid = text_of(params, "draft")
    if not uid:
        return None
    row = drafts.by_uid(work.tx.connection, uid)
    at_home = row["ticket_id"] == (ticket["id"] if ticket is not None else None)
    return row if row["author"] == work.desk.agent and (at_home or ticket is None) else None


def _other(
    work: Work, ticket: sqlite3.Row | None, named: sqlite3.Row | None, params: Params
) -> sqlite3.Row | None:
    """The agent's open draft of the kind that is saved."""
    if ticket is None:
        return None
    kind = text_of(params, "kind", named["kind"] if named else drafts.REPLY)
    return drafts.open_one(work.tx.connection, ticket["id"], work.desk.agent, kind)


def _save_loose(
    work: Work, present: sqlite3.Row | None, content: Content, params: Params
) -> Outcome:
    """Keep a new message, which has no ticket yet."""
    content = replace(content, kind=drafts.REPLY)
    if present is not None:
        base = text_of(params, "base")
        moved = base and base != present["updated_at"]
        if text_of(params, "account"):
            account = account_named(work.tx.connection, text_of(params, "account"))
            drafts.set_account(work.tx, present["uid"], account.id)
        kept = content.above(Content.of(present)) if moved else content
        return _put(work, present["uid"], content, kept)
    account = account_named(work.tx.connection, needed(params, "account"))
    if content.is_empty:
        return {"draft": "", "saved_at": work.tx.now}
    uid = drafts.add(work.tx, work.desk.agent, content, account_id=account.id)
    return {"draft": uid, "saved_at": work.tx.now}


def _put(work: Work, uid: str, wanted: Content, content: Content) -> Outcome:
    drafts.put(work.tx, uid, content)
    if content.is_empty:
        drafts.set_state(work.tx, uid, "discarded")
        return {"draft": "", "saved_at": work.tx.now}
    merged: Outcome = {"text": content.body} if content.body != wanted.body else {}
    return {"draft": uid, "saved_at": work.tx.now, **merged}


def _discard(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    uid = needed(params, "draft")
    drafts.must_be_open(work.tx.connection, uid, ticket["id"] if ticket is not None else None)
    drafts.set_state(work.tx, uid, "discarded")
    change = work.change()
    if ticket is None:
        work.tx.journal(change, "draft", uid, "draft", "remove", uid, None)
    else:
        customer = ticket["customer_id"]
        work.tx.journal(change, "ticket", ticket["uid"], "draft", "remove", uid, None, customer)
    return {}


ACTS = {
    "draft.save": Act(_save),
    "draft.discard": Act(_discard),
}
