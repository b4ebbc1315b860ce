"""How people type: neatly, in a hurry, at length, without capitals, with slips of the finger."""

from __future__ import annotations

from random import Random
from typing import Literal

from deskterm.sandbox.model import Mood

Style = Literal["plain", "short", "long", "lower", "slips", "emoji"]

_STYLES: dict[Style, float] = {
    "plain": 58,
    "short": 14,
    "long": 9,
    "lower": 6,
    "slips": 6,
    "emoji": 7,
}
_SHORTEST_SLIP = 5  # letters of a word that a finger slips in


def choose_style(rng: Random, mood: Mood) -> Style:
    """How a customer types today. Happy people do it at length and with pictures."""
    styles = dict(_STYLES)
    if mood == "grateful":
        styles |= {"emoji": 30, "lower": 2}
    return rng.choices(list(styles), list(styles.values()))[0]


def with_slips(rng: Random, text: str) -> str:
    """The text with up to two words mistyped; names, numbers and addresses stay."""
    words = text.split(" ")
    places = [place for place, word in enumerate(words) if _can_slip(word)]
    for place in rng.sample(places, min(len(places), rng.randint(0, 2))):
        words[place] = _mistyped(rng, words[place])
    return " ".join(words)


def capital(text: str) -> str:
    """The text with a capital at its beginning, unless that is an order number."""
    if any(map(str.isdigit, text.partition(" ")[0])):
        return text
    return text[:1].upper() + text[1:]


def _can_slip(word: str) -> bool:
    return len(word) >= _SHORTEST_SLIP and word.isalpha() and word.islower()


def _mistyped(rng: Random, word: str) -> str:
    place = rng.randrange(1, len(word) - 2)
    if rng.random() < 0.6:
        swapped = word[place + 1] + word[place]
        return word[:place] + swapped + word[place + 2 :]
    return word[:place] + word[place + 1 :]
