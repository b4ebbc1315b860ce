"""One try of one reply: what the channel's answer means for the outbox."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal

from deskterm.contract import (
    ConnectorError,
    ContractBroken,
    NotFound,
    RateLimited,
    ReadBack,
    Receipt,
    Refused,
    SentMatch,
    SentProbe,
    SignInNeeded,
    Unavailable,
    Unclear,
)
from deskterm.domain.clock import to_text
from deskterm.domain.outbox import DeliveryState
from deskterm.service import delivery
from deskterm.service.work import Work
from deskterm.store import outbox
from deskterm.sync.courier import Courier, Parcel, pack
from deskterm.sync.faces import FaceAccount

Kind = Literal["sent", "not_taken", "refused", "unknown"]

#: Code of a try that the channel put off: it says itself when the next one may come.
RATE = "rate"

_RETRY_S = (15.0, 30.0, 60.0, 120.0, 300.0, 900.0)
_LOOK_RETRY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Result:
    """How a try ended. `wait_s` is how long to leave it before the next one."""

    kind: Kind
    code: str = ""
    text: str = ""
    receipt: Receipt | None = None
    parcel: Parcel | None = None
    wait_s: float = 0.0
    until: datetime | None = None

    def note(self, work: Work, item: sqlite3.Row, *, copy_due: bool) -> None:
        """Write the outcome down. Nothing happens where the item no longer stands in `sending`."""
        if item["state"] != DeliveryState.SENDING:
            return
        tx = work.tx
        kind: Kind = self.kind
        if kind == "refused" and outbox.may_have_gone_before(tx.connection, item):
            # The channel may refuse a repeat of what it took: only a look can tell.
            kind = "unknown"
        outbox.end_attempt(tx, item, kind, self.code, self.text)
        match kind:
            case "sent":
                delivery.record_sent(work, item, self._sent(), copy_due=copy_due)
            case "not_taken":
                again = self.until or tx.moment + timedelta(seconds=self.wait_s)
                columns = {"reason": self.text, "next_try_at": to_text(again)}
                outbox.step(tx, item, DeliveryState.RETRY_LATER, dict(columns))
            case "refused":
                delivery.record_stopped(work, item, DeliveryState.NEEDS_EDIT, self.text)
            case "unknown":
                outbox.step(tx, item, DeliveryState.UNKNOWN, {"reason": self.text})

    def _sent(self) -> delivery.Sent:
        receipt, parcel = self.receipt, self.parcel
        if receipt is None or parcel is None:
            raise ValueError("a sent reply has a receipt")
        key = parcel.reply.key if parcel.reply.key.startswith("<") else None
        return delivery.Sent(
            receipt.remote_id,
            receipt.accepted_at,
            receipt.raw,
            message_id=key,
            references=tuple(
                dict.fromkeys(
                    ref
                    for ref in (parcel.reply.in_reply_to, *reversed(parcel.reply.references))
                    if ref
                )
            ),
        )


@dataclass(frozen=True, slots=True)
class Look:
    """What a look for a reply brought. `looked` False: the channel could not be asked.

    `read_back` None: looking is of no use here, `reason` says why.
    """

    match: SentMatch | None
    looked: bool
    read_back: ReadBack | None
    reason: str = ""
    wait: timedelta = timedelta(0)


class Handover:
    """Sends, looks and files through the courier, and names what came of it."""

    def __init__(self, courier: Courier, rng: Random) -> None:
        self._courier = courier
        self._rng = rng
        self._failures: dict[str, int] = {}

    @staticmethod
    def pack(
        connection: sqlite3.Connection,
        item: sqlite3.Row,
        account: str,
        attachments: Path,
        face: FaceAccount | None = None,
    ) -> Parcel:
        """The parcel of an item."""
        return pack(connection, item, account, attachments, face)

    async def send(self, parcel: Parcel) -> Result:
        """Send once and say how it ended; never raises a connector's error."""
        account = parcel.account
        try:
            receipt = await self._courier.send(parcel)
        except RateLimited as error:
            return Result(
                "not_taken", RATE, error.text, wait_s=self._wait(account), until=error.until
            )
        except (SignInNeeded, Unavailable) as error:
            code = "sign_in" if isinstance(error, SignInNeeded) else "unavailable"
            return Result("not_taken", code, error.text, wait_s=self._wait(account))
        except TimeoutError:
            return Result(
                "not_taken", "unavailable", "no connection in time", wait_s=self._wait(account)
            )
        except (Refused, NotFound) as error:
            return Result("refused", getattr(error, "code", ""), error.text)
        except (Unclear, ContractBroken) as error:
            return Result("unknown", "", error.text)
        except ConnectorError as error:
            return Result("unknown", type(error).__name__, error.text)
        self._failures.pop(account, None)
        return Result("sent", receipt=receipt, parcel=parcel)

    async def look(self, account: str, probe: SentProbe) -> Look:
        """Look once whether a reply is on the channel."""
        read_back = None
        try:
            read_back = await self._courier.read_back(account)
            if read_back is None:
                return Look(None, False, None, "this channel offers no way to look")
            match = await self._courier.find(account, probe)
        except (ConnectorError, TimeoutError) as error:
            reason = error.text if isinstance(error, ConnectorError) else "no answer in time"
            return Look(None, False, read_back or ReadBack(), reason, _LOOK_RETRY)
        return Look(match, True, read_back, "it was not seen on the channel")

    async def read_back(self, account: str) -> ReadBack | None:
        """How far looking can be trusted; the careful default where the channel is away."""
        try:
            return await self._courier.read_back(account)
        except (ConnectorError, TimeoutError):
            return ReadBack()

    async def files_copies(self, account: str) -> bool:
        """Whether we file sent replies ourselves."""
        try:
            return await self._courier.files_copies(account)
        except (ConnectorError, TimeoutError):
            return True

    async def file(self, parcel: Parcel, remote_id: str, raw: bytes, now: datetime) -> None:
        """File the copy of a sent reply.

        Raises:
            ConnectorError: it could not be filed now.
            TimeoutError: the same.
        """
        await self._courier.file(parcel, Receipt(remote_id, now, raw=raw))

    def _wait(self, account: str) -> float:
        """Ever longer for an account that does not answer, with chance mixed in."""
        count = self._failures.get(account, 0)
        self._failures[account] = count + 1
        base = _RETRY_S[min(count, len(_RETRY_S) - 1)]
        return base * self._rng.uniform(0.7, 1.3)
