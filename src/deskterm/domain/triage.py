"""What a ticket is about, how pressing somebody says it is, and the form of a tag."""

from __future__ import annotations

import re
from typing import Final, Literal

#: Contact reasons: what a customer wants. One a ticket.
CONTACT_REASONS: Final = (
    "wismo",  # "where is my order?"
    "not_received",  # shown as delivered, not there
    "return",
    "exchange",
    "refund_status",
    "cancel",
    "address_change",
    "change_order",
    "damaged",
    "wrong_item",
    "missing_item",
    "warranty",
    "size_help",
    "availability",
    "product_question",
    "delivery_question",
    "invoice",
    "payment",
    "promo_code",
    "complaint",
    "privacy",
    "thanks",
    "other",
)

#: From the least pressing on. What nobody said anything about is normal.
PRIORITIES: Final = ("low", "normal", "high", "urgent")
NORMAL: Final = "normal"

#: What a customer's newest message sounds like, and what may come of it.
Tone = Literal["angry", "upset", "neutral", "positive"]
Risk = Literal["legal", "chargeback", "review", "safety", "fraud"]
TONES: Final[tuple[Tone, ...]] = ("angry", "upset", "neutral", "positive")
RISKS: Final[tuple[Risk, ...]] = ("legal", "chargeback", "review", "safety", "fraud")
#: What an agent can say of it: nothing at all (`calm`), a tone, that it presses, a risk.
MOODS: Final = ("calm", "angry", "upset", "positive", "urgent", *RISKS)
#: Somebody may be hurt or go to law: it comes before the rest, and nothing cheerful is said.
GRAVE: Final[frozenset[Risk]] = frozenset({"legal", "safety"})

_AGENT_MAX: Final = 80  # characters
_TAG = re.compile(r"[^\W_][\w.:/-]{0,39}")


def is_agent(name: str) -> bool:
    """Whether a word can be the name of an agent."""
    return bool(name.strip()) and len(name) <= _AGENT_MAX and name.isprintable()


def is_tag(name: str) -> bool:
    """Whether a word is a tag: it begins with a letter or digit, and is in small letters."""
    return bool(_TAG.fullmatch(name)) and name == name.lower()
