"""Topics: what a text may speak of, each a file of phrases in five languages (`topics/*.toml`).

```toml
whole = true                # may be left out: found only where the text says nothing else

[en]
sure = ["in exchange for [a|your] review"]      # see `phrases`
unsure = ["if you like it ... {review|rating}"] # found, but not for certain
not = ["never ... review"]  # takes away a find in the same sentence
aside = ["^ {hi|hello} .. $"]                   # with `whole`: says nothing either
instead = "You can tell us here."               # may be left out: a sentence to say in its place
```

`groups.toml` beside them has alternatives by name, for all languages (`any`) and for each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from deskterm.domain.errors import DesktermError
from deskterm.rules.wording.phrases import Choice, Grammar, LatePhrase, Phrase, PhraseError
from deskterm.rules.wording.sentences import Sentences
from deskterm.rules.wording.written import read
from deskterm.text.loading import loading

LANGUAGES = ("en", "fr", "de", "es", "it")
_SORTS = ("sure", "unsure", "not", "aside")
#: With `whole`: telling words of a sentence that may stand beside what was found in it, and words
#: of a signature, which needs nothing found.
_BESIDE, _SIGNATURE = 1, 3

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of a text that speak of a topic: the first, the last, and whether that is certain."""

    first: int
    last: int
    sure: bool


class _Phrases:
    """Phrases by the words of which a text must have one."""

    def __init__(self, phrases: Iterable[Phrase | LatePhrase]) -> None:
        self._by_key: dict[str, list[Phrase | LatePhrase]] = {}
        for phrase in phrases:
            for key in phrase.keys:
                self._by_key.setdefault(key, []).append(phrase)
        self._keys = frozenset(self._by_key)

    def places(self, text: Sentences) -> set[Place]:
        asked = dict.fromkeys(
            phrase for key in self._keys & text.keys for phrase in self._by_key[key]
        )
        return {place for phrase in asked for place in phrase.places(text)}


@dataclass(frozen=True, slots=True)
class Topic:
    """The phrases of a topic in all languages; `instead` is by language."""

    whole: bool
    sorts: Mapping[str, _Phrases]
    instead: Mapping[str, str]

    def spoken(self, text: Sentences) -> tuple[Spoken, ...]:
        """Where the text speaks of the topic, from left to right; places do not overlap."""
        found = {sort: self.sorts[sort].places(text) for sort in ("sure", "unsure")}
        if not any(found.values()):
            return ()
        denied = self.denied(text)
        taken: set[int] = set()
        spoken: list[Spoken] = []
        for sort, places in found.items():
            for first, last in _joined(places):
                words = range(first, last + 1)
                ends = {text.sentence_of(first), text.sentence_of(last)}
                if denied.isdisjoint(ends) and taken.isdisjoint(words):
                    taken.update(words)
                    spoken.append(Spoken(first, last, sort == "sure"))
        if self.whole and not self._says_nothing_else(text, taken):
            return ()
        return tuple(sorted(spoken, key=lambda one: one.first))

    def denied(self, text: Sentences) -> set[int]:
        """The sentences in which something says that they do not speak of it."""
        return {text.sentence_of(first) for first, _ in self.sorts["not"].places(text)}

    def _says_nothing_else(self, text: Sentences, taken: set[int]) -> bool:
        aside = {
            word
            for first, last in self.sorts["aside"].places(text)
            for word in range(first, last + 1)
        }
        known = taken | aside
        for words in text.sentences():
            signature = words.stop == len(text.spans) and len(words) <= _SIGNATURE
            if known.isdisjoint(words) and not signature:
                return False
            if sum(text.tells(word) for word in words if word not in known) > _BESIDE:
                return False
        return bool(taken)


def _joined(places: Iterable[Place]) -> Iterator[Place]:
    """Overlapping places as one."""
    open_first, open_last = -1, -1
    for first, last in sorted(places):
        if first <= open_last:
            open_last = max(open_last, last)
            continue
        if open_last >= 0:
            yield open_first, open_last
        open_first, open_last = first, last
    if open_last >= 0:
        yield open_first, open_last


@cache
def topic_names() -> tuple[str, ...]:
    """Every topic there is."""
    found = (file.name for file in _folder().joinpath("topics").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
@loading()
def topic(name: str) -> Topic:
    """A topic by its name, read once.

    Raises:
        DesktermError: there is none, or its file is not as it must be.
    """
    if name not in topic_names():
        raise _wrong(f"{name!r} is no topic; known are {', '.join(topic_names())}")
    content = _toml(_folder().joinpath("topics", f"{name}.toml"))
    return parse_topic(content, grammars(), name, reader=Grammar.late)


def parse_topic(
    content: Mapping[str, object],
    grammars: Mapping[str, Grammar],
    name: str,
    *,
    reader: Callable[[Grammar, str], Phrase | LatePhrase] = Grammar.phrase,
) -> Topic:
    """Make a topic of what a TOML file holds.

    Args:
        grammars: for each language, how its phrases are read.
        name: names the topic in messages.
        reader: of each phrase at once, or when it is needed.

    Raises:
        DesktermError: something in it is not as it must be.
    """
    left = dict(content)
    whole = left.pop("whole", False)
    if not isinstance(whole, bool):
        raise _wrong(f"{name}: whole must be true or false")
    sorts: dict[str, list[Phrase | LatePhrase]] = {sort: [] for sort in _SORTS}
    instead: dict[str, str] = {}
    for language, table in left.items():
        if language not in LANGUAGES or not isinstance(table, Mapping):
            raise _wrong(f"{name}: {language} is no language that is known")
        for sort, written in table.items():
            if sort == "instead" and isinstance(written, str) and written:
                instead[language] = written
                continue
            if sort not in _SORTS or not isinstance(written, list):
                raise _wrong(f"{name}: {language}.{sort} is no list that is known")
            for phrase in written:
                try:
                    sorts[sort].append(reader(grammars[language], phrase))
                except PhraseError as error:
                    raise _wrong(f"{name}: {language}.{sort}: {error}") from error
    return Topic(whole, {sort: _Phrases(phrases) for sort, phrases in sorts.items()}, instead)


@cache
def grammars() -> Mapping[str, Grammar]:
    """For each language, how the phrases of the bundled topics are read: with the groups of the
    language and of all languages.
    """
    content = _toml(_folder().joinpath("groups.toml"))
    return {
        language: Grammar(
            language, _groups(content.get(language, {}), _groups(content.get("any", {}), {}))
        )
        for language in LANGUAGES
    }


def _groups(table: object, known: Mapping[str, Choice]) -> Mapping[str, Choice]:
    """Those groups and the known ones; each may name the ones above it."""
    if not isinstance(table, Mapping):
        raise _wrong("groups: a language must be a table")
    found = dict(known)
    for name, written in table.items():
        try:
            found[name] = Grammar("", found).choice(str(written))
        except PhraseError as error:
            raise _wrong(f"groups: {name}: {error}") from error
    return found


def _folder() -> Traversable:
    return files("deskterm.rules.wording")


def _toml(file: Traversable) -> dict[str, object]:
    try:
        return read(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"{file}: {error}") from error


def _wrong(problem: str) -> DesktermError:
    return DesktermError(
        "A topic of the rules cannot be used",
        problem,
        "Correct that file or take the topic out of the rule",
        code="rules",
    )
