"""Writing in another editor: the text goes there and comes back, whatever happens to the editor."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import clean
from deskterm.ui.does import does
from deskterm.viewmodel.pasted import MOST_BYTES, plain

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp

_LARGEST: Final = 4 * MOST_BYTES


class Editing:
    """Hands the text that is being written to another editor."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app

    @does("composer.editor")
    def edit(self) -> None:
        """The editor has the terminal until it ends; the console waits."""
        app = self._app
        text = app.writing.area
        if text is None:
            return
        app.writing.flush()  # the draft has the text, should this console be killed meanwhile
        outside = app.desk.outside()
        try:
            path = outside.lend_text(text.text)
            try:
                code = self._run(path)
                changed = _read(path, text.text)
            except DesktermError:
                outside.give_back(path)
                raise
        except DesktermError as error:
            app.tell_error(error)
            return
        if changed is None:
            app.tell(
                say(
                    "What the editor left cannot be taken: it is gone or too long. "
                    "Your text is as it was; the file is {path}",
                    path=clean(str(path), multiline=False),
                ),
                error=True,
            )
            return
        outside.give_back(path)
        if changed != text.text:
            text.change(changed)
        if code:
            app.tell(say("The editor ended with an error. What it had saved is in the text"))

    def _run(self, path: Path) -> int:
        """Give the terminal away for a while.

        Raises:
            DesktermError: there is no editor, or no terminal to give.
        """
        from textual.app import SuspendNotSupported

        from deskterm.ui.editor import editor_of, run_editor

        command = editor_of(os.environ)
        failed: DesktermError | None = None
        code = 0
        try:
            with self._app.suspend():
                try:
                    code = run_editor(command, path)
                except DesktermError as error:
                    failed = error  # what leaves the block keeps the terminal from coming back
        except SuspendNotSupported as error:
            raise DesktermError(
                "No editor can be started here",
                "This terminal cannot be given to another program. Your text is unchanged",
                code="editor",
            ) from error
        if failed is not None:
            raise failed
        return code


def _read(path: Path, before: str) -> str | None:
    """What the editor left; None where that cannot be taken.

    An editor ends the last line of a file: that newline is not part of the text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError:
        return None
    text = plain(content.decode("utf-8", "replace"))
    if text.endswith("\n") and not before.endswith("\n"):
        text = text[:-1]
    return text if len(text.encode()) <= max(MOST_BYTES, len(before.encode())) else None
