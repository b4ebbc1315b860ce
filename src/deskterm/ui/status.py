"""The status line at the top: what there is to do, and how sync and outbox do."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from deskterm.i18n import say
from deskterm.text.clean import SafeText, cell_width, clean
from deskterm.ui.painting import cut
from deskterm.ui.safe import shown
from deskterm.viewmodel.status import Status

_GAP = 2


class StatusLine(Widget):
    """One line: figures on the left, states on the right. What does not fit is left out whole.

    Args:
        status: the model.
        banner: words that stand at the head of the line (demo).
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--name", "status--banner"}

    def __init__(self, status: Status, banner: SafeText) -> None:
        super().__init__(id="status")
        self._status = status
        self._banner = banner
        self._painted: tuple[SafeText, ...] = ()
        status.changed.connect(self.look)

    def render(self) -> Content:
        """The line."""
        self._painted = self._words()
        width = self.content_size.width
        left = [shown(say("deskterm"), self._style("name"))]
        if self._banner:
            left.append(shown(cut(self._banner, width // 2), self._style("banner")))
        room = width - sum(part.cell_length + _GAP for part in left)
        right: list[SafeText] = []
        for words in self._status.right:
            if cell_width(words) + _GAP <= room:
                right.append(words)
                room -= cell_width(words) + _GAP
        for words in self._status.left:
            if cell_width(words) + _GAP <= room:
                left.append(shown(words))
                room -= cell_width(words) + _GAP
        end = clean("  ".join(right))
        head = Content("  ").join(left)
        filled = clean(" " * max(0, width - head.cell_length - cell_width(end)))
        return Content.assemble(head, shown(filled), shown(end))

    def look(self) -> None:
        """Paint it anew where it says something else by now."""
        if self._words() != self._painted:
            self.refresh()

    def _words(self) -> tuple[SafeText, ...]:
        return (*self._status.left, clean(""), *self._status.right)

    def _style(self, name: str) -> str:
        return self.get_visual_style(f"status--{name}").markup_tag
