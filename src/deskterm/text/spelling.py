"""Whether a word is in a dictionary of Hunspell: its two files, read as far as spelling needs it.

The format is that of hunspell(5): a list of words with flags, and rules that put affixes before or
behind a word that has their flag. Compounds are not taken apart: a dictionary that builds its
words from others is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

MOST_WORDS: Final = 2_000_000
LONGEST: Final = 60
"""Characters of a word; longer ones are no words."""

_MORPHOLOGY = re.compile(r"[\t ]{1,20}(?:[a-z]{2}:|\t)|\t")
_PART = re.compile(r"\[\^?[^\]]{0,200}\]|.")
_LETTERS = "abcdefghijklmnopqrstuvwxyz'àâäçéèêëîïôöùûüœß"
_COMPOUNDS = frozenset({"COMPOUNDFLAG", "COMPOUNDBEGIN"})

Flags = frozenset[str]


class _Affix(NamedTuple):
    flag: str
    strip: str
    condition: Callable[[str], object]
    gives: Flags


@dataclass
class _Rules:
    """What the file of affixes says."""

    encoding: str = "iso8859-1"
    split: Callable[[str], Flags] = frozenset
    aliases: list[Flags] = field(default_factory=list)
    suffixes: dict[str, list[_Affix]] = field(default_factory=dict)
    prefixes: dict[str, list[_Affix]] = field(default_factory=dict)
    needs_affix: str = ""
    forbidden: str = ""

    def flags(self, written: str) -> Flags:
        """Flags as a line has them; by their number where there is a table of them."""
        if self.aliases and written.isascii() and written.isdigit():
            number = int(written[:9])
            return self.aliases[number - 1] if 0 < number <= len(self.aliases) else frozenset()
        return self.split(written)


class Dictionary:
    """The words of a language."""

    def __init__(self, rules: _Rules, words: dict[str, tuple[str, ...]]) -> None:
        self._rules = rules
        self._words = words
        self._longest = max(map(len, (*rules.suffixes, *rules.prefixes)), default=0)

    @classmethod
    def read(cls, affixes: bytes, words: bytes) -> Dictionary:
        """Read the contents of the two files.

        Raises:
            ValueError: they are no dictionary, or one that builds compounds.
        """
        rules = _read_rules(affixes)
        lines = words.removeprefix(b"\xef\xbb\xbf").decode(rules.encoding, "replace").splitlines()
        found: dict[str, tuple[str, ...]] = {}
        for line in lines[1 : MOST_WORDS + 1]:  # the first one is how many there are
            word, flags = _entry(line)
            if word:
                found[word] = (*found.get(word, ()), flags)
        return cls(rules, found)

    def knows(self, word: str) -> bool:
        """Whether it is a word, also with a capital at its start, in capitals, or with hyphens."""
        if len(word) > LONGEST:
            return True
        plain = word.replace("’", "'")
        if any(map(self._has, dict.fromkeys((plain, plain.lower(), plain.capitalize())))):
            return True
        parts = [part for part in plain.split("-") if part]
        return len(parts) > 1 and all(map(self.knows, parts))

    def near(self, word: str, most: int) -> list[str]:
        """Words that differ in one letter, or in the order of two."""
        found: list[str] = []
        for other in _changed(word.replace("’", "'").lower()):
            if other not in found and self._has(other):
                found.append(other)
                if len(found) == most:
                    break
        return found

    def _has(self, word: str) -> bool:
        rules = self._rules
        forms = list(self._forms(word, 2))
        if any(rules.forbidden in flags for flags in forms if rules.forbidden):
            return False
        if any(rules.needs_affix not in flags for flags in forms):
            return True
        for length in range(min(len(word), self._longest) + 1):
            for affix in rules.prefixes.get(word[:length], ()):
                inner = affix.strip + word[length:]
                if affix.condition(inner) and any(
                    affix.flag in flags for flags in self._forms(inner, 2)
                ):
                    return True
        return False

    def _forms(self, word: str, depth: int) -> Iterator[Flags]:
        """What further affixes a form can take, for each way in which it is made by suffixes."""
        for written in self._words.get(word, ()):
            yield self._rules.flags(written)
        if not depth:
            return
        for length in range(min(len(word) - 1, self._longest) + 1):
            for affix in self._rules.suffixes.get(word[len(word) - length :], ()):
                base = word[: len(word) - length] + affix.strip
                if affix.condition(base):
                    for flags in self._forms(base, depth - 1):
                        if affix.flag in flags:
                            yield (flags - {self._rules.needs_affix}) | affix.gives


def _read_rules(content: bytes) -> _Rules:
    rules = _Rules()
    head = re.search(rb"^SET[ \t]{1,20}([\w-]{1,20})", content, re.MULTILINE)
    if head is not None:
        rules.encoding = head[1].decode().lower().replace("microsoft-cp", "cp")
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode(rules.encoding, "replace")
    except LookupError as error:
        raise ValueError(f"its encoding {rules.encoding} is not known") from error
    waiting: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        match line.split():
            case ["FLAG", kind]:
                rules.split = _SPLITS.get(kind, frozenset)
            case ["AF", flags, *_] if rules.aliases or not flags.isdigit():
                rules.aliases.append(rules.split(flags))
            case ["AF", *_]:
                rules.aliases = []
            case ["NEEDAFFIX", flag]:
                rules.needs_affix = flag
            case ["FORBIDDENWORD", flag]:
                rules.forbidden = flag
            case ["SFX" | "PFX" as kind, _, _, _, *_] as parts:
                waiting.append((kind, parts))
            case [word, *_] if word in _COMPOUNDS:
                raise ValueError("it builds its words from others")
    for kind, parts in waiting:
        _add_affix(rules, kind, parts)
    return rules


def _add_affix(rules: _Rules, kind: str, parts: list[str]) -> None:
    _, flag, strip, added, *rest = parts
    if len(parts) == 4 and added.isdigit() and strip in ("Y", "N"):
        return
    added, _, gives = added.partition("/")
    written = rest[0] if rest else "."
    affix = _Affix(
        flag,
        "" if strip == "0" else strip,
        _condition(written, at_end=kind == "SFX"),
        rules.flags(gives) if gives else frozenset(),
    )
    table = rules.suffixes if kind == "SFX" else rules.prefixes
    table.setdefault("" if added == "0" else added, []).append(affix)


def _condition(written: str, *, at_end: bool) -> Callable[[str], object]:
    """Whether a word fits: letters, sets of letters, and points for any one."""
    if written == ".":
        return bool
    parts = []
    for part in _PART.findall(written[:200]):
        if part == ".":
            parts.append(".")
        elif len(part) > 1 and (inner := part[1:-1]) not in ("", "^"):
            turned = "^" if inner.startswith("^") else ""
            parts.append(f"[{turned}{re.escape(inner.removeprefix('^'))}]")
        else:
            parts.append(re.escape(part))
    pattern = "".join(parts)
    if not at_end:
        return re.compile(pattern).match
    return re.compile(f"{pattern}$").search


def _entry(line: str) -> tuple[str, str]:
    """A word and its flags."""
    bare = _MORPHOLOGY.split(line, maxsplit=1)[0].strip()
    word, _, flags = bare.replace("\\/", "\0").partition("/")
    return word.replace("\0", "/"), flags.split(" ")[0]


def _pairs(text: str) -> Flags:
    return frozenset(text[place : place + 2] for place in range(0, len(text), 2))


def _numbers(text: str) -> Flags:
    return frozenset(text.split(","))


_SPLITS: Final = {"long": _pairs, "num": _numbers}


def _changed(word: str) -> Iterator[str]:
    """The word with one mistake less: two letters in order, one less, another, or one more."""
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
    for place in range(len(word)):
        for letter in _LETTERS:
            yield word[:place] + letter + word[place + 1 :]
    for place in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:place] + letter + word[place:]
