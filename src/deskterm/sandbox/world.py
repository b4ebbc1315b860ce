"""The simulated shop: people, orders and conversations, all of it from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from deskterm.sandbox.answers import answer_to
from deskterm.sandbox.casting import Cast
from deskterm.sandbox.chance import chance
from deskterm.sandbox.dialogue import DialogueWriter
from deskterm.sandbox.model import Answer, Conversation, Customer, Language, Order, Product
from deskterm.sandbox.orders import numbered
from deskterm.sandbox.phrasebook import LANGUAGES, Phrasebook, load_phrases
from deskterm.sandbox.products import Ware, make_wares
from deskterm.sandbox.shop import LUMEN_AND_OAK, Shop


@dataclass(frozen=True)
class World:
    """A shop at one moment.

    Args:
        now: the moment, in UTC; nothing here is later.
        orders: by number, and so by the time at which they were placed.
        conversations: by their last message, oldest first.
    """

    seed: int
    now: datetime
    shop: Shop
    customers: tuple[Customer, ...]
    products: tuple[Product, ...]
    orders: tuple[Order, ...]
    conversations: tuple[Conversation, ...]
    _books: Mapping[Language, Phrasebook] = field(repr=False, compare=False)
    _wares: Mapping[str, Ware] = field(repr=False, compare=False)

    def answer(
        self, conversation: Conversation, reply: str, number_of_replies: int
    ) -> Answer | None:
        """What the customer writes back to a reply of the shop; None when nothing.

        Args:
            reply: the text of the reply; a question in it is answered.
            number_of_replies: how many replies of the agent there are with this one, from 1.
                After at most three answers everybody is content and silent.
        """
        book = self._books[conversation.language]
        return answer_to(self.seed, book, self._wares, conversation, reply, number_of_replies)


def build(seed: int, tickets: int, now: datetime) -> World:
    """Make a world. The same arguments make the same world, in every process.

    Args:
        tickets: how many conversations.
        now: the moment the world is seen at; no message is later, the newest is minutes old.

    Raises:
        ValueError: `tickets` is negative, or `now` has no time zone.
    """
    if tickets < 0:
        raise ValueError("a world has no negative number of tickets")
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    now = now.astimezone(UTC).replace(microsecond=0)
    rng = chance(seed, "world")
    books = {language: load_phrases(language) for language in LANGUAGES}
    wares = make_wares(rng)
    cast = Cast(rng, books, wares, now)
    cast.fill(tickets)
    orders = numbered(rng, cast.orders)
    writer = DialogueWriter(seed, LUMEN_AND_OAK, books, orders)
    written = [writer.write(n, scene) for n, scene in enumerate(cast.scenes, start=1)]
    return World(
        seed=seed,
        now=now,
        shop=LUMEN_AND_OAK,
        customers=tuple(cast.customers),
        products=tuple(ware.product for ware in wares),
        orders=tuple(sorted(orders, key=lambda order: (order.placed_at, int(order.ref[3:])))),
        conversations=tuple(sorted(written, key=lambda one: (one.messages[-1].at, one.number))),
        _books=books,
        _wares={ware.product.sku: ware for ware in wares},
    )
