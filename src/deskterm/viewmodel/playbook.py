"""The shop's playbooks to be read: one at a time, with a cursor on one of its parts."""

from __future__ import annotations

from typing import Final

from deskterm.i18n import say, say_many
from deskterm.service.reading.playbook_rows import (
    FitView,
    PartView,
    PlaybooksView,
    PlaybookView,
)
from deskterm.text.clean import SafeText, clean, clip
from deskterm.viewmodel.choices import REASONS
from deskterm.viewmodel.finding import places
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import NOTHING

_WANTED_CELLS: Final = 40


class Playbooks:
    """All playbooks of a shop, those that fit the ticket first."""

    def __init__(self) -> None:
        #: Another page, or other places that are marked.
        self.changed: Signal[[]] = Signal()
        #: The cursor went from one part to another.
        self.moved: Signal[[int, int]] = Signal()
        self.page = 0
        self.cursor = 0
        #: What is looked for.
        self.wanted = ""
        self._view = PlaybooksView((), NOTHING)

    @property
    def count(self) -> int:
        """How many playbooks there are."""
        return len(self._view.items)

    @property
    def current(self) -> PlaybookView | None:
        """The one that is read."""
        items = self._view.items
        return items[self.page] if self.page < len(items) else None

    @property
    def parts(self) -> tuple[PartView, ...]:
        """Its parts."""
        return self.current.parts if self.current is not None else ()

    def show(self, view: PlaybooksView) -> None:
        """Show the one that fits best, from its beginning."""
        self._view = view
        self._open(0)

    def turn(self, step: int) -> None:
        """Another playbook; after the last one the first."""
        if self.count:
            self._open((self.page + step) % self.count)

    def move_to(self, place: int) -> None:
        """Move the cursor, within bounds."""
        before, self.cursor = self.cursor, max(0, min(place, len(self.parts) - 1))
        if self.cursor != before:
            self.moved.emit(before, self.cursor)

    def _open(self, page: int) -> None:
        self.page, self.cursor = page, 0
        self.changed.emit()

    # Finding

    def find(self, text: str) -> None:
        """Look for words: in this playbook from the cursor on, then in the others."""
        self.wanted = text
        if not text.strip() or self._has(self.cursor, self.page):
            self.changed.emit()
        else:
            self.find_next()

    def find_next(self) -> None:
        """Go to the next part that has the words; round at the end."""
        for page, place in self._order():
            if self._has(place, page):
                if page != self.page:
                    self._open(page)
                self.move_to(place)
                break
        self.changed.emit()

    def _order(self) -> list[tuple[int, int]]:
        """Every part of every playbook, beginning behind the cursor."""
        items = self._view.items
        every = [(page, n) for page, book in enumerate(items) for n in range(len(book.parts))]
        behind = sum(len(book.parts) for book in items[: self.page]) + self.cursor + 1
        return [*every[behind:], *every[:behind]]

    def _has(self, place: int, page: int) -> bool:
        items = self._view.items
        parts = items[page].parts if page < len(items) else ()
        return place < len(parts) and bool(places(parts[place].text, self.wanted))

    def marks(self, part: PartView) -> list[tuple[int, int]]:
        """Where the words stand in a part."""
        return places(part.text, self.wanted) if self.wanted.strip() else []

    @property
    def found_words(self) -> SafeText:
        """How many parts of all playbooks have the words; empty where nothing is looked for."""
        if not self.wanted.strip():
            return NOTHING
        count = sum(bool(self.marks(part)) for book in self._view.items for part in book.parts)
        if not count:
            words = clip(clean(self.wanted.strip(), multiline=False), _WANTED_CELLS)
            return say("“{words}” stands in no playbook", words=words)
        return say_many("{count} place in all playbooks", "{count} places in all playbooks", count)

    # Words

    @property
    def title(self) -> SafeText:
        """Which playbook it is."""
        if self.current is None:
            return say("Playbooks")
        return say("Playbook · {title}", title=self.current.title)

    @property
    def words(self) -> SafeText:
        """Which one of how many."""
        if not self.count:
            return NOTHING
        return say(
            "{number} of {count}", number=clean(str(self.page + 1)), count=clean(str(self.count))
        )

    @property
    def why(self) -> SafeText:
        """Why it is shown first; of one that nothing speaks for, that."""
        if self.current is None:
            return NOTHING
        parts = [_why(fit) for fit in self.current.fits]
        if not parts:
            return say("Nothing links this playbook to the ticket")
        return clean(", ".join(parts))

    @property
    def mistakes(self) -> SafeText:
        """What is wrong in the files: the first of it; empty for nothing."""
        wrong = self._view.mistakes
        if not wrong:
            return NOTHING
        if len(wrong) == 1:
            return say("Left out: {why}", why=wrong[0])
        rest = len(wrong) - 1
        return say_many(
            "Left out: {why} ({count} more)", "Left out: {why} ({count} more)", rest, why=wrong[0]
        )

    @property
    def nothing(self) -> SafeText:
        """What stands where there is no playbook."""
        if self.current is not None:
            return say("This playbook says nothing yet.")
        return say(
            "There are no playbooks yet: text files (.md) in {folder}", folder=self._view.folder
        )


def _why(fit: FitView) -> SafeText:
    match fit.kind:
        case "rule":
            return say("the reply breaks {rule}", rule=fit.name)
        case "reason":
            known = REASONS.get(fit.name)
            return say("contact reason: {reason}", reason=say(known) if known else fit.name)
    return say("suggested macro: {macro}", macro=fit.name)
