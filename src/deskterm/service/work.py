"""One unit of work: a transaction with everything a use case may need around it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from deskterm.domain.mail import Address
from deskterm.rules.model import RulePack, TextLimit
from deskterm.service.voices import Voices
from deskterm.store.accounts import Account
from deskterm.store.transaction import Change, Transaction

if TYPE_CHECKING:
    from deskterm.service.learning import ReadsMessages
    from deskterm.service.repeats import ShopTexts


@dataclass(frozen=True, slots=True)
class Carried:
    """What holds where messages travel as mail of a mailbox account.

    Args:
        channel: the mailbox's channel, whose rules hold as well.
        recipients: to whom the channel itself wants the answer to a ticket to go; raises
            `DesktermError` (`no_recipient`) where it cannot say.
    """

    channel: str
    recipients: Callable[[sqlite3.Connection, sqlite3.Row], tuple[Address, ...]]


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """What a channel allows, as far as writing needs to know.

    `ours` is the address we write from, `identities` all addresses of ours, in lower case;
    both are empty for channels without addresses. `carried` is set where another account carries
    the messages as mail: both addresses are that account's then. `operator` and `site` are the
    account's, and empty where it has none. `on_orders`: messages are notes on an order, which the
    shop mails to its buyer.
    """

    title: str
    can_send: bool
    by_mail: bool = False
    ours: Address | None = None
    identities: frozenset[str] = frozenset()
    limit: TextLimit | None = None
    carried: Carried | None = None
    operator: str = ""
    site: str = ""
    on_orders: bool = False


class Channels(Protocol):
    """The connectors, seen from the use cases."""

    def terms(self, account: Account) -> ChannelTerms:
        """What the channel of an account allows."""
        ...

    def is_marketplace(self, channel: str) -> bool:
        """Whether a channel is run by a third party, and not the shop's own."""
        ...

    def problem(self, channel: str, fields: dict[str, str]) -> str | None:
        """Why these account settings cannot work, in words; None when they can."""
        ...

    def reply_key(self, account: Account, ticket_ref: str) -> str:
        """A fresh idempotency key for a reply; for mail a Message-ID with angle brackets."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What stays the same from one unit of work to the next.

    `hold_s` is the length of the hold window in seconds. `packs_for` gives the rule packs of a
    channel. `attachments` is the folder of files by digest. `max_reply_bytes` is the longest
    reply that goes out by mail, attachments included. `voices`: how the shop writes, where it says.
    `reads` gives what weighs messages, so that macros are learned; without it nothing is.
    `texts`: what the shop has written; without it nobody notices what is typed again and again.
    """

    agent: str
    zone: ZoneInfo
    hold_s: float
    channels: Channels
    packs_for: Callable[[str], Sequence[RulePack]]
    attachments: Path
    max_reply_bytes: int
    voices: Voices | None = None
    reads: Callable[[], ReadsMessages] | None = None
    texts: ShopTexts | None = None


@dataclass(slots=True)
class Work:
    """A command at work. `call_id` binds all its journal entries together; `count` is the number
    of tickets it was called for.
    """

    tx: Transaction
    desk: Desk
    call_id: str
    label: str = ""
    count: int = 1

    def change(self) -> Change:
        """How this command signs its journal entries."""
        return Change(self.desk.agent, "command", self.call_id, self.label)
