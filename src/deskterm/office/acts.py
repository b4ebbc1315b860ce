"""What the office is asked that is no command of the table: long acts, and about itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from deskterm.contract import ConnectorError
from deskterm.domain.errors import DesktermError, UsageError
from deskterm.store import accounts, belongings
from deskterm.sync.importing import MailImport
from deskterm.sync.ports import RunOutcome

if TYPE_CHECKING:
    from deskterm.office.office import Office

Params = Mapping[str, object]
Tell = Callable[[Mapping[str, object]], None]
Act = Callable[["Office", Params, Tell], Awaitable[Mapping[str, object]]]

_DERIVE_BATCH = 500
_SIGN_S = 1.0
"""Seconds between signs of life: a console waits a few seconds for one."""


async def _sync_once(office: Office, params: Params, tell: Tell) -> Mapping[str, object]:
    names = params.get("accounts")
    wanted = [str(n) for n in names] if isinstance(names, list) else None
    office.listeners.add(tell)
    try:
        outcomes = await office.sync_once(wanted)
    finally:
        office.listeners.discard(tell)
    return {"accounts": [outcome_json(o) for o in outcomes]}


async def _check_account(office: Office, params: Params, tell: Tell) -> Mapping[str, object]:
    name = str(params.get("name", ""))
    tell({"checking": name})
    account = await asyncio.to_thread(office.read, lambda c: accounts.account_named(c, name))
    try:
        lines = await asyncio.to_thread(office.carriers.check, account)
        for talker in office.carriers.talkers(account):
            lines += await _checked(office, talker)
    except ConnectorError as error:
        raise DesktermError(
            f"The account {name} does not work yet", error.text, "", code="check_failed"
        ) from error
    return {"account": name, "lines": lines}


async def _checked(office: Office, name: str) -> list[str]:
    session = await office.sessions(name)
    try:
        report = await session.check()
    finally:
        await session.close()
    return list(report.lines)


async def _import(office: Office, params: Params, tell: Tell) -> Mapping[str, object]:
    account = await asyncio.to_thread(
        office.read, lambda c: accounts.account_named(c, str(params.get("account", "")))
    )
    if office.carriers.is_carried(account):
        raise UsageError(
            f"The mail of {account.name} comes through {account.carrier}",
            "Nothing was imported.",
            f"Import it into {account.carrier}; what belongs to {account.name} goes there",
        )
    batch = office.parts.settings.sync.import_batch
    job = MailImport(office.intake, office.reading, account, batch)
    result = await asyncio.to_thread(
        job.run, str(params.get("kind", "")), str(params.get("path", "")), tell
    )
    while await office.intake.derive(_DERIVE_BATCH):
        tell({"deriving": True})
    return result


async def _erase(office: Office, params: Params, tell: Tell) -> Mapping[str, object]:
    name = str(params.get("customer", ""))
    customer = await asyncio.to_thread(office.read, lambda c: belongings.customer_named(c, name))
    signs = asyncio.create_task(_show_life(tell, {"erasing": "rows"}))
    try:
        return await office.eraser.erase(customer["uid"], tell)
    finally:
        signs.cancel()


async def _show_life(tell: Tell, sign: Mapping[str, object]) -> None:
    """Tell whoever waits for a long act that it goes on."""
    while True:
        await asyncio.sleep(_SIGN_S)
        tell(sign)


async def _status(office: Office, _params: Params, _tell: Tell) -> Mapping[str, object]:
    return {"revision": office.revision, "accounts": list(office.engine.accounts)}


async def _stop(office: Office, _params: Params, _tell: Tell) -> Mapping[str, object]:
    office.stop_asked.set()
    return {"stopping": True}


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "sync.once": _sync_once,
        "account.check": _check_account,
        "import.mail": _import,
        "customer.erase": _erase,
        "office.status": _status,
        "office.stop": _stop,
    }
)


def outcome_json(outcome: RunOutcome) -> dict[str, object]:
    """A sync run as the machine interface shows it."""
    return {
        "account": outcome.account,
        "result": outcome.result,
        "health": outcome.health.state,
        "text": outcome.health.words(),
        "stored": outcome.stored,
        "changed": outcome.changed,
        "quarantined": outcome.quarantined,
        "erased": outcome.erased,
        "bytes": outcome.bytes,
        "seconds": round((outcome.ended_at - outcome.started_at).total_seconds(), 3),
    }
