"""From a macro of another desk to one of ours: its id, its placeholders, its text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from deskterm.cli.macro_formats import Foreign
from deskterm.domain.errors import UsageError
from deskterm.domain.triage import is_tag
from deskterm.macros.facts import Facts
from deskterm.macros.files import LINE_MAX
from deskterm.macros.grammar import GrammarError, parse
from deskterm.macros.model import ANYWHERE, Macro, MacroAction, MacroVariant
from deskterm.macros.paths import kind_of
from deskterm.mail.html import to_text
from deskterm.text.clean import clean
from deskterm.text.language import language_of

_PLACEHOLDER = re.compile(r"\{\{([^{}]{0,300})\}\}")
_OTHER_SIGNS = re.compile(r"[^a-z0-9]{1,200}")
_INDEX = re.compile(r"\[-?[0-9]{1,4}\]")
_LABEL_SIGNS = re.compile(r'[\s{}|"%_.]{1,200}')
#: Ends of other desks' placeholders, longest first where one ends with another.
_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "requester.first_name": "customer.first_name",
        "customer.firstname": "customer.first_name",
        "customer.first_name": "customer.first_name",
        "requester.name": "customer.name",
        "customer.name": "customer.name",
        "customer.full_name": "customer.name",
        "current_user.first_name": "agent.name",
        "current_user.firstname": "agent.name",
        "current_user.name": "agent.name",
        "agent.first_name": "agent.name",
        "assignee.name": "agent.name",
        "ticket.id": "ticket.ref",
        "ticket.title": "ticket.subject",
        "ticket.subject": "ticket.subject",
        "ticket.account": "facts.shop_name",
        "orders.name": "order.ref",
        "orders.order_number": "order.ref",
        "order.name": "order.ref",
        "order.number": "order.ref",
        "order.order_number": "order.ref",
        "order.id": "order.ref",
        "orders.total_price": "order.total",
        "order.total_price": "order.total",
        "orders.created_at": "order.placed_on",
        "order.created_at": "order.placed_on",
        "fulfillments.tracking_url": "order.tracking_url",
        "fulfillments.tracking_urls": "order.tracking_url",
        "shipment.tracking_url": "order.tracking_url",
        "fulfillments.tracking_number": "order.tracking_number",
        "fulfillments.tracking_numbers": "order.tracking_number",
        "shipment.tracking_number": "order.tracking_number",
        "fulfillments.tracking_company": "order.carrier",
        "shipment.carrier": "order.carrier",
    }
)


@dataclass(slots=True)
class Arrived:
    """A macro that was taken over, and what is to be known of it."""

    macro: Macro
    notes: list[str] = field(default_factory=list)


def take_over(foreign: Foreign, taken: Collection[str], language: str, facts: Facts) -> Arrived:
    """A macro of ours with the text of another desk's.

    Args:
        taken: ids that are not free.
        language: of a text that does not tell its own; empty: guessed.

    Raises:
        UsageError: it has no title or no text, or holds what cannot be taken over.
    """
    title = clean(" ".join(foreign.title.split()), multiline=False)[:LINE_MAX]
    if not title:
        raise UsageError("It has no title")
    text = to_text(foreign.text).text if foreign.is_html else foreign.text
    source = clean(text.replace("\r\n", "\n")).strip()
    if not source:
        raise UsageError("It has no text")
    notes = [f"{title}: {words}" for words in foreign.left]
    source, asked = _our_placeholders(source, facts)
    notes += [f"{title}: {{{{{name}}}}} is asked from the agent now" for name in asked]
    spoken = _two_letters(foreign.language) or language or language_of(text) or "en"
    try:
        body = parse(source)
    except GrammarError as error:
        raise UsageError(f"{title}: its text cannot be read", error.explanation) from error
    actions = [MacroAction("tag", tag) for tag in foreign.tags if is_tag(tag)]
    notes += [f"{title}: {tag!r} is no tag" for tag in foreign.tags if not is_tag(tag)]
    if foreign.status:
        actions.append(MacroAction("status", foreign.status))
    macro = Macro(
        free_id(foreign.name or title, taken),
        {spoken: title},
        (MacroVariant(spoken, ANYWHERE, body, source),),
        actions=tuple(actions),
    )
    return Arrived(macro, notes)


def free_id(words: str, taken: Collection[str]) -> str:
    """An id made from words that nobody has yet."""
    apart = unicodedata.normalize("NFD", words.lower())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    name = _OTHER_SIGNS.sub("_", plain).strip("_")[:50].strip("_")
    if not name or not name[0].isalpha():
        name = f"macro_{name}".strip("_")
    number, free = 2, name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def _two_letters(language: str) -> str:
    found = language.strip().lower()[:2]
    return found if len(found) == 2 and found.isascii() and found.isalpha() else ""


def _our_placeholders(source: str, facts: Facts) -> tuple[str, list[str]]:
    """The text with our fields, and the placeholders that nothing here stands for."""
    asked: list[str] = []

    def ours(found: re.Match[str]) -> str:
        inner = found[1].strip()
        path = _INDEX.sub("", inner.partition("|")[0].strip())
        if inner.startswith(("?", ">")) or kind_of(path, facts) is not None:
            return (
                found[0] if inner.startswith(("?", ">")) or "[" not in inner else f"{{{{{path}}}}}"
            )
        if known := _field_of(path):
            return f"{{{{{known}}}}}"
        label = _LABEL_SIGNS.sub(" ", ".".join(path.split(".")[-2:])).strip()[:50].strip()
        asked.append(inner[:60])
        return f"{{{{?{label or 'text'}}}}}"

    return _PLACEHOLDER.sub(ours, source), asked


def _field_of(path: str) -> str | None:
    names = path.lower().split(".")
    return next(
        (_FIELDS[end] for end in (".".join(names[-2:]), path.lower()) if end in _FIELDS), None
    )


def own_rows(content: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects of our JSON lines, with their lines.

    Raises:
        UsageError: a line is no JSON object.
    """
    for number, text in enumerate(content.splitlines(), 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"Line {number} is no JSON") from error
        if not isinstance(row, dict):
            raise UsageError(f"Line {number} is no JSON object")
        yield number, row


