"""Writes the tables of `docs/macros.md`: `python -m deskterm.macros.reference`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from deskterm.macros.facts import KNOWN_FACTS, KnownFact
from deskterm.macros.paths import FIELDS


def tables() -> tuple[str, ...]:
    """The fields, the words that states are compared with, and the facts, as Markdown."""
    words = {path: each.options for path, each in FIELDS.items() if each.options}
    return (
        _table(
            ("field", "kind", "what it holds"),
            ((f"`{each.path}`", each.kind, each.says) for each in FIELDS.values()),
        ),
        _table(
            ("field", "its words"),
            (
                (f"`{path}`", ", ".join(f"`{word}`" for word in each))
                for path, each in words.items()
            ),
        ),
        _table(
            ("fact", "kind", "default", "what it is"),
            (
                (f"`{fact.name}`", fact.kind, _default(fact), _meaning(fact))
                for fact in KNOWN_FACTS.values()
            ),
        ),
    )


def _default(fact: KnownFact) -> str:
    return "" if fact.default is None else f"`{fact.default}`"


def _meaning(fact: KnownFact) -> str:
    if fact.least is not None:
        return f"{fact.says}; {fact.least} or more ({fact.source})"
    if fact.most is not None:
        return f"{fact.says}; {fact.most} or less ({fact.source})"
    return fact.says


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write("\n".join(tables()))
