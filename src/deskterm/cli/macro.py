"""`deskterm macro`: which macros there are, what one of them says, and what is wrong with them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from deskterm.cli import macro_stats, macro_trade, macro_typed
from deskterm.cli.macro_channels import channel_of, own_channels
from deskterm.cli.macro_whole import summary, whole
from deskterm.cli.output import note, put_json, say, word
from deskterm.cli.workplace import Workplace
from deskterm.config.paths import Home
from deskterm.domain.errors import UsageError
from deskterm.i18n import marked
from deskterm.macros.facts import Facts, read_facts
from deskterm.macros.library import bundled_files, load_library, read_library
from deskterm.macros.model import Library, Macro, MacroVariant, Problem
from deskterm.service.macro_rules import check_macros
from deskterm.text.clean import clean


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("macro", help="the ready texts that replies begin with")
    actions = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    listed = actions.add_parser("list", help="all macros, the bundled ones and the shop's own")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    listed.set_defaults(run=_list)
    shown = actions.add_parser("show", help="everything about one macro")
    shown.add_argument("id", help="id of the macro, for example order_status")
    shown.add_argument("--lang", metavar="LANGUAGE", help="only this language, such as fr")
    shown.add_argument("--json", action="store_true", help="one JSON object")
    shown.set_defaults(run=_show)
    checked = actions.add_parser(
        "lint",
        help="say what is wrong with files of macros",
        description="Exit code 1 when something is. Without files: all macros of the shop.",
    )
    checked.add_argument("files", nargs="*", type=Path, help="files of macros (TOML)")
    checked.add_argument(
        "--channel",
        metavar="ID",
        action="append",
        default=[],
        help="check them against the rules of this channel; may be repeated",
    )
    checked.set_defaults(run=_lint)
    macro_trade.add(actions)
    macro_stats.add(actions)
    macro_typed.add(actions)


def _shop(args: argparse.Namespace) -> tuple[Library, Facts, tuple[Problem, ...]]:
    """The macros and facts of the workspace of this call, and what is wrong with either."""
    home = Home.find(os.environ, args.workspace)
    facts, problems = read_facts(home.facts_file)
    library = load_library(home.macros, facts)
    return library, facts, (*problems, *library.problems)


def _list(args: argparse.Namespace) -> int:
    library, _, problems = _shop(args)
    console = Console(highlight=False)
    for macro in library:
        if args.json:
            put_json(summary(macro))
        else:
            languages = ", ".join(macro.languages)
            words = clean(f"{macro.title('en')} ({languages})", multiline=False)
            console.print(Text(f"{macro.id:<24}", style="bold"), Text(words))
    for problem in problems:
        note(str(problem))
    return 0


def _show(args: argparse.Namespace) -> int:
    library, _, problems = _shop(args)
    macro = library.macros.get(args.id)
    if macro is None:
        left_out = [str(problem) for problem in problems if problem.macro == args.id]
        raise UsageError(
            f"There is no macro {args.id[:40]!r}",
            " / ".join(left_out),
            "deskterm macro list shows all",
        )
    variants = [v for v in macro.variants if args.lang in (None, v.language)]
    if not variants:
        raise UsageError(
            f"{macro.id} has no text in {args.lang[:10]!r}",
            f"It has texts in {', '.join(macro.languages)}",
        )
    if args.json:
        put_json(whole(macro, variants))
        return 0
    console = Console(highlight=False)
    console.print(Text(macro.id, style="bold"), Text(clean(macro.title(args.lang or "en"))))
    for name, value in _lines(macro, args.lang or "en"):
        console.print(Text(f"{name:<12}{clean(value, multiline=False)}"))
    for variant in variants:
        console.print(Text(f"\n{_heading(variant)}", style="bold"))
        say(variant.source.strip("\n"))
    return 0


def _heading(variant: MacroVariant) -> str:
    return f"{variant.language}, {variant.channel or word(marked('every channel'))}"


def _lines(macro: Macro, language: str) -> Iterable[tuple[str, str]]:
    if macro.reason:
        yield word(marked("reason", "macro")), macro.reason
    for name, words in (
        (word(marked("favours", "macro")), macro.favours),
        (word(marked("not for", "macro")), macro.not_for),
        (word(marked("needs", "macro")), macro.needs),
    ):
        if words:
            yield name, ", ".join(sorted(words))
    for variable in macro.variables:
        yield (
            word(marked("asks", "macro")),
            f"{variable.name} ({variable.kind}): {variable.label(language)}",
        )
    for action in macro.actions:
        yield action.kind, action.value
    yield word(marked("file", "macro")), f"{macro.file}:{macro.line}"


def _lint(args: argparse.Namespace) -> int:
    library, facts, problems = _shop(args)
    if args.files:
        named = {str(file) for file in args.files}
        library = read_library([bundled_files(), args.files], facts)
        problems = tuple(problem for problem in library.problems if problem.file in named)
    for problem in problems:
        say(str(problem))
    place = Workplace.of(args)
    channels = [channel_of(place, name) for name in args.channel] or own_channels(place)
    broken = bool(problems)
    for found in check_macros(
        _only(library, {str(file) for file in args.files}),
        facts,
        channels,
        place.packs_for,
        place.now.astimezone(place.zone),
    ):
        say(str(found))
        broken = broken or found.blocks
    if not broken:
        names = ", ".join(channel.id for channel in channels)
        note(f"{len(library.macros)} macros, nothing is wrong; rules of {names}")
    return 1 if broken else 0


def _only(library: Library, files: set[str]) -> Library:
    """The macros of some files; without files all."""
    if not files:
        return library
    chosen = {name: macro for name, macro in library.macros.items() if macro.file in files}
    return Library(chosen, library.problems)