def toml_table(row: Mapping[str, object]) -> dict[str, object]:
    """One of our JSON objects as the table that a file of macros would hold."""
    titles = row.get("titles") or _flat(row, "title")
    table: dict[str, object] = {"id": row.get("id"), "title": titles}
    table |= {
        key: row[key]
        for key in ("reason", "when", "only_for", "attach", "favours", "not_for", "needs", "asks")
        if row.get(key)
    }
    texts = _rows(row.get("texts")) or [
        {"language": language, "text": text} for language, text in _flat(row, "body").items()
    ]
    bodies: dict[str, object] = {}
    variants: list[dict[str, object]] = []
    for text in texts:
        body = {str(text.get("language")): text.get("text")}
        if not text.get("channel"):
            bodies |= body
        elif variants and variants[-1]["channel"] == text["channel"]:
            variants[-1]["body"] = {**dict(_table(variants[-1]["body"])), **body}
        else:
            variants.append({"channel": text["channel"], "body": body})
    table |= {"body": bodies} if bodies else {}
    table |= {"variant": variants} if variants else {}
    variables = [_variable(one) for one in _rows(row.get("variables"))]
    table |= {"variable": variables} if variables else {}
    actions: dict[str, object] = {}
    for action in _rows(row.get("actions")):
        kind, value = str(action.get("kind")), action.get("value")
        known = actions.get("tag")
        if kind == "tag":
            actions["tag"] = [*(known if isinstance(known, list) else []), value]
        else:
            actions[kind] = value
    return table | ({"action": actions} if actions else {})


def _variable(row: Mapping[str, object]) -> dict[str, object]:
    names = {"name": "name", "type": "type", "label": "labels", "fallback": "fallbacks"}
    names["choices"] = "choices"
    return {ours: row[theirs] for ours, theirs in names.items() if row.get(theirs)}


def _flat(row: Mapping[str, object], key: str) -> dict[str, object]:
    return {name[len(key) + 1 :]: row[name] for name in row if name.startswith(f"{key}_")}


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> Sequence[Mapping[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
