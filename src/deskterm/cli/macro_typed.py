"""`deskterm macro typed`: what agents type again and again, and macros made of it."""

from __future__ import annotations

import argparse

from deskterm.cli.output import note, put_json, say, tell
from deskterm.cli.workplace import Workplace
from deskterm.service.repeats import as_json
from deskterm.store import repeats
from deskterm.text.clean import clean

_SHORT = 8  # characters of an id that are shown
_MOST = 100


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand of `deskterm macro`."""
    typed = actions.add_parser("typed", help="what is typed again and again, most often first")
    typed.add_argument(
        "--least",
        type=int,
        metavar="COUNT",
        default=repeats.OFTEN,
        help="only what was typed so often (3)",
    )
    typed.add_argument("--never", metavar="ID", help="this is not worth a macro; say it no more")
    typed.add_argument("--json", action="store_true", help="one JSON object a line")
    typed.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print them, or let go of one."""
    place = Workplace.of(args)
    if args.never is not None:
        with place.office() as door:
            door.call("macro.never", {"sentence": args.never})
        note("Nobody is told of it any more; 'deskterm undo' takes that back")
        return 0
    with place.reading() as connection:
        found = repeats.often(connection, place.agent, max(2, args.least), _MOST)
    for one in found:
        if args.json:
            put_json(as_json(one))
        else:
            text = clean(" ".join(one.source.split()), multiline=False)
            say(f"{one.uid[-_SHORT:]}  {one.times:>4} ×  {text}")
    if not found and not args.json:
        note("Nothing was typed so often yet.")
    elif not args.json:
        note("'deskterm macro new --from-typed ID' makes a macro of one")
    return 0


def make(args: argparse.Namespace) -> int:
    """Make a macro of one of them."""
    place = Workplace.of(args)
    params: dict[str, object] = {"sentence": args.from_typed}
    if args.title:
        params["title"] = args.title
    with place.office() as door:
        made = door.call("macro.make", params).result
    problems = made.get("problems")
    for problem in problems if isinstance(problems, list) else []:
        note(str(problem))
    say(str(made["file"]))
    tell(f"'deskterm undo' takes it away; its id is {made['macro']}")
    return 0
