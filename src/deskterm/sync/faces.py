"""Which channel a mail belongs to: the mail faces bid, the strongest claim wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deskterm.contract import ContractBroken, MailFace
from deskterm.domain.mail import Envelope

_CERTAIN = 100


@dataclass(frozen=True, slots=True)
class FaceAccount:
    """A mail face at work for one account; `mailbox` is the account that carries its mail."""

    account: str
    channel: str
    mailbox: str
    face: MailFace


@dataclass(frozen=True, slots=True)
class Claim:
    """Who gets a mail. `winner` None: it stays with the mailbox. `tied` names who tied for it."""

    winner: FaceAccount | None
    tied: tuple[str, ...] = ()


def settle(envelope: Envelope, faces: Sequence[FaceAccount]) -> Claim:
    """Let the faces bid for one mail.

    Raises:
        ContractBroken: a face claimed outside 0 to 100.
    """
    bids = [(face.face.claims(envelope), face) for face in faces]
    for strength, face in bids:
        if not 0 <= strength <= _CERTAIN:
            raise ContractBroken(f"{face.channel} claims {strength}, not 0 to 100")
    best = max((strength for strength, _ in bids), default=0)
    if best == 0:
        return Claim(None)
    winners = [face for strength, face in bids if strength == best]
    if len(winners) > 1:
        return Claim(None, tuple(face.account for face in winners))
    return Claim(winners[0])
