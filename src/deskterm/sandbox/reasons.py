"""Why customers write, how often, in what mood, and what has become of their order by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from deskterm.sandbox.model import Mood
from deskterm.sandbox.products import Kind

Ask: TypeAlias = Literal[
    "photo", "number", "address", "choice", "confirm", "bank", "room",
    "use", "when", "name", "code", "card",
]  # fmt: skip

_AT_EASE: Mapping[Mood, float] = {"calm": 1}
_CALM: Mapping[Mood, float] = {"calm": 88, "worried": 12}
_MIXED: Mapping[Mood, float] = {"calm": 62, "worried": 22, "angry": 16}
_TENSE: Mapping[Mood, float] = {"calm": 42, "worried": 28, "angry": 30}
_CROSS: Mapping[Mood, float] = {"angry": 92, "worried": 8}
_GLAD: Mapping[Mood, float] = {"grateful": 1}

_ANY: tuple[Kind, ...] = ("light", "seat", "table", "kitchen", "textile", "decor")
_ROOM: tuple[Kind, ...] = ("light", "seat", "table", "textile", "decor")
_BULKY: tuple[Kind, ...] = ("light", "seat", "table")


@dataclass(frozen=True, slots=True)
class Reason:
    """A contact reason.

    Args:
        weight: how often, in proportion to the others.
        states: states of the order when it is asked, by weight; an empty one means no order.
        moods: how the customer feels, by weight.
        asks: what the shop may have to ask back.
        kinds: of what kinds of things it is asked.
    """

    weight: float
    states: Mapping[str, float]
    moods: Mapping[Mood, float]
    asks: tuple[Ask, ...] = ("confirm",)
    kinds: tuple[Kind, ...] = _ANY


_NO_ORDER = {"": 1.0}
_DELIVERED = {"delivered": 1.0}

REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        "wismo": Reason(
            22, {"paid": 20, "shipped": 38, "late": 32, "lost": 10}, _MIXED, ("address",)
        ),
        "not_received": Reason(5, _DELIVERED, _TENSE, ("address", "choice")),
        "return": Reason(9, _DELIVERED, _CALM, kinds=_ROOM),
        "exchange": Reason(4, _DELIVERED, _CALM, kinds=_ROOM),
        "refund_status": Reason(6, {"returned": 70, "refunded": 30}, _TENSE, ("card",)),
        "cancel": Reason(5, {"paid": 80, "shipped": 20}, _CALM),
        "address_change": Reason(5, {"paid": 75, "shipped": 25}, _CALM, asks=("address",)),
        "change_order": Reason(3, {"paid": 1}, _CALM),
        "damaged": Reason(8, _DELIVERED, _MIXED, ("photo", "photo", "choice")),
        "wrong_item": Reason(3, _DELIVERED, _MIXED, ("photo", "confirm")),
        "missing_item": Reason(3, _DELIVERED, _MIXED, ("photo", "choice")),
        "warranty": Reason(4, _DELIVERED, _MIXED, ("photo",)),
        "size_help": Reason(2.5, _NO_ORDER, _AT_EASE, asks=("room",), kinds=_ROOM),
        "availability": Reason(4, _NO_ORDER, _AT_EASE),
        "product_question": Reason(6, _NO_ORDER, _AT_EASE, ("use",)),
        "invoice": Reason(4, {"delivered": 70, "shipped": 30}, _CALM, ("name",)),
        "payment": Reason(2, {"paid": 60, "": 40}, _MIXED, ("bank",)),
        "promo_code": Reason(2, {"": 60, "shipped": 40}, _AT_EASE, ("code",)),
        "delivery_question": Reason(3, _NO_ORDER, _AT_EASE, ("when",), kinds=_BULKY),
        "complaint": Reason(
            3, {"late": 45, "lost": 20, "delivered": 15, "returned": 20}, _CROSS, ("choice",)
        ),
        "privacy": Reason(1, _NO_ORDER, _AT_EASE),
        "thanks": Reason(2.5, _DELIVERED, _GLAD, kinds=_ROOM),
    }
)

#: Reasons to write before anything is bought.
BEFORE_BUYING = frozenset(("size_help", "availability", "product_question", "delivery_question"))
#: Reasons that are about another colour or about another thing, but not about both.
ABOUT_ONE_CHANGE = frozenset(("exchange", "change_order", "wrong_item"))
