"""What the simulated world is made of. Plain data; every time is UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Language = Literal["en", "fr", "de"]
Mood = Literal["calm", "angry", "worried", "grateful"]


@dataclass(frozen=True, slots=True)
class Product:
    """Something the shop sells. `price_cents` is in euro cents, tax included."""

    sku: str
    name: dict[Language, str]
    price_cents: int
    stock: int


@dataclass(frozen=True, slots=True)
class Customer:
    """A person. Somebody with two mailboxes has two `addresses`; the first is the usual one."""

    number: int
    name: str
    language: Language
    addresses: tuple[str, ...]
    city: str
    country: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order and how far it is. `ref` is the number that customers quote.

    `state` is one of paid, shipped, late, lost, delivered, returned, refunded and cancelled.
    """

    ref: str
    customer: Customer
    lines: tuple[tuple[Product, int], ...]
    placed_at: datetime
    state: str
    carrier: str = ""
    tracking: str = ""
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileOf:
    """A file with a message."""

    filename: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation. `ours`: the shop wrote it, by the agent named `author`."""

    at: datetime
    ours: bool
    author: str
    address: str
    text: str
    attachments: tuple[FileOf, ...] = ()
    automatic: bool = False
    html: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one customer wants, from the first message to the last.

    Args:
        number: stays the same for the same seed; also the key for later answers.
        channel: id of the channel it runs on, e.g. `email`.
        reason: contact reason of the glossary, e.g. `wismo`.
        messages: oldest first; at least one, and the first is the customer's.
    """

    number: int
    channel: str
    customer: Customer
    reason: str
    language: Language
    mood: Mood
    subject: str
    order: Order | None
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a customer writes back to a reply, `after_s` seconds later."""

    after_s: float
    text: str
    mood: Mood
