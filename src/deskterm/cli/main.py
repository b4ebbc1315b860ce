"""The command line: one file for each subcommand, joined here.

Exit codes: 0 done, 1 refused or found something, 2 usage, 75 the office does not answer.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from deskterm import __version__
from deskterm.cli import (
    account,
    check,
    do,
    doctor,
    importing,
    listing,
    outbox,
    reply,
    rules,
    search,
    show,
    sync,
)
from deskterm.cli.output import say_error
from deskterm.config.paths import DEFAULT_WORKSPACE
from deskterm.domain.errors import DesktermError, OfficeSilent, UsageError

DONE, REFUSED, USAGE = 0, 1, 2
SILENT = os.EX_TEMPFAIL
_INTERRUPTED = 130

_SUBCOMMANDS = (
    account,
    sync,
    listing,
    search,
    show,
    reply,
    do,
    outbox,
    check,
    rules,
    importing,
    doctor,
)


def parser() -> argparse.ArgumentParser:
    """The parser with every subcommand."""
    top = argparse.ArgumentParser(
        prog="deskterm",
        description="A support desk in the terminal for shops that sell on many channels.",
    )
    top.add_argument("--version", action="version", version=f"deskterm {__version__}")
    top.add_argument(
        "--workspace",
        default=DEFAULT_WORKSPACE,
        metavar="NAME",
        help="another shop, with folders of its own",
    )
    subparsers = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _SUBCOMMANDS:
        module.add(subparsers)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one call of the command line; returns its exit code."""
    os.umask(0o077)
    args = parser().parse_args(arguments)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except UsageError as error:
        say_error(error)
        return USAGE
    except OfficeSilent as error:
        say_error(error)
        return SILENT
    except DesktermError as error:
        say_error(error)
        return USAGE if error.code == "usage" else REFUSED
    except BrokenPipeError:
        # Whoever read our output has enough of it (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code
