"""The outbox as a state machine (`docs/outbox.md`): states, allowed steps, digests."""

from __future__ import annotations

import re
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where an outgoing item stands."""

    HELD = "held"  # waiting for its hold window; can be taken back
    SCHEDULED = "scheduled"  # waiting for the time it was written for; can be taken back
    QUEUED = "queued"  # goes out as soon as the channel can be reached
    SENDING = "sending"  # the first byte may have left
    RETRY_LATER = "retry_later"  # known not taken; tried again by itself
    UNKNOWN = "unknown"  # it may have gone out; nobody looked yet
    SETTLING = "settling"  # looking for it on the channel
    ASK_AGENT = "ask_agent"  # cannot be known; a person decides
    NEEDS_EDIT = "needs_edit"  # stopped before sending, with the reason
    SENT = "sent"  # the channel said yes, or the reply was seen there
    WITHDRAWN = "withdrawn"  # taken back before it left; a draft again


_S = DeliveryState

STEPS: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.HELD: frozenset({_S.QUEUED, _S.SCHEDULED, _S.WITHDRAWN}),
    _S.SCHEDULED: frozenset({_S.HELD, _S.QUEUED, _S.SCHEDULED, _S.WITHDRAWN}),
    _S.QUEUED: frozenset(
        {
            *(_S.SENDING, _S.NEEDS_EDIT, _S.WITHDRAWN, _S.RETRY_LATER, _S.SCHEDULED),
            _S.ASK_AGENT,  # an agent takes the decision back to send it again
        }
    ),
    _S.SENDING: frozenset({_S.SENT, _S.NEEDS_EDIT, _S.RETRY_LATER, _S.UNKNOWN}),
    _S.RETRY_LATER: frozenset({_S.QUEUED, _S.NEEDS_EDIT, _S.SCHEDULED, _S.WITHDRAWN}),
    _S.UNKNOWN: frozenset({_S.SETTLING}),
    _S.SETTLING: frozenset({_S.SENT, _S.QUEUED, _S.ASK_AGENT, _S.UNKNOWN}),
    _S.ASK_AGENT: frozenset({_S.SENT, _S.QUEUED}),
    _S.NEEDS_EDIT: frozenset({_S.QUEUED, _S.WITHDRAWN}),
    _S.SENT: frozenset(),
    _S.WITHDRAWN: frozenset({_S.HELD, _S.SCHEDULED}),  # by undo, for a whole hold window
}

#: While an item stands in one of these, a later one of the same thread waits. One that is for
#: later keeps nothing waiting that is for now.
IN_ORDER = frozenset(
    {_S.HELD, _S.QUEUED, _S.SENDING, _S.RETRY_LATER, _S.UNKNOWN, _S.SETTLING, _S.ASK_AGENT}
)
#: Leaves by itself, or is being found out about, without a person.
LEAVING = IN_ORDER - {_S.ASK_AGENT} | {_S.SCHEDULED}
#: What moves on by itself at once, or at the end of its hold; the office waits for it.
LEAVES_SOON = frozenset({_S.HELD, _S.QUEUED, _S.SENDING, _S.UNKNOWN})
#: Nothing of it has left, and it leaves by itself.
NOT_BEGUN = frozenset({_S.HELD, _S.QUEUED})
#: A person has to decide.
NEEDS_US = frozenset({_S.ASK_AGENT, _S.NEEDS_EDIT})
ENDED = frozenset({_S.SENT, _S.WITHDRAWN})


class StepRefused(Exception):
    """A step that the state machine does not have."""


def check_step(before: DeliveryState, after: DeliveryState) -> None:
    """Refuse a step that the machine does not have.

    Raises:
        StepRefused: there is no such step.
    """
    if after not in STEPS[before]:
        raise StepRefused(f"an item in {before} cannot become {after}")


def text_digest(text: str) -> str:
    """Digest for reading back: channels strip blanks, change newlines and add footers.

    White space is folded and the first 500 characters count.
    """
    folded = re.sub(r"\s+", " ", text).strip()[:500]
    import hashlib  # half of what loading this module would cost, and few callers digest

    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
