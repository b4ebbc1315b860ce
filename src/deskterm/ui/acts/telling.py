"""What the console says by itself: mistakes in files, keys that mean nothing, refused texts."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say, say_many
from deskterm.text.clean import clean

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp

REST_OF_TEXT_S: Final = 0.5
"""Seconds in which text that is refused again is the rest of the same."""


class Telling:
    """Finds the words; the app shows them."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._refused_at = float("-inf")

    def mistakes(self) -> None:
        """Say what is wrong with files of the shop: the first of it, and where to see the rest."""
        mistakes = self._app.desk.mistakes
        if len(mistakes) == 1:
            self._app.tell_error(mistakes[0])
        elif mistakes:
            more = say_many(
                "{count} more mistake: 'deskterm doctor' names it",
                "{count} more mistakes: 'deskterm doctor' names them",
                len(mistakes) - 1,
            )
            first = mistakes[0]
            self._app.tell_error(DesktermError(first.title, first.explanation, more))

    def no_such_chord(self, typed: tuple[str, ...]) -> None:
        """Keys after `g` or `y` that mean nothing."""
        keys = clean(self._app.dispatcher.keymap.spoken(typed))
        self._app.tell(say("{keys} is no command", keys=keys))

    def text_refused(self, text: str) -> None:
        """Text came to a list: nothing is done with it but to keep it for the composer."""
        app = self._app
        moment = monotonic()
        again = moment - self._refused_at < REST_OF_TEXT_S
        self._refused_at = moment
        app.writing.refused = (app.writing.refused if again else "") + text
        key = clean(app.dispatcher.keymap.key_of("ticket.write_refused"))
        app.tell(
            say(
                "Text was pasted where letters are commands: nothing was done. "
                "{key} puts it into the composer",
                key=key,
            )
        )
