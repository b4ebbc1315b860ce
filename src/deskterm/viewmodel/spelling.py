"""Words of a text that stand in no dictionary: hints, found in a thread while one types.

A word is right that any of the dictionaries knows. Nothing is said of names (a capital), of what
is quoted, of addresses and fields, and of a text that seems to be in another language.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from deskterm.viewmodel.attempt import Attempt
from deskterm.viewmodel.ports import Soon

if TYPE_CHECKING:
    from deskterm.viewmodel.composer import Composer

MOST: Final = 20
"""Hints for one text."""

MOST_NEAR: Final = 3
LONGEST_TEXT: Final = 50_000
_ANOTHER_LANGUAGE: Final = 0.4
_ENOUGH_WORDS: Final = 8

_WORD = re.compile(r"[^\W\d_]{2,60}(?:['’-][^\W\d_]{1,60}){0,4}")
#: Lines of quotes, and fields of macros.
_QUOTED = re.compile(r"^>[^\n]{0,2000}|\{\{[^{}\n]{0,200}\}\}", re.MULTILINE)
_TOKEN = re.compile(r"\S{1,2000}")
#: In addresses, numbers, names of files and hosts.
_NO_WORD = re.compile(r"@|://|\w\.\w|\d|_")


class Dictionary(Protocol):
    """The words of a language; `deskterm.text.spelling.Dictionary` is one."""

    def knows(self, word: str) -> bool:
        """Whether it is a word."""
        ...

    def near(self, word: str, most: int) -> list[str]:
        """Words that are nearly it."""
        ...


class Hint(NamedTuple):
    """A word that no dictionary has."""

    start: int
    end: int
    word: str
    near: tuple[str, ...]


Done = Callable[[tuple[Hint, ...]], None]


def hints(text: str, dictionaries: Sequence[Dictionary]) -> tuple[Hint, ...]:
    """What is in none of these dictionaries; nothing where there are none."""
    if not dictionaries:
        return ()
    bare = _QUOTED.sub(_blank, text[:LONGEST_TEXT])
    bare = _TOKEN.sub(lambda one: _blank(one) if _NO_WORD.search(one[0]) else one[0], bare)
    found = list(_WORD.finditer(bare))
    judged: dict[str, bool] = {}
    for match in found:
        word = match[0]
        if word not in judged:
            judged[word] = any(each.knows(word) for each in dictionaries)
    wrong = [match for match in found if not judged[match[0]]]
    if len(found) >= _ENOUGH_WORDS and len(wrong) > _ANOTHER_LANGUAGE * len(found):
        return ()
    named = [match for match in wrong if match[0][0].islower()][:MOST]
    return tuple(
        Hint(match.start(), match.end(), match[0], _near(match[0], dictionaries)) for match in named
    )


def _near(word: str, dictionaries: Sequence[Dictionary]) -> tuple[str, ...]:
    found = [other for each in dictionaries for other in each.near(word, MOST_NEAR)]
    return tuple(dict.fromkeys(found))[:MOST_NEAR]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


class Spelling:
    """Looks words up in a thread, which reads the dictionaries when it is first asked.

    Args:
        load: reads them.
        soon: runs what comes back on the screen's thread.
    """

    def __init__(self, load: Callable[[], Sequence[Dictionary]], soon: Soon) -> None:
        self._load = load
        self._soon = soon
        self._changed = threading.Condition()
        self._asked: tuple[str, Done] | None = None
        self._thread: threading.Thread | None = None

    def ask(self, text: str, done: Done) -> None:
        """Look a text up; of questions that wait, the newest counts."""
        with self._changed:
            self._asked = (text, done)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="spelling", daemon=True)
                self._thread.start()

    def follow(self, composer: Composer) -> None:
        """Hint at words of what is being written, for as long as it is."""

        def look() -> None:
            text = composer.content.text

            def done(found: tuple[Hint, ...]) -> None:
                if not composer.is_over and text == composer.content.text:
                    composer.findings.take_hints(text, found)

            if not composer.is_over:
                self.ask(text, done)

        composer.looked.connect(look)
        look()

    def _run(self) -> None:
        with Attempt() as life:
            dictionaries = self._load()
            while dictionaries:
                text, done = self._next()
                self._answer(done, hints(text, dictionaries))
        if life.error is not None:
            self._soon(life.throw)

    def _next(self) -> tuple[str, Done]:
        with self._changed:
            self._changed.wait_for(lambda: self._asked is not None)
            asked, self._asked = self._asked, None
        assert asked is not None  # noqa: S101 - waited for above
        return asked

    def _answer(self, done: Done, found: tuple[Hint, ...]) -> None:
        self._soon(lambda: done(found))
