"""The command line: one file for each subcommand, joined here.

Exit codes: 0 done, 1 refused or found something, 2 usage, 75 the office does not answer.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING

from deskterm import __version__
from deskterm.cli.output import note, say_error
from deskterm.config.paths import DEFAULT_WORKSPACE, Home
from deskterm.domain.errors import DesktermError, OfficeSilent, UsageError
from deskterm.i18n import speak
from deskterm.i18n.languages import wanted

if TYPE_CHECKING:
    import argparse

DONE, REFUSED, USAGE = 0, 1, 2
SILENT = os.EX_TEMPFAIL
_INTERRUPTED = 130

#: `-tag:vip` in a query is no option; a leading blank tells argparse so.
_NEGATED = re.compile(r"-(?!-|h$)")
_TAKE_QUERIES = ("list", "search")

#: Subcommand to the module that has it; what is not here is a shortcut from the command table.
_MODULES = MappingProxyType(
    {
        "account": "account",
        "sync": "sync",
        "list": "listing",
        "search": "search",
        "show": "show",
        "order": "order",
        "customer": "customer",
        "reply": "reply",
        "do": "do",
        "outbox": "outbox",
        "check": "check",
        "rules": "rules",
        "macro": "macro",
        "suggest": "suggest",
        "import": "importing",
        "export": "export",
        "erase": "erase",
        "keys": "keys",
        "status": "status",
        "completion": "completion",
        "doctor": "doctor",
        "demo": "demo",
        "sandbox": "sandbox",
    }
)
_SHORTCUTS = "shortcuts"
_NONE = ""


def parser(modules: Iterable[str] = (*_MODULES.values(), _SHORTCUTS)) -> argparse.ArgumentParser:
    """The parser with the subcommands of these modules; without an argument with all."""
    from deskterm.cli.parsing import Parser

    top = Parser(
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
    top.add_argument(
        "--plain",
        action="store_true",
        help="line by line, for screen readers and terminals that only print",
    )
    subparsers = top.add_subparsers(title="commands", metavar="COMMAND")
    for module in modules:
        importlib.import_module(f"deskterm.cli.{module}").add(subparsers)
    return top


def _parser_for(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """A parser with the one subcommand that is called: loading all of them takes far longer."""
    called = _called(arguments)
    if called == _NONE:
        return parser([])
    if called in _MODULES:
        return parser([_MODULES[called]])
    if called.startswith("-"):
        return parser()
    from deskterm.cli.shortcuts import names

    return parser([_SHORTCUTS]) if called in names() else parser()


def _called(arguments: Sequence[str]) -> str:
    """The subcommand, or the option that stands in its place; `_NONE` where there is none."""
    match arguments:
        case [] | ["--version", *_]:
            return _NONE
        case ["--workspace", _, *rest]:
            return _called(rest)
        case [word, *rest] if word == "--plain" or word.startswith("--workspace="):
            return _called(rest)
    return arguments[0]


def run(arguments: Sequence[str]) -> int:
    """Run one call of the command line; returns its exit code."""
    os.umask(0o077)
    if not arguments:  # the console is to be there at once: nothing is parsed for it
        return _guarded(lambda: _console(DEFAULT_WORKSPACE, plain=False), DEFAULT_WORKSPACE)
    spoken = _speak_early(arguments)
    args = _parser_for(arguments).parse_args(_with_queries(arguments))
    if hasattr(args, "run"):
        return _guarded(lambda: args.run(args), args.workspace, spoken)
    return _guarded(lambda: _console(args.workspace, plain=args.plain), args.workspace, spoken)


def _speak_early(arguments: Sequence[str]) -> str | None:
    """Choose the language before anything is parsed, as that may end in help; the workspace whose
    language it is, None where it cannot be told yet.
    """
    named = [word.partition("=")[2] for word in arguments if word.startswith("--workspace=")]
    if "--workspace" in arguments[:-1]:
        named.append(arguments[arguments.index("--workspace") + 1])
    workspace = named[0] if named else DEFAULT_WORKSPACE
    with suppress(DesktermError):  # said once it is known what is to be done
        _choose_language(workspace)
        return workspace
    return None


def _guarded(act: Callable[[], int], workspace: str, spoken: str | None = None) -> int:
    """The exit code of what is done; what goes wrong is said in words. `spoken` is the workspace
    whose language was chosen already.
    """
    try:
        if workspace != spoken:
            _choose_language(workspace)
        code = act()
        sys.stdout.flush()
    except UsageError as error:
        say_error(error)
        return USAGE
    except OfficeSilent as error:
        say_error(error)
        return SILENT
    except DesktermError as error:
        say_error(error)
        return USAGE if error.code in ("usage", "query") else REFUSED
    except BrokenPipeError:
        # Whoever read our output has enough of it (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last net: a report instead of a trace
        return _report(error, workspace)
    return code


def _choose_language(workspace: str) -> None:
    """Speak the language of the settings; a mistake in them is told where they are used."""
    from deskterm.config.settings import load

    settings, _ = load(Home.find(os.environ, workspace), strict=False)
    speak(wanted(settings.console.language, os.environ))


def _console(workspace: str, *, plain: bool) -> int:
    """A bare `deskterm`: the console, line by line where it cannot be painted, or the commands
    where there is no terminal.
    """
    from deskterm.cli.workplace import Workplace
    from deskterm.ui.surroundings import is_dumb, is_terminal

    if plain or (is_terminal() and is_dumb(os.environ)):
        from deskterm.cli.plain import open_plain

        return open_plain(Workplace(Home.find(os.environ, workspace), workspace))
    from deskterm.cli.console import open_console

    if not is_terminal():
        parser().print_help(sys.stderr)
        note("\nThe console needs a terminal; without one deskterm is used by these commands.")
        return USAGE
    return open_console(Workplace(Home.find(os.environ, workspace), workspace))


def _with_queries(arguments: Sequence[str]) -> list[str]:
    if not any(word in arguments for word in _TAKE_QUERIES):
        return list(arguments)
    return [f" {word}" if _NEGATED.match(word) else word for word in arguments]


def _report(error: Exception, workspace: str) -> int:
    """A fault of ours: kinds and places go to a private file, no values to the screen."""
    from deskterm.config.logs import report_crash
    from deskterm.config.redaction import Redactor

    note("deskterm: a fault in the program stopped this")
    try:
        report = report_crash(Home.find(os.environ, workspace), error, Redactor())
    except (DesktermError, OSError):
        note(f"  It was a {type(error).__name__}; no report could be written.")
    else:
        note(f"  What was saved before is unharmed. A report without texts is in {report}")
    return REFUSED
