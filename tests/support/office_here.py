"""The real office within the test's own process, where its times can be made short."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from deskterm.config.folders import make_private
from deskterm.config.secrets import nobody_to_ask, open_secrets
from deskterm.config.settings import load
from deskterm.domain.clock import SystemClock
from deskterm.office.office import Office, OfficeParts
from deskterm.office.protocol import Call, new_call_id
from deskterm.sync.connectors import Connectors
from deskterm.sync.ports import SyncPolicy
from tests.support.line import ACCOUNT, Line


class OfficeHere:
    """An office that syncs on request, each time once, without patience."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def do(self, command: str, **params: object) -> Mapping[str, object]:
        """Have a command done."""
        return await self.office.call(Call(new_call_id(), command, params, None), lambda _: None)

    async def sync(self) -> str:
        """Sync and send once; how the pull of the account ended."""
        (outcome,) = await self.office.sync_once(None)
        return outcome.result

    async def send(self) -> None:
        """Send what is due, and return when nothing is left that leaves by itself."""
        await self.office.sync_once([])


@asynccontextmanager
async def office_here(
    line: Line, *, send_s: float = 20.0, **fields: str
) -> AsyncIterator[OfficeHere]:
    """An office with the account of the line; `fields` are changes to its settings."""
    line.home.prepare()
    make_private(line.home.attachments, "folder of attachments")
    settings, _ = load(line.home, strict=False)
    parts = OfficeParts(
        home=line.home,
        settings=settings,
        connectors=Connectors.installed(()),
        secrets=open_secrets(settings, line.env, line.home, nobody_to_ask),
        clock=SystemClock(),
        zone=ZoneInfo("Europe/Paris"),
        agent="anna",
        policy=SyncPolicy(rest_s=0.0, patience_s=0.0),
        send_s=send_s,
    )
    here = OfficeHere(Office(parts, lambda _: None))
    here.office.start(sync=False)
    try:
        await here.do("account.add", name=ACCOUNT, channel="email", fields=line.fields(**fields))
        yield here
    finally:
        await here.office.stop()
