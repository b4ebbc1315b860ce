"""The JSON Schema that WordPress publishes of itself: draft 4 with types of its own.

Validators for JSON Schema refuse `date-time` and `mixed` as types, and plugins leave schemas that
their own answers do not keep. So what differs is collected, and the simulated shop may differ only
where a real one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any


def differences(value: object, schema: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """Where a value is not what the schema says, with its type; places in lists are `[]`."""
    kinds = schema.get("type", "mixed")
    allowed = [kinds] if isinstance(kinds, str) else list(kinds)
    if not any(_is(value, kind) for kind in allowed):
        yield f"{place or '.'}: {type(value).__name__}"
        return
    choices = schema.get("enum")
    if choices and value not in choices and value is not None:
        yield f"{place}: not one of the choices"
    if isinstance(value, dict):
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from differences(value[name], inner, f"{place}.{name}")
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for item in value:
            yield from differences(item, schema["items"], f"{place}[]")


def shape(value: object, place: str = "") -> Iterator[str]:
    """Every place in a value; those of meta data, which is free, are left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{place}.{name}"
            if name not in ("meta_data", "_links"):
                yield from shape(inner, f"{place}.{name}")
    if isinstance(value, list):
        for item in value:
            yield from shape(item, f"{place}[]")


def _is(value: object, kind: str) -> bool:
    match kind:
        case "mixed" | "":
            return True
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case "date-time":
            return value is None or (isinstance(value, str) and _is_time(value))
    return False


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
