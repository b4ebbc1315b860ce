"""What panes tell the rest of the screen.

Keys do not go this way: a message comes later than the key that is typed next. See
`deskterm.ui.acts`.
"""

from __future__ import annotations

from textual.message import Message


class Opened(Message):
    """A ticket is to be opened: a double click on it."""

    def __init__(self, ticket_id: int) -> None:
        self.ticket_id = ticket_id
        super().__init__()
