"""The office of a workspace, syncing on request only: a child of the benchmarks."""

from __future__ import annotations

import asyncio
import os

from deskterm.config.paths import Home
from deskterm.config.secrets import nobody_to_ask
from deskterm.office.serve import serve_until_idle, serving


async def _serve() -> None:
    home = Home.find(os.environ)
    async with serving(home, os.environ, sync=False, ask_passphrase=nobody_to_ask) as served:
        await serve_until_idle(served)


if __name__ == "__main__":
    asyncio.run(_serve())
