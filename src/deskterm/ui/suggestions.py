"""The pane of suggestions: macros that may answer the ticket, with their digits and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from deskterm.service.command import Context
from deskterm.text.clean import SafeText, clean
from deskterm.ui.block_list import BlockList
from deskterm.ui.blocks import Block
from deskterm.ui.does import does
from deskterm.ui.painting import Line, Piece, blanks, part, wrap
from deskterm.viewmodel.macros import sum_of, why
from deskterm.viewmodel.suggestions import Suggestions
from deskterm.viewmodel.words import Symbols

_INDENT = blanks(2)


class SuggestionsPane(BlockList):
    """Paints `Suggestions`.

    Args:
        suggestions: the model.
        symbols: the sign of the cursor.
    """

    context: ClassVar[Context] = "suggestions"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"suggestion--digit"}

    def __init__(
        self,
        suggestions: Suggestions,
        symbols: Symbols,
        *,
        id: str | None = None,  # noqa: A002 - named as in Textual
    ) -> None:
        super().__init__(clean(symbols.cursor), id=id)
        self.suggestions = suggestions
        suggestions.changed.connect(self._changed)

    def item_count(self) -> int:
        """How many macros there are."""
        return self.suggestions.count

    def place(self) -> int:
        """Where the cursor is."""
        return self.suggestions.cursor

    def go_to(self, number: int) -> None:
        """Move the cursor."""
        self.suggestions.move_to(number)

    def words(self) -> SafeText:
        """What stands where there is none."""
        return self.suggestions.words

    def lay_out(self, number: int) -> Block:
        """The digit and the title; below it why, for the one under the cursor or for all."""
        model = self.suggestions
        item = model.items[number]
        head: Line = (
            Piece(clean(f"{number + 1} "), "suggestion--digit"),
            Piece(item.title, "item--head"),
        )
        reasons = why(item.reasons)
        if not reasons or not (model.shows_all_reasons or number == model.cursor):
            return Block((head,))
        told = (reasons, *(sum_of(item) if model.shows_sum_of(number) else ()))
        return Block((head,), tail=tuple(line for words in told for line in self._below(words)))

    def _below(self, words: SafeText) -> Iterator[Line]:
        for span in wrap(words, max(1, self.room - 2)):
            yield Piece(_INDENT), Piece(part(words, *span), "line--dim")

    def _changed(self) -> None:
        if self.is_attached:
            self.title(self.suggestions.title)
            self.subtitle(self.suggestions.hint)
            self.items_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()

    # Commands.

    @does("macro.down")
    def down(self) -> None:
        """One down."""
        self.suggestions.move_to(self.suggestions.cursor + 1)

    @does("macro.up")
    def up(self) -> None:
        """One up."""
        self.suggestions.move_to(self.suggestions.cursor - 1)

    @does("macro.why")
    def toggle_reasons(self) -> None:
        """Reasons for all, or for one."""
        self.suggestions.toggle_reasons()
