"""`python -m benchmarks policy`: how well the rules tell what must not leave from what may.

Cases are JSON lines in the shape of `deskterm check --batch` with `expect`, perhaps `accept`, a
`tier` (`plain` or `evasive`) and a `rule_hint`; see `tests/data/policy_dev/README.md`. Exit code 1
where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import rule_speed
from deskterm.rules.case import read_case
from deskterm.rules.library import packs_for
from deskterm.rules.passing import check_to_send

CASES = Path(__file__).parents[1] / "tests" / "data" / "policy_dev" / "cases.jsonl"
#: Where a case does not say what time it is.
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
#: Percent: what must be reached, and what must not be passed.
PLAIN, EVASIVE, EVASIVE_SEEN, FALSE_BLOCKS, FALSE_WARNINGS = 100.0, 80.0, 90.0, 1.0, 4.0

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what the check made of it."""

    case: Case
    verdict: str
    rules: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether the verdict is one that counts as right."""
        return self.verdict in {self.case["expect"], *self.case.get("accept", ())}

    @property
    def kind(self) -> str:
        """`clean`, `warn`, `evasive` or `plain`, which is every other violation."""
        if self.case["expect"] != "block":
            return {"ok": "clean"}.get(self.case["expect"], "warn")
        return "evasive" if self.case.get("tier") == "evasive" else "plain"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """In percent; None of nothing."""
        return 100 * self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        return "" if self.percent is None else f"{self.percent:.0f} % of {self.whole}"


@dataclass(frozen=True, slots=True)
class Score:
    """How cases were judged. `evasive_seen` counts blocks and warnings."""

    plain: Share
    evasive: Share
    evasive_seen: Share
    warned: Share
    false_blocks: Share
    false_warnings: Share

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Score:
        """Count them."""
        found = list(judged)

        def share(kind: str, counts: Callable[[Judged], bool]) -> Share:
            those = [one for one in found if one.kind == kind]
            return Share(sum(map(counts, those)), len(those))

        return cls(
            plain=share("plain", lambda one: one.is_right),
            evasive=share("evasive", lambda one: one.is_right),
            evasive_seen=share("evasive", lambda one: one.verdict != "ok"),
            warned=share("warn", lambda one: one.is_right),
            false_blocks=share("clean", lambda o: o.verdict == "block" and not o.is_right),
            false_warnings=share("clean", lambda o: o.verdict == "warn" and not o.is_right),
        )

    def missed(self) -> Iterator[str]:
        """The goals that are not reached, in words."""
        for name, share, least in (
            ("plain violations blocked", self.plain, PLAIN),
            ("evasive violations blocked", self.evasive, EVASIVE),
            ("evasive violations blocked or warned", self.evasive_seen, EVASIVE_SEEN),
        ):
            if share.percent is not None and share.percent < least:
                yield f"{name}: {share}, wanted {least:g} %"
        for name, share, most in (
            ("clean texts blocked", self.false_blocks, FALSE_BLOCKS),
            ("clean texts warned about", self.false_warnings, FALSE_WARNINGS),
        ):
            if share.percent is not None and share.percent > most:
                yield f"{name}: {share}, wanted at most {most:g} %"


def load(file: Path = CASES) -> list[Case]:
    """The cases of a file of JSON lines."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def judge(case: Case, folder: Path) -> Judged:
    """Check one case. Pictures of its QR codes are drawn into the folder."""
    read = read_case({**case, "attachments": _drawn(case, folder)}, now=NOW)
    packs = packs_for(read.draft.channel, operator=read.facts.operator)
    result = check_to_send(read.draft, read.facts, packs)
    return Judged(case, result.verdict, tuple(f.rule for f in result.findings))


def _drawn(case: Case, folder: Path) -> list[dict[str, object]]:
    files: list[dict[str, object]] = []
    for number, file in enumerate(case.get("attachments") or ()):
        drawn = dict(file)
        if text := drawn.pop("qr", None):
            path = folder / f"{case['id']}-{number}.png"
            _draw(str(text), path)
            drawn["path"] = str(path)
        files.append(drawn)
    return files


def _draw(text: str, path: Path) -> None:
    import zxingcpp
    from PIL import Image

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    Image.fromarray(code.to_image(scale=4)).save(path, "PNG")


def main(words: Sequence[str]) -> int:
    """Score the cases, measure the speed, show both."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks policy", description=__doc__)
    parser.add_argument("--cases", type=Path, default=CASES, help="JSON lines")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--no-speed", action="store_true", help="leave the speed out")
    args = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="deskterm-policy-") as folder:
        judged = [judge(case, Path(folder)) for case in load(args.cases)]
    score = Score.of(judged)
    speeds = [] if args.no_speed else list(rule_speed.measure())
    missed = [*score.missed(), *(f"{s.channel}: {s.words}" for s in speeds if not s.met)]
    if args.json:
        told = {
            "missed": missed,
            "wrong": [_told(one) for one in judged if not one.is_right],
            "speed": [speed.as_json() for speed in speeds],
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        _show(judged, score, speeds, missed)
    return 1 if missed else 0


def _told(one: Judged) -> dict[str, object]:
    names = ("id", "channel", "lang", "text", "expect", "rule_hint", "tier")
    told = {name: one.case[name] for name in names if name in one.case}
    return {**told, "verdict": one.verdict, "rules": list(one.rules)}


def _show(
    judged: Sequence[Judged],
    score: Score,
    speeds: Sequence[rule_speed.Speed],
    missed: Sequence[str],
) -> None:
    console = Console()
    console.print(_table("All", [("", score)]))
    for title, key in (("channel", "channel"), ("language", "lang"), ("kind", "rule_hint")):
        names = sorted({str(one.case.get(key, "")) for one in judged})
        rows = [(n, Score.of(o for o in judged if str(o.case.get(key, "")) == n)) for n in names]
        console.print(_table(f"By {title}", rows))
    wrong = [one for one in judged if not one.is_right]
    for one in wrong:
        told = json.dumps(_told(one), ensure_ascii=False)
        console.print(told, markup=False, highlight=False)
    if speeds:
        console.print(rule_speed.table(speeds))
    for goal in missed:
        console.print(f"[bold red]missed[/] {goal}", highlight=False)


def _table(title: str, rows: Iterable[tuple[str, Score]]) -> Table:
    table = Table(title=title)
    for name in ("", "plain", "evasive", "… or warned", "to warn", "clean blocked", "… warned"):
        table.add_column(name, justify="right" if name else "left")
    for name, s in rows:
        shares = (s.plain, s.evasive, s.evasive_seen, s.warned, s.false_blocks, s.false_warnings)
        table.add_row(name, *map(str, shares))
    return table
