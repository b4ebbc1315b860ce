"""Changing what is written: lines at the end, or one line by its number."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from deskterm.i18n import say
from deskterm.plain.talk import Talk
from deskterm.text.clean import clean
from deskterm.viewmodel.composer import Composer
from deskterm.viewmodel.pasted import fitting, one_line
from deskterm.viewmodel.words import NOTHING
from deskterm.viewmodel.writing import HEADER_FIELDS

END: Final = "."
_PROMPT: Final = clean("edit>")


def take_lines(talk: Talk, composer: Composer) -> bool:
    """Take lines until one is a dot alone, and keep each; False where that was the first."""
    count = 0
    while (line := talk.ask(NOTHING)).strip() != END:
        before = composer.content.text
        taken, notice = fitting(line, before)
        talk.tell(notice or NOTHING)
        composer.type(f"{before}\n{taken}" if before or count else taken)
        composer.flush()
        count += 1
    return count > 0


class Editing:
    """Changes a piece of writing line by line.

    Args:
        talk: the person.
    """

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def edit(self, composer: Composer) -> None:
        """Ask for changes until there are no more."""
        talk = self._talk
        self._read_out(composer)
        while True:
            word, _, rest = talk.ask(_PROMPT).strip().partition(" ")
            word = word.lower()
            if word in (END, "done"):
                return
            if word.isdecimal():
                self._replace(composer, word)
            elif word == "delete" and self._place(composer, rest) is not None:
                self._delete(composer, rest)
            elif word == "add":
                talk.tell(say("A line with a dot alone ends it."))
                take_lines(talk, composer)
            elif word == "clear":
                self._set(composer, [])
                talk.tell(say("The text is empty now."))
            elif word in HEADER_FIELDS:
                composer.set_header(word, one_line(rest))
                composer.flush()
            elif word == "attach" and rest.strip():
                self._attach(composer, rest.strip())
            elif word == "text":
                self._read_out(composer)
            else:
                self._help()

    def _help(self) -> None:
        self._talk.tell(
            say("A number changes that line, 'delete NUMBER' takes it away."),
            say("'add' writes more at the end, 'clear' begins anew, 'text' reads it out."),
            say("'to', 'cc', 'subject' and 'attach' with what follows them change those."),
            say("'done' goes back to the review."),
        )

    def _read_out(self, composer: Composer) -> None:
        lines = _lines(composer)
        self._talk.tell(
            *(
                clean(f"{number}: {line}", multiline=False)
                for number, line in enumerate(lines, start=1)
            ),
            say("Which line? 'help' says what else there is."),
        )

    def _replace(self, composer: Composer, word: str) -> None:
        place = self._place(composer, word)
        if place is None:
            return
        line = self._talk.ask(say("Line {number}, a dot leaves it as it is:", number=place + 1))
        if line.strip() != END:
            lines = _lines(composer)
            lines[place] = fitting(line, composer.content.text)[0]
            self._set(composer, lines)

    def _delete(self, composer: Composer, word: str) -> None:
        place = self._place(composer, word)
        if place is not None:
            lines = _lines(composer)
            del lines[place]
            self._set(composer, lines)

    def _place(self, composer: Composer, word: str) -> int | None:
        """The line that a number means; where there is none, that is told."""
        word = word.strip()
        number = int(word) if word.isdecimal() and len(word) < 10 else 0
        if 1 <= number <= len(_lines(composer)):
            return number - 1
        self._talk.tell(say("There is no such line"))
        return None

    def _attach(self, composer: Composer, path: str) -> None:
        file = Path(path).expanduser().absolute()
        if not file.is_file():
            self._talk.tell(say("There is no file {name}", name=clean(path[:200], multiline=False)))
            return
        composer.attach(str(file))
        composer.flush()

    def _set(self, composer: Composer, lines: list[str]) -> None:
        composer.type("\n".join(lines))
        composer.flush()


def _lines(composer: Composer) -> list[str]:
    text = composer.content.text
    return text.split("\n") if text else []
