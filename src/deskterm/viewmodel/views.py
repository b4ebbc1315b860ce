"""Which view a command goes to, the way back, and the views that a shop has of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.service.reading.views import NAMED, Order, View
from deskterm.text.clean import clean

if TYPE_CHECKING:
    from deskterm.service.command import Command

_KEY = re.compile(r"[a-zA-Z0-9]")
AREA: Final = "view"
"""The area of the commands that go to the shop's own views."""

_ORDERS: Mapping[str, Order] = MappingProxyType(
    {"urgent": "urgent", "waiting": "waiting", "newest": "newest", "waking": "waking"}
)


class Described(Protocol):
    """A view as a file describes it; `deskterm.config.views.ShopView` is one."""

    @property
    def id(self) -> str:
        """Its name."""
        ...

    @property
    def title(self) -> str:
        """What people call it."""
        ...

    @property
    def query(self) -> str:
        """What it shows."""
        ...

    @property
    def order(self) -> str:
        """How it is sorted."""
        ...

    @property
    def key(self) -> str:
        """The key that goes there after `g`."""
        ...

    @property
    def group(self) -> str:
        """Words under which it is offered."""
        ...


class OwnViews(NamedTuple):
    """The shop's own views by their ids, and the commands that go there."""

    views: Mapping[str, View] = MappingProxyType({})
    commands: tuple[Command, ...] = ()


NO_VIEWS: Final = OwnViews()


def own_views(
    described: Sequence[Described], table: Iterable[Command]
) -> tuple[OwnViews, tuple[DesktermError, ...]]:
    """The views that a file describes, as far as their keys are free in `table`, and what is wrong
    with the keys of the others, which go without.
    """
    from deskterm.service.command import Command

    chords = {keys for command in table for keys in command.keys}
    views: dict[str, View] = {}
    commands: list[Command] = []
    problems: list[DesktermError] = []
    for one in described:
        keys = (f"g {one.key}",) if one.key else ()
        if keys and (keys[0] in chords or not _KEY.fullmatch(one.key)):
            problems.append(_no_such_key(one))
            keys = ()
        chords.update(keys)
        views[one.id] = View(one.id, one.title, one.query, _ORDERS.get(one.order, "newest"))
        about = f"{one.group}: {one.query}" if one.group else one.query
        commands.append(
            Command(f"{AREA}.{one.id}", one.title, about, scope="app", keys=keys, place="console")
        )
    return OwnViews(MappingProxyType(views), tuple(commands)), tuple(problems)


def _no_such_key(one: Described) -> DesktermError:
    return DesktermError(
        say("The view {name} has no key", name=clean(one.id)),
        say("g {key} is taken, or is no letter and no digit", key=clean(one.key, multiline=False)),
        say("Choose another key for it"),
        code="views",
    )


def view_of(command_id: str) -> View | None:
    """The view that a command of the chord `g` shows; None for other commands."""
    area, _, name = command_id.partition(".")
    return NAMED.get(name) if area == "go" else None


def view_named(
    view_id: str, query: str = "", own: Mapping[str, View] = MappingProxyType({})
) -> View | None:
    """The view of that id, as a restart asks for it; a query where it was one."""
    if view_id == "query":
        return View("query", query, query) if query else None
    return NAMED.get(view_id) or own.get(view_id)
