"""`python -m deskterm.office`: the office in the background, started by whoever needs it."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from deskterm.config.paths import DEFAULT_WORKSPACE, Home
from deskterm.config.secrets import nobody_to_ask
from deskterm.domain.errors import DesktermError
from deskterm.office.lock import EXIT_RUNNING, OfficeRunning
from deskterm.office.serve import serve_until_idle, serving


async def _serve(home: Home) -> None:
    async with serving(home, os.environ, sync=True, ask_passphrase=nobody_to_ask) as served:
        await serve_until_idle(served)


def main() -> int:
    """Be the office of one workspace until nobody needs it."""
    parser = argparse.ArgumentParser(prog="deskterm-office")
    parser.add_argument("--workspace", default=DEFAULT_WORKSPACE)
    args = parser.parse_args()
    try:
        asyncio.run(_serve(Home.find(os.environ, args.workspace)))
    except OfficeRunning:
        return EXIT_RUNNING
    except DesktermError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
