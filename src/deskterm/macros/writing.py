"""Writing macros down as they are read: TOML (v1.0.0), one table a macro."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from deskterm.macros.grammar import written_condition
from deskterm.macros.model import ANYWHERE, Macro, MacroVariant, Variable


def toml_of(macro: Macro) -> str:
    """A macro as a table; reading it gives the same macro again, but for where it stands."""
    return "\n".join(_lines(macro)) + "\n"


def _lines(macro: Macro) -> Iterator[str]:
    yield "[[macro]]"
    yield f"id = {_text(macro.id)}"
    if macro.reason:
        yield f"reason = {_text(macro.reason)}"
    for name, words in (
        ("favours", sorted(macro.favours)),
        ("not_for", sorted(macro.not_for)),
        ("needs", sorted(macro.needs)),
    ):
        if words:
            yield f"{name} = {_list(words)}"
    if macro.when:
        yield f"when = {_list([written_condition(each) for each in macro.when])}"
    if macro.only_for:
        yield f"only_for = {_list(sorted(macro.only_for))}"
    if macro.attach:
        yield f"attach = {_list(macro.attach)}"
    yield from _by_language("title", macro.titles)
    anywhere = [v for v in macro.variants if v.channel == ANYWHERE]
    yield from (_body(variant) for variant in anywhere)
    for language, phrases in macro.asks.items():
        yield f"asks.{language} = {_list(phrases)}"
    yield from _actions(macro)
    elsewhere = [v for v in macro.variants if v.channel != ANYWHERE]
    for channel, variants in groupby(elsewhere, key=lambda variant: variant.channel):
        yield "[[macro.variant]]"
        yield f"channel = {_text(channel)}"
        yield from map(_body, variants)
    for variable in macro.variables:
        yield from _variable(variable)


def _actions(macro: Macro) -> Iterator[str]:
    if tags := [action.value for action in macro.actions if action.kind == "tag"]:
        yield f"action.tag = {_list(tags)}"
    for action in macro.actions:
        if action.kind != "tag":
            yield f"action.{action.kind} = {_text(action.value)}"


def _variable(variable: Variable) -> Iterator[str]:
    yield "[[macro.variable]]"
    yield f"name = {_text(variable.name)}"
    if variable.kind != "text":
        yield f"type = {_text(variable.kind)}"
    yield from _by_language("label", variable.labels)
    yield from _by_language("fallback", variable.fallbacks)
    for language, choices in variable.choices.items():
        yield f"choices.{language} = {_list(choices)}"


def _by_language(key: str, texts: Mapping[str, str]) -> Iterator[str]:
    for language, text in texts.items():
        yield f"{key}.{language} = {_text(text)}"


def _body(variant: MacroVariant) -> str:
    source = variant.source.strip("\n")
    is_plain = "'''" not in source and all(c == "\n" or c.isprintable() for c in source)
    if is_plain and not source.endswith("'"):
        return f"body.{variant.language} = '''\n{source}\n'''"
    return f"body.{variant.language} = {_text(source)}"


def _list(words: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, words))}]"


def _text(text: str) -> str:
    """A basic string: what JSON escapes TOML reads as well, and DEL has to be escaped besides."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
