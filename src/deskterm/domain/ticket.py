"""The ticket: its states and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a ticket stands (glossary: status)."""

    NEW = "new"  # never answered
    OPEN = "open"  # our turn
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_PARTNER = "waiting_partner"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"  # done, but a reply of the customer reopens it
    CLOSED = "closed"  # archived; a reply makes a new linked ticket
    SPAM = "spam"


#: In these a message of the customer gives the turn back to us.
YIELDING = frozenset(
    {Status.SNOOZED, Status.RESOLVED, Status.WAITING_CUSTOMER, Status.WAITING_PARTNER}
)
#: Work that is not done.
UNRESOLVED = frozenset(
    {Status.NEW, Status.OPEN, Status.WAITING_CUSTOMER, Status.WAITING_PARTNER, Status.SNOOZED}
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the turn depends on, of one message.

    `row` orders the messages of a ticket, `at` is when the channel received it. `seen_row` is set
    on a reply written here: the newest message that its writer had seen.
    """

    row: int
    at: str
    inbound: bool
    automatic: bool
    answered: bool = False
    seen_row: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose move it is, read off the messages.

    `waiting_since` is the time of the oldest customer message without answer; `answered` says
    whether the shop has ever written, as far as anybody knows.
    """

    waiting_since: str | None
    answered: bool


def turn(messages: Sequence[Said], answered_until: str | None) -> Turn:
    """Read the turn off a ticket's messages, oldest first.

    Automatic mail neither waits for an answer nor is one. A reply answers what stands before it;
    one written here only what its writer had seen, as the customer may have written while it was
    on its way. A message is also answered where the channel marked it so, or where an agent said
    that none is needed (`answered_until`).
    """
    waiting: list[Said] = []
    ever = False
    for message in messages:
        if message.automatic:
            continue
        if not message.inbound:
            seen = message.seen_row
            waiting = [w for w in waiting if seen is not None and w.row > seen]
            ever = True
        elif message.answered or (answered_until is not None and message.at <= answered_until):
            waiting = []
            ever = ever or message.answered
        else:
            waiting.append(message)
    return Turn(waiting[0].at if waiting else None, ever)


def status_after(
    status: Status, messages: Sequence[Said], fresh: Set[int], answered_until: str | None
) -> Status:
    """The status after messages were added to a ticket; `fresh` are their rows.

    Only news moves it: what lies after everything that was said, or seen, before. Filling in the
    past does not reopen.
    """
    told = [m for m in messages if not m.automatic]
    horizon = max(
        (m.row if m.seen_row is None else m.seen_row for m in told if m.row not in fresh),
        default=-1,
    )
    for place, message in enumerate(told):
        if message.row in fresh and message.row > horizon:
            state = turn(told[: place + 1], answered_until)
            status = next_status(status, message, state)
    state = turn(told, answered_until)
    return first_status(state) if status == Status.NEW and state.answered else status


def first_status(state: Turn) -> Status:
    """The status of a ticket that has just come in."""
    if state.waiting_since is None and state.answered:
        return Status.WAITING_CUSTOMER
    return Status.OPEN if state.answered else Status.NEW


def next_status(status: Status, newest: Said, state: Turn) -> Status:
    """The status after the news `newest`, when the turn is `state`."""
    if newest.inbound:
        if status in YIELDING and state.waiting_since is not None:
            return Status.OPEN
        return status
    if status in (Status.NEW, Status.OPEN) and state.waiting_since is None:
        return Status.WAITING_CUSTOMER
    return status
