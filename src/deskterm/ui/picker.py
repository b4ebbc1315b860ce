"""Choosing one thing of a list by typing some of its words, with a look at the chosen one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.widgets import Static

from deskterm.domain.errors import DesktermError
from deskterm.text.clean import SafeText
from deskterm.ui.chooser import MOST_ROWS, Choices, Chooser, Row
from deskterm.ui.safe import shown
from deskterm.viewmodel.words import error_words

T = TypeVar("T")

#: Lines of the terminal that are left to the panes and to the line itself.
_OTHERS: Final = 8
_LEAST: Final = 3


class _FewChoices(Choices):
    """Rows that leave room for the look at one of them."""

    @property
    def most(self) -> int:
        """Rows that are shown at once."""
        return max(_LEAST, min(MOST_ROWS, (self.app.size.height - _OTHERS) // 2))


class LookingChooser(Chooser):
    """A chooser with a text over its list.

    Args:
        sign: what it is, in its border.
        name: what is chosen, in the ids of the widgets.
        most_lines: of the text, where there is room.
    """

    def __init__(self, sign: SafeText, name: str, most_lines: int) -> None:
        super().__init__(sign, id=f"{name}-picker")
        self.choices = _FewChoices()
        self.preview = Static(id=f"{name}-preview", classes="preview", markup=False)
        self._most_lines = most_lines

    def compose(self) -> ComposeResult:
        """The look, the list, then the line."""
        yield self.preview
        yield self.choices
        yield self.line

    def look_at(self, text: SafeText) -> None:
        """Show a text over the list."""
        room = self.app.size.height - _OTHERS - self.choices.most
        self.preview.styles.max_height = max(_LEAST, min(self._most_lines, room))
        self.preview.update(shown(text))

    def unread(self, error: DesktermError) -> None:
        """What was to be shown cannot be read."""
        if self.is_open:
            self.look_at(error_words(error))


class Picker(LookingChooser, Generic[T]):
    """Things to choose one from. Subclasses say how they are listed and looked at."""

    def __init__(self, sign: SafeText, name: str, most_lines: int) -> None:
        super().__init__(sign, name, most_lines)
        self._listed: Sequence[T] = ()
        self._chosen = -1
        self._picked: Callable[[T], Awaitable[None]] | None = None

    def begin_for(self, picked: Callable[[T], Awaitable[None]]) -> None:
        """Take the keys; `picked` is called with what is chosen in the end."""
        self._picked = picked
        self.begin()

    def offer(self, things: Sequence[T]) -> None:
        """Show what there is to choose from, the first one chosen."""
        self._listed = things
        self._chosen = 0 if things else -1
        if self.is_attached:
            self._paint()

    @property
    def count(self) -> int:
        """How many there are to choose from."""
        return len(self._listed)

    @property
    def current(self) -> T | None:
        """The chosen one."""
        return self._listed[self._chosen] if 0 <= self._chosen < self.count else None

    def move(self, step: int) -> None:
        """Choose another one; a single step goes round."""
        if self._listed:
            new, last = self._chosen + step, self.count - 1
            self._chosen = new % (last + 1) if abs(step) == 1 else max(0, min(new, last))
            self._paint()

    def choose(self, place: int) -> None:
        """Choose the one in a row."""
        if 0 <= place < self.count:
            self._chosen = place
            self._paint()

    async def entered(self) -> None:
        """Take the chosen one."""
        if not self.is_open:
            return
        chosen, picked = self.current, self._picked
        self.end()
        if chosen is not None and picked is not None:
            await picked(chosen)

    def _paint(self) -> None:
        self.choices.put(
            [self.row(one, place) for place, one in enumerate(self._listed)], self._chosen
        )
        self.look(self.current)

    # What a subclass says.

    def row(self, thing: T, place: int) -> Row:
        """How one is listed."""
        raise NotImplementedError

    def look(self, chosen: T | None) -> None:
        """Show the chosen one; None: there is none."""
        raise NotImplementedError
