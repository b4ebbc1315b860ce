"""Telling a text that was pasted into a list from keys that somebody typed ahead."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events

from deskterm.service.command import Context
from deskterm.ui.bursts import Burst, is_burst
from deskterm.viewmodel.keys import Keymap, KeyReader, Nothing, Run

#: Seconds after a dropped burst in which more keys are the rest of the same paste.
REST_OF_PASTE_S = 0.15


class BurstGuard:
    """Decides about bursts, and about the keys of one that were meant for a text.

    Args:
        keymap: keys to commands.
        opens_text: the commands after which the focus stands in a text.
    """

    def __init__(self, keymap: Keymap, opens_text: Iterable[str]) -> None:
        self._keymap = keymap
        self._opens_text = frozenset(opens_text)
        self._commands_left = 0
        self._text_left = 0
        self._dropped_at = float("-inf")

    def is_paste(self, burst: Burst, context: Context) -> bool:
        """Whether a burst that arrives in a list is a text that was pasted there.

        What follows a key that opens a text is text. What stands before it are commands, and few.
        """
        self.moved()
        paste = self._is_paste(burst, context)
        if paste:
            self._dropped_at = burst.time
        return paste

    def _is_paste(self, burst: Burst, context: Context) -> bool:
        reader = KeyReader(self._keymap)
        for count, key in enumerate(burst.keys, start=1):
            step = reader.feed(context, named(key))
            if isinstance(step, Nothing) and key.is_printable:
                return True
            if isinstance(step, Run) and step.command.id in self._opens_text:
                self._commands_left, self._text_left = count, len(burst.keys) - count
                return is_burst(burst.keys[:count])
        return is_burst(burst.keys)

    def drops(self, key: events.Key) -> bool:
        """Whether a key in a list is the rest of a paste, or was for a text that did not open."""
        if key.time - self._dropped_at < REST_OF_PASTE_S:
            self._dropped_at = key.time
            return True
        if self._commands_left:
            self._commands_left -= 1
            return False
        if self._text_left:
            self._text_left -= 1
            return True
        return False

    def moved(self) -> None:
        """The focus has left the list: what follows goes where the focus is."""
        self._commands_left = self._text_left = 0


def named(key: events.Key) -> str:
    """A key by the name that the command table uses."""
    character = key.character
    if character is not None and len(character) == 1 and character.isalnum():
        return character
    return key.key
