"""The one way out: a reply passes the rules of its channel, or there is nothing to send.

`let_pass` is the only maker of a `CheckedReply`, and the outbox takes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from deskterm.domain.checked import SEAL, CheckedReply
from deskterm.domain.errors import DesktermError
from deskterm.rules.engine import check, standing_finding
from deskterm.rules.library import has_pack
from deskterm.rules.model import CheckResult, Draft, Facts, RulePack
from deskterm.rules.standing import UNRULED


def check_to_send(draft: Draft, facts: Facts, packs: Sequence[RulePack]) -> CheckResult:
    """Check a draft that is meant to leave: without a pack of its channel it may not."""
    result = check(draft, facts, packs)
    if has_pack(packs, draft.channel, facts.operator):
        return result
    finding = standing_finding(UNRULED, excerpt=draft.channel)
    return replace(result, verdict="block", findings=(finding, *result.findings))


def let_pass(
    draft: Draft,
    facts: Facts,
    packs: Sequence[RulePack],
    *,
    despite_warnings: bool = False,
    also: Iterable[str] = (),
) -> CheckedReply:
    """Check a draft and let it pass.

    Args:
        despite_warnings: the agent gave a reason; the warnings there are count as passed.
        also: what else the agent passed with that reason.

    Raises:
        DesktermError: it may not leave (`blocked`), or not without a reason (`needs_reason`).
    """
    result = check_to_send(draft, facts, packs)
    if result.verdict == "block":
        raise _stopped(result, "blocked")
    if result.verdict == "warn" and not despite_warnings:
        raise _stopped(result, "needs_reason")
    passed = warned(result).union(also) if despite_warnings else frozenset[str]()
    return CheckedReply(
        text=draft.text,
        digest=result.digest,
        verdict=result.verdict,
        overridden=passed,
        packs=tuple(f"{pack.channel} {pack.version}" for pack in packs),
        seal=SEAL,
    )


def warned(result: CheckResult) -> frozenset[str]:
    """The rules that ask for a reason."""
    return frozenset(f.rule for f in result.findings if f.severity == "warn")


def _stopped(result: CheckResult, code: str) -> DesktermError:
    grave = "block" if result.verdict == "block" else "warn"
    rules = dict.fromkeys(f.rule for f in result.findings if f.severity == grave)
    return DesktermError(
        "The rules do not let this reply pass",
        ", ".join(rules),
        "'deskterm rules explain' tells more",
        code=code,
    )
