"""Which thread and ticket an arrival belongs to.

In this order: a reference of ours that it carries; what it shares with a thread we hold
(Message-IDs, the channel's own thread id); an order number its writer already wrote about; its
subject, under conditions. Otherwise it opens a ticket. Threading by References follows RFC 5322
3.6.4; the rest is this project's own caution: a wrong merge costs more than a second ticket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from deskterm.domain.arrival import Arrival
from deskterm.domain.clock import from_text
from deskterm.domain.preview import preview_of
from deskterm.domain.ticket import Status
from deskterm.store import joining
from deskterm.store.customers import customer_of, new_ref
from deskterm.store.transaction import Transaction

_QUIET = timedelta(days=30)
_LOOKUP_SLICE = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes. `is_new`: the ticket was made in this batch, or of two, so that its
    status follows from its messages alone.
    """

    thread_id: int
    ticket_id: int
    is_new: bool = False


class Threads:
    """Finds places for one batch, with one look-up for all its keys."""

    def __init__(
        self, tx: Transaction, account_id: int, channel: str, batch: Sequence[Arrival]
    ) -> None:
        self._tx = tx
        self._account_id = account_id
        self._channel = channel
        self._by_key: dict[str, Place] = {}
        self._new_keys: list[tuple[int, str, int]] = []
        self._customers: dict[tuple[str, str], int] = {}
        self._authors: dict[str, str] = {}
        self._has_joined = False
        self._renewed: set[int] = set()
        self._look_up(batch)

    def find(self, arrival: Arrival) -> Place:
        """The place of one arrival; remembered for the later ones of the batch."""
        place = (
            self._by_id(arrival)
            or self._by_our_ref(arrival)
            or self._by_shared_key(arrival)
            or self._by_matter(arrival)
        )
        if place is None:
            place = self._open_ticket(arrival, follows=None)
        elif self._is_archived(place, arrival):
            place = self._after_archived(place, arrival)
            self._learn(arrival, place, takes_over=True)
            return place
        self._learn(arrival, place)
        return place

    def flush(self) -> None:
        """Write down what later messages will share with these."""
        self._tx.executemany(
            "INSERT OR REPLACE INTO thread_keys (account_id, key, thread_id) VALUES (?,?,?)",
            self._new_keys,
        )
        self._new_keys.clear()

    def _look_up(self, batch: Sequence[Arrival]) -> None:
        keys = {key for a in batch for key in (*a.thread_keys, a.own_key) if key}
        wanted = sorted(keys)
        for at in range(0, len(wanted), _LOOKUP_SLICE):
            part = wanted[at : at + _LOOKUP_SLICE]
            marks = ",".join("?" * len(part))
            for row in self._tx.all(
                "SELECT k.key, k.thread_id, t.ticket_id FROM thread_keys k"
                " JOIN threads t ON t.id = k.thread_id"
                f" WHERE k.account_id = ? AND k.key IN ({marks})",
                (self._account_id, *part),
            ):
                self._by_key[row[0]] = Place(row[1], row[2])

    def _by_id(self, arrival: Arrival) -> Place | None:
        if arrival.thread_id is None:
            return None
        row = self._tx.one("SELECT ticket_id FROM threads WHERE id = ?", (arrival.thread_id,))
        return Place(arrival.thread_id, row[0]) if row else None

    def _by_our_ref(self, arrival: Arrival) -> Place | None:
        if arrival.ticket_ref is None:
            return None
        row = self._tx.one(
            "SELECT t.id, t.ticket_id FROM threads t JOIN tickets k ON k.id = t.ticket_id"
            " WHERE k.ref = ? AND t.account_id = ? ORDER BY t.id LIMIT 1",
            (arrival.ticket_ref, self._account_id),
        )
        if row is None:
            return None
        place = Place(row[0], row[1])
        nearest = next((self._by_key[k] for k in arrival.thread_keys if k in self._by_key), None)
        return nearest if nearest and self._is_part_of(nearest, place.ticket_id) else place

    def _is_part_of(self, place: Place, ticket_id: int) -> bool:
        """Whether a thread is one of several of a ticket, or was split off it."""
        if place.ticket_id == ticket_id:
            return True
        row = self._tx.one(
            "SELECT 1 FROM ticket_links WHERE ticket_id = ? AND other_id = ?"
            " AND kind = 'related_to' AND revoked_at IS NULL",
            (place.ticket_id, ticket_id),
        )
        return row is not None

    def _by_shared_key(self, arrival: Arrival) -> Place | None:
        keys = [key for key in arrival.thread_keys if key in self._by_key]
        own = arrival.own_key
        if own and own in self._by_key and not self._is_anothers(own, arrival.author_address):
            keys.append(own)
        found = [self._by_key[key] for key in keys]
        for other in found[1:]:
            self._join(found[0], other)
        return self.now(found[0]) if found else None

    def _join(self, one: Place, other: Place) -> None:
        """The arrival stands between two threads: they are one conversation."""
        one, other = self.now(one), self.now(other)
        if one.ticket_id == other.ticket_id:
            return
        kept = joining.join(self._tx, one.ticket_id, other.ticket_id)
        if kept is not None:
            self._has_joined = True
            if joining.is_untouched(self._tx, kept):
                self._renewed.add(kept)

    def now(self, place: Place) -> Place:
        """Where a place is after all that came in this batch.

        Looked up by the thread, which stays: the id of a ticket that is gone is given out again.
        """
        if not self._has_joined:
            return place
        row = self._tx.one("SELECT ticket_id FROM threads WHERE id = ?", (place.thread_id,))
        ticket_id = row[0] if row else place.ticket_id
        return Place(place.thread_id, ticket_id, place.is_new or ticket_id in self._renewed)

    def _is_anothers(self, message_id: str, author: str) -> bool:
        """Whether somebody else already wrote under this id: some programs give all mails one."""
        if message_id in self._authors:
            return self._authors[message_id] != author.lower()
        return (
            self._tx.one(
                "SELECT 1 FROM messages WHERE message_id = ? AND account_id = ?"
                " AND lower(author_address) != ? LIMIT 1",
                (message_id, self._account_id, author.lower()),
            )
            is not None
        )

    def _by_matter(self, arrival: Arrival) -> Place | None:
        """A ticket about the same. Where the channel itself names threads, another thread begins
        there: an answer must name the one it belongs to.
        """
        if arrival.thread_remote_id is None:
            return self._by_order(arrival) or self._by_subject(arrival)
        other = self._by_order(arrival)
        return (
            Place(self._open_thread(arrival, other.ticket_id), other.ticket_id) if other else None
        )

    def _by_order(self, arrival: Arrival) -> Place | None:
        """An unresolved ticket of the same customer about the same order."""
        if not arrival.order_refs or arrival.direction != "inbound":
            return None
        norms = [norm for _, norm in arrival.order_refs]
        marks = ",".join("?" * len(norms))
        # CROSS JOIN begins with the order: few tickets name it, while a customer may have many.
        row = self._tx.one(
            "SELECT t.id, t.ticket_id FROM order_mentions o"
            " CROSS JOIN tickets k ON k.id = o.ticket_id JOIN threads t ON t.ticket_id = k.id"
            " JOIN identities i ON i.customer_id = k.customer_id"
            f" WHERE o.order_ref IN ({marks}) AND k.account_id = ? AND i.kind = ? AND i.value = ?"
            " AND k.status IN ('new','open','waiting_customer','waiting_partner','snoozed')"
            " ORDER BY k.last_message_at DESC LIMIT 1",
            (*norms, self._account_id, arrival.party_kind, arrival.party),
        )
        return Place(row[0], row[1]) if row else None

    def _by_subject(self, arrival: Arrival) -> Place | None:
        """Same subject, marked as a reply, same customer, no more than 30 days apart."""
        subject = arrival.subject
        if not subject.key or not subject.is_reply:
            return None
        # The signs keep this off the index of subjects: thousands may share one.
        row = self._tx.one(
            "SELECT t.id, t.ticket_id, t.last_message_at FROM threads t"
            " JOIN tickets k ON k.id = t.ticket_id"
            " JOIN identities i ON i.customer_id = k.customer_id"
            " WHERE +t.account_id = ? AND +t.subject_key = ? AND i.kind = ? AND i.value = ?"
            " ORDER BY t.last_message_at DESC LIMIT 1",
            (self._account_id, subject.key, arrival.party_kind, arrival.party),
        )
        if row is None or row[2] is None:
            return None
        apart = abs(from_text(arrival.received_at) - from_text(row[2]))
        return Place(row[0], row[1]) if apart <= _QUIET else None

    def _is_archived(self, place: Place, arrival: Arrival) -> bool:
        """News on an archived ticket opens another one that names it."""
        if place.is_new or arrival.direction != "inbound" or arrival.automatic:
            return False
        row = self._tx.one(
            "SELECT status, last_message_at FROM tickets WHERE id = ?", (place.ticket_id,)
        )
        return row is not None and row[0] == Status.CLOSED and arrival.received_at >= row[1]

    def _after_archived(self, place: Place, arrival: Arrival) -> Place:
        """The ticket that follows an archived one: the one there is, or a new one."""
        while self._is_archived(place, arrival):
            row = self._tx.one(
                "SELECT t.id, t.ticket_id FROM tickets k JOIN threads t ON t.ticket_id = k.id"
                " WHERE k.follows_ticket_id = ? AND k.account_id = ? ORDER BY k.id DESC, t.id"
                " LIMIT 1",
                (place.ticket_id, self._account_id),
            )
            if row is None:
                return self._open_ticket(arrival, follows=place.ticket_id)
            place = Place(row[0], row[1])
        return place

    def _open_ticket(self, arrival: Arrival, follows: int | None) -> Place:
        tx = self._tx
        customer_id = self._customer(arrival)
        cursor = tx.execute(
            "INSERT INTO tickets (uid, ref, account_id, channel, customer_id, customer_name,"
            " subject, preview, status, unread, urgency, last_message_at, follows_ticket_id,"
            " created_at) VALUES (?,?,?,?,?,?,?,?,?,?,0,?,?,?)",
            (
                tx.new_uid(),
                new_ref(tx),
                self._account_id,
                self._channel,
                customer_id,
                arrival.party_name or arrival.party,
                arrival.subject.text,
                preview_of(arrival.body),
                Status.NEW,
                0,
                arrival.received_at,
                follows,
                tx.now,
            ),
        )
        ticket_id = int(cursor.lastrowid or 0)
        return Place(self._open_thread(arrival, ticket_id), ticket_id, is_new=True)

    def _open_thread(self, arrival: Arrival, ticket_id: int) -> int:
        nearest = arrival.thread_keys[0] if arrival.thread_keys else arrival.own_key
        cursor = self._tx.execute(
            "INSERT INTO threads (ticket_id, account_id, remote_id, subject_key, last_message_at)"
            " VALUES (?,?,?,?,?)",
            (
                ticket_id,
                self._account_id,
                arrival.thread_remote_id or nearest,
                arrival.subject.key,
                arrival.received_at,
            ),
        )
        return int(cursor.lastrowid or 0)

    def _customer(self, arrival: Arrival) -> int:
        handle = (arrival.party_kind, arrival.party)
        if handle not in self._customers:
            self._customers[handle] = customer_of(self._tx, *handle, arrival.party_name)
        return self._customers[handle]

    def _learn(self, arrival: Arrival, place: Place, *, takes_over: bool = False) -> None:
        """What the next messages are compared with, those of the same batch included."""
        if arrival.own_key:
            self._authors.setdefault(arrival.own_key, arrival.author_address.lower())
        self._tx.execute(
            "UPDATE threads SET last_message_at = ?1 WHERE id = ?2"
            " AND coalesce(last_message_at, '') < ?1",
            (arrival.received_at, place.thread_id),
        )
        if arrival.order_refs:
            self._tx.executemany(
                "INSERT OR IGNORE INTO order_mentions (ticket_id, order_ref, text) VALUES (?,?,?)",
                [(place.ticket_id, norm, text) for text, norm in arrival.order_refs],
            )
        for key in (*arrival.thread_keys, arrival.own_key):
            if key and (takes_over or key not in self._by_key):
                self._by_key[key] = place
                self._new_keys.append((self._account_id, key, place.thread_id))
