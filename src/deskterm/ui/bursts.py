"""Keys that arrive together: a text that was pasted, or somebody who types ahead.

Without bracketed paste a pasted text arrives as keys, and in a list letters are commands. Keys
that arrive in one read of the terminal and write many different characters are therefore looked
at together before the first of them counts (`deskterm.ui.burst_guard`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events

#: More different characters than this in one read of the terminal, and it is no person who types.
MOST_KEYS_AT_ONCE = 6


class Burst(events.Event, bubble=False):
    """Keys that came in one read of the terminal and write many different characters."""

    def __init__(self, keys: Sequence[events.Key]) -> None:
        super().__init__()
        self.keys = tuple(keys)

    @property
    def text(self) -> str:
        """What the keys write."""
        return "".join("\n" if key.key == "enter" else key.character or "" for key in self.keys)


def is_burst(keys: Iterable[events.Key]) -> bool:
    """Whether the keys of one read have to be looked at together."""
    return len({key.character for key in keys if key.is_printable}) > MOST_KEYS_AT_ONCE
