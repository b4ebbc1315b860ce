"""`deskterm doctor`: what this workspace stands on, and what is wrong with it."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from deskterm import __version__
from deskterm.cli.output import put_json, say
from deskterm.cli.workplace import Workplace
from deskterm.config.secrets import try_out
from deskterm.config.settings import load
from deskterm.domain.errors import DesktermError
from deskterm.office.lock import is_held, read_info
from deskterm.text.clean import clean

_LOW_BYTES = 200 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    topic: str
    good: bool
    text: str


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("doctor", help="look for what is wrong")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Look at everything; exit code 1 where something is wrong."""
    place = Workplace.of(args)
    good = True
    for line in _look(place):
        good = good and line.good
        if args.json:
            put_json({"topic": line.topic, "good": line.good, "text": line.text})
        else:
            say(f"{'ok   ' if line.good else 'WRONG'} {line.topic:<11} {clean(line.text)}")
    return 0 if good else 1


def _look(place: Workplace) -> Iterator[Line]:
    yield Line(
        "program",
        True,
        f"deskterm {__version__}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.system()}",
    )
    yield from _folders(place)
    yield from _settings(place)
    yield from _views(place)
    yield from _secrets(place)
    yield from _connectors(place)
    yield from _keys(place)
    yield from _themes(place)
    yield from _rules(place)
    yield from _macros(place)
    yield from _language(place)
    yield _office(place)
    yield from _database(place)


def _folders(place: Workplace) -> Iterator[Line]:
    try:
        prepared = place.home.prepare()
    except DesktermError as error:
        yield Line("folders", False, str(error))
        return
    text = f"data {place.home.data}, settings {place.home.config}"
    if prepared.network_filesystem:
        text += f"; on {prepared.network_filesystem}, so changes are slower but safe"
    yield Line("folders", True, text)
    free = shutil.disk_usage(place.home.data).free
    yield Line("disk", free > _LOW_BYTES, f"{free >> 20} MiB free")


def _settings(place: Workplace) -> Iterator[Line]:
    _, problems = load(place.home, strict=False)
    for problem in problems:
        yield Line("settings", False, str(problem))
    if not problems:
        there = place.home.settings_file.exists()
        yield Line("settings", True, "settings.toml is good" if there else "defaults, no file")


def _views(place: Workplace) -> Iterator[Line]:
    own, problems = place.views
    for problem in problems:
        yield Line("views", False, str(problem))
    if own.views and not problems:
        yield Line("views", True, ", ".join(own.views))


def _secrets(place: Workplace) -> Iterator[Line]:
    try:
        yield Line("secrets", True, try_out(place.settings, os.environ, place.home))
    except DesktermError as error:
        yield Line("secrets", False, str(error))


def _connectors(place: Workplace) -> Iterator[Line]:
    from deskterm.sync.connectors import Connectors

    installed = Connectors.installed(place.settings.trusted_connectors)
    yield Line("connectors", bool(installed.specs), ", ".join(installed.specs) or "none found")
    for problem in installed.problems:
        yield Line("connectors", True, problem)


def _keys(place: Workplace) -> Iterator[Line]:
    from deskterm.cli.keymap import keymap_of

    _, mistakes = keymap_of(place.home.keys_file, os.environ, more=place.views[0].commands)
    for mistake in mistakes:
        yield Line("keys", False, str(mistake))
    if not mistakes:
        there = place.home.keys_file.exists()
        yield Line("keys", True, "keys.toml is good" if there else "the usual ones, no file")


def _themes(place: Workplace) -> Iterator[Line]:
    from deskterm.ui.theme import load_themes, theme_folder

    shipped, own = load_themes(theme_folder()), load_themes(place.home.themes)
    names = sorted({*shipped.themes, *own.themes})
    yield Line("themes", bool(shipped.themes), ", ".join(names))
    for error in (*shipped.errors, *own.errors):
        yield Line("themes", False, str(error))


