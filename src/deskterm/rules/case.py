"""Cases as data: a draft and its facts as JSON or TOML. The shape of `deskterm check --batch`.

A case has `text` and `channel`, and may have `id`, `lang`, `attachments` (tables with `filename`,
`mime`, `size` and perhaps `path`) and `context`, whose keys are those of `CONTEXT_KEYS`. Other keys
of a case are left alone; other keys of the context are reported, as one of them may be misspelt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar, get_args

from deskterm.domain.clock import from_text
from deskterm.domain.errors import UsageError
from deskterm.rules.model import (
    AttachmentFacts,
    Draft,
    DraftKind,
    Facts,
    TextLimit,
    TextUnit,
)

T = TypeVar("T")
CONTEXT_KEYS: frozenset[str] = frozenset(
    {
        "now",
        "last_buyer_message_at",
        "proactive",
        "kind",
        "operator",
        "site",
        "stage",
        "subject",
        "thread_subject",
        "sender",
        "identities",
        "recipients",
        "allowed_recipients",
        "newest_inbound_id",
        "seen_inbound_id",
        "values",
        "text_limit",
        "server_max_bytes",
        "order_created_at",
        "order_completed_at",
        "order_state",
        "own_values",
        "buyer_lang",
        "buyer_name",
        "buyer_phone",
        "buyer_zone",
        "shop_names",
        "opted_out",
        "consented",
        "message_type",
        "api_text",
    }
)


@dataclass(frozen=True, slots=True)
class Case:
    """A draft with its facts. `unknown` are keys of the context that nothing reads."""

    id: str
    draft: Draft
    facts: Facts
    unknown: tuple[str, ...] = ()


def read_case(raw: object, *, now: datetime) -> Case:
    """Read one case; `now` counts where the context gives none.

    Raises:
        UsageError: something in it is not of the shape.
    """
    case = _mapping(raw, "a case")
    context = _mapping(case.get("context") or {}, "context")
    draft = Draft(
        text=_need(case, "text", _text),
        channel=_need(case, "channel", _text),
        subject=_get(context, "subject", _text) or "",
        kind=_kind(context),
        language=_get(case, "lang", _text),
        attachments=_get(case, "attachments", _attachments) or (),
        recipients=_get(context, "recipients", _texts) or (),
        sender=_get(context, "sender", _text) or "",
        message_type=_get(context, "message_type", _text) or "",
    )
    unknown = tuple(sorted(set(context) - CONTEXT_KEYS))
    return Case(str(case.get("id", "")), draft, _facts(context, now), unknown)


def _facts(context: Mapping[str, object], now: datetime) -> Facts:
    return Facts(
        now=_get(context, "now", _time) or now,
        last_inbound_at=_get(context, "last_buyer_message_at", _time),
        newest_inbound_id=_get(context, "newest_inbound_id", _text),
        seen_inbound_id=_get(context, "seen_inbound_id", _text),
        values=_get(context, "values", _values) or {},
        limits=_get(context, "text_limit", _limit),
        allowed_recipients=_get(
            context, "allowed_recipients", lambda v, k: frozenset(_texts(v, k))
        ),
        identities=_get(context, "identities", lambda v, k: frozenset(_texts(v, k))),
        server_max_bytes=_get(context, "server_max_bytes", _number),
        thread_subject=_get(context, "thread_subject", _text),
        operator=_get(context, "operator", _text) or "",
        site=_get(context, "site", _text) or "",
        stage=_get(context, "stage", _text) or "",
        api_text=_get(context, "api_text", _truth) or False,
        order_created_at=_get(context, "order_created_at", _time),
        order_completed_at=_get(context, "order_completed_at", _time),
        order_state=_get(context, "order_state", _text) or "",
        own_values=frozenset(_get(context, "own_values", _texts) or ()),
        buyer_language=_get(context, "buyer_lang", _text),
        buyer_name=_get(context, "buyer_name", _text) or "",
        buyer_phone=_get(context, "buyer_phone", _text) or "",
        buyer_zone=_get(context, "buyer_zone", _text) or "",
        shop_names=frozenset(_get(context, "shop_names", _texts) or ()),
        opted_out=_get(context, "opted_out", _truth),
        consented=_get(context, "consented", _truth),
    )


def _kind(context: Mapping[str, object]) -> DraftKind:
    kind = _get(context, "kind", _text)
    if kind is None:
        return "initiative" if context.get("proactive") is True else "reply"
    return _one_of(kind, get_args(DraftKind), "kind")


def _get(table: Mapping[str, object], key: str, read: Callable[[object, str], T]) -> T | None:
    value = table.get(key)
    return None if value is None else read(value, key)


def _need(table: Mapping[str, object], key: str, read: Callable[[object, str], T]) -> T:
    if table.get(key) is None:
        raise _wrong(key, "is missing")
    return read(table[key], key)


def _wrong(key: str, problem: str) -> UsageError:
    return UsageError("A case is not of the right shape", f"{key} {problem}")


def _mapping(value: object, key: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _wrong(key, "must be an object")
    return value


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise _wrong(key, "must be a text")
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise _wrong(key, "must be a list of texts")
    return tuple(_text(item, key) for item in value)


def _truth(value: object, key: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(key, "must be true or false")
    return value


def _number(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong(key, "must be a whole number, 0 or more")
    return value


def _time(value: object, key: str) -> datetime:
    try:
        return from_text(_text(value, key))
    except ValueError as error:
        raise _wrong(key, "must be an ISO 8601 time with its zone") from error


def _values(value: object, key: str) -> Mapping[str, str]:
    return {name: _text(item, f"{key}.{name}") for name, item in _mapping(value, key).items()}


def _limit(value: object, key: str) -> TextLimit:
    table = _mapping(value, key)
    unit = _get(table, "unit", _text) or "characters"
    return TextLimit(_need(table, "maximum", _number), _one_of(unit, get_args(TextUnit), "unit"))


def _one_of(value: str, choices: tuple[T, ...], key: str) -> T:
    for choice in choices:
        if choice == value:
            return choice
    raise _wrong(key, f"must be one of {', '.join(map(str, choices))}")


def _attachments(value: object, key: str) -> tuple[AttachmentFacts, ...]:
    if not isinstance(value, list):
        raise _wrong(key, "must be a list")
    return tuple(_attachment(_mapping(item, key)) for item in value)


def _attachment(table: Mapping[str, object]) -> AttachmentFacts:
    path = _get(table, "path", _text)
    return AttachmentFacts(
        filename=_need(table, "filename", _text),
        mime=_get(table, "mime", _text) or "",
        size=_get(table, "size", _number) or 0,
        path=None if path is None else Path(path),
    )
