"""`deskterm macro new`, `export` and `import`: macros come to be, go out and come in."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from deskterm.cli import macro_typed
from deskterm.cli.macro_formats import FORMATS, Foreign, Format, guess, read_foreign, write_foreign
from deskterm.cli.macro_incoming import free_id, own_rows, take_over, toml_table
from deskterm.cli.macro_whole import whole
from deskterm.cli.output import note, put_json, say
from deskterm.cli.workplace import Workplace
from deskterm.config.folders import make_private, write_private
from deskterm.domain.errors import UsageError
from deskterm.macros.facts import Facts, read_facts
from deskterm.macros.files import macro_of
from deskterm.macros.library import SUFFIX, bundled_files, load_library, read_library
from deskterm.macros.model import Library, Macro, Problem
from deskterm.macros.writing import toml_of

FILE_MAX = 20_000_000  # bytes
_TEXTS = {"en": "{{greeting}}\n\n…\n\n{{closing}}", "fr": "{{greeting}}\n\n…\n\n{{closing}}"}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommands of `deskterm macro`."""
    new = actions.add_parser("new", help="begin a macro of the shop's own")
    new.add_argument("title", nargs="?", default="", help="its title")
    new.add_argument("--id", help="its id; without one made from the title")
    new.add_argument("--lang", metavar="LANGUAGE", default="en", help="of title and text (en)")
    new.add_argument("--text", help="its text; - reads stdin")
    new.add_argument("--reason", default="", help="the contact reason that it answers")
    new.add_argument("--from-typed", metavar="ID", help="of what 'deskterm macro typed' lists")
    new.set_defaults(run=_new)
    out = actions.add_parser("export", help="write macros out, for another shop or desk")
    out.add_argument("id", nargs="*", help="ids; without any the shop's own macros")
    out.add_argument("--all", action="store_true", help="the bundled macros as well")
    out.add_argument(
        "--format", choices=FORMATS, default="jsonl", help="jsonl, which loses nothing"
    )
    out.set_defaults(run=_export)
    come = actions.add_parser("import", help="take macros in from another shop or desk")
    come.add_argument("file", type=Path, help="an export: JSON lines, CSV, or JSON of a desk")
    come.add_argument("--format", choices=FORMATS, help="without it guessed from the file")
    come.add_argument("--lang", metavar="LANGUAGE", default="", help="of texts that do not tell it")
    come.add_argument("--dry-run", action="store_true", help="show the file that would be written")
    come.set_defaults(run=_import)


@dataclass(frozen=True, slots=True)
class _Shop:
    """The workspace of a call, and its macros."""

    place: Workplace
    facts: Facts
    library: Library

    @classmethod
    def of(cls, args: argparse.Namespace) -> _Shop:
        place = Workplace.of(args)
        facts, _ = read_facts(place.home.facts_file)
        return cls(place, facts, load_library(place.home.macros, facts))

    @property
    def own(self) -> list[Macro]:
        """The macros of its folder."""
        folder = str(self.place.home.macros)
        return [macro for macro in self.library if macro.file.startswith(folder)]

    def keep(self, name: str, content: str) -> Path:
        """Write a new file of macros.

        Raises:
            UsageError: there is one of that name.
        """
        file = self.place.home.macros / f"{name}{SUFFIX}"
        if file.exists():
            raise UsageError(f"{file} is there already", "It was left as it is")
        self.place.home.prepare()
        make_private(self.place.home.macros, "the folder of macros")
        write_private(file, content.encode())
        return file


def _new(args: argparse.Namespace) -> int:
    if args.from_typed is not None:
        if args.id or args.text or args.reason:
            raise UsageError("--from-typed takes a title and nothing else")
        return macro_typed.make(args)
    if not args.title:
        raise UsageError("The macro has no title", "", "deskterm macro new TITLE")
    shop = _Shop.of(args)
    name = args.id or free_id(args.title, shop.library.macros)
    if name in {macro.id for macro in shop.own}:
        raise UsageError(f"There is a macro {name[:60]!r} already", "It was left as it is")
    given = sys.stdin.read(FILE_MAX) if args.text == "-" else args.text
    text = given or _TEXTS.get(args.lang, _TEXTS["en"])
    table: dict[str, object] = {"id": name, "title": {args.lang: args.title}}
    table |= {"body": {args.lang: text.strip("\n")}}
    table |= {"reason": args.reason} if args.reason else {}
    macro = macro_of(table, "the new macro")
    if isinstance(macro, Problem):
        raise UsageError("The macro cannot be used", str(macro))
    file = shop.keep(name, toml_of(macro))
    for problem in read_library([bundled_files(), [file]], shop.facts).problems:
        if problem.file == str(file):
            note(str(problem))
    say(str(file))
    return 0


