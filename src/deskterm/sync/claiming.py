"""Which account the mails of a mailbox belong to.

What is held stays where it is; our own replies follow the ticket they answer; the rest is claimed
by mail faces, and what nobody claims alone stays with the mailbox.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from deskterm.contract import ConnectorError, MessageRecord
from deskterm.domain.arrival import Arrival
from deskterm.domain.mail import ParsedMail
from deskterm.mail.compose import ticket_ref_of
from deskterm.store import carried
from deskterm.store.carried import HeldMail
from deskterm.sync.faces import FaceAccount, messages_in, settle
from deskterm.sync.read_page import ReadPage
from deskterm.sync.reading import read_record

log = logging.getLogger("deskterm.sync")

Mail = tuple[Arrival, ParsedMail]


@dataclass(frozen=True, slots=True)
class Sorter:
    """Sorts the mails of one page; used in the thread that reads.

    Args:
        faces: the mail faces at work for the mailbox, at least one.
        attachments: folder of files by digest.
    """

    connection: sqlite3.Connection
    faces: Sequence[FaceAccount]
    attachments: Path
    now: datetime

    def sort(self, mails: Sequence[Mail], read: ReadPage) -> None:
        """Put every mail into `read` under its account."""
        owner = read.owner
        here = carried.known(self.connection, owner.id, [a.remote_id for a, _ in mails])
        held = carried.held(
            self.connection, self._names, {id_ for a, _ in mails for id_ in _ids(a)}
        )
        for arrival, mail in mails:
            if arrival.remote_id in here:
                read.add(owner.name, arrival)
            elif (home := self._home(arrival, held)) is not None:
                read.add(*home)
            else:
                self._offer(arrival, mail, read)

    @property
    def _names(self) -> list[str]:
        return [face.account for face in self.faces]

    def _home(
        self, arrival: Arrival, held: dict[str, list[HeldMail]]
    ) -> tuple[str, Arrival] | None:
        """The account to which a mail belongs already."""
        own_id = arrival.message_id or ""
        for one in held.get(own_id, ()):
            if (one.size, one.received_at, one.direction) == (
                len(arrival.raw),
                arrival.received_at,
                arrival.direction,
            ):
                return one.account, replace(arrival, remote_id=one.remote_id)
        if arrival.direction != "outbound":
            return None
        answered = next((held[id_][0] for id_ in _ids(arrival) if id_ in held), None)
        ref = ticket_ref_of(own_id)
        if answered is None and ref is not None:
            answered = carried.leaving(self.connection, self._names, ref, own_id)
        if answered is None:
            return None
        return answered.account, replace(arrival, thread_id=answered.thread_id)

    def _offer(self, arrival: Arrival, mail: ParsedMail, read: ReadPage) -> None:
        """Let the faces bid for a mail, and the winner read it."""
        owner = read.owner.name
        claim = settle(mail.envelope, self.faces)
        stopped = dict(claim.stopped)
        for name in self._names:
            read.faces[name] = stopped.get(name) or read.faces.get(name, "")
        if claim.winner is not None:
            try:
                for found in self._claimed(claim.winner, arrival, mail):
                    read.add(claim.winner.account, found)
            except ConnectorError as error:
                name = claim.winner.account
                read.faces[name] = error.text
                read.remarks[arrival.remote_id] = (
                    f"{name} claims this mail and could not read it: {error.text}"
                )
            else:
                return
        elif claim.tied:
            equals = " and ".join((", ".join(claim.tied[:-1]), claim.tied[-1]))
            read.remarks[arrival.remote_id] = f"Claimed equally by {equals}; it stays with {owner}"
            log.warning("%s: a mail is claimed equally by %s", owner, equals)
        read.add(owner, arrival)

    def _claimed(self, face: FaceAccount, arrival: Arrival, mail: ParsedMail) -> list[Arrival]:
        records = messages_in(face, mail)
        return [
            self._arrival(face, record, arrival, is_first=number == 0)
            for number, record in enumerate(records)
        ]

    def _arrival(
        self, face: FaceAccount, record: MessageRecord, arrival: Arrival, *, is_first: bool
    ) -> Arrival:
        """A message in a mail. The mail's time, place and marks are the server's; the first
        message holds the mail.
        """
        found = read_record(record, face.channel, self.attachments, self.now)
        holds_mail = is_first or arrival.message_id is None
        return replace(
            found,
            received_at=arrival.received_at,
            received_s=arrival.received_s,
            # Our own Message-IDs tell what we sent ourselves: a channel's report has none of them.
            message_id=arrival.message_id if found.direction == "inbound" else None,
            mail=arrival.mail,
            raw=arrival.raw if holds_mail else b"",
            packed=arrival.packed if holds_mail else b"",
            raw_format="mail",
            location=arrival.location if is_first else None,
            seen=arrival.seen,
            answered=arrival.answered,
            unreadable=arrival.unreadable,
        )


def _ids(arrival: Arrival) -> list[str]:
    """The Message-IDs by which a mail may be found to belong somewhere: its own one first."""
    ancestors = arrival.thread_keys if arrival.direction == "outbound" else ()
    return [id_ for id_ in (arrival.message_id, *ancestors) if id_]
