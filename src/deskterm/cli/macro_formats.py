"""Macros in the formats of other desks, read and written.

JSON lines are ours (`deskterm macro show --json`, a line each). CSV has the columns title, body and
tags, and may have language and id. Zendesk: https://developer.zendesk.com/api-reference/ticketing/
business-rules/macros/ ; Gorgias: https://developers.gorgias.com/reference/the-macro-object .
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from deskterm.domain.errors import UsageError
from deskterm.macros.model import ANYWHERE, Macro

Format = Literal["jsonl", "csv", "zendesk", "gorgias"]
FORMATS: Final[tuple[Format, ...]] = ("jsonl", "csv", "zendesk", "gorgias")
MACROS_MAX: Final = 2_000

Row = Mapping[str, object]

#: Words of other desks for where a ticket stands, and ours.
STATUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "open": "open",
        "pending": "waiting_customer",
        "hold": "waiting_partner",
        "solved": "resolved",
        "close": "resolved",
        "closed": "resolved",
    }
)
_OURS_AT_ZENDESK: Final = MappingProxyType(
    {"open": "open", "waiting_customer": "pending", "waiting_partner": "hold", "resolved": "solved"}
)
_OURS_AT_GORGIAS: Final = MappingProxyType({"open": "open", "resolved": "close"})


@dataclass(frozen=True, slots=True)
class Foreign:
    """A macro as another desk has it.

    Args:
        name: its id, if it has one that is to stay.
        text: as it stands there; `is_html` tells what it is written in.
        left: what it does there that nothing here does.
    """

    title: str
    text: str
    language: str = ""
    name: str = ""
    is_html: bool = False
    tags: tuple[str, ...] = ()
    status: str = ""
    left: tuple[str, ...] = ()


def read_foreign(content: str, kind: Format) -> list[Foreign]:
    """The macros of an export of another desk; those that are switched off are left out.

    Raises:
        UsageError: it is not in that format.
    """
    found = list(_READ[kind](content))
    if len(found) > MACROS_MAX:
        raise UsageError(f"The file holds more than {MACROS_MAX} macros")
    return found


def guess(content: str, suffix: str) -> Format:
    """The format of a file, from its name and what it begins with."""
    if suffix == ".csv":
        return "csv"
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return "jsonl" if content.lstrip().startswith("{") else "csv"
    if isinstance(whole, dict) and ("texts" in whole or "body_en" in whole):
        return "jsonl"
    actions = [action for row in _rows(whole) for action in _list(row.get("actions"))]
    return "gorgias" if any("arguments" in action for action in actions) else "zendesk"


def _csv(content: str) -> Iterator[Foreign]:
    try:
        rows = list(csv.DictReader(io.StringIO(content.lstrip("\ufeff")), strict=True))
    except csv.Error as error:
        raise UsageError("The file is no CSV", str(error)) from error
    for row in rows:
        named = {str(key).strip().lower(): value or "" for key, value in row.items() if key}
        if not {"title", "body"} <= set(named):
            raise UsageError("The CSV needs the columns title and body")
        yield Foreign(
            named["title"],
            named["body"],
            named.get("language", ""),
            named.get("id", ""),
            tags=_words(named.get("tags", "")),
        )


def _zendesk(content: str) -> Iterator[Foreign]:
    for row in _rows(_json(content)):
        if row.get("active") is False:
            continue
        values, left = {}, []
        for action in _list(row.get("actions")):
            field, value = str(action.get("field")), action.get("value")
            if field in _AT_ZENDESK:
                values[_AT_ZENDESK[field]] = value
            elif field == "comment_mode_is_public" and str(value).lower() == "false":
                left.append("its text is a note there, not a reply")
            elif field not in ("comment_mode_is_public", "subject"):
                left.append(f"it sets {field}")
        html = values.get("html")
        yield Foreign(
            str(row.get("title") or ""),
            _said(html or values.get("text")),
            _locale(row),
            is_html=bool(html),
            tags=_words(values.get("tags") or ""),
            status=STATUSES.get(str(values.get("status")), ""),
            left=tuple(left),
        )


_AT_ZENDESK: Final = MappingProxyType(
    {
        "comment_value": "text",
        "comment_value_html": "html",
        "current_tags": "tags",
        "set_tags": "tags",
        "status": "status",
    }
)


def _gorgias(content: str) -> Iterator[Foreign]:
    for row in _rows(_json(content)):
        if row.get("archived_datetime"):
            continue
        text, html, tags, status, left = "", "", "", "", []
        for action in _list(row.get("actions")):
            arguments = action.get("arguments")
            given = arguments if isinstance(arguments, dict) else {}
            match str(action.get("name")):
                case "setResponseText":
                    text, html = _said(given.get("body_text")), _said(given.get("body_html"))
                case "addTags":
                    tags = _said(given.get("tags"))
                case "setStatus":
                    status = STATUSES.get(_said(given.get("status")), "")
                case other:
                    left.append(f"it does {other}")
        yield Foreign(
            str(row.get("name") or ""),
            text or html,
            _locale(row),
            is_html=not text and bool(html),
            tags=_words(tags),
            status=status,
            left=tuple(left),
        )


def _locale(row: Row) -> str:
    return str(row.get("language") or row.get("locale") or "")[:2].lower()


def _json(content: str) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UsageError("The file is no JSON") from error


def _rows(whole: object) -> Iterator[Row]:
    """The macros of an export: a list, or a list under `macros` or `data`."""
    if isinstance(whole, dict):
        whole = whole.get("macros") or whole.get("data") or ([whole] if "actions" in whole else [])
    yield from _list(whole)


def _list(value: object) -> list[Row]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _said(value: object) -> str:
    """A text; of a list that names its channel first (`["channel:all", "text"]`) the last."""
    if isinstance(value, list):
        return _said(value[-1]) if value else ""
    return value if isinstance(value, str) else ""


def _words(value: object) -> tuple[str, ...]:
    """Tags: a list, or words with commas or blanks between them."""
    given = value if isinstance(value, list) else str(value).replace(",", " ").split()
    return tuple(dict.fromkeys(str(word).strip().lower() for word in given if str(word).strip()))


_READ: Final[Mapping[Format, Callable[[str], Iterable[Foreign]]]] = MappingProxyType(
    {"csv": _csv, "zendesk": _zendesk, "gorgias": _gorgias}
)


def write_foreign(macros: Sequence[Macro], kind: Format) -> str:
    """Macros as another desk reads them: their texts for all channels, in each language."""
    texts = [
        (macro, variant.language, variant.source.strip("\n"))
        for macro in macros
        for variant in macro.variants
        if variant.channel == ANYWHERE
    ]
    if kind == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("title", "body", "tags", "language", "id"))
        for macro, language, text in texts:
            writer.writerow((macro.title(language), text, _tags(macro), language, macro.id))
        return out.getvalue()
    make = _to_zendesk if kind == "zendesk" else _to_gorgias
    rows = [make(macro, language, text) for macro, language, text in texts]
    key = "macros" if kind == "zendesk" else "data"
    return json.dumps({key: rows}, ensure_ascii=True, indent=1) + "\n"


def _tags(macro: Macro) -> str:
    return " ".join(action.value for action in macro.actions if action.kind == "tag")


def _status(macro: Macro) -> str:
    return next((action.value for action in macro.actions if action.kind == "status"), "")


def _to_zendesk(macro: Macro, language: str, text: str) -> Row:
    actions = [{"field": "comment_value", "value": text}]
    if tags := _tags(macro):
        actions.append({"field": "current_tags", "value": tags})
    if status := _OURS_AT_ZENDESK.get(_status(macro)):
        actions.append({"field": "status", "value": status})
    return {"title": macro.title(language), "active": True, "locale": language, "actions": actions}


def _to_gorgias(macro: Macro, language: str, text: str) -> Row:
    def action(name: str, **arguments: str) -> Row:
        return {"type": "user", "name": name, "arguments": arguments}

    actions = [action("setResponseText", body_text=text)]
    if tags := _tags(macro):
        actions.append(action("addTags", tags=tags.replace(" ", ",")))
    if status := _OURS_AT_GORGIAS.get(_status(macro)):
        actions.append(action("setStatus", status=status))
    return {"name": macro.title(language), "language": language, "actions": actions}
