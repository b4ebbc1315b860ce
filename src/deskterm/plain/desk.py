"""What plain mode works on: the models of the console and what they were made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.copies import Copies
from deskterm.viewmodel.health import Health
from deskterm.viewmodel.outbox import OutboxList
from deskterm.viewmodel.ports import Link
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.status import Status
from deskterm.viewmodel.ticket_list import TicketList


@dataclass
class PlainDesk:
    """The models of one session.

    Args:
        banner: words for the beginning, of a shop that comes by itself.
    """

    readers: Asking
    office: Link
    tickets: TicketList
    conversation: Conversation
    outbox: OutboxList
    health: Health
    status: Status
    copies: Copies
    now: Callable[[], datetime]
    zone: tzinfo
    banner: SafeText = field(default_factory=lambda: clean(""))
