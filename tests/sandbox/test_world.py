"""The simulated shop: the same for the same seed, believable, and consistent with itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from deskterm.sandbox.model import Conversation, Order
from deskterm.sandbox.parcels import gs1_check_digit, s10_check_digit, ups_check_digit
from deskterm.sandbox.reasons import BEFORE_BUYING, REASONS
from deskterm.sandbox.world import World, build
from tests.sandbox.worlds import NOW, SEEDS, fingerprint, messages_of, world_of

ROOT = Path(__file__).parents[2]
IN_GLOSSARY = {
    *("wismo", "return", "refund_status", "cancel", "address_change", "damaged", "wrong_item"),
    *("size_help", "invoice", "availability", "warranty", "complaint"),
}
STATES = {
    *("paid", "shipped", "late", "lost", "delivered", "returned", "refunded", "cancelled"),
}
HERE = "from tests.sandbox.worlds import fingerprint, world_of; print(fingerprint(world_of(7)))"


@pytest.fixture(params=SEEDS)
def world(request: pytest.FixtureRequest) -> World:
    """Several worlds in turn."""
    return world_of(request.param)


def awaits_us(conversation: Conversation) -> bool:
    """Whether a person wrote the last message, and it was not the shop."""
    last = conversation.messages[-1]
    return not last.ours and not last.automatic


# The same for the same seed


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_another_process_builds_the_same_world(hash_seed: str) -> None:
    env = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", HERE], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == fingerprint(world_of(7))


def test_another_seed_makes_another_world() -> None:
    assert len({fingerprint(world_of(seed)) for seed in SEEDS}) == len(SEEDS)


def test_a_moment_in_another_time_zone_is_the_same_moment() -> None:
    east = timezone(timedelta(hours=9))
    assert fingerprint(build(5, 30, NOW.astimezone(east))) == fingerprint(build(5, 30, NOW))


# Sizes


@pytest.mark.parametrize("tickets", [0, 1, 2, 3, 19, 20, 21, 60])
def test_a_world_has_as_many_conversations_as_asked_for(tickets: int) -> None:
    world = build(1, tickets, NOW)
    assert len(world.conversations) == tickets
    assert sorted(c.number for c in world.conversations) == list(range(1, tickets + 1))
    assert len(world.customers) == (round(0.8 * tickets) or tickets)


@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(hours=7), timedelta(days=3)])
def test_who_wants_what_does_not_hang_on_the_time_of_day(later: timedelta) -> None:
    def stories(now: datetime) -> dict[int, tuple[str, str, str, str]]:
        return {
            c.number: (c.customer.name, c.reason, c.order.state if c.order else "", c.mood)
            for c in build(7, 60, now).conversations
        }

    assert stories(NOW + later) == stories(NOW)


def test_impossible_worlds_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        build(1, -1, NOW)
    with pytest.raises(ValueError, match="time zone"):
        build(1, 1, datetime(2025, 1, 1))  # noqa: DTZ001 # the case in question


# What it is made of


@pytest.mark.parametrize("seed", SEEDS)
def test_every_reason_occurs_in_a_small_world(seed: int) -> None:
    reasons = {conversation.reason for conversation in world_of(seed, 60).conversations}
    assert reasons == set(REASONS)
    assert reasons >= IN_GLOSSARY


def test_where_is_my_order_is_the_most_common_question(world: World) -> None:
    reasons = Counter(conversation.reason for conversation in world.conversations)
    ((most, count), *_) = reasons.most_common()
    assert most == "wismo"
    assert 0.15 < count / len(world.conversations) < 0.3


def test_languages_come_in_their_shares(world: World) -> None:
    spoken = Counter(customer.language for customer in world.customers)
    assert spoken == {"en": 120, "fr": 84, "de": 36}
    for conversation in world.conversations:
        assert conversation.language == conversation.customer.language


def test_most_conversations_await_an_answer(world: World) -> None:
    waiting = sum(map(awaits_us, world.conversations))
    assert 0.66 <= waiting / len(world.conversations) <= 0.76


def test_conversations_have_one_to_eight_messages(world: World) -> None:
    lengths = Counter(len(conversation.messages) for conversation in world.conversations)
    assert min(lengths) == 1
    assert max(lengths) == 8
    assert lengths[1] < len(world.conversations) / 2


def test_some_write_three_times_in_a_row(world: World) -> None:
    rows = [[message.ours for message in c.messages[:3]] for c in world.conversations]
    assert rows.count([False, False, False]) >= 3


def test_automatic_replies_follow_the_shop_within_a_minute(world: World) -> None:
    found = 0
    for conversation in world.conversations:
        for before, message in zip(conversation.messages, conversation.messages[1:], strict=False):
            if message.automatic:
                found += 1
                assert before.ours
                assert not message.ours
                assert message.at - before.at < timedelta(minutes=1)
    assert found > 0


def test_every_mood_occurs(world: World) -> None:
    moods = {conversation.mood for conversation in world.conversations}
    assert moods == {"calm", "angry", "worried", "grateful"}


def test_nobody_is_angry_before_buying(world: World) -> None:
    for conversation in world.conversations:
        if conversation.reason in BEFORE_BUYING:
            assert conversation.order is None
            assert conversation.mood == "calm"


def test_two_people_write_about_one_order(world: World) -> None:
    writers: dict[str, set[str]] = {}
    for conversation in world.conversations:
        if conversation.order is not None:
            writers.setdefault(conversation.order.ref, set()).add(conversation.customer.name)
    shared = [names for names in writers.values() if len(names) > 1]
    assert shared
    families = [{name.partition(" ")[2] for name in names} for names in shared]
    assert any(len(names) == 1 for names in families), "couples"
    assert any(len(names) > 1 for names in families), "givers and receivers of presents"


def test_one_person_writes_from_two_addresses(world: World) -> None:
    used: dict[int, set[str]] = {}
    for conversation in world.conversations:
        for message in conversation.messages:
            if not message.ours:
                assert message.address in conversation.customer.addresses
                used.setdefault(conversation.customer.number, set()).add(message.address)
    assert sum(len(addresses) > 1 for addresses in used.values()) >= 3


def test_some_customers_have_several_orders(world: World) -> None:
    orders = Counter(order.customer.number for order in world.orders)
    assert sum(count > 1 for count in orders.values()) > len(world.customers) / 10


def test_about_sixty_products_have_a_name_in_every_language() -> None:
    products = world_of(1).products
    assert 55 <= len(products) <= 70
    assert len({product.sku for product in products}) == len(products)
    for product in products:
        assert set(product.name) == {"en", "fr", "de"}
        assert product.price_cents > 0
    assert any(product.stock == 0 for product in products)


# Times


def test_nothing_is_later_than_now(world: World) -> None:
    for order in world.orders:
        for moment in (order.placed_at, order.shipped_at, order.delivered_at):
            assert moment is None or moment < NOW
    for message in messages_of(world):
        assert NOW - timedelta(days=40) <= message.at < NOW
        assert message.at.tzinfo is UTC


def test_conversations_come_oldest_first_and_the_newest_is_minutes_old(world: World) -> None:
    ends = [conversation.messages[-1].at for conversation in world.conversations]
    assert ends == sorted(ends)
    assert timedelta(minutes=1) < NOW - ends[-1] < timedelta(minutes=6)
    assert awaits_us(world.conversations[-1])
    for conversation in world.conversations:
        times = [message.at for message in conversation.messages]
        assert times == sorted(times)


def test_the_last_days_and_the_day_are_busier(world: World) -> None:
    ends = [conversation.messages[-1].at for conversation in world.conversations]
    recent = sum(NOW - end < timedelta(days=3) for end in ends)
    assert 0.35 < recent / len(ends) < 0.65
    hours = [message.at.hour for message in messages_of(world)]
    assert sum(8 <= hour < 20 for hour in hours) > 0.7 * len(hours)
    assert all(8 <= message.at.hour < 18 for message in messages_of(world) if message.ours)


@pytest.mark.parametrize("hour", [0, 3, 9, 23])
def test_a_world_can_be_seen_at_any_hour(hour: int) -> None:
    now = datetime(2024, 3, 3, hour, 1, tzinfo=UTC)
    world = build(4, 60, now)
    assert all(message.at < now for message in messages_of(world))
    assert now - world.conversations[-1].messages[-1].at < timedelta(minutes=6)


# Orders


def test_order_numbers_rise_with_time_and_have_one_shape(world: World) -> None:
    refs = [order.ref for order in world.orders]
    assert all(ref[:3] == "LO-" and len(ref) == 8 and ref[3:].isdigit() for ref in refs)
    assert refs == sorted(set(refs))
    placed = [order.placed_at for order in world.orders]
    assert placed == sorted(placed)


def test_orders_have_what_their_state_implies(world: World) -> None:
    for order in world.orders:
        assert order.state in STATES
        sent = order.shipped_at is not None
        assert sent == bool(order.tracking) == bool(order.carrier)
        assert sent == (order.state not in ("paid", "cancelled"))
        arrived = order.state in ("delivered", "returned", "refunded")
        assert arrived == (order.delivered_at is not None)
        steps = [order.placed_at, order.shipped_at, order.delivered_at]
        times = [moment for moment in steps if moment is not None]
        assert times == sorted(set(times))


def test_the_order_fits_the_question(world: World) -> None:
    known = {order.ref: order for order in world.orders}
    for conversation in world.conversations:
        order = conversation.order
        if order is None:
            assert "" in REASONS[conversation.reason].states
            continue
        assert known[order.ref] == order
        assert order.placed_at < conversation.messages[0].at
        if order.delivered_at is not None:
            assert order.delivered_at < conversation.messages[0].at
        _fits(conversation.reason, order)


def _fits(reason: str, order: Order) -> None:
    if reason == "wismo":
        assert order.state in ("paid", "shipped", "late", "lost")
    if reason in ("damaged", "not_received", "wrong_item", "return", "warranty", "thanks"):
        assert order.delivered_at is not None
    if reason == "missing_item":
        assert len(order.lines) >= 2
    if reason == "warranty":
        assert NOW - order.placed_at > timedelta(days=60)
    if reason == "refund_status":
        assert order.state in ("returned", "refunded")
    if reason == "change_order":
        assert order.state == "paid"


# Tracking numbers


def test_check_digits_are_those_of_the_standards() -> None:
    assert s10_check_digit("47312482") == 9, "the example of UPU S10"
    assert s10_check_digit("00000000") == 5
    assert ups_check_digit("999AA1012345678") == 4, "of the number in most examples"
    assert ups_check_digit("648616E19276071") == 8
    assert ups_check_digit("WX0692YP4063626") == 9
    assert gs1_check_digit("10614141234567890") == 8, "an SSCC from GS1's examples"


def test_tracking_numbers_are_those_of_the_carrier(world: World) -> None:
    seen = Counter(order.carrier for order in world.orders if order.carrier)
    assert set(seen) == {"La Poste", "Royal Mail", "UPS", "DHL"}
    numbers = [order.tracking for order in world.orders if order.tracking]
    assert len(numbers) == len(set(numbers))
    for order in world.orders:
        if order.carrier:
            _is_tracking(order.carrier, order.tracking)


def _is_tracking(carrier: str, number: str) -> None:
    if carrier in ("La Poste", "Royal Mail"):
        assert len(number) == 13
        assert number[:2].isalpha()
        assert number[-2:] == {"La Poste": "FR", "Royal Mail": "GB"}[carrier]
        assert s10_check_digit(number[2:10]) == int(number[10])
    elif carrier == "UPS":
        assert len(number) == 18
        assert number.startswith("1Z")
        assert ups_check_digit(number[2:-1]) == int(number[-1])
    else:
        assert len(number) == 20
        assert number.isdigit()
        assert gs1_check_digit(number[:-1]) == int(number[-1])
