"""Orders of every shape, drawn by a seed: what a macro may have to speak of. Nobody is real."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from deskterm.domain.money import Money, decimals
from deskterm.domain.order import (
    LineItem,
    Order,
    PaymentState,
    PostalAddress,
    Refund,
    RefundState,
    Return,
    ReturnStep,
    Scan,
    Shipment,
    TrackingEvent,
)
from deskterm.macros.facts import Facts
from deskterm.macros.model import Channel
from deskterm.macros.paths import Known

T = TypeVar("T")
ZONE: Final = ZoneInfo("Europe/Paris")
CURRENCIES: Final = ("EUR", "GBP", "USD", "CHF", "SEK", "PLN", "CAD", "JPY")
_NAMES: Final = (
    "Ana Martin", "MARTIN Ana", "Martin, Ana", "Mme Élodie Lefèvre", "Nordlicht GmbH", "",
    "buyer_4471", "Jean-François D’Arcy", "Σοφία Νίκου", "L.", "Chloë van den Berg", "o'neil",
)  # fmt: skip
_ITEMS: Final = (
    "Oslo lamp", "Lampe Oslo", "Vase « Fjord »", "Mug 35 cl, 2-pack", "Rug 120 × 180",
    "Pull d’hiver", "Set of 6 glasses", "Coussin",
)  # fmt: skip
_COUNTRIES: Final = ("FR", "BE", "DE", "GB", "CH", "US", "")
#: Carriers, and the pages on which they show a parcel.
_CARRIERS: Final = (
    ("Colissimo", "https://www.laposte.fr/outils/suivre-vos-envois?code={}"),
    ("DHL", "https://www.dhl.com/track?tracking-id={}"),
    ("Mondial Relay", "https://www.mondialrelay.fr/suivi-de-colis?numeroExpedition={}"),
    ("Royal Mail", "https://www.royalmail.com/track-your-item#/tracking-results/{}"),
    ("", ""),
)
_SCANS: Final[tuple[Scan, ...]] = (
    "label_created", "in_transit", "out_for_delivery", "delivered", "delivery_attempt", "exception",
    "returned_to_sender",
)  # fmt: skip
_STEPS: Final[tuple[ReturnStep, ...]] = (
    "requested",
    "label_sent",
    "in_transit",
    "received",
    "closed",
)
_REFUNDS: Final[tuple[RefundState, ...]] = ("issued", "issued", "proposed", "failed")
_UNPAID: Final[tuple[PaymentState, ...]] = ("pending", "failed")
#: How channels number their orders; # is a digit.
_NUMBERS: Final = {
    "amazon": "###-#######-#######",
    "ebay": "##-#####-#####",
    "etsy": "33########",
    "walmart": "20##########01",
    "mirakl": "######-A",
    "octopia": "2#########CDXYZ",
    "tiktok_shop": "57################",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One situation: an order or none, a customer, an agent, a shop with facts or without."""

    number: int
    order: Order | None
    customer: str
    agent: str
    facts: Facts
    now: datetime

    def known(self, channel: Channel, language: str) -> Known:
        """What is known of it on a channel."""
        return Known(
            self.now,
            channel,
            language,
            "k7m2q9",
            "",
            self.customer,
            self.agent,
            self.order,
            self.facts,
        )


def draw(number: int, channel: Channel) -> Shape:
    """The shape of that number on a channel; the same number gives the same shape again."""
    # No secret hangs on it: the same seed must give the same order on every machine.
    dice = random.Random(f"{number}/{channel.id}")
    now = datetime(2026, 1, 1, 9, 30, tzinfo=ZONE) + timedelta(days=dice.randrange(365))
    order = None if number % 10 == 0 else _order(dice, now, channel)
    facts = _facts(dice) if dice.random() < 0.5 else Facts()
    agent = dice.choice(("Sam", "Zoé", ""))
    return Shape(number, order, dice.choice(_NAMES), agent, facts, now)


def order_number(dice: random.Random, channel: str) -> str:
    """An order number as the channel writes them."""
    pattern = _NUMBERS.get(channel, "#####")
    return "".join(str(dice.randrange(1, 10)) if sign == "#" else sign for sign in pattern)


