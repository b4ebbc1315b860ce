"""To whom a reply goes and what it answers."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import Address
from deskterm.service.work import ChannelTerms
from deskterm.store.mailfacts import MailFacts, addresses

#: The id of a ticket's newest message of the customer, automatic mail included only when nothing
#: else is there.
_PARENT = (
    "SELECT * FROM messages WHERE ticket_id = ? AND direction = 'inbound'"
    " ORDER BY automatic IS NOT NULL, id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Addresses of a reply. `chosen`: an agent typed them, they are not derived."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    chosen: bool = False

    def dump(self) -> str:
        """As JSON for the outbox."""
        return json.dumps(
            {
                "to": [[a.name, a.addr] for a in self.to],
                "cc": [[a.name, a.addr] for a in self.cc],
                "chosen": self.chosen,
            },
            ensure_ascii=False,
        )

    @classmethod
    def load(cls, text: str) -> Recipients:
        """Read what `dump` wrote."""
        data = json.loads(text)
        return cls(addresses(data["to"]), addresses(data["cc"]), bool(data["chosen"]))

    @property
    def keys(self) -> tuple[str, ...]:
        """Bare addresses in the form used to compare them."""
        return tuple(a.key for a in (*self.to, *self.cc))


def parent_of(connection: sqlite3.Connection, ticket_id: int) -> sqlite3.Row | None:
    """The message a reply answers."""
    row: sqlite3.Row | None = connection.execute(_PARENT, (ticket_id,)).fetchone()
    return row


def way_of(connection: sqlite3.Connection, ticket: sqlite3.Row) -> tuple[int | None, int]:
    """The thread that a reply goes to, None where there is none yet, and the account by which it
    leaves: those of the message it answers. A ticket of several threads may have several accounts.
    """
    parent = parent_of(connection, ticket["id"])
    if parent is not None:
        return int(parent["thread_id"]), int(parent["account_id"])
    row = connection.execute(
        "SELECT id, account_id FROM threads WHERE ticket_id = ? ORDER BY id DESC LIMIT 1",
        (ticket["id"],),
    ).fetchone()
    if row is None:
        return None, int(ticket["account_id"])
    return int(row["id"]), int(row["account_id"])


def derived(connection: sqlite3.Connection, ticket: sqlite3.Row, terms: ChannelTerms) -> Recipients:
    """The recipients that follow from the ticket: Reply-To of the mail that is answered, else its
    sender (RFC 5322 3.6.2), without our own addresses. Where another account carries the messages,
    the channel itself says who gets an answer.

    Raises:
        DesktermError: nobody can be found (`no_recipient`).
    """
    if not terms.by_mail:
        return Recipients(())
    if terms.carried is not None:
        return Recipients(terms.carried.recipients(connection, ticket))
    parent = parent_of(connection, ticket["id"])
    found: tuple[Address, ...]
    if parent is not None:
        author = Address(parent["author_name"], parent["author_address"])
        asked = MailFacts.load(parent["mail"]).reply_to
        found = tuple(a for a in asked if a.key not in terms.identities) or (author,)
    else:
        row = connection.execute(
            "SELECT name, value FROM identities WHERE customer_id = ? AND kind = 'email'"
            " ORDER BY id LIMIT 1",
            (ticket["customer_id"],),
        ).fetchone()
        found = (Address(row[0] or "", row[1]),) if row else ()
    to = tuple(a for a in found if a.addr and a.key not in terms.identities)
    if not to:
        raise DesktermError(
            "Nobody to send this to",
            "The customer's mail names no address to answer. Nothing was sent.",
            "Name the recipient with --to",
            code="no_recipient",
        )
    return Recipients(to)


def is_untold(connection: sqlite3.Connection, ticket_id: int) -> bool:
    """Whether nothing was said on a ticket yet: we begin it."""
    row = connection.execute(
        "SELECT 1 FROM messages WHERE ticket_id = ? LIMIT 1", (ticket_id,)
    ).fetchone()
    return row is None


def allowed(
    connection: sqlite3.Connection, ticket: sqlite3.Row, terms: ChannelTerms
) -> frozenset[str]:
    """Everybody who takes part in a ticket: the customer's addresses, whom they copied, and whom
    our first message went to where we began it; or who the channel says, where it does.
    """
    if terms.carried is not None:
        return frozenset(derived(connection, ticket, terms).keys)
    found = {
        row[0].lower()
        for row in connection.execute(
            "SELECT value FROM identities WHERE customer_id = ? AND kind = 'email'",
            (ticket["customer_id"],),
        ).fetchall()
    }
    for row in connection.execute(
        "SELECT author_address, mail FROM messages WHERE ticket_id = ? AND direction = 'inbound'",
        (ticket["id"],),
    ).fetchall():
        facts = MailFacts.load(row[1])
        found.add(row[0].lower())
        found.update(a.key for a in (*facts.to, *facts.cc, *facts.reply_to))
    first = connection.execute(
        "SELECT direction, mail FROM messages WHERE ticket_id = ? ORDER BY id LIMIT 1",
        (ticket["id"],),
    ).fetchone()
    if first is not None and first[0] == "outbound":
        facts = MailFacts.load(first[1])
        found.update(a.key for a in (*facts.to, *facts.cc))
    return frozenset(found)
