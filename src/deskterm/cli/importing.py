"""`deskterm import`: takes a backlog of mail in from files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from deskterm.cli.output import put_json, tell
from deskterm.cli.workplace import Workplace

_SILENCE_S = 300.0


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "import",
        help="take a backlog of mail in from files",
        description="Every mail is stored once, however often the import runs. An import that "
        "was cut goes on where it stopped when it is started again.",
    )
    parser.add_argument("kind", choices=["maildir", "mbox"], help="how the mail is kept")
    parser.add_argument("path", help="the folder or file")
    parser.add_argument("--account", required=True, metavar="NAME", help="where it belongs")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Import, with progress on stderr."""
    place = Workplace.of(args)
    params = {"kind": args.kind, "path": str(Path(args.path).absolute()), "account": args.account}
    with place.office() as door:
        result = door.call(
            "import.mail", params, on_progress=_progress, timeout_s=_SILENCE_S
        ).result
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if args.json:
        put_json(result)
    else:
        known = f"{result['read']} read, {result['stored']} new, {result['known']} known already"
        tell(known)
        if result["quarantined"]:
            tell(f"{result['quarantined']} set aside")
        if result["erased"]:
            tell(f"{result['erased']} left out, of customers who were erased")
    return 0


def _progress(values: Mapping[str, object]) -> None:
    if sys.stderr.isatty() and "total" in values:
        sys.stderr.write(f"\r{values['done']} of {values['total']}, {values['stored']} new ")
        sys.stderr.flush()
