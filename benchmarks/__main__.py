"""`python -m benchmarks [names] [--messages N] [--json]`: one command, one table."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import (
    commands,
    demo,
    imap_sync,
    importing,
    news,
    policy,
    screen,
    search,
    shapes,
    stall,
    suggest,
    underline,
)
from benchmarks.desk import Desk
from benchmarks.measure import ROUNDS, Row

NAMES = (
    "import",
    "imap",
    "news",
    "search",
    "commands",
    "demo",
    "screen",
    "stall",
    "suggest",
    "typing",
)


def main() -> int:
    """Run the benchmarks and show the table."""
    if sys.argv[1:2] == ["policy"]:
        return policy.main(sys.argv[2:])
    if sys.argv[1:2] == ["shapes"]:
        return shapes.main(sys.argv[2:])
    args = _arguments()
    unknown = [name for name in args.names if name not in NAMES]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}; there are {', '.join(NAMES)}")
    rows = []
    for row in _rows(args.names or list(NAMES), args):
        rows.append(row)
        if not args.json:
            Console(stderr=True).print(f"[dim]{row.what}: {_number(row.figure)} {row.unit}[/dim]")
    if args.json:
        sys.stdout.write(json.dumps([row.as_json() for row in rows], ensure_ascii=False) + "\n")
    else:
        Console().print(_table(rows, args.messages))
    return 1 if "suggest" in args.names and any(row.met is False for row in rows) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--messages", type=int, default=20_000, help="mails in the desk (20000)")
    parser.add_argument("--imap-messages", type=int, help="mails on the server (at most 10000)")
    parser.add_argument(
        "--screen-sizes",
        type=_sizes,
        default=[1_000, 100_000],
        metavar="N,N",
        help="messages behind the screen (1000,100000)",
    )
    parser.add_argument(
        "--screen-rounds",
        type=int,
        default=ROUNDS,
        metavar="N",
        help=f"rounds in which console and minimal app take turns ({ROUNDS})",
    )
    parser.add_argument(
        "--screen-keys",
        type=int,
        default=200,
        metavar="N",
        help="keys behind a figure of the screen (200)",
    )
    parser.add_argument(
        "--typing-rounds",
        type=int,
        default=40,
        metavar="N",
        help="places that are typed into a reply, for each length (40)",
    )
    parser.add_argument("--json", action="store_true", help="rows as JSON")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it there")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _rows(names: list[str], args: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="deskterm-bench-") as temporary:
        folder: Path = args.keep or Path(temporary)
        if {"import", "search", "commands"} & set(names):
            desk = Desk(folder / "desk")
            desk.prepare()
            parts = importing.write_corpus(folder / "corpus", args.messages)
            imported = importing.measure(desk, parts, folder / "floor.db")
            if "import" in names:
                yield from imported
            else:
                list(imported)
            if "search" in names:
                yield from search.measure(desk)
            if "commands" in names:
                yield from commands.measure(desk, folder)
        imap_messages = args.imap_messages or min(args.messages, 10_000)
        if "imap" in names:
            yield from imap_sync.measure(folder, imap_messages)
        if "news" in names:
            yield from news.measure(folder)
        if "demo" in names:
            yield from demo.measure(folder, args.screen_rounds)
        if "screen" in names:
            yield from screen.measure(
                folder, args.screen_sizes, args.screen_rounds, args.screen_keys
            )
        if "typing" in names:
            yield from underline.measure(folder, args.typing_rounds)
        if "suggest" in names:
            yield from suggest.measure()
        if "stall" in names:
            yield from stall.measure(folder, args.messages, imap_messages)


def _table(rows: list[Row], messages: int) -> Table:
    table = Table(title=f"deskterm, {messages:,} mails, {os.cpu_count()} cores")
    for title in ("what", "figure", "floor", "unit", "ratio", "rounds", "goal", "met"):
        table.add_column(title, justify="left" if title in ("what", "unit") else "right")
    for row in rows:
        met = "" if row.met is None else ("yes" if row.met else "NO")
        table.add_row(
            row.what,
            _number(row.figure),
            _number(row.floor),
            row.unit,
            "" if row.ratio is None else f"{row.ratio:.2f}",
            row.spread,
            row.goal,
            met,
        )
    return table


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
