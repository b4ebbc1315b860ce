"""`python -m benchmarks shapes`: the bundled macros, filled in for orders of every shape.

Each macro, for every channel that it may be used on, in each of its languages: nothing blank, every
amount and date as the order has it and as the language writes it, and nothing that the channel's
rules stop or ask about. What is wrong is printed; exit code 1 where something is.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from rich.console import Console

from benchmarks.shape_orders import Shape, draw
from deskterm.domain.money import Money
from deskterm.macros.channels import channel_of
from deskterm.macros.fill import FilledText, fill
from deskterm.macros.grammar import Ask, walk
from deskterm.macros.library import load_library
from deskterm.macros.model import Channel, Library, Macro, Variable
from deskterm.macros.paths import FACTS, Known, Value, look_up
from deskterm.rules.engine import check
from deskterm.rules.library import bundled_packs, packs_for
from deskterm.rules.model import Draft, Facts, RulePack

#: What a macro leaves to the agent: to attach what it speaks of.
_LEFT_TO_AGENT: Final = "everywhere.attachment_present"
#: The rules take ten times as long as all else.
_EVERY: Final = 16
_NO_HURRY_MS: Final = 60_000.0
_ANSWERS: Final = {"en": "Done this morning.", "fr": "C’est fait ce matin."}
_BROKEN: Final = re.compile(
    r"\bNone\b|\bnull\b|\bnan\b|\{\{|\{%|\}\}|%\}|[0-9]{4}-[0-9]{2}-[0-9]{2}|\n\n\n|  "
    r"|[ \u00a0](?:[.,]|\n)|\(\)|^\s|\s$"
)
_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_DAYS: Final = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
}
#: Signs of currencies that are not their code.
_SIGNS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "CAD": "CA$"},
    "fr": {"EUR": "€", "GBP": "£GB", "USD": "$US", "CAD": "$CA"},
}
#: Channels that take one language alone.
_ONLY: Final[Mapping[str, str]] = {"octopia": "fr", "walmart": "en"}
_GAPS: Final = str.maketrans(dict.fromkeys("\u00a0\u202f", " "))
_UNMARKED: Final = str.maketrans("ûéê", "uee")


def channels() -> list[Channel]:
    """Every channel that has rules of its own."""
    shared = {"everywhere", *(name for pack in bundled_packs() for name in pack.includes)}
    return [channel_of(pack.channel) for pack in bundled_packs() if pack.channel not in shared]


def possible(macro: Macro, known: Known) -> bool:
    """Whether anybody would use this macro there."""
    needed = all(look_up(path, known) is not None for path in macro.needs)
    return needed and macro.fits(known.channel) and not (known.states & macro.not_for)


def filled(
    macro: Macro, shape: Shape, channel: Channel, language: str, library: Library
) -> FilledText:
    """A macro with the values of a shape, and an answer to everything that it asks."""
    known = shape.known(channel, language)
    labels = {n.label for v in macro.variants for n in walk(v.body) if isinstance(n, Ask)}
    answers = {label: _answer(macro.variable(label), known) for label in labels}
    return fill(macro, known, language=language, answers=answers, library=library)


def _answer(variable: Variable, known: Known) -> Value:
    if variable.kind == "date":
        return known.today + timedelta(days=3)
    if variable.kind == "money":
        return Money(490, "EUR")
    if variable.kind == "number":
        return 2
    choices = variable.choices.get(known.language, ())
    return choices[known.today.day % len(choices)] if choices else _ANSWERS[known.language]


def wrong_form(text: FilledText, known: Known) -> Iterator[str]:
    """What is blank, left open, or not written as the language writes it."""
    for found in _BROKEN.finditer(text.text):
        yield f"holds {found[0]!r}"
    if text.language != known.language:
        yield f"is in {text.language}"
    for span in text.spans:
        said = text.text[span.start : span.end]
        if span.kind in ("gap", "missing"):
            yield f"has no {span.name}"
        elif not said.strip():
            yield f"is blank at {span.name}"
        elif span.kind == "value":
            yield from _wrong_value(span.name, said, known)
    if foreign := _foreign(text.text, known.language):
        yield f"speaks of {foreign} as another language does"


def _wrong_value(path: str, said: str, known: Known) -> Iterator[str]:
    value = look_up(path, known)
    if isinstance(value, Money):
        wanted = amount(value, known.language)
    elif isinstance(value, date):
        wanted = day(value, known.language, known.today)
    elif isinstance(value, str) and not path.startswith(FACTS):
        return
    else:
        wanted = str(value)
    if said.translate(_GAPS).translate(_UNMARKED) != wanted.translate(_UNMARKED):
        yield f"says {said!r} at {path} for {wanted!r}"


def amount(money: Money, language: str) -> str:
    """An amount as the language writes it, with plain blanks."""
    sign = _SIGNS[language].get(money.currency, money.currency)
    places = abs(int(Decimal(money.amount).as_tuple().exponent))
    number = f"{money.amount:,.{places}f}"
    if language == "fr":
        return f"{number.replace(',', ' ').replace('.', ',')} {sign}"
    gap = " " if len(sign) == 3 and sign.isalpha() else ""
    return f"{sign}{gap}{number}"


def day(value: date, language: str, today: date) -> str:
    """A date as the language writes it: Tuesday 24 November, mardi 1er décembre 2026."""
    name = _DAYS[language].split()[value.weekday()]
    month = _MONTHS[language].split()[value.month - 1]
    number = "1er" if language == "fr" and value.day == 1 else str(value.day)
    year = "" if value.year == today.year else f" {value.year}"
    return f"{name} {number} {month}{year}"


def _foreign(text: str, language: str) -> str:
    """A day of the week of another language."""
    other = "fr" if language == "en" else "en"
    words = set(re.findall(r"\w+", text))
    return next((name for name in _DAYS[other].split() if name in words), "")


def wrong_by_rules(
    text: FilledText, shape: Shape, known: Known, packs: Sequence[RulePack]
) -> Iterator[str]:
    """What the rules of the channel stop, or ask a reason for."""
    draft = Draft(text.text, known.channel.id, language=known.language)
    facts = Facts(
        now=shape.now,
        last_inbound_at=shape.now - timedelta(hours=1),
        values=dict(text.values),
        order_created_at=shape.order.placed_at if shape.order else None,
        order_state=_state(known),
        own_values=frozenset(_own_values(shape)),
        buyer_language=known.language,
        buyer_name=shape.customer,
    )
    for finding in check(draft, facts, packs, budget_ms=_NO_HURRY_MS).findings:
        if finding.severity != "hint" and finding.rule != _LEFT_TO_AGENT:
            yield f"breaks {finding.rule}: {finding.excerpt!r}"


def _state(known: Known) -> str:
    for state in ("cancelled", "returned", "returning", "delivered", "shipped", "unpaid"):
        if state in known.states:
            return state
    return "processing" if "paid" in known.states else ""


def _own_values(shape: Shape) -> Iterator[str]:
    if shape.order:
        yield shape.order.ref
        yield from (one.tracking_number for one in shape.order.shipments if one.tracking_number)
        yield from (one.rma for one in shape.order.returns if one.rma)


def judged(
    library: Library, channel: Channel, numbers: Sequence[int], *, every: int = 1
) -> Iterator[tuple[Macro, str, Shape, str, list[str]]]:
    """Each text on a channel: macro, language, shape, text, and what is wrong with it.

    Args:
        every: run the rules over one of so many texts of a shape, another one of each shape, and
            besides over one of those that differ in their values alone, and in the half hundreds
            of their length; 0: over these alone, 1: over every text.
    """
    packs = packs_for(channel.id)
    passed: set[object] = set()
    for number in numbers:
        shape = draw(number, channel)
        for place, macro in enumerate(library, start=number):
            for language in macro.languages:
                if language != _ONLY.get(channel.id, language):
                    continue
                known = shape.known(channel, language)
                if not possible(macro, known):
                    continue
                text = filled(macro, shape, channel, language, library)
                wrong = list(wrong_form(text, known))
                skeleton = macro.id, language, _without_values(text), len(text.text) // 50
                if skeleton not in passed or (every and place % every == 0):
                    passed.add(skeleton)
                    wrong += wrong_by_rules(text, shape, known, packs)
                yield macro, language, shape, text.text, wrong


def _without_values(text: FilledText) -> str:
    """The words of the macro itself."""
    words, done = [], 0
    for span in text.spans:
        words.append(text.text[done : span.start])
        done = span.end
    return "\0".join([*words, text.text[done:]])


def main(arguments: Sequence[str]) -> int:
    """Fill in and judge; print what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks shapes", description=__doc__)
    parser.add_argument("--shapes", type=int, default=1_000, help="orders a channel (1000)")
    parser.add_argument(
        "--every", type=int, default=_EVERY, help=f"rules over one of so many texts ({_EVERY})"
    )
    parser.add_argument("--channel", action="append", help="only this one; may be repeated")
    parser.add_argument("--texts", action="store_true", help="show the texts that are wrong")
    args = parser.parse_args(arguments)
    library = load_library()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    told: Counter[str] = Counter()
    texts, begun = 0, time.perf_counter()
    for channel in channels():
        if args.channel and channel.id not in args.channel:
            continue
        for macro, language, shape, text, wrong in judged(
            library, channel, range(args.shapes), every=args.every
        ):
            texts += 1
            for words in wrong:
                line = f"{channel.id} {macro.id} {language}: {words}"
                if not told[line]:
                    console.print(f"{line} (shape {shape.number})")
                    if args.texts:
                        console.print(text + "\n")
                told[line] += 1
    seconds = time.perf_counter() - begun
    console.print(f"{texts:,} texts of {args.shapes:,} shapes a channel, {seconds:.0f} s")
    console.print(f"{sum(told.values()):,} mistakes of {len(told):,} kinds")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