def _export(args: argparse.Namespace) -> int:
    shop = _Shop.of(args)
    if missing := [name for name in args.id if name not in shop.library.macros]:
        raise UsageError(f"There is no macro {missing[0][:60]!r}", advice="deskterm macro list")
    if args.id:
        chosen = [shop.library.macros[name] for name in args.id]
    else:
        chosen = list(shop.library) if args.all else shop.own
    if not chosen:
        note("The shop has no macros of its own; --all takes the bundled ones")
    if args.format == "jsonl":
        for macro in chosen:
            put_json(whole(macro, macro.variants))
    elif chosen:
        lost = sum(len({v.channel for v in macro.variants}) > 1 for macro in chosen)
        if lost:
            note(
                f"{lost} of them have texts for single channels, which {args.format} does not take"
            )
        sys.stdout.write(write_foreign(chosen, args.format))
    return 0


@dataclass(slots=True)
class _Coming:
    """Macros on their way in, and what is to be told of them."""

    macros: list[Macro] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def _import(args: argparse.Namespace) -> int:
    shop = _Shop.of(args)
    content = _read(args.file)
    kind: Format = args.format or guess(content, args.file.suffix.lower())
    coming = _Coming()
    if kind == "jsonl":
        _take_own(content, {macro.id for macro in shop.own}, coming)
    else:
        _take_foreign(read_foreign(content, kind), shop, args.lang, coming)
    _only_sound(coming, shop.facts)
    for words in (*coming.notes, *coming.refused):
        note(words)
    written = "\n".join(map(toml_of, coming.macros))
    if args.dry_run:
        sys.stdout.write(written)
    elif coming.macros:
        say(str(shop.keep(_file_name(args.file, shop), written)))
    note(f"{len(coming.macros)} macros taken in, {len(coming.refused)} refused")
    return 1 if coming.refused else 0


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(FILE_MAX + 1)
        if len(raw) > FILE_MAX:
            raise UsageError(f"{file} is larger than {FILE_MAX} bytes")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file} cannot be read", str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8 text") from error


def _take_own(content: str, taken: Collection[str], coming: _Coming) -> None:
    """Macros of our own JSON lines keep their ids; one that the shop has is refused."""
    known = set(taken)
    for number, row in own_rows(content):
        macro = macro_of(toml_table(row), f"line {number}")
        if isinstance(macro, Problem):
            coming.refused.append(str(macro))
        elif macro.id in known:
            coming.refused.append(f"line {number}: {macro.id}: the shop has a macro of that id")
        else:
            known.add(macro.id)
            coming.macros.append(macro)


def _take_foreign(given: Iterable[Foreign], shop: _Shop, language: str, coming: _Coming) -> None:
    """Macros of another desk get ids that nobody has; one in two languages is one macro."""
    taken = set(shop.library.macros)
    named: dict[str, int] = {}
    for number, foreign in enumerate(given, 1):
        try:
            arrived = take_over(foreign, taken, language, shop.facts)
        except UsageError as error:
            coming.refused.append(f"macro {number}: {error}")
            continue
        coming.notes += arrived.notes
        place = named.get(foreign.name) if foreign.name else None
        if place is not None and (joined := _joined(coming.macros[place], arrived.macro)):
            coming.macros[place] = joined
            continue
        taken.add(arrived.macro.id)
        named[foreign.name] = len(coming.macros)
        coming.macros.append(arrived.macro)


def _joined(one: Macro, other: Macro) -> Macro | None:
    """A macro with the languages of another; None where they share one."""
    if set(one.languages) & set(other.languages):
        return None
    titles = {**one.titles, **other.titles}
    return replace(one, titles=titles, variants=(*one.variants, *other.variants))


def _only_sound(coming: _Coming, facts: Facts) -> None:
    """Leave out what would not load, and say why."""
    with tempfile.TemporaryDirectory(prefix="deskterm-macros-") as folder:
        file = Path(folder) / "import.toml"
        file.write_text("\n".join(map(toml_of, coming.macros)), encoding="utf-8")
        library = read_library([bundled_files(), [file]], facts)
    here = [problem for problem in library.problems if problem.file == str(file)]
    coming.notes += [f"{one.macro}: {one.text}" for one in here if not one.skipped]
    coming.refused += [f"{one.macro}: {one.text}" for one in here if one.skipped]
    coming.macros = [m for m in coming.macros if _is_from(library, m.id, str(file))]


def _is_from(library: Library, name: str, file: str) -> bool:
    return name in library.macros and library.macros[name].file == file


def _file_name(source: Path, shop: _Shop) -> str:
    """A name for the new file that is not taken."""
    folder = shop.place.home.macros
    taken = {file.stem for file in folder.glob(f"*{SUFFIX}")} if folder.is_dir() else set()
    return free_id(f"imported {source.stem}", taken)
