"""A language out of its catalogue.

A translation is trusted as little as any other file: one whose placeholders are not those of its
source is left aside, and the message is said in English.
"""

from __future__ import annotations

import gettext
import struct
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from deskterm.i18n import CONTEXT_END
from deskterm.i18n.placeholders import are_sound, names_in
from deskterm.i18n.sentences import Sentences, joined, parts_of

#: The context of sentences that `heard` recognises (GNU gettext manual, "Contexts").
HEARD: Final = "heard"
#: Longer texts are no sentences of ours: characters, and sentences next to each other.
_LONGEST: Final = 2_000
_MOST_PARTS: Final = 12
#: Sentences within sentences within sentences are enough.
_DEPTH: Final = 3
#: Texts that are remembered with their translation.
_REMEMBERED: Final = 512


class Catalogue:
    """Translations of one language.

    Args:
        language: its code.
        messages: what gettext has read.
        source: the ids of all messages.
    """

    def __init__(
        self, language: str, messages: gettext.NullTranslations, source: frozenset[str]
    ) -> None:
        self.language = language
        self._messages = messages
        self._source = source
        self.one = lru_cache(maxsize=None)(self._one)  # as many as the program has messages
        self.sentence = lru_cache(_REMEMBERED)(self._sentence)

    @classmethod
    def of(cls, language: str, file: Path) -> Catalogue | None:
        """The catalogue in a compiled file; None where it cannot be read."""
        try:
            with file.open("rb") as stream:
                messages = gettext.GNUTranslations(stream)
        except (OSError, ValueError, LookupError, struct.error):
            return None
        return cls(language, messages, frozenset(map(_id, _kept(messages))))

    def _one(self, message: str) -> str:
        """The translation of a message."""
        source = message.rpartition(CONTEXT_END)[2]
        if not source:
            return source  # the empty message is the head of a catalogue
        translation = self._messages.gettext(message)
        return translation if are_sound((source,), translation) else source

    def many(self, one: str, many: str, count: int) -> str:
        """The translation of a message that depends on a number."""
        translation = self._messages.ngettext(one, many, count)
        if are_sound((one, many), translation):
            return translation
        return one if count == 1 else many

    def _sentence(self, text: str) -> str:
        """The translation of a text of another part of the program."""
        return text if len(text) > _LONGEST else self._translated(text, 0)

    def _translated(self, text: str, depth: int) -> str:
        """A sentence, or several next to each other; what is not known stays."""
        bare = text.removesuffix(".")
        stop = text[len(bare) :]
        whole = self._known(bare, depth)
        if whole is not None:
            return whole + stop
        parts = parts_of(bare)
        if not 1 < len(parts) <= _MOST_PARTS:
            return text
        said = []
        while parts:
            # The longest beginning that is known: some sentences have a full stop within.
            for count in range(len(parts), 0, -1):
                known = self._known(joined(parts[:count]), depth)
                if known is not None:
                    break
            said.append(parts[0] if known is None else known)
            del parts[:count]
        return joined(said) + stop

    def _known(self, text: str, depth: int) -> str | None:
        """The translation of a text as the catalogue has it, with its values."""
        found = self._sentences.recognise(text)
        if found is None:
            return None
        message, values = found
        translation = self._messages.pgettext(HEARD, message)
        if not are_sound((message,), translation):
            return text
        if depth < _DEPTH:
            values = {name: self._translated(value, depth + 1) for name, value in values.items()}
        return translation.format_map(values)

    def unsound(self) -> tuple[str, ...]:
        """The messages whose translations are left aside, in their order."""
        return tuple(
            dict.fromkeys(
                message
                for key, translation in _kept(self._messages).items()
                if not _is_sound(message := _id(key).rpartition(CONTEXT_END)[2], key, translation)
            )
        )

    @cached_property
    def _sentences(self) -> Sentences:
        start = f"{HEARD}{CONTEXT_END}"
        return Sentences(each.removeprefix(start) for each in self._source if start in each)


_Key = str | tuple[str, int]
"""An id, with the number of a plural form where there are any."""


def _kept(messages: gettext.NullTranslations) -> dict[_Key, str]:
    """All translations; gettext itself has no door to them."""
    kept: dict[_Key, str] = vars(messages)["_catalog"]
    return kept


def _id(key: _Key) -> str:
    return key if isinstance(key, str) else key[0]


def _is_sound(message: str, key: _Key, translation: str) -> bool:
    """Of plurals a compiled catalogue has but the singular's id: their names may be others."""
    if not message:
        return True  # the head of the catalogue
    if isinstance(key, str):
        return are_sound((message,), translation)
    try:
        names_in(translation)
    except ValueError:
        return False
    return True
