"""Import: a Maildir through the real import, against a light parse and explicit inserts.

The corpus is cut into as many Maildirs as there are rounds. In each round both sides take the same
one in turns, into databases that grow to the full size.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import mails, write_maildir
from benchmarks.desk import Desk
from benchmarks.floor import BATCH, FloorStore
from benchmarks.measure import ROUNDS, Row, Spent, ratio_row, timed
from deskterm.store.connect import connect
from deskterm.sync.importing import MailImport
from deskterm.sync.intake import StoreIntake

ACCOUNT = "shop"


def write_corpus(folder: Path, count: int) -> list[Path]:
    """The corpus as one Maildir a round."""
    made = mails(count)
    parts: list[Path] = []
    for number in range(ROUNDS):
        size = count // ROUNDS + (number < count % ROUNDS)
        parts.append(folder / f"part{number}")
        write_maildir(parts[-1], itertools.islice(made, size))
    return parts


def measure(desk: Desk, parts: list[Path], floor_file: Path) -> Iterator[Row]:
    """Import everything on both sides; leaves the desk with all mails in it."""
    account = desk.add_account(ACCOUNT, {})
    home = desk.home
    ours: list[Spent] = []
    floors: list[Spent] = []
    sizes = [len(list((part / "cur").iterdir())) for part in parts]
    with desk.intake() as intake, FloorStore(floor_file) as floor:
        job = MailImport(intake, lambda: connect(home.database), account, BATCH)
        for number, part in enumerate(parts):
            sides = [
                lambda part=part: ours.append(
                    timed(lambda: job.run("maildir", str(part), lambda _: None))
                ),
                lambda part=part: floors.append(timed(lambda: floor.import_maildir(part))),
            ]
            for side in sides if number % 2 == 0 else reversed(sides):
                side()
        derived = timed(lambda: asyncio.run(_derive_all(intake)))
    pairs = list(zip(ours, floors, sizes, strict=True))
    yield ratio_row(
        "import",
        "Import of a Maildir: parsed, threaded, stored, searchable",
        "mails/s",
        [(size / our.wall_s, size / floor.wall_s) for our, floor, size in pairs],
        at_least=0.6,
    )
    yield ratio_row(
        "import",
        "… processor time",
        "µs/mail",
        [(our.cpu_s / size * 1e6, floor.cpu_s / size * 1e6) for our, floor, size in pairs],
    )
    yield Row(
        "import",
        "Stage two behind it: quotes and signatures found",
        "mails/s",
        sum(sizes) / derived.wall_s,
        None,
        None,
    )


async def _derive_all(intake: StoreIntake) -> None:
    while await intake.derive(BATCH):
        pass
