"""Sync health: how each account is doing, which rules cannot be used, and what to do."""

from __future__ import annotations

from typing import ClassVar

from deskterm.i18n import heard, say
from deskterm.service.command import Context
from deskterm.service.reading.rows import AccountState
from deskterm.service.reading.rule_rows import BrokenRules
from deskterm.text.clean import SafeText, clean
from deskterm.ui.block_list import BlockList
from deskterm.ui.blocks import Block
from deskterm.ui.does import does
from deskterm.ui.painting import Line, Piece, blanks, column, joined, part, wrap
from deskterm.viewmodel.health import Health
from deskterm.viewmodel.words import Symbols

_NAME = 18
_GAP = blanks(1)


class HealthPane(BlockList):
    """Paints `Health`.

    Args:
        health: the model.
        symbols: the sign of the cursor.
    """

    context: ClassVar[Context] = "health"

    def __init__(
        self,
        health: Health,
        *,
        symbols: Symbols,
        id: str | None = None,  # noqa: A002 - named as in Textual
    ) -> None:
        super().__init__(clean(symbols.cursor), id=id)
        self.health = health
        health.changed.connect(self._changed)
        health.moved.connect(self.cursor_moved)

    def item_count(self) -> int:
        """How many accounts there are, and broken files of rules."""
        return self.health.count

    def place(self) -> int:
        """Where the cursor is."""
        return self.health.cursor

    def go_to(self, number: int) -> None:
        """Move the cursor."""
        self.health.move_to(number)

    def words(self) -> SafeText:
        """What stands where there is no account."""
        return self.health.words

    def lay_out(self, number: int) -> Block:
        """Name and state; figures; what went wrong; what to do."""
        accounts = self.health.accounts
        if number >= len(accounts):
            return self._lay_out_rules(self.health.broken[number - len(accounts)])
        account = accounts[number]
        head: Line = (
            Piece(column(clean(account.name, multiline=False), _NAME), "item--head"),
            Piece(_GAP),
            Piece(self.health.state_words(account)),
        )
        channel = clean(account.channel, multiline=False)
        facts = joined(channel, self.health.figures(account), by=" · ")
        problem, hint = self.health.problem(account), self.health.hint(account)
        told = (*self._wrapped(problem, "item--warning"), *self._wrapped(hint, "item--act"))
        return Block((head,), tail=((Piece(facts, "line--dim"),), *told, ()))

    def _lay_out_rules(self, file: BrokenRules) -> Block:
        """The file; what is wrong in it; what counts meanwhile."""
        head: Line = (
            Piece(column(file.file, _NAME), "item--head"),
            Piece(_GAP),
            Piece(say("rules that cannot be used")),
        )
        told = (
            *self._wrapped(heard(file.problem), "item--warning"),
            *self._wrapped(self.health.broken_words(file), "item--act"),
        )
        return Block((head,), tail=(*told, ()))

    def _wrapped(self, text: SafeText, style: str) -> list[Line]:
        spans = wrap(text, self.room) if text else ()
        return [(Piece(part(text, *span), style),) for span in spans]

    def ages_changed(self) -> None:
        """A minute has passed."""
        for number in range(self.health.count):
            self.item_changed(number)

    def _changed(self) -> None:
        if self.is_attached:
            self.title(self.health.title)
            self.items_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()

    # Commands.

    @property
    def current(self) -> AccountState | None:
        """The account under the cursor."""
        return self.health.current

    @does("health.down")
    def down(self) -> None:
        """One down."""
        self.health.move_by(1)

    @does("health.up")
    def up(self) -> None:
        """One up."""
        self.health.move_by(-1)