def _rules(place: Workplace) -> Iterator[Line]:
    from deskterm.cli.macro_channels import own_channels
    from deskterm.rules.library import has_pack

    broken = place.rulebook.broken
    for one in broken:
        every = one.channel == "everywhere"
        where = "on every channel" if every else f"on {one.channel}"
        yield Line("rules", False, f"{one.error}; an office that starts now sends nothing {where}")
    channels = [channel.id for channel in own_channels(place)]
    stopped = {name for name in channels if any(one.concerns(name) for one in broken)}
    bare = [n for n in channels if n not in stopped and not has_pack(place.packs_for(n), n)]
    for name in bare:
        yield Line(
            "rules", False, f"there is no rule pack for {name}, so nothing can be sent on it"
        )
    if not broken and not bare:
        packs = {pack.channel: pack for name in channels for pack in place.packs_for(name)}
        due = [pack.channel for pack in packs.values() if pack.is_stale(place.now.date())]
        late = f"; past their review: {', '.join(due)}" if due else ""
        yield Line("rules", not due, f"{', '.join(packs)}{late}")


def _macros(place: Workplace) -> Iterator[Line]:
    from deskterm.cli.macro_channels import own_channels
    from deskterm.macros.facts import read_facts
    from deskterm.macros.library import load_library
    from deskterm.macros.playbooks import read_playbooks
    from deskterm.macros.voice_file import read_voices
    from deskterm.service.macro_rules import check_macros

    facts, wrong = read_facts(place.home.facts_file)
    library = load_library(place.home.macros, facts)
    yield Line("macros", bool(library.macros), f"{len(library.macros)} can be used")
    _, unsaid = read_voices(place.home.voice_file)
    _, unread = read_playbooks(place.home.playbooks)
    for problem in (*wrong, *unsaid, *unread, *library.problems):
        yield Line("macros", not problem.skipped, str(problem))
    now = place.now.astimezone(place.zone)
    for found in check_macros(library, facts, own_channels(place), place.packs_for, now):
        if found.blocks:
            yield Line("macros", False, str(found))


def _language(place: Workplace) -> Iterator[Line]:
    from deskterm.i18n.languages import faults, wanted

    code = wanted(place.settings.console.language, os.environ)
    found = faults(code)
    for fault in found:
        yield Line("language", False, f"{fault}; English is spoken instead")
    if not found:
        yield Line("language", True, code)


def _office(place: Workplace) -> Line:
    info = read_info(place.home.lock) if is_held(place.home.lock) else None
    if info is None:
        return Line("office", True, "not running; it starts when it is needed")
    return Line("office", True, f"process {info.pid} on {info.host}, since {info.started_at:%H:%M}")


def _database(place: Workplace) -> Iterator[Line]:
    from deskterm.domain.outbox import NEEDS_US
    from deskterm.store import accounts
    from deskterm.store.outbox import in_states

    try:
        with place.reading() as connection:
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
            messages = connection.execute("SELECT count(*) FROM messages").fetchone()[0]
            aside = connection.execute("SELECT count(*) FROM quarantine").fetchone()[0]
            waiting = len(in_states(connection, NEEDS_US))
            states = [
                (a.name, accounts.health(connection, a.id))
                for a in accounts.all_accounts(connection)
            ]
    except DesktermError as error:
        yield Line("database", error.code == "no_database", str(error))
        return
    yield Line("database", verdict == "ok", f"{messages} messages; check says {verdict}")
    if aside:
        yield Line("quarantine", False, f"{aside} items could not be stored and were set aside")
    if waiting:
        yield Line("outbox", False, f"{waiting} replies need a decision: 'deskterm outbox list'")
    for name, health in states:
        if health is not None:
            good = health.state in ("ok", "syncing")
            yield Line("account", good, f"{name}: {health.state.replace('_', ' ')} {health.text}")
