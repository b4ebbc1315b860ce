"""The words of the program, in the language of who reads them.

English is the source: a message is its own id, and English loads nothing. Translations are gettext
catalogues (GNU gettext manual, "PO Files"). What comes out is plain `SafeText`, never markup; what
is filled in must be clean already.

A process speaks one language, chosen when it starts: what is read in a thread is said in the same
language. The parts of the program that talk to nobody (the office, the sync, files) always speak
English, also to each other; `heard` says in the reader's language what came from one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Final, Protocol

from deskterm.text.clean import SafeText, clean

ENGLISH: Final = "en"
CONTEXT_END: Final = "\x04"
"""Stands between a context and its message, as in a compiled catalogue."""


class Translator(Protocol):
    """A language other than the source."""

    @property
    def language(self) -> str:
        """Its code: `fr`."""
        ...

    def one(self, message: str) -> str:
        """A message; itself where there is no sound translation."""
        ...

    def many(self, one: str, many: str, count: int) -> str:
        """A message that depends on a number."""
        ...

    def sentence(self, text: str) -> str:
        """English of another part of the program, with its values in it; itself where unknown."""
        ...


#: The program has fewer; names that a shop made up come beside them.
_MOST_SAID = 4_000


class _Speech:
    """What this process speaks; None is English."""

    translator: ClassVar[Translator | None] = None
    #: Messages without values, as they were said before: they are said again with every key.
    said: ClassVar[dict[str, SafeText]] = {}


def speak(language: str) -> None:
    """Speak a language from now on: `en`, one that has a catalogue, or `en-XA`, which is English
    in strange letters. One without a catalogue is English.
    """
    _Speech.translator = _translator(language)
    _Speech.said = {}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _Speech.translator
    speak(language)
    try:
        yield
    finally:
        _Speech.translator = before
        _Speech.said = {}


def language() -> str:
    """The code of what is spoken."""
    translator = _Speech.translator
    return ENGLISH if translator is None else translator.language


def say(message: str, /, **values: SafeText | int) -> SafeText:
    """A message in the reader's language.

    Args:
        message: English, with `{name}` where a value goes.
        values: clean text or numbers.

    Raises:
        TypeError: a value is text that has not been cleaned.
    """
    if values:
        return _filled(_worded(message), values)
    known = _Speech.said.get(message)
    if known is None:
        known = clean(_worded(message))
        if len(_Speech.said) < _MOST_SAID:
            _Speech.said[message] = known
    return known


def _worded(message: str) -> str:
    translator = _Speech.translator
    if translator is None:
        return message.rpartition(CONTEXT_END)[2]
    return translator.one(message)


def say_many(one: str, many: str, count: int, /, **values: SafeText | int) -> SafeText:
    """A message that depends on a number, which stands in it as `{count}`."""
    translator = _Speech.translator
    if translator is None:
        message = one if count == 1 else many
    else:
        message = translator.many(one, many, count)
    return _filled(message, {**values, "count": count})


def heard(text: str, *, multiline: bool = False) -> SafeText:
    """What another part of the program said in English, in the reader's language.

    It is recognised by the words around its values, which stay as they are. What is not recognised
    is shown as it came.
    """
    translator = _Speech.translator
    return clean(text if translator is None else translator.sentence(text), multiline=multiline)


def marked(message: str, context: str = "") -> str:
    """Marks a message for translation where it is kept in a table; `say` translates it.

    `context` tells it from the same words with another meaning (`verb`).
    """
    return f"{context}{CONTEXT_END}{message}" if context else message


def _translator(language: str) -> Translator | None:
    if language == ENGLISH:
        return None
    from deskterm.i18n.languages import translator  # loads gettext, which English does without

    return translator(language)


def _filled(message: str, values: dict[str, SafeText | int]) -> SafeText:
    for name, value in values.items():
        if not isinstance(value, SafeText | int):
            raise TypeError(f"{name} must be SafeText or a number")
    return clean(message.format_map(values) if values else message)
