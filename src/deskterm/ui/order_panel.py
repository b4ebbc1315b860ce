"""The order of a ticket on the screen: its facts one below the other, with a cursor on one."""

from __future__ import annotations

from typing import ClassVar, Final

from deskterm.service.command import Context
from deskterm.text.clean import SafeText, cell_width, clean
from deskterm.ui.block_list import BlockList
from deskterm.ui.blocks import Block
from deskterm.ui.does import does
from deskterm.ui.messages import OrderActed
from deskterm.ui.painting import EMPTY, Line, Piece, blanks, column, joined, part, wrap
from deskterm.viewmodel.order import OrderFacts
from deskterm.viewmodel.order_facts import Fact
from deskterm.viewmodel.words import Symbols

NAMES: Final = 16
"""Cells for the names of facts, at most."""
MOST_LINES: Final = 8
"""Lines of a fact that are shown; a long remark ends there."""

_GAP = blanks(1)
_STYLES = {"": "", "head": "item--head", "dim": "line--dim"}


class OrderPanel(BlockList):
    """Paints `OrderFacts`.

    Args:
        facts: the model.
        symbols: the sign of the cursor, and of what is wrong.
    """

    context: ClassVar[Context] = "order"

    def __init__(
        self,
        facts: OrderFacts,
        *,
        symbols: Symbols,
        id: str | None = None,  # noqa: A002 - named as in Textual
    ) -> None:
        super().__init__(clean(symbols.cursor), id=id)
        self.facts = facts
        self._symbols = symbols
        self._names = 0
        facts.changed.connect(self._changed)
        facts.moved.connect(self.cursor_moved)

    def item_count(self) -> int:
        """How many facts there are."""
        return len(self.facts.facts) if self.line_width else 0

    def place(self) -> int:
        """Where the cursor is."""
        return self.facts.cursor

    def go_to(self, number: int) -> None:
        """Move the cursor."""
        self.facts.move_to(number)

    def words(self) -> SafeText:
        """What stands where there is no ticket."""
        return self.facts.words

    def opened(self) -> None:
        """A double click."""
        self.post_message(OrderActed())

    def lay_out(self, number: int) -> Block:
        """The name of a fact, the fact, more of it, and what is wrong."""
        fact = self.facts.facts[number]
        room = max(1, self.room - self._names - 1)
        lines: list[Line] = []
        for text, style in self._texts(fact):
            for start, end in wrap(text, room)[:MOST_LINES]:
                name = EMPTY if lines else fact.name
                lines.append(
                    (
                        Piece(column(name, self._names), "line--dim"),
                        Piece(_GAP),
                        Piece(part(text, start, end), style),
                    )
                )
        return Block(tuple(lines), tail=((),) if fact.last else ())

    def _texts(self, fact: Fact) -> list[tuple[SafeText, str]]:
        warning = EMPTY
        if fact.warning:
            warning = joined(clean(self._symbols.attention), fact.warning, by=" ")
        texts = (
            (fact.text, _STYLES[fact.tone]),
            (warning, "item--warning"),
            (fact.note, "line--dim"),
        )
        return [(text, style) for text, style in texts if text]

    def _changed(self) -> None:
        if self.is_attached:
            self.title(self.facts.title)
            self._names = min(NAMES, max((cell_width(f.name) for f in self.facts.facts), default=0))
            self.items_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()

    # Commands.

    @does("order.down")
    def down(self) -> None:
        """One down."""
        self.facts.move_by(1)

    @does("order.up")
    def up(self) -> None:
        """One up."""
        self.facts.move_by(-1)

    @does("order.top")
    def to_top(self) -> None:
        """The first fact."""
        self.facts.move_to(0)

    @does("order.bottom")
    def to_bottom(self) -> None:
        """The last fact."""
        self.facts.move_by(len(self.facts.facts))
