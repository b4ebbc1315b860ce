"""What is wrong with a macro that can be read: unknown fields, missing texts, forbidden links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from deskterm.macros.facts import Facts
from deskterm.macros.grammar import (
    Ask,
    Choice,
    Condition,
    Include,
    Place,
    Text,
    Word,
    position,
    walk,
)
from deskterm.macros.model import ANYWHERE, Channel, Macro, MacroVariant, Problem
from deskterm.macros.paths import FACTS, FIELDS, FieldKind, kind_of

#: The one link that marketplaces let through.
TRACKING = "order.tracking_url"
MARKETPLACE = Channel("marketplace", "marketplace")
#: Ways to lead a customer elsewhere, which marketplaces forbid in messages.
_CONTACT = re.compile(r"https?://|www\.|[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2}|\+[0-9][0-9 ]{7}")
_ORDERED: frozenset[FieldKind] = frozenset({"date", "money", "number"})


def check(macro: Macro, macros: Mapping[str, Macro], facts: Facts) -> Iterator[Problem]:
    """Everything wrong with a macro; `skipped` are those that make it of no use."""
    for variant in macro.variants:
        yield from _texts(macro, variant, macros, facts)
    for path in sorted(macro.needs):
        if path not in FIELDS:
            yield _of(macro, f"needs names {path!r}, which is no field")
    for condition in macro.when:
        if words := _wrong_condition(condition, facts):
            yield _of(macro, f"when: {words}")
    for name in macro.attach:
        if not Path(macro.file).with_name(name).is_file():
            yield _of(macro, f"there is no file {name!r} beside it to attach")
    yield from _languages(macro)
    yield from _marketplace(macro)


def _of(
    macro: Macro, text: str, variant: MacroVariant | None = None, at: int = 0, *, skip: bool = True
) -> Problem:
    if variant is None:
        return Problem(macro.file, macro.line, text, macro.id, skipped=skip)
    line, column = position(variant.source, at)
    return Problem(macro.file, variant.line + line - 1, text, macro.id, column, skip)


def _texts(
    macro: Macro, variant: MacroVariant, macros: Mapping[str, Macro], facts: Facts
) -> Iterator[Problem]:
    for node in walk(variant.body):
        match node:
            case Place(path, fallback, at):
                kind = kind_of(path, facts)
                if kind is None:
                    fact = path.startswith(FACTS)
                    words = _no_fact(path) if fact else _no_field(path)
                    if not (fact and fallback):
                        yield _of(macro, words, variant, at, skip=not fact)
                elif kind == "state":
                    yield _of(macro, f"{path} is for conditions, not to be read", variant, at)
            case Condition(at=at):
                if words := _wrong_condition(node, facts):
                    skip = not node.path.startswith(FACTS)
                    yield _of(macro, words, variant, at, skip=skip)
            case Include(name, at):
                if name not in macros:
                    yield _of(macro, f"there is no macro {name!r} to take in", variant, at)
                elif variant.language not in macros[name].languages:
                    words = f"{name} has no text in {variant.language}"
                    yield _of(macro, words, variant, at, skip=False)


def _no_field(path: str) -> str:
    return f"there is no field {path!r}; docs/macros.md lists them"


def _no_fact(path: str) -> str:
    return f"facts.toml has no {path.removeprefix(FACTS)}, and this has no fallback"


def _wrong_condition(condition: Condition, facts: Facts) -> str:
    path, value = condition.path, condition.value
    kind = kind_of(path, facts)
    if kind is None:
        return "" if path.startswith(FACTS) and value is Word.EMPTY else _no_field(path)
    if value is Word.EMPTY:
        return ""
    fits = {
        Word.TODAY: kind == "date",
        Decimal: kind in ("number", "money"),
        str: kind in ("text", "link", "state"),
    }
    if not fits[value if isinstance(value, Word) else type(value)]:
        return f"{path} is a {kind} and cannot be compared with that"
    options = FIELDS[path].options if path in FIELDS else ()
    if options and value not in options:
        return f"{path} is never {value!r}; it is one of {', '.join(options)}"
    return ""


def _languages(macro: Macro) -> Iterator[Problem]:
    """Every language has a title, and the same texts with the same fields."""
    languages = macro.languages
    for language in languages:
        if language not in macro.titles:
            yield _of(macro, f"title.{language} is missing", skip=False)
    for language in sorted(set(macro.titles) - set(languages)):
        yield _of(macro, f"it has a title but no text in {language}", skip=False)
    by_channel: dict[str, dict[str, MacroVariant]] = {}
    for variant in macro.variants:
        by_channel.setdefault(variant.channel, {})[variant.language] = variant
    for channel, texts in by_channel.items():
        where = f" for {channel}" if channel else ""
        for language in languages:
            if language not in texts:
                yield _of(macro, f"it has no text in {language}{where}", skip=False)
        spoken = {language: _names(variant) for language, variant in texts.items()}
        everything = frozenset[str]().union(*spoken.values())
        for language, names in spoken.items():
            if missing := sorted(everything - names):
                words = f"the text in {language}{where} has no {', '.join(missing)}"
                yield _of(macro, words, texts[language], skip=False)


def _names(variant: MacroVariant) -> frozenset[str]:
    """What a text speaks of: fields, labels, other macros."""
    names = set()
    for node in walk(variant.body):
        match node:
            case Place(path) | Condition(path):
                names.add(path)
            case Ask(label):
                names.add(f"?{label}")
            case Include(name):
                names.add(f">{name}")
    return frozenset(names)


def _marketplace(macro: Macro) -> Iterator[Problem]:
    """A text that leads elsewhere needs another one for marketplaces."""
    for language in macro.languages:
        variant = macro.best(language, MARKETPLACE)
        found = _leads_away(variant)
        if not found or variant.channel not in (ANYWHERE, MARKETPLACE.kind):
            continue
        said, at = found
        if variant.channel == ANYWHERE:
            words = f"{said} may not stand in a message of a marketplace: write a variant for them"
        else:
            words = f"{said} may not stand in a message of a marketplace"
        yield _of(macro, words, variant, at, skip=False)


def _leads_away(variant: MacroVariant) -> tuple[str, int] | None:
    for node in walk(variant.body):
        if isinstance(node, Place) and node.path != TRACKING and _is_link(node.path):
            return node.path, node.at
    for text in _words(variant.body):
        if _CONTACT.search(text):
            return "a link, an address or a number", 0
    return None


def _is_link(path: str) -> bool:
    return kind_of(path, Facts()) == "link"


def _words(body: tuple[object, ...]) -> Iterator[str]:
    for node in body:
        match node:
            case Text(text):
                yield text
            case Place(_, str(fallback)):
                yield fallback
            case Choice(branches, otherwise):
                for branch in branches:
                    yield from _words(branch.nodes)
                yield from _words(otherwise)
