"""A macro as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from deskterm.macros.grammar import written_condition
from deskterm.macros.model import Macro, MacroVariant


def summary(macro: Macro) -> dict[str, object]:
    """What a list tells of a macro."""
    return {
        "id": macro.id,
        "titles": dict(macro.titles),
        "reason": macro.reason or None,
        "languages": list(macro.languages),
        "channels": sorted({v.channel for v in macro.variants if v.channel}),
        "favours": sorted(macro.favours),
        "not_for": sorted(macro.not_for),
        "needs": sorted(macro.needs),
        "when": [written_condition(each) for each in macro.when],
        "only_for": sorted(macro.only_for),
        "attach": list(macro.attach),
        "file": macro.file,
        "line": macro.line,
    }


def whole(macro: Macro, variants: Iterable[MacroVariant]) -> dict[str, object]:
    """Everything about a macro, with these of its texts."""
    return {
        **summary(macro),
        "texts": [
            {"language": v.language, "channel": v.channel or None, "text": v.source.strip("\n")}
            for v in variants
        ],
        "variables": [
            {
                "name": variable.name,
                "type": variable.kind,
                "labels": dict(variable.labels),
                "fallbacks": dict(variable.fallbacks),
                "choices": {language: list(c) for language, c in variable.choices.items()},
            }
            for variable in macro.variables
        ],
        "actions": [{"kind": action.kind, "value": action.value} for action in macro.actions],
        "asks": {language: list(phrases) for language, phrases in macro.asks.items()},
    }
