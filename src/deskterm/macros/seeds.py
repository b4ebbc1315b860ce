"""Seeds: messages that a macro answers, so that suggestions are good before anybody has learned.

A file for each language, in which a list of messages stands under the id of each macro.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

SUFFIX: Final = ".toml"

#: What stands before a topic that is no macro's.
ELSEWHERE: Final = "~"

Seeds = Mapping[str, tuple[str, ...]]


def load_seeds() -> Seeds:
    """The messages that come with the program, by macro, of all languages."""
    folder = files("deskterm.macros").joinpath("seeds")
    if not folder.is_dir():
        return {}
    found = (file for file in folder.iterdir() if file.name.endswith(SUFFIX))
    return read_seeds(sorted(found, key=lambda file: file.name))


def read_seeds(languages: Iterable[Traversable]) -> Seeds:
    """The messages of several files, by macro.

    Raises:
        ValueError: a file is no TOML, or holds something else than lists of texts.
    """
    seeds: dict[str, list[str]] = defaultdict(list)
    for file in languages:
        for macro, messages in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if not isinstance(messages, list) or not all(isinstance(m, str) for m in messages):
                raise ValueError(f"{file.name}: {macro} needs a list of messages")
            seeds[macro] += messages
    return {macro: tuple(messages) for macro, messages in seeds.items()}


def by_language(language: str) -> Iterator[str]:
    """All messages of a language, those that no macro answers included."""
    folder = files("deskterm.macros")
    seeds = folder.joinpath("seeds", f"{language}{SUFFIX}").read_text(encoding="utf-8")
    for messages in tomllib.loads(seeds).values():
        yield from messages
    elsewhere = folder.joinpath("elsewhere.toml").read_text(encoding="utf-8")
    for topic in tomllib.loads(elsewhere).values():
        yield from topic.get(language, ())


def load_elsewhere() -> Seeds:
    """Messages that no macro answers, by topic, of all languages; a topic begins with `~`."""
    text = files("deskterm.macros").joinpath("elsewhere.toml").read_text(encoding="utf-8")
    return {
        ELSEWHERE + topic: tuple(message for messages in languages.values() for message in messages)
        for topic, languages in tomllib.loads(text).items()
    }


def is_topic(name: str) -> bool:
    """Whether it is no macro but something that is no macro's business."""
    return name.startswith(ELSEWHERE)
