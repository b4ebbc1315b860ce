"""Mail faces at work: whose a mail is, what it says, and the mail that answers it.

Faces are plug-ins: whatever one does wrong costs its own bid or its own mail and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deskterm.contract import (
    ConnectorError,
    ContractBroken,
    MailFace,
    MailThread,
    MessageRecord,
    Refused,
    Reply,
)
from deskterm.domain.mail import Address, Envelope, OutgoingMail, ParsedMail
from deskterm.sync.boundary import ask_face
from deskterm.sync.oddities import oddity

_CERTAIN = 100


@dataclass(frozen=True, slots=True)
class FaceAccount:
    """A mail face at work for one account.

    `mailbox` is the account that carries its mail, and `ours` the address that one writes from.
    """

    account: str
    channel: str
    mailbox: str
    ours: Address
    face: MailFace


@dataclass(frozen=True, slots=True)
class Claim:
    """Who gets a mail. `winner` None: it stays with the mailbox.

    `tied` names the accounts that claimed it equally. `stopped` are accounts whose face could not
    be asked, each with the reason.
    """

    winner: FaceAccount | None = None
    tied: tuple[str, ...] = ()
    stopped: tuple[tuple[str, str], ...] = ()


def settle(envelope: Envelope, faces: Sequence[FaceAccount]) -> Claim:
    """Let the faces bid for one mail: the strongest claim wins, a tie goes to nobody."""
    bids: list[tuple[int, FaceAccount]] = []
    stopped: list[tuple[str, str]] = []
    for face in faces:
        try:
            bids.append((_bid(face, envelope), face))
        except ConnectorError as error:
            stopped.append((face.account, error.text))
    best = max((strength for strength, _ in bids), default=0)
    winners = [face for strength, face in bids if strength == best and best > 0]
    if len(winners) > 1:
        return Claim(None, tuple(face.account for face in winners), tuple(stopped))
    return Claim(winners[0] if winners else None, (), tuple(stopped))


def messages_in(face: FaceAccount, mail: ParsedMail) -> tuple[MessageRecord, ...]:
    """The messages in a mail that the face claimed; at least one.

    Raises:
        ConnectorError: the face stopped, or gave no messages.
    """
    found = ask_face(lambda: face.face.read(mail), doing="reading a mail")
    given: object = found
    if not isinstance(given, tuple) or not given:
        raise ContractBroken("the mail face claimed a mail and found no message in it")
    for record in given:
        if (odd := oddity(record)) is not None:
            raise ContractBroken(f"the mail face gave an odd message: {odd.reason}")
    return found


def written(face: FaceAccount, reply: Reply, answered: Envelope) -> OutgoingMail:
    """The mail that carries a reply. The face alone says to whom it goes.

    Args:
        reply: the recipients in it are those that were checked; the face does not see them.
        answered: the headers of the mail that is answered.

    Raises:
        Refused: the face stopped, or wrote another mail than the one that was checked. Nothing
            has left.
    """
    blank = replace(reply, to=(), cc=())
    thread = MailThread(face.ours, answered)
    try:
        mail = ask_face(lambda: face.face.write(blank, thread), doing="writing a mail")
    except ConnectorError as error:
        raise Refused(f"The mail could not be written: {error.text}", code="mail_face") from error
    wrong = _wrong(mail, reply, face.ours)
    if wrong:
        raise Refused(f"The mail face of {face.channel} wrote {wrong}.", code="mail_face")
    return mail


def _bid(face: FaceAccount, envelope: Envelope) -> int:
    strength: object = ask_face(lambda: face.face.claims(envelope), doing="claiming mail")
    if not isinstance(strength, int) or not 0 <= strength <= _CERTAIN:
        raise ContractBroken(f"the mail face claims {str(strength)[:20]}, not 0 to 100")
    return strength


def _wrong(mail: object, reply: Reply, ours: Address) -> str:
    """What a mail has that the reply has not; empty where they agree."""
    if not isinstance(mail, OutgoingMail):
        return "something that is no mail"
    if mail.message_id != reply.key:
        return "a mail under another Message-ID"
    if mail.sender.key != ours.key:
        return "a mail from another address than the mailbox's"
    if [a.key for a in (*mail.to, *mail.cc)] != [a.key for a in (*reply.to, *reply.cc)]:
        return "a mail to others than those that were checked"
    if reply.text.strip() not in mail.text:
        return "a mail with another text"
    return ""
