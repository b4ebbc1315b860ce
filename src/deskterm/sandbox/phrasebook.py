"""The phrases of one language, and what has to be known before one of them can be said.

The files beside this module hold tables of pools; a pool is a text with one phrase a line. A phrase
may have slots, `{thing}`, and is used only where there is a fact for each of them: so "sent with
{carrier} on {shipped}" is never said of an order that has not been sent.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any, TypeAlias

from deskterm.sandbox.model import Language

Facts: TypeAlias = Mapping[str, str]

LANGUAGES: tuple[Language, ...] = ("en", "fr", "de")
_FILES = ("orders", "desk", "manners", "things", "people")
_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?<=[^0-9][.!?] )[a-zà-ÿ]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line of a pool and the facts that it speaks of."""

    text: str
    needs: frozenset[str]

    def fill(self, facts: Facts) -> str:
        """The line with its facts in place, every sentence but the first with a capital."""
        said = self.text.format_map(facts) if self.needs else self.text
        return _SENTENCE.sub(lambda letter: letter[0].upper(), said)


@dataclass(frozen=True)
class Phrasebook:
    """The pools of a language by their name, such as `wismo.core` or `mood.angry.line`.

    Args:
        pools: one phrase a line of the file, in its order.
        places: where people of this language live, as the file says it.
    """

    language: Language
    pools: Mapping[str, tuple[Phrase, ...]]
    places: tuple[Mapping[str, object], ...]

    def fitting(self, pool: str, facts: Facts) -> list[Phrase]:
        """The phrases of a pool that can be said with these facts; none if there is no pool."""
        return [phrase for phrase in self.pools.get(pool, ()) if phrase.needs <= facts.keys()]

    def say(self, rng: Random, pool: str, facts: Facts) -> str:
        """One phrase of a pool, filled; empty where nothing can be said."""
        phrases = self.fitting(pool, facts)
        return rng.choice(phrases).fill(facts) if phrases else ""

    def say_of_state(
        self, rng: Random, pool: str, state: str, facts: Facts, share: float = 1
    ) -> str:
        """As `say`, but from the pool for this state of the order where there is one.

        Args:
            share: how often that pool is preferred to the general one, from 0 to 1.
        """
        special = f"{pool}_{state}"
        preferred = self.fitting(special, facts) and rng.random() < share
        return self.say(rng, special if preferred else pool, facts)

    def words(self, pool: str) -> list[str]:
        """The single words of a pool, for pools that are lists of names."""
        return [word for phrase in self.pools[pool] for word in phrase.text.split()]


def load_phrases(language: Language) -> Phrasebook:
    """Read the phrases of a language from the package."""
    tables: dict[str, Any] = {}
    folder = files("deskterm.sandbox").joinpath("phrases", language)
    for name in _FILES:
        tables |= tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    places = tuple(tables.pop("places"))
    return Phrasebook(language, dict(_pools("", tables)), places)


def _pools(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Phrase, ...]]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _pools(f"{prefix}{name}.", value)
        else:
            lines = filter(None, value.splitlines())
            yield prefix + name, tuple(Phrase(line, _slots(line)) for line in lines)


def _slots(line: str) -> frozenset[str]:
    return frozenset(_SLOT.findall(line))
