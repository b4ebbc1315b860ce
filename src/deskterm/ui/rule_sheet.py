"""The rules of a channel as a list over the panes."""

from __future__ import annotations

from typing import ClassVar

from deskterm.i18n import say
from deskterm.service.command import Context
from deskterm.text.clean import SafeText, clean
from deskterm.ui.block_list import BlockList
from deskterm.ui.blocks import Block
from deskterm.ui.does import does
from deskterm.ui.painting import Piece, part, wrap
from deskterm.viewmodel.rule_sheet import Rules, head, origin, sentence
from deskterm.viewmodel.words import NOTHING, Symbols

_FAR = 1_000_000


class RuleList(BlockList):
    """Paints `Rules`.

    Args:
        rules: the model.
        symbols: the sign of the cursor.
    """

    context: ClassVar[Context] = "rules"

    def __init__(self, rules: Rules, *, symbols: Symbols) -> None:
        super().__init__(clean(symbols.cursor), id="rule-list")
        self.rules = rules
        rules.changed.connect(self._changed)
        rules.moved.connect(self.cursor_moved)

    def item_count(self) -> int:
        """How many rules there are."""
        return self.rules.count

    def place(self) -> int:
        """Where the cursor is."""
        return self.rules.cursor

    def go_to(self, number: int) -> None:
        """Move the cursor."""
        self.rules.move_to(number)

    def words(self) -> SafeText:
        """What stands where there is no rule."""
        return say("There are no rules for this channel.")

    def lay_out(self, number: int) -> Block:
        """Severity and id; what it says; where it comes from."""
        rule = self.rules.items[number]
        style = "item--warning" if rule.severity == "block" else "item--head"
        hint = self.rules.hint if not number else NOTHING
        lines = [(hint, "item--act")] if hint else []
        lines += [(head(rule), style), (sentence(rule), "")]
        lines += [(line, "line--dim") for line in origin(rule)]
        return Block(
            (),
            tail=(
                *(
                    (Piece(part(text, *span), style),)
                    for text, style in lines
                    for span in wrap(text, self.room)
                ),
                (),
            ),
        )

    def _changed(self) -> None:
        if self.is_attached:
            self.title(self.rules.title)
            self.subtitle(self.rules.words)
            self.items_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()

    # Commands.

    @does("rules.down")
    def down(self) -> None:
        """The next rule."""
        self._move(1)

    @does("rules.up")
    def up(self) -> None:
        """The rule before."""
        self._move(-1)

    @does("rules.page_down")
    def page_down(self) -> None:
        """A page of rules."""
        self._move(max(1, self.page // 5))

    @does("rules.page_up")
    def page_up(self) -> None:
        """A page back."""
        self._move(-max(1, self.page // 5))

    @does("rules.top")
    def first(self) -> None:
        """The first rule."""
        self._move(-_FAR)

    @does("rules.bottom")
    def last(self) -> None:
        """The last rule."""
        self._move(_FAR)

    def _move(self, step: int) -> None:
        self.rules.move_to(self.rules.cursor + step)
