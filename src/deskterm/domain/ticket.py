"""The ticket: its states and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
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
    """What the turn depends on, of one message. `at` is when the channel received it."""

    at: str
    inbound: bool
    automatic: bool
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose move it is, read off the messages.

    `waiting_since` is the time of the oldest customer message without answer; `answered` says
    whether the shop has ever written.
    """

    waiting_since: str | None
    answered: bool


def turn(messages: Sequence[Said], answered_until: str | None) -> Turn:
    """Read the turn off a ticket's messages, oldest first.

    Automatic mail neither waits for an answer nor is one. A message is also answered where the
    channel marked it so, or where an agent said that none is needed (`answered_until`).
    """
    since: str | None = None
    ever = False
    for message in messages:
        if message.automatic:
            continue
        if not message.inbound:
            since, ever = None, True
        elif message.answered or (answered_until is not None and message.at <= answered_until):
            since = None
        elif since is None:
            since = message.at
    return Turn(since, ever)


def first_status(state: Turn) -> Status:
    """The status of a ticket that has just come in."""
    if state.waiting_since is None and state.answered:
        return Status.WAITING_CUSTOMER
    return Status.OPEN if state.answered else Status.NEW


def next_status(status: Status, newest: Said | None, state: Turn) -> Status:
    """The status after `newest` arrived; `newest` is None when only the past was filled in."""
    if newest is None or newest.automatic:
        return status
    if newest.inbound:
        if status in YIELDING and state.waiting_since is not None:
            return Status.OPEN
        return status
    if status in (Status.NEW, Status.OPEN) and state.waiting_since is None:
        return Status.WAITING_CUSTOMER
    return status
