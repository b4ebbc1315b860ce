"""The lists of words of each language, read once from the files of the package."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from deskterm.text.mood.phrases import Phrases

#: Languages whose files have lists of tone and haste; the others have those of risks.
TONED = ("en", "fr")
LANGUAGES = ("en", "fr", "de", "es", "it", "nl")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a language, or of several together."""

    by_name: dict[str, Phrases] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Phrases:
        return self.by_name.get(name, _NOTHING)


_NOTHING = Phrases()


def entries_of(language: str) -> dict[str, list[str]]:
    """The entries of a language's file as they are written, by the name of their list."""
    file = resources.files("deskterm.text.mood").joinpath(f"{language}.toml")
    content: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return content


@cache
def lists_of(languages: tuple[str, ...]) -> Lists:
    """The lists of those languages, joined. A language without a file adds nothing."""
    joined: dict[str, list[str]] = {}
    for language in languages:
        if language in LANGUAGES:
            _join(joined, entries_of(language).items())
    return Lists({name: Phrases.of(dict.fromkeys(written)) for name, written in joined.items()})


def _join(joined: dict[str, list[str]], lists: Iterable[tuple[str, list[str]]]) -> None:
    for name, written in lists:
        joined.setdefault(name, []).extend(written)
