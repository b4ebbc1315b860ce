"""The shop's own views (`views.toml`, TOML 1.0): named queries, each in a table of its own.

    [vip]
    title = "VIPs"
    query = "tag:vip is:unresolved"
    order = "waiting"
    key = "v"
    group = "Shop"

What is wrong with a view costs that view, and is told with its line; the others work.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from deskterm.domain.errors import DesktermError
from deskterm.domain.query import QueryError, parse_query

ORDERS: Final = ("urgent", "waiting", "newest", "waking")
MOST: Final = 100
"""Views of a file."""

_FILE_MAX: Final = 1_000_000
_ID = re.compile(r"[a-z0-9_]{1,30}")
_FIELDS: Final = ("title", "query", "order", "key", "group")
_LONGEST: Final = {"title": 40, "group": 40, "key": 20}
_PLACE = re.compile(r" \(at line (\d{1,9}), column \d{1,9}\)$")


class ShopView(NamedTuple):
    """A view as the file has it.

    Args:
        id: the name of its table.
        order: `urgent` (what is pressing first, then whose customer waits longest), `waiting` (that
            alone), `newest` or `waking`.
        key: the key that goes there after `g`; empty for none.
        group: words under which it is offered; empty for none.
    """

    id: str
    title: str
    query: str
    order: str = "newest"
    key: str = ""
    group: str = ""


class ShopViews(NamedTuple):
    """The views of a file in its order, group by group, and what is wrong with the others."""

    views: tuple[ShopView, ...] = ()
    problems: tuple[DesktermError, ...] = ()


def load_views(path: Path, taken: frozenset[str]) -> ShopViews:
    """Read the file; where there is none, there are no views.

    Args:
        taken: ids of the views that come with the program.
    """
    try:
        raw = path.read_bytes()[:_FILE_MAX]
        text = raw.decode()
        tables = tomllib.loads(text)
    except FileNotFoundError:
        return ShopViews()
    except OSError as error:
        return _nothing(path, None, error.strerror or type(error).__name__)
    except UnicodeDecodeError as error:
        return _nothing(path, raw.count(b"\n", 0, error.start) + 1, "it is not UTF-8 text")
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        return _nothing(path, line, f"it is not valid TOML: {_PLACE.sub('', str(error))[:80]}")
    except RecursionError:
        return _nothing(path, None, "its brackets are nested too deep")
    file = _File(path, text)
    views: list[ShopView] = []
    problems: list[DesktermError] = []
    for name, table in list(tables.items())[:MOST]:
        found = file.view(name, table, taken)
        if isinstance(found, ShopView):
            views.append(found)
        else:
            problems.append(found)
    groups = list(dict.fromkeys(view.group for view in views))
    views.sort(key=lambda view: groups.index(view.group))
    return ShopViews(tuple(views), tuple(problems))


def _nothing(path: Path, line: int | None, why: str) -> ShopViews:
    return ShopViews((), (_problem(path, line, "The views of the shop are not used", why),))


def _problem(path: Path, line: int | None, title: str, why: str) -> DesktermError:
    place = f"{path}, line {line}" if line is not None else str(path)
    return DesktermError(title, f"{place}: {why}", "Mend that line", code="views")


class _File:
    """The file as it was read, to say where something stands."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def view(self, name: str, table: object, taken: frozenset[str]) -> ShopView | DesktermError:
        """A table as a view, or what is wrong with it."""
        if not isinstance(table, dict):
            return self._wrong(name, "", "a view is a table: [name], then its lines")
        if not _ID.fullmatch(name):
            return self._wrong(name, "", "a name has 1 to 30 of the characters a-z, 0-9 and _")
        if name in taken:
            return self._wrong(name, "", "this view comes with the program; use another name")
        for key, value in table.items():
            if why := _why_not(key, value):
                return self._wrong(name, key, why)
        return self._checked(name, table)

    def _checked(self, name: str, table: Mapping[str, str]) -> ShopView | DesktermError:
        query = table.get("query", "")
        if not query.strip():
            return self._wrong(name, "", "it has no query")
        try:
            parse_query(query, now=datetime.now(UTC))
        except QueryError as error:
            why = f"{error.title}. {error.explanation}"
            return self._wrong(name, "query", f"{why}. {error.advice}")
        title = table.get("title", "").strip() or name.replace("_", " ").capitalize()
        rest = {field: table[field] for field in ("order", "key", "group") if field in table}
        return ShopView(name, title, query, **rest)

    def _wrong(self, name: str, key: str, why: str) -> DesktermError:
        shown = "".join(c if c.isprintable() else "�" for c in name[:40])
        line = self._line_of(name, key)
        return _problem(self._path, line, f"The view {shown} is not used", why)

    def _line_of(self, name: str, key: str) -> int | None:
        """Where a table, or a key of it, stands, as far as simple reading finds it."""
        table, found = "", None
        for number, line in enumerate(self._lines, 1):
            bare = line.strip()
            if bare.startswith("["):
                table = bare.partition("]")[0].strip("[ \t\"'")
                found = number if table == name else found
            elif not table and bare.partition("=")[0].strip(" \t\"'") == name:
                found = number
            elif key and table == name and bare.partition("=")[0].strip(" \t\"'") == key:
                return number
        return found


def _why_not(key: str, value: object) -> str:
    """Why a line of a view cannot be taken; empty when it can."""
    if key not in _FIELDS:
        return f"a view has {', '.join(_FIELDS)}"
    if not isinstance(value, str):
        return f"{key} must be a text in quotes"
    if key in _LONGEST and (len(value) > _LONGEST[key] or not value.isprintable()):
        return f"{key} has more than {_LONGEST[key]} characters, or some that cannot be shown"
    if key == "title" and set(value) & set("{}"):
        return "a title has no curly brackets"
    if key == "order" and value not in ORDERS:
        return f"order is one of {', '.join(ORDERS)}"
    return ""
