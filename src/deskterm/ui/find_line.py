"""The line for words to find in the open ticket."""

from __future__ import annotations

from deskterm.i18n import say
from deskterm.ui.chooser import Chooser, Row
from deskterm.ui.conversation import ConversationPane


class FindBar(Chooser):
    """Marks what is typed in the conversation, while it is typed."""

    def __init__(self, pane: ConversationPane) -> None:
        super().__init__(say("Find in this ticket"), id="find")
        self._pane = pane

    def typed(self, text: str) -> None:
        """Mark the words and say how many places there are."""
        self._pane.find(text)
        words = self._pane.conversation.found_words
        self.choices.put([Row(words, heading=True)] if words else [], -1)

    def move(self, step: int) -> None:
        """The next place; round at the end."""
        del step
        self._pane.find_next()
        words = self._pane.conversation.found_words
        self.choices.put([Row(words, heading=True)] if words else [], -1)

    def choose(self, place: int) -> None:
        """There is nothing to choose."""

    async def entered(self) -> None:
        """Back to the conversation, with the marks."""
        self.end()

    def escaped(self) -> None:
        """Back without marks."""
        self._pane.find("")
        self.end()
