"""What a ticket is about, and how pressing somebody says it is. Data only."""

from __future__ import annotations

from typing import Final

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
