"""Accounts: adding, removing, answering a question of one."""

from __future__ import annotations

import re
import sqlite3

from deskterm.domain.errors import UsageError
from deskterm.service.act import Act, Outcome, Params, needed, text_of
from deskterm.service.work import Work
from deskterm.store import accounts

_NAME = re.compile(r"[a-z0-9_-]{1,40}")


def _add(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    name, channel = needed(params, "name"), needed(params, "channel")
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name[:40]!r} is no account name",
            "",
            "Use 1 to 40 of the characters a-z, 0-9, _ and -",
        )
    given = params.get("fields", {})
    if not isinstance(given, dict):
        raise UsageError("fields must be an object")
    fields = {str(key): str(value) for key, value in given.items()}
    problem = work.desk.channels.problem(channel, fields)
    if problem is not None:
        raise UsageError(problem, "", f"'deskterm account kinds' shows what {channel} needs")
    market = work.desk.channels.is_marketplace(channel)
    account = accounts.add_account(work.tx, name, channel, fields, marketplace=market)
    work.tx.journal(work.change(), "account", account.uid, "account", "create", None, name)
    return {"account": name, "channel": channel}


def _set(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    account = accounts.account_named(work.tx.connection, needed(params, "name"))
    given = params.get("fields", {})
    if not isinstance(given, dict):
        raise UsageError("fields must be an object")
    fields = {**account.fields, **{str(key): str(value) for key, value in given.items()}}
    problem = work.desk.channels.problem(account.channel, fields)
    if problem is not None:
        raise UsageError(problem, "", f"'deskterm account kinds' shows what {account.name} needs")
    for name in given:
        work.tx.journal(
            work.change(),
            "account",
            account.uid,
            str(name),
            "set",
            account.fields.get(str(name)),
            fields[str(name)],
        )
    accounts.change_fields(work.tx, account, fields)
    return {"account": account.name}


def _remove(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    account = accounts.account_named(work.tx.connection, needed(params, "name"))
    accounts.remove_account(work.tx, account)
    work.tx.journal(work.change(), "account", account.uid, "account", "remove", account.name, None)
    return {"account": account.name}


def _confirm(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    account = accounts.account_named(work.tx.connection, needed(params, "name"))
    token = accounts.asked_token(work.tx.connection, account.id)
    if token is None:
        raise UsageError(f"{account.name} asks nothing at present")
    accounts.confirm(work.tx, account.id, token)
    work.tx.journal(work.change(), "account", account.uid, "confirmation", "set", None, token)
    return {"account": account.name}


def _sync_now(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """The office polls when it sees this answer; here the name is looked up."""
    name = text_of(params, "name")
    if name:
        accounts.account_named(work.tx.connection, name)
    return {"account": name}


ACTS = {
    "account.add": Act(_add),
    "account.set": Act(_set),
    "account.remove": Act(_remove),
    "account.confirm": Act(_confirm),
    "sync.now": Act(_sync_now),
}
