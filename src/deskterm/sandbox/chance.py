"""Chance that can be repeated, and things dealt out in exact shares."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def chance(*key: object) -> Random:
    """A source of random numbers of its own for a key: the same key, the same numbers."""
    return Random("/".join(map(str, key)))  # noqa: S311 # makes up stories, guards nothing


def dealt(
    rng: Random, weights: Mapping[Thing, float], count: int, *, all_of_them: bool = False
) -> list[Thing]:
    """`count` things, each as often as its weight says (largest remainder), shuffled.

    Args:
        all_of_them: each occurs at least once, if there are enough.
    """
    least = int(all_of_them and count >= len(weights))
    left = count - least * len(weights)
    total = sum(weights.values())
    quotas = {thing: left * weight / total for thing, weight in weights.items()}
    amounts = {thing: int(quota) for thing, quota in quotas.items()}
    by_rest = sorted(quotas, key=lambda thing: amounts[thing] - quotas[thing])
    for thing in by_rest[: left - sum(amounts.values())]:
        amounts[thing] += 1
    hand = [thing for thing, amount in amounts.items() for _ in range(amount + least)]
    rng.shuffle(hand)
    return hand
