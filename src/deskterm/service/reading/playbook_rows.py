"""What readers show of playbooks. Plain data; what is shown is `SafeText` from here on."""

from __future__ import annotations

from typing import NamedTuple

from deskterm.text.clean import SafeText


class PartView(NamedTuple):
    """A part of a playbook; `kind`, `depth` and `mark` as in `deskterm.macros.playbooks.Part`."""

    kind: str
    text: SafeText
    depth: int = 0
    mark: SafeText | None = None


class FitView(NamedTuple):
    """Why a playbook fits: `kind` is `rule`, `reason` or `macro`, `name` which one."""

    kind: str
    name: SafeText


class PlaybookView(NamedTuple):
    """A playbook; `fits` is empty where nothing says that it is about this ticket."""

    id: str
    title: SafeText
    parts: tuple[PartView, ...]
    fits: tuple[FitView, ...] = ()


class PlaybooksView(NamedTuple):
    """The playbooks of a shop, those that fit first.

    Args:
        folder: where they stand.
        mistakes: what is wrong in them, each with file and line.
    """

    items: tuple[PlaybookView, ...]
    folder: SafeText
    mistakes: tuple[SafeText, ...] = ()
