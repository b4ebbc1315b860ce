"""What a workspace without an account offers, on one screen."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from deskterm.i18n import say
from deskterm.service.command import Context
from deskterm.text.clean import SafeText, cell_width, clean
from deskterm.ui.painting import column
from deskterm.ui.safe import shown
from deskterm.ui.taking import TakesCommands

_GAP = clean("  ")


class WelcomePane(TakesCommands, Widget, can_focus=True):
    """Choices with their keys.

    Args:
        agent: how the agent is called.
    """

    context: ClassVar[Context] = "welcome"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"welcome--key", "welcome--note"}

    def __init__(self, agent: SafeText) -> None:
        super().__init__(id="welcome")
        self._agent = agent

    def render(self) -> Content:
        """Textual: the choices."""
        key = self.get_visual_style("welcome--key").markup_tag
        note = self.get_visual_style("welcome--note").markup_tag
        lines = [shown(say("Welcome. There is no account here yet.")), shown(clean(""))]
        bound = [
            one
            for one in self.dispatcher.keymap.commands("welcome")
            if one.command.context == "welcome"
        ]
        titles = [say(one.command.title) for one in bound]
        width = max(map(cell_width, titles), default=0)
        for one, title in zip(bound, titles, strict=True):
            help_text = say(one.command.help) if one.command.help else clean("")
            if one.command.id == "welcome.name":
                help_text = say("You sign as {name}.", name=self._agent)
            keys = clean(self.dispatcher.keymap.spoken(one.keys[0]))
            parts = (shown(column(keys, 2), key), shown(_GAP), shown(column(title, width)))
            lines.append(Content.assemble(*parts, shown(_GAP), shown(help_text, note)))
        return Content("\n").join(lines)
