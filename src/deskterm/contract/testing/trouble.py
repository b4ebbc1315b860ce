"""What the suite looks at when a connector sends, and when its far side misbehaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from deskterm.contract.errors import (
    ConnectorError,
    NotFound,
    RateLimited,
    Refused,
    SignInNeeded,
    Unavailable,
)
from deskterm.contract.records import Receipt, Reply, SentProbe
from deskterm.contract.session import Session
from deskterm.contract.spec import ConnectorSpec
from deskterm.contract.testing.pages import pull_all
from deskterm.contract.testing.violation import ContractViolation, require
from deskterm.domain.mail import OutgoingMail
from deskterm.domain.outbox import text_digest

Taken = Callable[[Reply], int]
"""How often the far side took a reply."""

MailTaken = Callable[[OutgoingMail], int]
"""How often the far side took a mail."""

#: The longest that any one call to a test server may take (seconds).
CALL_DEADLINE_S = 30.0
#: Errors of a send that promise: the channel has not taken it.
NOT_TAKEN = (SignInNeeded, RateLimited, Unavailable, Refused, NotFound)


def check_receipt(receipt: Receipt) -> None:
    """A receipt names the message and the time."""
    require(type(receipt) is Receipt, f"no receipt but {type(receipt).__name__}")
    require(receipt.remote_id, "the receipt names no message")
    require(receipt.accepted_at.utcoffset() == timedelta(0), "accepted_at is not aware UTC")


def check_words(what: str, error: BaseException, secrets: tuple[str, ...]) -> None:
    """No secret in the words of an error, nor of those it came from."""
    link: BaseException | None = error
    while link is not None:
        words = f"{link} {link!r} {getattr(link, 'text', '')} {link.args!r}"
        for secret in secrets:
            require(secret not in words, f"{what}: a secret stands in {type(link).__name__}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def probe_for(reply: Reply) -> SentProbe:
    """The probe that the outbox would use for a reply."""
    return SentProbe(
        key=reply.key,
        thread_remote_id=reply.thread_remote_id,
        text_digest=text_digest(reply.text),
        not_before=reply.started_at - timedelta(minutes=2),
    )


def other_key(key: str) -> str:
    """Another key of the same shape; a Message-ID keeps its brackets."""
    return f"<other.{key[1:]}" if key.startswith("<") else f"{key}-other"


async def error_of(call: Awaitable[object]) -> BaseException | None:
    """What a call raises, if anything, within the deadline."""
    try:
        async with asyncio.timeout(CALL_DEADLINE_S):
            await call
    except TimeoutError as error:
        raise ContractViolation(f"no answer within {CALL_DEADLINE_S:g} s") from error
    except Exception as error:  # noqa: BLE001 - what escapes is what the suite looks at
        return error
    return None


async def provoke(
    fault: str, session: Session, spec: ConnectorSpec, secrets: tuple[str, ...]
) -> None:
    """Check and pull on a far side that misbehaves."""
    _judge(f"{fault}: check", await error_of(session.check()), secrets)
    for stream in spec.streams:
        error = await error_of(pull_all(session, stream.name))
        _judge(f"{fault}: pull {stream.name}", error, secrets)


async def provoke_send(
    fault: str, session: Session, reply: Reply, taken: Taken, secrets: tuple[str, ...]
) -> None:
    """Send to a far side that misbehaves; what is said must agree with what it took."""
    reply = replace(reply, key=other_key(reply.key), text=f"{reply.text} ({fault})")
    before = taken(reply)
    error = await error_of(session.send(reply))
    _judge(f"{fault}: send", error, secrets)
    _compare(fault, error, taken(reply) - before)


async def provoke_carry(
    fault: str, session: Session, mail: OutgoingMail, taken: MailTaken, secrets: tuple[str, ...]
) -> None:
    """The same with a mail."""
    mail = replace(mail, message_id=other_key(mail.message_id), text=f"{mail.text} ({fault})")
    before = taken(mail)
    error = await error_of(session.carry(mail))
    _judge(f"{fault}: carry", error, secrets)
    _compare(fault, error, taken(mail) - before)


def _compare(fault: str, error: BaseException | None, arrived: int) -> None:
    if isinstance(error, NOT_TAKEN):
        require(arrived == 0, f"{fault}: {type(error).__name__}, and the far side took it")
    if error is None:
        require(arrived == 1, f"{fault}: a receipt, and the far side took {arrived}")


def _judge(what: str, error: BaseException | None, secrets: tuple[str, ...]) -> None:
    if error is None:
        return
    if isinstance(error, ContractViolation):
        raise error
    if not isinstance(error, ConnectorError):
        raise ContractViolation(f"{what}: {type(error).__name__} escaped ({error!r:.200})")
    require(error.text.strip(), f"{what}: {type(error).__name__} says nothing")
    check_words(what, error, secrets)
