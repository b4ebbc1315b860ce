"""Lines to type into: fields of the header, the path of a file, the reason for a send."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.widgets import Input

from deskterm.service.command import Context
from deskterm.text.clean import SafeText
from deskterm.ui.does import does
from deskterm.ui.taking import TakesText
from deskterm.viewmodel.pasted import one_line

Act = Callable[[], None]


def _nothing() -> None:
    """What a key does that has been given nothing to do."""


class OneLine(TakesText, Input):
    """One line of text; what its keys lead to is told from outside.

    Args:
        typed: called with the text after each change.
        entered: Enter.
        left: Esc.
        tabbed: Tab, and with True Shift+Tab.
    """

    context: ClassVar[Context] = "header"

    def __init__(
        self,
        *,
        typed: Callable[[str], None],
        entered: Act = _nothing,
        left: Act = _nothing,
        tabbed: Callable[[bool], None] | None = None,
        id: str | None = None,  # noqa: A002 - named as in Textual
    ) -> None:
        super().__init__(compact=True, select_on_focus=False, id=id)
        self.cursor_blink = False
        self._typed = typed
        self._entered = entered
        self._left = left
        self._tabbed = tabbed

    def put(self, text: str) -> None:
        """Show another text without telling anybody."""
        if text != self.value:
            with self.prevent(Input.Changed):
                self.value = text
            self.cursor_position = len(text)

    def hint(self, text: SafeText) -> None:
        """Show what counts while nothing is typed."""
        # Placeholders are no markup: `Input` makes them plain text.
        self.placeholder = str(text)

    async def own_key(self, key: str) -> bool:
        """Enter and, where fields follow one another, Tab."""
        if key == "enter":
            self.sync()
            self._entered()
            return True
        if key in ("tab", "shift+tab") and self._tabbed is not None:
            self.sync()
            self._tabbed(key == "shift+tab")
            return True
        return False

    @does("header.done")
    def done(self) -> None:
        """Esc."""
        self.sync()
        self._left()

    def sync(self) -> None:
        """Tell what is typed, before anything is done with it."""
        self._typed(self.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what is typed."""
        event.stop()
        self.sync()

    def take_paste(self, text: str) -> None:
        """Take a paste as one line of plain text."""
        line = one_line(text)
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)
