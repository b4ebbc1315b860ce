"""`deskterm sync`: sync and send without a screen."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from deskterm.cli.output import note, put_json, tell
from deskterm.cli.workplace import Workplace
from deskterm.config.secrets import Secret
from deskterm.domain.errors import DesktermError
from deskterm.i18n import CONTEXT_END, heard, marked, say_many
from deskterm.office.door import OfficeGone
from deskterm.office.lock import OfficeRunning

if TYPE_CHECKING:
    from deskterm.office.office import Office

_SILENCE_S = 900.0
#: The parts of an office in words, by the names of their tasks.
_PARTS = MappingProxyType(
    {
        "sender": marked("sending of replies", "heard"),
        "time": marked("waking of snoozed tickets", "heard"),
        "room": marked("watch over the disk", "heard"),
        "macros": marked("reading of macros", "heard"),
        "sync": marked("fetching of news", "heard"),
    }
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "sync",
        help="fetch and send, without a screen",
        description="Keeps all accounts in step until it is ended (SIGINT, SIGTERM). With --once "
        "it fetches what is new, sends what is due, and ends.",
    )
    parser.add_argument("--once", action="store_true", help="once, then end")
    parser.add_argument(
        "--account", metavar="NAME", action="append", help="only this one (with --once)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object an account")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Sync; exit code 1 where an account could not be synced, or a part of the office died."""
    place = Workplace.of(args)
    place.home.prepare()
    place.tell_of_settings()
    if args.once:
        code = _show(_once(place, args.account), args)
        _tell_what_waits(place)
        return code
    import asyncio

    try:
        asyncio.run(_forever(place))
    except OfficeRunning as error:
        raise DesktermError(
            "Another office works on this workspace already",
            error.explanation,
            "It syncs by itself; 'deskterm sync --once' asks it to sync now",
            code="office_running",
        ) from error
    return 0


def _once(place: Workplace, names: list[str] | None) -> Mapping[str, object]:
    """As the office where there is none, else by asking the one that is there."""
    import asyncio

    try:
        return asyncio.run(_once_here(place, names))
    except OfficeRunning:
        with place.office() as door:
            params = {"accounts": names} if names else {}
            return door.call("sync.once", params, timeout_s=_SILENCE_S).result


async def _once_here(place: Workplace, names: list[str] | None) -> Mapping[str, object]:
    import asyncio

    from deskterm.office.acts import outcome_json
    from deskterm.office.serve import serving, told_to_end

    async with serving(place.home, os.environ, sync=False, ask_passphrase=_ask) as served:
        told = told_to_end()
        work = asyncio.ensure_future(served.office.sync_once(names))
        endings = [asyncio.ensure_future(e.wait()) for e in (told, served.office.stop_asked)]
        await asyncio.wait({work, *endings}, return_when=asyncio.FIRST_COMPLETED)
        for ending in endings:
            ending.cancel()
        if not work.done():
            work.cancel()
            await asyncio.wait({work})
            _tell_of_loss(served.office)
            raise OfficeGone("The sync was ended before it was complete")
        _tell_of_loss(served.office)
        return {"accounts": [outcome_json(o) for o in work.result()]}


async def _forever(place: Workplace) -> None:
    import asyncio

    from deskterm.office.serve import serving, told_to_end

    async with serving(place.home, os.environ, sync=True, ask_passphrase=_ask) as served:
        note("Syncing. Ctrl+C ends.")
        told = asyncio.ensure_future(told_to_end().wait())
        asked = asyncio.ensure_future(served.office.stop_asked.wait())
        await asyncio.wait({told, asked}, return_when=asyncio.FIRST_COMPLETED)
        for waiter in (told, asked):
            waiter.cancel()
        _tell_of_loss(served.office)


def _part(task: str) -> str:
    """A part of the office in English, as errors speak it."""
    return _PARTS[task].partition(CONTEXT_END)[2] if task in _PARTS else task


def _tell_of_loss(office: Office) -> None:
    """Whoever watches the exit code, such as a service manager, starts it anew then.

    Raises:
        DesktermError: a fault of ours ended a part of the office (`office_broken`).
    """
    if office.lost is None:
        return
    raise DesktermError(
        f"A fault in the program ended the {_part(office.lost)}",
        "What was stored before is unharmed; what is held stays held. The log says where",
        "Start 'deskterm sync' again",
        code="office_broken",
    )


def _ask(*, new: bool) -> Secret | None:
    if not sys.stdin.isatty():
        return None
    return Secret(getpass.getpass("New passphrase: " if new else "Passphrase of the secrets: "))


def _show(result: Mapping[str, object], args: argparse.Namespace) -> int:
    accounts = result.get("accounts")
    rows = accounts if isinstance(accounts, list) else []
    for row in rows:
        if args.json:
            put_json(row)
        else:
            tell(_line(row))
            if row["erased"]:
                tell(f"{row['account']}: {row['erased']} left out, of customers who were erased")
    if not rows:
        note("There is no account yet; 'deskterm account add' adds one.")
    return 0 if all(row["result"] == "ok" for row in rows) else 1


def _line(row: Mapping[str, object]) -> str:
    text = heard(str(row["text"]))
    if row["quarantined"]:
        return (
            f"{row['account']}: {text} · {row['stored']} new, {row['changed']} changed, "
            f"{row['quarantined']} set aside"
        )
    return f"{row['account']}: {text} · {row['stored']} new, {row['changed']} changed"


def _tell_what_waits(place: Workplace) -> None:
    """A reply that stays behind is named, as nothing may be there to try it again."""
    from deskterm.domain.outbox import ENDED, DeliveryState
    from deskterm.store.outbox import in_states

    with place.reading() as connection:
        count = len(in_states(connection, [s for s in DeliveryState if s not in ENDED]))
    if count:
        note(
            say_many(
                "{count} reply has not left yet; 'deskterm outbox list' says why",
                "{count} replies have not left yet; 'deskterm outbox list' says why",
                count,
            )
        )
