"""Controllers that are made when the first of their commands is wanted: no start waits for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.ui.acts.files import Files
    from deskterm.ui.app import DeskApp


class Late:
    """Knows who does what, and makes each of them once."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._made: dict[str, object] = {}
        #: The files of a ticket, once somebody has looked at some.
        self.files: Files | None = None

    def doer(self, command_id: str) -> object | None:
        """Who does a command; None where it is nobody of these."""
        area = command_id.partition(".")[0]
        name = command_id if command_id in _MAKERS else area
        maker = _MAKERS.get(name)
        if maker is None:
            return None
        what = maker.__name__
        if what not in self._made:
            self._made[what] = maker(self, self._app)
        return self._made[what]


def _files(late: Late, app: DeskApp) -> object:
    from deskterm.ui.acts.files import Files

    late.files = Files(app)
    return late.files


def _rules(_late: Late, app: DeskApp) -> object:
    from deskterm.ui.acts.rules import Rules

    return Rules(app)


def _playbooks(_late: Late, app: DeskApp) -> object:
    from deskterm.ui.acts.playbooks import Playbooks

    return Playbooks(app)


def _notes(_late: Late, app: DeskApp) -> object:
    from deskterm.ui.acts.notes import Notes

    return Notes(app)


def _reasons(_late: Late, app: DeskApp) -> object:
    from deskterm.ui.acts.reasons import Reasons

    return Reasons(app)


def _repeats(_late: Late, app: DeskApp) -> object:
    from deskterm.ui.acts.repeats import Repeats

    return Repeats(app)


def _editing(_late: Late, app: DeskApp) -> object:
    from deskterm.ui.acts.editing import Editing

    return Editing(app)


_MAKERS: Mapping[str, Callable[[Late, DeskApp], object]] = MappingProxyType(
    {
        "files": _files,
        "message.attachments": _files,
        "message.raw": _files,
        "composer.editor": _editing,
        "composer.rules": _rules,
        "composer.knowledge": _notes,
        "note.pick": _notes,
        "macro.typed": _repeats,
        "composer.playbook": _playbooks,
        "playbook.open": _playbooks,
        "playbook.leave": _playbooks,
        "playbook.beside": _playbooks,
        "playbook.find": _playbooks,
        "ticket.take_reason": _reasons,
        "rules.sheet": _rules,
        "rules.leave": _rules,
    }
)
