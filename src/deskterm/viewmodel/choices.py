"""What a command can be told where there are only a few things to tell it, with words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from deskterm.domain.triage import CONTACT_REASONS, MOODS, PRIORITIES
from deskterm.i18n import marked

#: A value and what it means, in English; shown translated.
Choice = tuple[str, str]

#: Contact reasons in words.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "wismo": marked("where is my order"),
        "not_received": marked("not received"),
        "return": marked("return"),
        "exchange": marked("exchange"),
        "refund_status": marked("refund"),
        "cancel": marked("cancellation"),
        "address_change": marked("change of address"),
        "change_order": marked("change of order"),
        "damaged": marked("damaged"),
        "wrong_item": marked("wrong item"),
        "missing_item": marked("missing item"),
        "warranty": marked("warranty"),
        "size_help": marked("help with the size"),
        "availability": marked("availability"),
        "product_question": marked("question about a product"),
        "delivery_question": marked("question about delivery"),
        "invoice": marked("invoice"),
        "payment": marked("payment"),
        "promo_code": marked("promotion code"),
        "complaint": marked("complaint"),
        "privacy": marked("personal data"),
        "thanks": marked("thanks"),
        "other": marked("something else"),
    }
)
_PRIORITIES: Final = {
    "low": marked("can wait"),
    "normal": marked("in its turn"),
    "high": marked("soon"),
    "urgent": marked("before everything else"),
}

#: By the name of the parameter.
CHOICES: Mapping[str, Sequence[Choice]] = MappingProxyType(
    {
        "reason": [
            *((name, REASONS.get(name, "")) for name in CONTACT_REASONS),
            ("none", marked("no contact reason")),
        ],
        "mood": [(name, "") for name in MOODS],
        "priority": [(name, _PRIORITIES.get(name, "")) for name in PRIORITIES],
        "direction": [
            ("in", marked("the customer called")),
            ("out", marked("you called the customer")),
        ],
        "duration": [("5m", ""), ("15m", ""), ("30m", ""), ("1h", "")],
    }
)
