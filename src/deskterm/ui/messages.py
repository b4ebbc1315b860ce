"""What panes tell the rest of the screen. Handled by the controllers in `deskterm.ui.acts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from deskterm.service.command import Context


class Opened(Message):
    """A ticket is to be opened: Enter or a double click on it."""

    def __init__(self, ticket_id: int) -> None:
        self.ticket_id = ticket_id
        super().__init__()


class Left(Message):
    """The pane of that context is to be left, one step back."""

    def __init__(self, context: Context) -> None:
        self.context = context
        super().__init__()


class Stepped(Message):
    """The next (1) or the previous (-1) ticket of the list is to be opened."""

    def __init__(self, step: int) -> None:
        self.step = step
        super().__init__()


class FindAsked(Message):
    """Words to look for in the open ticket are to be asked for; `ConversationPane.find` takes
    them.
    """