def _order(dice: random.Random, now: datetime, channel: Channel) -> Order:
    placed = now - timedelta(days=dice.randrange(1, 60), hours=dice.randrange(24))
    currency = dice.choice(CURRENCIES)
    total = _money(dice, currency)
    parcels = tuple(
        _parcel(dice, n, placed, now) for n in range(dice.choice((0, 0, 1, 1, 1, 2, 3)))
    )
    unpaid = not parcels and dice.random() < 0.3
    cancelled = not parcels and dice.random() < 0.2
    partly = len(parcels) > 1 and dice.random() < 0.5
    return Order(
        remote_id=str(dice.randrange(10**8)),
        ref=order_number(dice, channel.id),
        status="processing",
        placed_at=placed,
        updated_at=now,
        payment=dice.choice(_UNPAID) if unpaid else "paid",
        fulfilment=(
            "cancelled"
            if cancelled
            else "partially_fulfilled"
            if partly
            else "fulfilled"
            if parcels
            else "unfulfilled"
        ),
        total=total,
        paid_at=None if unpaid else placed,
        cancelled_at=now if cancelled else None,
        promised_at=_perhaps(dice, placed + timedelta(days=dice.randrange(2, 40))),
        shipping_cost=_perhaps(dice, Money(total.minor // 10, currency)),
        ship_to=_address(dice),
        lines=tuple(
            LineItem(str(n), dice.choice(_ITEMS), dice.randrange(1, 4), total)
            for n in range(dice.randrange(8))
        ),
        shipments=parcels,
        refunds=tuple(_refund(dice, n, total, now) for n in range(dice.choice((0, 0, 0, 1, 2)))),
        returns=tuple(_return(dice, n, now) for n in range(dice.choice((0, 0, 0, 1)))),
    )


def _money(dice: random.Random, currency: str) -> Money:
    whole = dice.choice((9, 49, 990, 12_345))
    return Money(whole * 10 ** decimals(currency) + dice.choice((0, 90)), currency)


def _parcel(dice: random.Random, number: int, placed: datetime, now: datetime) -> Shipment:
    carrier, page = dice.choice(_CARRIERS)
    tracking = (
        _perhaps(dice, f"{dice.choice(('6A', 'RR', 'JD'))}{dice.randrange(10**9, 10**10)}") or ""
    )
    shipped = placed + timedelta(hours=dice.randrange(1, 24))
    known_since = _perhaps(dice, shipped)
    events = tuple(
        TrackingEvent(min(now, shipped + timedelta(hours=12 * n + 6)), dice.choice(_SCANS))
        for n in range(dice.randrange(4))
    )
    return Shipment(
        str(number),
        carrier=carrier,
        tracking_number=tracking,
        tracking_url=page.format(tracking) if tracking else "",
        shipped_at=known_since,
        promised_at=_perhaps(dice, shipped + timedelta(days=dice.randrange(1, 60))),
        events=events,
    )


def _refund(dice: random.Random, number: int, total: Money, now: datetime) -> Refund:
    currency = total.currency if dice.random() < 0.9 else dice.choice(CURRENCIES)
    at = _perhaps(dice, now - timedelta(days=dice.randrange(30)))
    amount = Money(max(1, total.minor // dice.choice((1, 2))), currency)
    return Refund(str(number), amount, state=dice.choice(_REFUNDS), refunded_at=at)


def _return(dice: random.Random, number: int, now: datetime) -> Return:
    rma = _perhaps(dice, f"R{dice.randrange(1000, 10_000)}") or ""
    changed = _perhaps(dice, now - timedelta(days=dice.randrange(20)))
    return Return(str(number), dice.choice(_STEPS), rma=rma, changed_at=changed)


def _address(dice: random.Random) -> PostalAddress:
    if dice.random() < 0.2:
        return PostalAddress()
    country = dice.choice(_COUNTRIES)
    return PostalAddress("Ana Martin", "", ("1 Example Road",), "75000", "Paris", country=country)


def _facts(dice: random.Random) -> Facts:
    fee = Money(dice.choice((490, 590)), dice.choice(("EUR", "GBP")))
    return Facts(
        {
            "shop_name": "Atelier Nord",
            "return_days": dice.choice((14, 30)),
            "shipping_fee": fee,
            "free_shipping_from": Money(8_000, fee.currency),
            "order_by": "14:00",
            "delivery_days": "2",
            "return_url": "https://shop.example/returns",
            "account_url": "https://shop.example/account",
            "size_guide_url": "https://shop.example/sizes",
        },
        {
            "countries": {"en": "France and Belgium", "fr": "France et Belgique"},
            "opening_hours": {
                "en": "Monday to Friday, 9 to 18",
                "fr": "du lundi au vendredi, de 9 h à 18 h",
            },
        },
    )


def _perhaps(dice: random.Random, value: T) -> T | None:
    """A value that one order in five does not have."""
    return value if dice.random() < 0.8 else None
