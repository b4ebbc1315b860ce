"""Talking with a person: one is asked and is told, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.plain.loop import Loop
from deskterm.plain.pages import Block, Pages
from deskterm.plain.paper import Paper
from deskterm.plain.typed import Typed
from deskterm.text.clean import SafeText
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.reading import ReadingPort

READ_S: Final = 10.0
"""Seconds that an answer of the database is waited for."""

_T = TypeVar("_T")


class Talk:
    """The two sides of a conversation with a person, and the time that passes in it.

    Args:
        paper: what is told is written there.
        typed: what a person says comes from there.
        loop: does what comes up meanwhile.
    """

    def __init__(self, paper: Paper, typed: Typed, loop: Loop) -> None:
        self.loop = loop
        #: Goes on with the answer that was told last; None where it was told whole.
        self.more: Callable[[], None] | None = None
        self._paper = paper
        self._typed = typed
        self._by_itself: list[SafeText] = []

    @property
    def has_person(self) -> bool:
        """Whether somebody types, who can be asked again."""
        return self._typed.is_person

    # Telling

    def tell(self, *texts: SafeText) -> None:
        """Say something, each text on a line of its own; empty ones are left out."""
        self._paper.write(*(text for text in texts if text))

    def tell_at_the_prompt(self, text: SafeText) -> None:
        """Say something that came by itself before the next line is asked for."""
        self._by_itself.append(text)

    def tell_pages(self, blocks: Iterable[Block]) -> None:
        """Say as much as a person listens to at once; `more` goes on."""
        pages = Pages(blocks, self._paper.lines)

        def go_on() -> None:
            self._paper.write(*pages.next())
            self.more = go_on if pages.left else None
            if pages.left:
                self.tell(say("There is more, {count} left: type 'more'", count=pages.left))

        go_on()

    # Asking

    def ask(self, prompt: SafeText) -> str:
        """The next line.

        Raises:
            EOFError: there are no more.
            KeyboardInterrupt: Ctrl+C instead.
        """
        self.loop.catch_up()
        told, self._by_itself = self._by_itself, []
        self.tell(*told)
        line = self._typed.line(prompt)
        self.loop.catch_up()
        return line

    def ask_now(self, prompt: SafeText) -> str:
        """The same for what must not be answered before it was asked."""
        self._typed.forget()
        return self.ask(prompt)

    # Waiting

    def read(self, readers: Asking, slot: str, work: Callable[[ReadingPort], _T]) -> _T:
        """Have something read and wait for it.

        Raises:
            DesktermError: it cannot be read, or not in time.
        """
        found: list[_T] = []
        errors: list[DesktermError] = []
        readers.ask(slot, work, found.append, errors.append)
        self.loop.until(lambda: bool(found or errors), READ_S)
        if found:
            return found[0]
        if errors:
            raise errors[0]
        raise DesktermError("Reading takes too long", "Nothing was changed")
