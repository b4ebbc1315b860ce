"""What `deskterm suggest --batch` reads: messages, and macros in a file of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from deskterm.domain.errors import UsageError
from deskterm.domain.triage import CONTACT_REASONS
from deskterm.macros.facts import Facts
from deskterm.macros.grammar import parse
from deskterm.macros.library import load_library, read_library
from deskterm.macros.model import ANYWHERE, Library, Macro, MacroVariant
from deskterm.macros.ranking import Situation
from deskterm.macros.states import ORDER_STATES, OrderState

#: Characters of a text, bytes of a file of macros, macros in it.
TEXT_MAX: Final = 200_000
FILE_MAX: Final = 20_000_000
MACROS_MAX: Final = 5_000
EARLIER_MAX: Final = 20

#: States that imply others, and words of channels for them.
_IMPLIED: Final[Mapping[str, tuple[OrderState, ...]]] = MappingProxyType(
    {
        "not_shipped": ("paid",),
        "unfulfilled": ("paid",),
        "processing": ("paid",),
        "preparing": ("paid",),
        "pending": ("unpaid",),
        "in_transit": ("shipped",),
        "fulfilled": ("shipped",),
        "partially_fulfilled": ("shipped", "part_shipped"),
        "part_shipped": ("shipped", "part_shipped"),
        "stuck": ("shipped", "stuck"),
        "delayed": ("shipped", "late"),
        "just_delivered": ("delivered", "just_delivered"),
        "delivered_earlier": ("delivered", "delivered_earlier"),
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message that macros are wanted for.

    Args:
        unknown: states of an order that there are not.
    """

    id: object
    situation: Situation
    language: str | None = None
    channel: str = ""
    unknown: frozenset[str] = frozenset()

    def with_mood(self, *, grave: bool) -> Situation:
        """The situation of a message in which there is danger or a threat of law, or not."""
        return replace(self.situation, grave=grave)


def wanted(given: object) -> Wanted:
    """Read one line.

    Raises:
        UsageError: it is not as it must be.
    """
    if not isinstance(given, dict):
        raise UsageError("The line is no JSON object")
    text = _text(given, "text")
    subject = _text(given, "subject")
    if not text.strip() and not subject.strip():
        raise UsageError("The line has no text")
    known, unknown = _states(given.get("order_state"))
    reason = _text(given, "reason")
    situation = Situation(
        text,
        subject,
        known,
        reason=reason if reason in CONTACT_REASONS else "",
        earlier=tuple(_texts(given.get("earlier"), "earlier"))[:EARLIER_MAX],
        names=tuple(filter(None, [_text(given, "customer")])),
    )
    language = _text(given, "lang").lower()[:2] or None
    return Wanted(given.get("id"), situation, language, _text(given, "channel")[:40], unknown)


def _text(given: Mapping[str, object], key: str) -> str:
    value = given.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > TEXT_MAX:
        raise UsageError(f"{key} must be a text of at most {TEXT_MAX} characters")
    return value


def _texts(value: object, key: str) -> Iterator[str]:
    given = [value] if isinstance(value, str) else value or []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise UsageError(f"{key} must be a text or a list of texts")
    yield from given


def _states(value: object) -> tuple[frozenset[OrderState], frozenset[str]]:
    """The states that are named, with those that they imply; and the words that are none."""
    known: set[OrderState] = set()
    unknown = set()
    for word in _texts(value, "order_state"):
        name = word.strip().lower().replace(" ", "_").replace("-", "_")
        if implied := _IMPLIED.get(name):
            known.update(implied)
        elif state := next((each for each in ORDER_STATES if each == name), None):
            known.add(state)
        elif name:
            unknown.add(word)
    if known and known != {"no_order"}:
        known.add("has_order")
    return frozenset(known), frozenset(unknown)


def read_macro_file(file: Path, facts: Facts) -> Library:
    """The macros of a file, TOML or JSON lines with `id`, `title_en`, `body_en` and so on.

    A macro in JSON lines that has the id of a bundled one answers the same contact reason.

    Raises:
        UsageError: it cannot be read, or holds none.
    """
    if file.suffix == ".toml":
        library = read_library([[file]], facts)
    else:
        library = Library({macro.id: macro for macro in _json_macros(file)})
    if not library.macros:
        raise UsageError(f"{file} holds no macro", " / ".join(map(str, library.problems[:3])))
    return library


def _json_macros(file: Path) -> Iterator[Macro]:
    bundled = load_library().macros
    for number, row in enumerate(rows_of(file), 1):
        name = row.get("id")
        texts = _by_language(row, "body") or _by_language(row, "text")
        if not isinstance(name, str) or not name or not texts:
            raise UsageError(f"{file}:{number}: a macro needs an id and a body_en")
        titles = _by_language(row, "title") or dict.fromkeys(texts, name)
        # Only looked at for its words: it is sent from nowhere.
        variants = tuple(
            MacroVariant(language, ANYWHERE, parse(""), body) for language, body in texts.items()
        )
        macro = Macro(name, titles, variants)
        if same := bundled.get(name):
            macro = replace(
                macro,
                reason=same.reason,
                favours=same.favours,
                not_for=same.not_for,
                asks=same.asks,
            )
        yield macro


def _by_language(row: Mapping[str, object], key: str) -> dict[str, str]:
    """`title_en`, `title_fr`; a bare `title` counts as English."""
    found = {"en": row[key]} if key in row else {}
    found |= {name[len(key) + 1 :]: row[name] for name in row if name.startswith(f"{key}_")}
    return {name: text for name, text in found.items() if isinstance(text, str) and text.strip()}


def rows_of(file: Path) -> Sequence[Mapping[str, object]]:
    """The objects of a file of JSON lines.

    Raises:
        UsageError: it cannot be read, or holds something else.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(FILE_MAX + 1)
        rows = [json.loads(text) for text in raw.decode().splitlines() if text.strip()]
    except OSError as error:
        raise UsageError(f"{file} cannot be read", str(error.strerror)) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} holds no JSON lines in UTF-8") from error
    if len(raw) > FILE_MAX or len(rows) > MACROS_MAX:
        raise UsageError(f"{file} is too large", f"At most {FILE_MAX} bytes and {MACROS_MAX} lines")
    if not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{file} holds a line that is no JSON object")
    return rows
