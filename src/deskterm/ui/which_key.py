"""How a chord can go on."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from deskterm.i18n import say
from deskterm.text.clean import clean
from deskterm.ui.painting import column
from deskterm.ui.safe import shown
from deskterm.viewmodel.keys import Keymap, Prefix

_COLUMN = 26


class WhichKey(Widget):
    """The keys that go on with a chord. It takes no keys itself.

    Args:
        keymap: says how keys are written.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"which--key"}

    _border_title: Content | None

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(id="which-key")
        self._keymap = keymap
        self._prefix: Prefix | None = None

    def show(self, prefix: Prefix) -> None:
        """Show the keys of a chord."""
        self._prefix = prefix
        self._border_title = shown(say("{keys} …", keys=clean(self._keymap.spoken(prefix.typed))))
        self.styles.height = -(-len(prefix.choices) // self._columns) + 2
        self.display = True
        self.refresh()

    @property
    def _columns(self) -> int:
        return max(1, (self.app.size.width - 4) // _COLUMN)

    def render(self) -> Content:
        """Keys and what they lead to, in columns."""
        choices = self._prefix.choices if self._prefix is not None else ()
        key = self.get_visual_style("which--key").markup_tag
        rows = -(-len(choices) // self._columns)
        lines = []
        for row in range(rows):
            parts: list[Content] = []
            for choice in choices[row::rows]:
                keys = clean(self._keymap.spoken(choice.keys))
                parts.append(shown(keys, key))
                title = column(say(choice.command.title), _COLUMN - len(keys) - 2)
                parts.append(shown(clean(f" {title} ")))
            lines.append(Content.assemble(*parts))
        return Content("\n").join(lines)
