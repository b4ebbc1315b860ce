"""What panes tell the rest of the screen.

Keys do not go this way: a message comes later than the key that is typed next. See
`deskterm.ui.acts`.
"""

from __future__ import annotations

from textual.message import Message

from deskterm.text.clean import SafeText


class Opened(Message):
    """A ticket is to be opened: a double click on it."""

    def __init__(self, ticket_id: int) -> None:
        self.ticket_id = ticket_id
        super().__init__()


class OrderActed(Message):
    """Something is to be done with the order: a double click on one of its facts."""


class Told(Message):
    """Something the agent is to be told in the notice line."""

    def __init__(self, words: SafeText) -> None:
        self.words = words
        super().__init__()
