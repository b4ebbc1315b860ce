"""Who writes, why, when and how often: every conversation before a word of it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from deskterm.sandbox.chance import chance, dealt
from deskterm.sandbox.model import Customer, Language, Mood, Order
from deskterm.sandbox.moments import SPAN_DAYS, Beat, last_moment, timeline
from deskterm.sandbox.orders import draft_order, past_order, settled
from deskterm.sandbox.people import Pair, add_mailbox, make_customers, pair_up
from deskterm.sandbox.phrasebook import Phrasebook
from deskterm.sandbox.products import Ware
from deskterm.sandbox.reasons import REASONS, Reason

_CUSTOMERS_A_TICKET = 0.8
_TICKETS_A_PAIR = 50
_TICKETS_A_MAILBOX = 40
_FEWEST_TICKETS = 20  # in a smaller world nobody knows each other
# How conversations go, by weight. In the first ten the customer has the last word.
_COURSES: Mapping[tuple[Beat, ...], float] = {
    ("first",): 34,
    ("first", "chase"): 5,
    ("first", "chase", "chase"): 4,
    ("first", "ask", "given"): 9,
    ("first", "tell", "more"): 6,
    ("first", "tell", "still"): 4,
    ("first", "ask", "given", "tell", "more"): 3,
    ("first", "chase", "tell", "still"): 2,
    ("first", "ask", "given", "tell", "more", "tell", "still", "chase"): 1,
    ("first", "tell", "thanks"): 3,
    ("first", "tell"): 8,
    ("first", "ask"): 7,
    ("first", "ask", "given", "tell"): 4,
    ("first", "tell", "thanks", "close"): 4,
    ("first", "ask", "given", "tell", "thanks", "close"): 2,
    ("first", "tell", "away"): 3,
    ("first", "ask", "away"): 1,
}
_GLAD_COURSES: tuple[tuple[Beat, ...], ...] = (("first",), ("first",), ("first", "tell"))
# The longest ago a conversation can have ended whose order is still in that state, in days.
_FRESH = {"paid": 3.0, "shipped": 4.0, "late": 12.0}
_SHARED = ("wismo", "not_received", "damaged", "missing_item", "return")
_NEEDS_TWO_LINES = frozenset(("missing_item",))
_RELATION = {"gift": ("giver", "receiver"), "couple": ("couple", "couple")}


@dataclass(frozen=True, slots=True)
class Scene:
    """A conversation still to be written.

    Args:
        mailbox: which of the addresses the customer writes from.
        state: of the order when the customer first wrote; empty without one.
        order: place in the list of orders, or None.
        wares: what it is about, and another one that may come up.
        relation: to the other person who writes about the order: `giver`, `receiver`, `couple`.
        other: first name of that person.
    """

    customer: Customer
    mailbox: int
    reason: str
    mood: Mood
    state: str
    beats: tuple[Beat, ...]
    moments: tuple[datetime, ...]
    wares: tuple[Ware, Ware]
    order: int | None = None
    relation: str = ""
    other: str = ""


@dataclass
class Cast:
    """Everybody and everything that the conversations of a world are about."""

    rng: Random
    books: Mapping[Language, Phrasebook]
    wares: Sequence[Ware]
    now: datetime
    customers: list[Customer] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)

    def fill(self, tickets: int) -> None:
        """Invent the people, their orders and `tickets` conversations."""
        count = round(_CUSTOMERS_A_TICKET * tickets) or tickets
        self.customers = make_customers(self.rng, self.books, count)
        known = tickets >= _FEWEST_TICKETS
        pairs = pair_up(self.rng, self.customers, tickets // _TICKETS_A_PAIR + 1) if known else []
        again = self._who_write_again(pairs, tickets - count)
        busy = list(dict.fromkeys(again))
        mailboxes = set(busy[: tickets // _TICKETS_A_MAILBOX + 1] if known else [])
        for place in sorted(mailboxes):
            book = self.books[self.customers[place].language]
            add_mailbox(self.rng, self.customers, place, book)
        weights = {name: reason.weight for name, reason in REASONS.items()}
        reasons = Counter(dealt(self.rng, weights, tickets, all_of_them=True))
        courses = dealt(self.rng, _COURSES, tickets)
        paired = {place for pair in pairs for place in (pair.first, pair.second)}
        for pair in pairs:
            self._share_an_order(pair, reasons, courses.pop())
            courses.remove(("first",))
        alone = [place for place in range(count) if place not in paired]
        hand = list(reasons.elements())
        self.rng.shuffle(hand)
        for turn, place in enumerate([*alone, *again]):
            second = turn >= len(alone) and place in mailboxes
            self._stage(place, int(second), hand[turn], courses[turn])
        self._end_now()
        self._remember()

    def _who_write_again(self, pairs: Sequence[Pair], count: int) -> list[int]:
        paired = {place for pair in pairs for place in (pair.first, pair.second)}
        free = [place for place in range(len(self.customers)) if place not in paired]
        return self.rng.choices(free, k=count) if free else []

    def _stage(self, place: int, mailbox: int, name: str, beats: tuple[Beat, ...]) -> Scene:
        """Add one conversation of the customer at `place`."""
        rng, reason, customer = self.rng, REASONS[name], self.customers[place]
        state = rng.choices(list(reason.states), list(reason.states.values()))[0]
        mood, beats = _mood_and_course(rng, reason, beats)
        # How often chance is asked for a moment hangs on the time of day; the story must not.
        when = chance(rng.random(), "when")
        last = last_moment(when, self.now, _FRESH.get(state, SPAN_DAYS - 7.0))
        moments = timeline(when, beats, last, self.now - timedelta(days=SPAN_DAYS))
        wares = self._two_wares(name)
        scene = Scene(customer, mailbox, name, mood, state, beats, moments, wares)
        if state:
            scene = replace(scene, order=self._order(scene))
        self.scenes.append(scene)
        return scene

    def _order(self, scene: Scene) -> int:
        lines = [scene.wares[0]]
        if scene.reason in _NEEDS_TWO_LINES:
            lines.append(scene.wares[1])
        elif self.rng.random() < 0.35:
            lines += self.rng.sample(self.wares, self.rng.randint(1, 2))
        lines = list({ware.product.sku: ware for ware in lines}.values())
        state = "worn" if scene.reason == "warranty" else scene.state
        order = draft_order(self.rng, scene.customer, lines, state, scene.moments[0])
        if "thanks" in scene.beats:
            order = settled(order, scene.reason)
        self.orders.append(order)
        return len(self.orders) - 1

    def _two_wares(self, reason: str) -> tuple[Ware, Ware]:
        ware = self.rng.choice([w for w in self.wares if w.kind in REASONS[reason].kinds])
        alike = [w for w in self.wares if w.kind == ware.kind and w is not ware]
        return ware, self.rng.choice(alike)

    def _share_an_order(self, pair: Pair, reasons: Counter[str], beats: tuple[Beat, ...]) -> None:
        """Let two people write about the order of the first of them, shortly after another."""
        enough = [name for name in _SHARED if reasons[name] > 2] or ["wismo"]
        name = self.rng.choice(enough)
        reasons[name] -= 2
        roles = _RELATION[pair.bond]
        first, second = self.customers[pair.first], self.customers[pair.second]
        scene = self._stage(pair.first, 0, name, beats)
        self.scenes[-1] = replace(scene, relation=roles[0], other=second.name.partition(" ")[0])
        soon = scene.moments[0] + timedelta(hours=self.rng.uniform(0.5, 20))
        latest = self.now - timedelta(minutes=self.rng.uniform(6, 90))
        self.scenes.append(
            replace(
                scene,
                customer=second,
                mood="worried",
                beats=("first",),
                moments=(min(soon, latest).replace(microsecond=0),),
                relation=roles[1],
                other=first.name.partition(" ")[0],
            )
        )

    def _end_now(self) -> None:
        """Make the newest message of a customer one that came a few minutes ago."""
        waiting = [
            (scene.moments[-1], place)
            for place, scene in enumerate(self.scenes)
            if scene.beats[-1] not in ("ask", "tell", "close", "away")
        ]
        if not waiting:
            return
        _, place = max(waiting)
        moments = self.scenes[place].moments
        moment = self.now - timedelta(seconds=self.rng.randint(100, 280))
        self.scenes[place] = replace(self.scenes[place], moments=(*moments[:-1], moment))

    def _remember(self) -> None:
        """Give every third customer orders of earlier days."""
        for customer in self.customers:
            if self.rng.random() < 0.35:
                for _ in range(self.rng.randint(1, 3)):
                    wares = self.rng.sample(self.wares, self.rng.randint(1, 3))
                    self.orders.append(past_order(self.rng, customer, wares, self.now))


def _mood_and_course(
    rng: Random, reason: Reason, beats: tuple[Beat, ...]
) -> tuple[Mood, tuple[Beat, ...]]:
    """How the customer feels, and a course that suits it; few remain dissatisfied for nothing."""
    mood = rng.choices(list(reason.moods), list(reason.moods.values()))[0]
    if mood == "grateful":
        return mood, rng.choice(_GLAD_COURSES)
    if "still" not in beats:
        return mood, beats
    if len(reason.moods) > 1:
        return "angry", beats
    return mood, tuple("more" if beat == "still" else beat for beat in beats)
