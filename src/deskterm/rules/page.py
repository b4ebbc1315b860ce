"""The page of all bundled rules: `python -m deskterm.rules.page > docs/all-rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from deskterm.rules.library import EVERYWHERE, bundled_packs
from deskterm.rules.model import DRAFT_GATES, Rule, RulePack, SourceKind
from deskterm.rules.standing import STANDING

_HEAD = """\
# All rules

This page is made from the rule packs by `python -m deskterm.rules.page > docs/all-rules.md`.

What each severity and each kind of source means stands in [rules](rules.md), what no text can show
in the `RULES.md` beside each pack and in [shared rules](rules-shared.md). `deskterm rules explain`
tells everything about one rule, as this shop has it.
"""
_KINDS: Mapping[SourceKind, str] = MappingProxyType(
    {
        "official": "official",
        "law": "law",
        "standard": "standard",
        "secondary": "secondary",
        "house": "our default",
        "unverified": "unverified, never blocks",
    }
)


def page() -> str:
    """The page in Markdown."""
    packs = bundled_packs()
    rules = [rule for pack in packs for rule in pack.rules]
    examples = sum(len(rule.examples) for rule in rules)
    total = f"{len(rules)} rules in {len(packs)} packs, tried on {examples} examples."
    return "\n".join([_HEAD, total + "\n", *(_part(pack) for pack in packs)])


def _part(pack: RulePack) -> str:
    about = [f"Version {pack.version}, read at its sources on {pack.checked_on} or later."]
    if hint := pack.hint.get("en"):
        about.append(hint)
    if pack.includes:
        about.append(f"Takes in {', '.join(f'`{name}`' for name in pack.includes)}.")
    rules = [*pack.rules, *(STANDING.values() if pack.channel == EVERYWHERE else ())]
    rows = "\n".join(f"| {' | '.join(_cells(rule))} |" for rule in rules)
    head = "| rule | severity | says | source |\n| --- | --- | --- | --- |"
    return f"## {pack.channel}\n\n{' '.join(about)}\n\n{head}\n{rows}\n"


def _cells(rule: Rule) -> Iterator[str]:
    yield f"`{rule.id}`"
    yield rule.severity if rule.gate in DRAFT_GATES else f"{rule.severity}, held elsewhere"
    yield _cell(rule.says.get("en") or next(iter(rule.says.values())))
    yield f"{_cell(rule.source)} ({_KINDS[rule.source_kind]}, {rule.checked_on})"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    sys.stdout.write(page())
