"""The examples of rules: what a rule alone says to a case, and what it was expected to say.

Where a case does not say what time it is, it is noon (UTC) of the day on which the rule's source
was read. An attachment with `qr` gets a picture that holds a code with this text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from subprocess import SubprocessError
from tempfile import TemporaryDirectory

from deskterm.domain.errors import UsageError
from deskterm.rules.case import read_case
from deskterm.rules.engine import check
from deskterm.rules.model import Example, Expectation, Rule, RulePack, Severity
from deskterm.rules.qr import draw

#: Long enough for any example; a busy machine makes none fail.
_NO_HURRY_MS = 600_000.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One example and what came of it. `said` is None where the case is not of the right shape,
    which `problem` then tells; it also names what is in a case and nothing reads.
    """

    pack: RulePack
    rule: Rule
    number: int
    example: Example
    said: Expectation | None
    problem: str = ""

    @property
    def good(self) -> bool:
        """Whether the rule says what its example expects."""
        return self.said == self.example.expect and not self.problem


def trials(packs: Iterable[RulePack]) -> Iterator[Trial]:
    """Every example of the packs, tried on its rule alone."""
    for pack in packs:
        for rule in pack.rules:
            for number, example in enumerate(rule.examples, 1):
                with TemporaryDirectory(prefix="deskterm-example-") as folder:
                    yield _trial(pack, rule, number, example, Path(folder))


def _trial(pack: RulePack, rule: Rule, number: int, example: Example, folder: Path) -> Trial:
    noon = datetime.combine(rule.checked_on, time(12), UTC)
    try:
        drawn = _with_pictures({"channel": pack.channel, **example.case}, folder)
        case = read_case(drawn, now=noon)
    except (UsageError, OSError, SubprocessError) as error:
        return Trial(pack, rule, number, example, None, str(error))
    # As its file states it: a shop that lowers a rule does not make its examples wrong.
    stated = replace(rule, severity=_as_read(rule), shop_changed=False)
    alone = replace(pack, rules=(stated,), outdated="")
    result = check(case.draft, case.facts, [alone], budget_ms=_NO_HURRY_MS)
    said: Expectation = "hint" if result.verdict == "ok" and result.findings else result.verdict
    problem = f"nothing reads {', '.join(case.unknown)}" if case.unknown else ""
    return Trial(pack, rule, number, example, said, problem)


def _with_pictures(case: Mapping[str, object], folder: Path) -> dict[str, object]:
    files = case.get("attachments")
    if not isinstance(files, list):
        return dict(case)
    drawn = [
        _with_picture(file, folder / f"{number}.png") if isinstance(file, dict) else file
        for number, file in enumerate(files)
    ]
    return {**case, "attachments": drawn}


def _with_picture(file: Mapping[str, object], path: Path) -> dict[str, object]:
    if not isinstance(text := file.get("qr"), str):
        return dict(file)
    draw(text, path)
    return {**file, "path": str(path)}


def _as_read(rule: Rule) -> Severity:
    lowered = rule.source_kind == "unverified" and rule.stated == "block"
    return "warn" if lowered else rule.stated
