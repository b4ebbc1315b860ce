"""`python -m languages`: makes the table of languages from the lists of words.

Each list begins with the language's little words; a blank line ends them. Words stand roughly in
the order of how often a customer and a shop use them, and what a word is worth to a language is
taken from its place: the logarithm of how likely it is there against a word that is not listed. The
same holds for pairs and triples of letters. A word may be typed without its accents; such a form
is worth less.

The lists were written for this project.
"""

from __future__ import annotations

import math
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from deskterm.text.language import LANGUAGES, groups_of_letters, words_of

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "languages" / "words"
TABLE = ROOT / "src" / "deskterm" / "text" / "languages.txt"

#: How fast words become rarer from place to place: 1 / (place + FIRST) ** FALL.
FIRST, FALL = 30, 0.7
#: The likelihood of what is in no list, and the worth of a form without accents beside the word.
UNLISTED, BARE = 2e-5, 0.3
#: Worths are rounded to halves, and those of letters under this are left out.
LEAST = 0.5


def main() -> int:
    """Do it; returns the exit code."""
    text = table()
    TABLE.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{TABLE.relative_to(ROOT)}: {len(text.encode())} bytes\n")
    return 0


def table() -> str:
    """The table as it stands in its file."""
    lines = ["# Made by `python -m languages`. A line: language, kind, worth, entries."]
    for language in LANGUAGES:
        little, others = LISTS.joinpath(f"{language}.txt").read_text(encoding="utf-8").split("\n\n")
        words = likelihoods(f"{little} {others}")
        kinds = {word: "little" if word in set(words_of(little)) else "words" for word in words}
        lines += in_lines(language, words, kinds)
        letters = likelihoods_of_letters(words)
        lines += in_lines(language, letters, dict.fromkeys(letters, "letters"))
    return "\n".join(lines) + "\n"


def likelihoods(text: str) -> dict[str, float]:
    """How likely each word of a list is, forms without accents included."""
    weights = {
        word: (place + FIRST) ** -FALL
        for place, word in enumerate(dict.fromkeys(words_of(text)), start=1)
    }
    for word, weight in list(weights.items()):
        weights.setdefault(bare(word), BARE * weight)
    return shares(weights)


def likelihoods_of_letters(words: Mapping[str, float]) -> dict[str, float]:
    """How likely each pair is among the pairs and each triple among the triples of those words."""
    found: dict[int, dict[str, float]] = {2: defaultdict(float), 3: defaultdict(float)}
    for word, weight in words.items():
        for group in groups_of_letters(word):
            found[len(group)][group] += math.sqrt(weight)
    return shares(found[2]) | shares(found[3])


def shares(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights as parts of one."""
    total = sum(weights.values())
    return {entry: weight / total for entry, weight in weights.items()}


def in_lines(
    language: str, entries: Mapping[str, float], kinds: Mapping[str, str]
) -> Iterator[str]:
    """The lines of one language, those worth most first."""
    grouped: dict[tuple[str, float], list[str]] = defaultdict(list)
    for entry, likely in entries.items():
        worth = round(2 * math.log((likely + UNLISTED) / UNLISTED)) / 2
        if worth >= LEAST:
            grouped[kinds[entry], worth].append(entry)
    for (kind, worth), members in sorted(grouped.items(), key=lambda one: (one[0][0], -one[0][1])):
        yield f"{language} {kind} {worth}: {' '.join(sorted(members))}"


def bare(word: str) -> str:
    """The word as typed without accents."""
    apart = unicodedata.normalize("NFD", word.replace("ß", "ss"))
    return "".join(char for char in apart if not unicodedata.combining(char))


if __name__ == "__main__":
    sys.exit(main())
