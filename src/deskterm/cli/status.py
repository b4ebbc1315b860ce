"""`deskterm status`: how things stand, in one line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from deskterm.cli.output import put_json, say
from deskterm.cli.workplace import Workplace
from deskterm.domain.clock import to_text
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.rows import AccountState, Counts
from deskterm.text.clean import clean
from deskterm.viewmodel.readers import Failed
from deskterm.viewmodel.reading import ReadingPort
from deskterm.viewmodel.status import Status
from deskterm.viewmodel.words import NOTHING

_T = TypeVar("_T")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "status",
        help="how things stand, in one line",
        description="What the first line of the console says; for the status line of tmux or a "
        "prompt. Reads the database alone: nothing is started.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print it."""
    place = Workplace.of(args)
    now = place.now
    reading = Reading(place.home.database, place.agent, place.zone, lambda: now)
    try:
        if args.json:
            put_json(as_json(reading.counts(), reading.accounts(), now))
            return 0
        status = Status(_AtOnce(reading), lambda: now, place.zone, lambda: NOTHING)
        status.refresh()
        say(clean(" · ".join((*status.left, *status.right)), multiline=False))
    finally:
        reading.close()
    return 0


def as_json(counts: Counts, accounts: list[AccountState], now: datetime) -> dict[str, object]:
    """The same as the machine interface shows it."""
    return {
        "at": to_text(now),
        "needs_us": counts.needs_us,
        "mine": counts.mine,
        "snoozed": counts.snoozed,
        "outbox": counts.outbox,
        "asking": counts.asking,
        "next_hold": to_text(counts.next_hold) if counts.next_hold else None,
        "next_due": to_text(counts.next_due) if counts.next_due else None,
        "paused": counts.paused,
        "accounts": [
            {
                "name": one.name,
                "channel": one.channel,
                "state": one.state or "new",
                "synced_at": to_text(one.synced_at) if one.synced_at else None,
            }
            for one in accounts
        ],
    }


class _AtOnce:
    """Reads in this thread; `deskterm.viewmodel.readers.Asking`."""

    def __init__(self, reading: ReadingPort) -> None:
        self._reading = reading

    def ask(
        self,
        slot: str,
        work: Callable[[ReadingPort], _T],
        done: Callable[[_T], None],
        failed: Failed | None = None,
        *,
        patience_s: float = 0.0,
    ) -> None:
        """Read; what goes wrong is raised."""
        del slot, failed, patience_s
        done(work(self._reading))
