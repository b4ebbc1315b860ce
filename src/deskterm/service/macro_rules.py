"""What the rules of a channel say to the macros, before anybody sends one.

A macro is read with a value of its kind in every place and with every answer to its conditions in
turn. Only rules about the text itself count; a rule about a file, the time or the order waits for
the reply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from deskterm.domain.errors import DesktermError
from deskterm.domain.money import Money
from deskterm.macros.facts import Facts as ShopFacts
from deskterm.macros.fill import INCLUDES_MAX, holds
from deskterm.macros.forms import written
from deskterm.macros.grammar import Ask, Choice, Include, Node, Place, Text, position
from deskterm.macros.model import Channel, Library, Macro, MacroVariant, Problem, Variable
from deskterm.macros.paths import FACTS, Known, Value, kind_of, look_up
from deskterm.rules.engine import check
from deskterm.rules.model import Draft, Facts, RulePack

#: Ways through the conditions of a text that are tried at most.
_MOST_WAYS: Final = 8
#: What a macro leaves to the agent: to attach what it speaks of.
_LEFT_TO_AGENT: Final = frozenset({"missing_attachment"})
_CUSTOMER, _AGENT, _ORDER = "Ana Novak", "Sam", "12345"
#: An item of the Universal Postal Union's own example series, with its check digit (UPU S10).
_PARCEL: Final = "RR123456785FR"
_SAMPLES: Final = MappingProxyType(
    {
        "order.ref": _ORDER,
        "order.tracking_number": _PARCEL,
        "order.tracking_url": f"https://www.laposte.fr/outils/suivre-vos-envois?code={_PARCEL}",
        "order.carrier": "Colissimo",
        "order.item": "Lampe",
        "order.items": "Lampe",
        "order.ship_to": _CUSTOMER,
        "order.return_number": _ORDER,
    }
)
#: Conditions on these are answered as they are; on others each way is tried.
_KNOWN_BEFORE: Final = ("channel.", FACTS)
_NO_HURRY_MS: Final = 60_000.0


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """What a rule says to a macro on a channel. `blocks`: as it stands it could never leave."""

    problem: Problem
    blocks: bool

    def __str__(self) -> str:
        return str(self.problem)


def check_macros(
    library: Library,
    facts: ShopFacts,
    channels: Iterable[Channel],
    packs_for: Callable[[str], Sequence[RulePack]],
    now: datetime,
) -> Iterator[RuleProblem]:
    """Run the rules of each channel over every macro, in each language that it speaks.

    Args:
        now: aware, in the shop's zone.
    """
    for channel in channels:
        try:
            packs = _about_texts(packs_for(channel.id))
        except DesktermError as error:
            yield RuleProblem(Problem("", 0, str(error), skipped=False), blocks=True)
            continue
        known = Known(now, channel, customer=_CUSTOMER, agent=_AGENT, facts=facts)
        for macro in library:
            for language in macro.languages:
                there = replace(known, language=language)
                yield from _of_macro(macro, there, library, packs)


def _about_texts(packs: Sequence[RulePack]) -> list[RulePack]:
    return [
        replace(
            pack,
            rules=tuple(
                rule
                for rule in pack.rules
                if rule.gate == "text"
                and not any(check.detector in _LEFT_TO_AGENT for check in rule.checks)
            ),
            outdated="",
        )
        for pack in packs
    ]


def _of_macro(
    macro: Macro, known: Known, library: Library, packs: Sequence[RulePack]
) -> Iterator[RuleProblem]:
    variant = macro.best(known.language, known.channel)
    if variant.language != known.language:
        return
    facts = Facts(
        now=known.now,
        own_values=frozenset({_ORDER, _PARCEL}),
        buyer_language=known.language,
        buyer_name=_CUSTOMER,
    )
    told: set[str] = set()
    for text in _texts(macro, variant, known, library):
        draft = Draft(text, known.channel.id, language=known.language)
        for finding in check(draft, facts, packs, budget_ms=_NO_HURRY_MS).findings:
            if finding.severity != "hint" and finding.rule not in told:
                told.add(finding.rule)
                is_block = finding.severity == "block"
                does = "may not leave by" if is_block else "needs a reason on"
                words = f"{does} {known.channel.id} in {known.language}: {finding.excerpt!r}; "
                words += f"{finding.says_in('en')} ({finding.rule})"
                yield RuleProblem(_problem(macro, variant, finding.excerpt, words), is_block)


def _problem(macro: Macro, variant: MacroVariant, excerpt: str, words: str) -> Problem:
    at = variant.source.find(excerpt) if excerpt else -1
    if at < 0:
        return Problem(macro.file, variant.line or macro.line, words, macro.id, skipped=False)
    line, column = position(variant.source, at)
    return Problem(macro.file, variant.line + line - 1, words, macro.id, column, skipped=False)


def _texts(macro: Macro, variant: MacroVariant, known: Known, library: Library) -> Iterator[str]:
    """A text of a macro, each way through its conditions in turn."""
    seen: set[str] = set()
    for way in range(_MOST_WAYS):
        text = "".join(_said(variant.body, macro, known, library, way)).strip()
        if text not in seen:
            seen.add(text)
            yield text


def _said(
    nodes: Sequence[Node], macro: Macro, known: Known, library: Library, way: int, depth: int = 0
) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text(text):
                yield text
            case Place(path, fallback):
                yield _value(path, fallback, known)
            case Ask(label):
                yield _answer(macro.variable(label), known)
            case Include(name):
                other = library.macros.get(name)
                if other is not None and depth < INCLUDES_MAX:
                    body = other.best(known.language, known.channel).body
                    yield from _said(body, other, known, library, way, depth + 1)
            case Choice():
                chosen = _chosen(node, known, way)
                yield from _said(chosen, macro, known, library, way, depth)


def _chosen(choice: Choice, known: Known, way: int) -> Sequence[Node]:
    open_ways: list[Sequence[Node]] = []
    for branch in choice.branches:
        if not branch.condition.path.startswith(_KNOWN_BEFORE):
            open_ways.append(branch.nodes)
        elif holds(branch.condition, known):
            open_ways.append(branch.nodes)
            break
    else:
        open_ways.append(choice.otherwise)
    return open_ways[min(way, len(open_ways) - 1)]


def _value(path: str, fallback: str | None, known: Known) -> str:
    value: Value | None = _SAMPLES.get(path) or look_up(path, known)
    if value is None or isinstance(value, frozenset):
        given = fallback if fallback is not None else _sample(path, known)
        return written(given, known.language, known.today)
    return written(value, known.language, known.today)


def _answer(variable: Variable, known: Known) -> str:
    choices = variable.choices.get(known.language, ())
    return (
        choices[0] if choices else written(_of(variable.kind, known), known.language, known.today)
    )


def _sample(path: str, known: Known) -> str | int | date | Money:
    return _of(kind_of(path, known.facts) or "text", known)


def _of(kind: str, known: Known) -> str | int | date | Money:
    if kind == "date":
        return known.today + timedelta(days=2)
    if kind == "money":
        return Money(4_990, "EUR")
    return 2 if kind == "number" else "Lampe"
