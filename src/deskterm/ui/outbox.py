"""The outbox: replies on their way, and those that ask something of a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import ClassVar

from deskterm.domain.outbox import DeliveryState
from deskterm.i18n import heard, say
from deskterm.service.command import Context
from deskterm.service.reading.rows import Outgoing
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText, clean
from deskterm.ui.block_list import BlockList
from deskterm.ui.blocks import Block
from deskterm.ui.does import does
from deskterm.ui.messages import Opened
from deskterm.ui.painting import EMPTY, Line, Piece, blanks, column, joined, part, wrap
from deskterm.viewmodel import time_words
from deskterm.viewmodel.outbox import OutboxList
from deskterm.viewmodel.words import Symbols

_STATE = 18
_CUSTOMER = 18
_GAP = blanks(1)


class OutboxPane(BlockList):
    """Paints an `OutboxList`.

    Args:
        outbox: the model.
        symbols: the sign of the cursor.
        now: the time (aware, UTC).
        zone: of the clock on the wall.
    """

    context: ClassVar[Context] = "outbox"

    def __init__(
        self,
        outbox: OutboxList,
        *,
        symbols: Symbols,
        now: Callable[[], datetime],
        zone: tzinfo,
        id: str | None = None,  # noqa: A002 - named as in Textual
    ) -> None:
        super().__init__(clean(symbols.cursor), id=id)
        self.outbox = outbox
        self._now = now
        self._zone = zone
        outbox.changed.connect(self._changed)
        outbox.moved.connect(self.cursor_moved)

    def item_count(self) -> int:
        """How many replies there are."""
        return self.outbox.count

    def place(self) -> int:
        """Where the cursor is."""
        return self.outbox.cursor

    def go_to(self, number: int) -> None:
        """Move the cursor."""
        self.outbox.move_to(number)

    def words(self) -> SafeText:
        """What stands where there is no reply."""
        return self.outbox.words

    def opened(self) -> None:
        """A double click."""
        self.open()

    def lay_out(self, number: int) -> Block:
        """State, customer and subject; how the text begins; why it waits; what can be done."""
        item = self.outbox.items[number]
        reason = heard(item.reason) if item.reason is not None else EMPTY
        tail: list[Line] = []
        for text, style in (
            (reason, "item--warning"),
            (self._advice(item), "line--dim"),
            (self._decisions(item), "item--act"),
        ):
            if text:
                spans = wrap(text, self.room)
                tail.extend((Piece(part(text, *span), style),) for span in spans)
        head = (
            Piece(column(self.outbox.state_words(item), _STATE), "item--head"),
            Piece(_GAP),
            Piece(column(item.customer, _CUSTOMER)),
            Piece(_GAP),
            Piece(item.subject),
        )
        beginning = wrap(item.text, self.room)[:1] if item.text else ()
        return Block((head,), item.text, beginning, (*tail, ()), text_style="line--dim")

    def tick(self) -> None:
        """A second has passed: count down what is held."""
        for number, item in enumerate(self.outbox.items):
            if item.hold_until is not None:
                self.item_changed(number)

    def _advice(self, item: Outgoing) -> SafeText:
        """What to know of it, and what happens by itself."""
        if item.send_at is not None:
            return say("Leaves {time}", time=time_words.due(item.send_at, self._zone, self._now()))
        if item.next_try_at is None or item.state != DeliveryState.RETRY_LATER:
            return self.outbox.hint(item)
        time = time_words.due(item.next_try_at, self._zone, self._now())
        return joined(self.outbox.hint(item), say("Next try {time}", time=time), by=" ")

    def _decisions(self, item: Outgoing) -> SafeText:
        """What a person can do, with its keys."""
        choices = [
            say("{key} {title}", key=self._key(one), title=say(TABLE[one].title))
            for one in self.outbox.decisions(item)
        ]
        return joined(*choices, by=" · ")

    def _key(self, command_id: str) -> SafeText:
        return clean(self.dispatcher.keymap.key_of(command_id, self.context))

    def _changed(self) -> None:
        if self.is_attached:
            self.title(self.outbox.title)
            self.items_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()

    # Commands.

    @property
    def current(self) -> Outgoing | None:
        """The reply under the cursor."""
        return self.outbox.current

    @does("outbox.down")
    def down(self) -> None:
        """One down."""
        self.outbox.move_by(1)

    @does("outbox.up")
    def up(self) -> None:
        """One up."""
        self.outbox.move_by(-1)

    def open(self) -> None:
        """Open the ticket of the reply."""
        if self.outbox.current is not None:
            self.post_message(Opened(self.outbox.current.ticket_id))
