"""What belongs to the open ticket and stands beside it in the console: read out when it is asked
for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from deskterm.domain.errors import UsageError
from deskterm.plain.desk import PlainDesk
from deskterm.plain.looking import Looking, no_ticket
from deskterm.plain.pages import Block
from deskterm.plain.talk import Talk
from deskterm.service.reading.rows import ConversationView
from deskterm.text.clean import SafeText
from deskterm.viewmodel.reading import ReadingPort

_T = TypeVar("_T")


class BesideTicket:
    """Reads something out that belongs to the open ticket.

    Args:
        desk: the models.
        talk: the person.
        looking: knows what is open.
    """

    def __init__(self, desk: PlainDesk, talk: Talk, looking: Looking) -> None:
        self.desk = desk
        self._talk = talk
        self._looking = looking

    @property
    def opened(self) -> ConversationView:
        """The open ticket.

        Raises:
            UsageError: none is open.
        """
        shown = self._looking.open_ticket
        if shown is None:
            raise UsageError(no_ticket())
        return shown

    def read(self, slot: str, look: Callable[[ReadingPort], _T]) -> _T:
        """Have something read, and wait for it; see `Talk.read`."""
        return self._talk.read(self.desk.readers, slot, look)

    def tell(self, *lines: SafeText) -> None:
        """Say something short."""
        self._talk.tell(*lines)

    def tell_pages(self, blocks: Iterable[Block]) -> None:
        """Say something long."""
        self._talk.tell_pages(blocks)
