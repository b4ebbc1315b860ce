"""What a reply by mail needs to know of the mail it answers."""

from __future__ import annotations

import sqlite3
import zlib

from deskterm.contract import ConnectorError, MailThread, Reply
from deskterm.domain.clock import from_text
from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import Address, Envelope
from deskterm.mail.fallback import read_headers_only
from deskterm.service import addressing
from deskterm.store.mailfacts import MailFacts
from deskterm.sync.boundary import ask_face
from deskterm.sync.faces import FaceAccount

#: The mail in which a message came. Several messages may come in one mail; the first holds it.
_RAW = (
    "SELECT content FROM raw_messages WHERE message_row = ?1 UNION ALL"
    " SELECT r.content FROM messages m JOIN raw_messages r ON r.message_row = m.id"
    " WHERE m.message_id = ?2 AND +m.account_id = ?3 LIMIT 1"
)


def facts_of(parent: sqlite3.Row) -> Envelope:
    """As much of a mail's headers as stands on the message."""
    facts = MailFacts.load(parent["mail"])
    return Envelope(
        message_id=parent["message_id"],
        in_reply_to=facts.in_reply_to,
        references=facts.references,
        sender=Address(parent["author_name"], parent["author_address"]),
        reply_to=facts.reply_to,
        to=facts.to,
        cc=facts.cc,
        subject=parent["subject"],
        date=None,
        automatic=parent["automatic"],
    )


def headers_of(connection: sqlite3.Connection, parent: sqlite3.Row) -> Envelope:
    """All headers of the mail in which a message came, where that mail is kept."""
    raw = connection.execute(
        _RAW, (parent["id"], parent["message_id"], parent["account_id"])
    ).fetchone()
    return read_headers_only(zlib.decompress(raw[0]), "").envelope if raw else facts_of(parent)


def recipients(
    face: FaceAccount, connection: sqlite3.Connection, ticket: sqlite3.Row
) -> tuple[Address, ...]:
    """To whom the face would write an answer to a ticket, as it stands now.

    Raises:
        DesktermError: there is nothing to answer, or the face cannot say (`no_recipient`).
    """
    parent = addressing.parent_of(connection, ticket["id"])
    if parent is None:
        raise _nobody("This channel takes answers only, and there is no mail to answer.")
    thread = connection.execute(
        "SELECT remote_id FROM threads WHERE id = ?", (parent["thread_id"],)
    ).fetchone()
    reply = Reply(
        key=f"<t{ticket['ref']}.draft@{face.ours.key.rpartition('@')[2]}>",
        ticket_ref=ticket["ref"],
        thread_remote_id=(thread[0] or "") if thread else "",
        text="",
        started_at=from_text(parent["received_at"]),
        subject=ticket["subject"],
    )
    answered = MailThread(face.ours, headers_of(connection, parent))
    try:
        mail = ask_face(lambda: face.face.write(reply, answered), doing="addressing a reply")
        to = ask_face(lambda: tuple(a for a in mail.to if a.key), doing="addressing a reply")
    except ConnectorError as error:
        raise _nobody(f"The mail face could not say to whom: {error.text}.") from error
    if not to:
        raise _nobody("The mail that would be answered names no address for answers.")
    return to


def _nobody(explanation: str) -> DesktermError:
    return DesktermError(
        "Nobody to send this to",
        f"{explanation} Nothing was sent.",
        "Answer in the channel's own pages",
        code="no_recipient",
    )
