"""Attaching a file: a path is typed, Tab completes it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean
from deskterm.ui.one_line import OneLine
from deskterm.ui.safe import shown

#: Entries of one folder that are looked at.
_MOST: Final = 2_000


class AttachLine(Horizontal):
    """The prompt for a path.

    Args:
        attach: called with the absolute path of a file.
        leave: the focus is to go back to the text.
        tell: says why a path cannot be taken.
    """

    def __init__(
        self,
        attach: Callable[[str], None],
        leave: Callable[[], None],
        tell: Callable[[SafeText], None],
    ) -> None:
        super().__init__(id="composer-attach")
        self._take = attach
        self._leave = leave
        self._tell = tell
        self._line = OneLine(
            typed=lambda _: None,
            entered=self._entered,
            left=leave,
            tabbed=lambda _: self._complete(),
            id="composer-path",
        )

    def compose(self) -> ComposeResult:
        """A label and the line."""
        yield Static(shown(say("File")), classes="label")
        yield self._line

    def begin(self) -> None:
        """Ask for a path, from the home folder on."""
        self._line.put("~/")
        self.screen.set_focus(self._line)

    def _entered(self) -> None:
        typed = self._line.value.strip()
        if typed in ("", "~/"):
            self._leave()
            return
        path = absolute(typed)
        if path is None or not path.is_file():
            self._tell(say("There is no file {path}", path=clean(typed, multiline=False)))
            return
        self._take(str(path))
        self._leave()

    def _complete(self) -> None:
        completed, choices = complete(self._line.value)
        self._line.put(completed)
        if len(choices) > 1:
            names = clean("  ".join(choices[:8]), multiline=False)
            self._tell(say("{names} …", names=names) if len(choices) > 8 else names)


def absolute(typed: str) -> Path | None:
    """The path that was typed; None where it names nobody's home."""
    try:
        path = Path(typed).expanduser()
    except RuntimeError:  # `~name` of an unknown user
        return None
    return Path(os.path.normpath(path)) if path.is_absolute() else Path.home() / path


def complete(typed: str) -> tuple[str, list[str]]:
    """A path with as much added as is sure, and the names that fit; folders end with a slash."""
    head, slash, start = typed.rpartition("/")
    folder = absolute(head + slash if slash else "~/")
    if folder is None:
        return typed, []
    found = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST:
                    break
                hidden = entry.name.startswith(".") and not start.startswith(".")
                if entry.name.startswith(start) and not hidden:
                    found.append(entry.name + ("/" if entry.is_dir() else ""))
    except OSError:
        return typed, []
    found.sort()
    if not found:
        return typed, found
    # Sorted, so what the first and the last share all share.
    first, last = found[0], found[-1]
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return head + slash + first[: len(first) if same is None else same], found
