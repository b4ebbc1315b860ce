"""`deskterm suggest --batch`: which macros answer messages that come from anywhere.

JSON lines on stdin, JSON lines on stdout, notes on stderr. Nothing is stored and nothing is learned
but from `--picks`. Exit code 1 when a line could not be read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from deskterm.cli.json_lines import decoded, lines_of
from deskterm.cli.output import note, put_json
from deskterm.cli.suggest_lines import Wanted, read_macro_file, wanted
from deskterm.cli.workplace import Workplace
from deskterm.domain.errors import UsageError
from deskterm.macros.channels import channel_of
from deskterm.macros.facts import read_facts
from deskterm.macros.learning import CHOSEN, Learned
from deskterm.macros.library import load_library
from deskterm.macros.making import make
from deskterm.macros.model import Library
from deskterm.macros.ranker import ProfileRanker
from deskterm.macros.ranking import SHOWN, Evidence, Situation, Suggestion
from deskterm.service.reading.lists import line
from deskterm.service.reading.macro_rows import ReasonView
from deskterm.text.language import language_of
from deskterm.text.mood import mood_of
from deskterm.viewmodel.macros import reason

#: Macros that are given for a message at most.
MOST = 20


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "suggest",
        help="say which macros answer a message",
        description="Reads one JSON object a line from stdin. Nothing is stored.",
    )
    parser.add_argument(
        "--batch", action="store_true", required=True, help="JSON lines in, JSON lines out"
    )
    parser.add_argument(
        "--macros", type=Path, metavar="FILE", help="these macros (TOML, JSON lines) alone"
    )
    parser.add_argument(
        "--picks", type=Path, metavar="FILE", help="JSON lines with text and label, learned first"
    )
    parser.add_argument(
        "--no-seeds", action="store_true", help="without the messages that come along"
    )
    parser.add_argument(
        "--limit", type=int, default=SHOWN, metavar="N", help="macros a message (%(default)s)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer each line of stdin.

    Raises:
        UsageError: the arguments, or a file that they name, cannot be used.
    """
    if not 1 <= args.limit <= MOST:
        raise UsageError(f"--limit takes a number from 1 to {MOST}")
    place = Workplace.of(args)
    facts, _ = read_facts(place.home.facts_file)
    library = read_macro_file(args.macros, facts) if args.macros else None
    library = library or load_library(place.home.macros, facts)
    for problem in library.problems:
        if problem.skipped:
            note(str(problem))
    ranker = _ranker(library, place.home.config / "lexicon.toml", seeds=not args.no_seeds)
    if args.picks:
        _learn(ranker, library, args.picks)
    return _answer_all(sys.stdin.buffer, ranker, library, args.limit)


def _ranker(library: Library, own_lexicon: Path, *, seeds: bool) -> ProfileRanker:
    made = make(library, own_lexicon, seeds=seeds)
    for problem in made.problems:
        note(str(problem))
    return made.ranker(library, Learned())


def _learn(ranker: ProfileRanker, library: Library, file: Path) -> None:
    """Take in messages and the macros that answered them, in their order."""
    try:
        with file.open("rb") as stream:
            picks = [_pick(number, raw) for number, raw in lines_of(stream)]
    except OSError as error:
        raise UsageError(f"{file} cannot be read", str(error.strerror)) from error
    for text, macro in picks:
        if macro in library.macros:
            ranker.learn(ranker.features(Situation(text)), macro, ranker.newest(macro, CHOSEN))
        else:
            note(f"note: --picks names {macro[:60]!r}, which is no macro here")


def _pick(number: int, raw: bytes | None) -> tuple[str, str]:
    found = decoded(raw)
    text = found.get("text") if isinstance(found, dict) else None
    macro = (found.get("label") or found.get("macro")) if isinstance(found, dict) else None
    if not isinstance(text, str) or not isinstance(macro, str):
        raise UsageError(f"Line {number} of --picks has no text and label")
    return text, macro


def _answer_all(stream: BinaryIO, ranker: ProfileRanker, library: Library, limit: int) -> int:
    code = 0
    noted: set[str] = set()
    for number, raw in lines_of(stream):
        try:
            asked = wanted(decoded(raw))
            answer = _answer(asked, ranker, library, limit)
            for unknown in asked.unknown - noted:
                noted.add(unknown)
                note(f"note: {unknown[:60]!r} is no state of an order and was left")
        except UsageError as error:
            code = 1
            answer = {"line": number, "error": {"code": error.code, "message": str(error)}}
        put_json(answer)
    return code


def _answer(
    asked: Wanted, ranker: ProfileRanker, library: Library, limit: int
) -> dict[str, object]:
    language = asked.language or language_of(asked.situation.text)
    mood = mood_of(asked.situation.text, language)
    situation = asked.with_mood(grave=mood.grave)
    begun = time.perf_counter()
    found = ranker.rank(situation, MOST)
    ms = (time.perf_counter() - begun) * 1000
    if asked.channel:
        channel = channel_of(asked.channel)
        found = [each for each in found if library.macros[each.macro].fits(channel)]
    shown = found[:limit]
    return {
        "id": asked.id,
        "suggestions": [_suggestion(each) for each in shown],
        "language": language,
        "reason": library.macros[shown[0].macro].reason or None if shown else None,
        "tone": mood.tone,
        "urgent": mood.urgent,
        "risks": list(mood.risks),
        "ms": round(ms, 3),
    }


def _suggestion(suggestion: Suggestion) -> Mapping[str, object]:
    return {
        "macro": suggestion.macro,
        "score": suggestion.score,
        "sure": suggestion.sure,
        "reasons": list(_reasons(suggestion.evidence)),
    }


def _reasons(evidence: Iterable[Evidence]) -> Iterable[str]:
    for one in evidence:
        values = one.values
        value = values.get("phrase") or values.get("state") or values.get("reason") or ""
        times = values.get("times", 0)
        yield reason(ReasonView(one.kind, line(str(value)), times if isinstance(times, int) else 0))
