"""The conversation of a ticket on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import ClassVar

from deskterm.i18n import say
from deskterm.service.command import Context
from deskterm.service.reading.rows import ConversationView, Entry
from deskterm.text.clean import SafeText, clean
from deskterm.ui.blocks import Block
from deskterm.ui.conversation_lines import Look, Shown, entry_block, header
from deskterm.ui.does import does
from deskterm.ui.entry_pane import EntryPane, Marks
from deskterm.ui.order_strip import strip_lines
from deskterm.ui.painting import EMPTY, Line, joined
from deskterm.ui.reply_window import window_lines
from deskterm.ui.taking import TakesCommands
from deskterm.viewmodel import words
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.order_strip import Strip
from deskterm.viewmodel.reply_window import ReplyWindow
from deskterm.viewmodel.words import Symbols


class ConversationPane(EntryPane, TakesCommands):
    """Paints a `Conversation`.

    Args:
        conversation: the model.
        symbols: marks of entries.
        now: the time (aware, UTC).
        zone: of the clock on the wall.
        strip: the order in two lines; None where there is none, or it is shown elsewhere.
        window: until when the ticket can be answered.
        hint: the contact reason that a ticket seems to have, in words; empty: none.
    """

    context: ClassVar[Context] = "conversation"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "conversation--file",
        "conversation--head",
        "conversation--order",
        "conversation--header",
        "conversation--ours",
        "conversation--outgoing",
        "conversation--theirs",
        "conversation--time",
        "conversation--warning",
    }

    def __init__(
        self,
        conversation: Conversation,
        *,
        symbols: Symbols,
        now: Callable[[], datetime],
        zone: tzinfo,
        strip: Callable[[], Strip | None] = lambda: None,
        window: ReplyWindow | None = None,
        hint: Callable[[int], SafeText] = lambda _: EMPTY,
        id: str | None = None,  # noqa: A002 - named as in Textual
    ) -> None:
        super().__init__(symbols, id=id)
        self.conversation = conversation
        self._now = now
        self._zone = zone
        self._strip = strip
        self._window = window
        self._hint = hint
        self._ticket_id: int | None = None
        self._marks: dict[str, Marks] = {}
        self._blocks: dict[str, tuple[Shown, int, Block]] = {}
        #: All that the lines are made of, as it was when they were shown last.
        self._made_of: object = None
        conversation.changed.connect(self._changed)

    # Lines.

    def lay_out(self, entry: Entry) -> Block:
        """The lines of an entry; those of one that looks the same are kept."""
        shown = self._shown(entry)
        width = self.line_width
        kept = self._blocks.get(entry.key)
        if kept is not None and kept[1] == width and kept[0] == shown:
            return kept[2]
        block = entry_block(shown, self._look())
        self._blocks[entry.key] = (shown, width, block)
        return block

    def _shown(self, entry: Entry) -> Shown:
        model = self.conversation
        return Shown(entry, model.whole_of(entry.key), model.details_of(entry.key))

    def marks(self, key: str) -> Marks:
        """What was found in an entry."""
        return self._marks.get(key, ())

    def words(self) -> tuple[SafeText, ...]:
        """What stands where there is no conversation, and the key that helps."""
        model = self.conversation
        if model.state == "loading":
            return (model.words,)
        if model.state == "empty":
            key = clean(self.dispatcher.keymap.key_of("ticket.open", "list"))
            return model.words, say("{key} opens the one under the cursor", key=key)
        back = self._key_of("conversation.leave")
        return model.words, say("{key} goes back to the list", key=back)

    def _look(self) -> Look:
        return Look(self.line_width, self._now(), self._zone, self._symbols, self._key_of)

    def _key_of(self, command_id: str) -> SafeText:
        return clean(self.dispatcher.keymap.key_of(command_id, self.context))

    # The model.

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()

    def _changed(self) -> None:
        if not self.is_attached:
            return
        view = self.conversation.view
        before, self._ticket_id = self._ticket_id, view.ticket.ticket_id if view else None
        self._marks = self._take_marks()
        if self._ticket_id != before:
            self._blocks.clear()
        if view is None:
            self._made_of = None
            self.show_words()
        else:
            head = self._head(view)
            made_of = head, view.earlier, self._marks, [*map(self._shown, view.entries)]
            if self._ticket_id != before or made_of != self._made_of:
                self._made_of = made_of
                self.show_entries(view.entries, view.earlier, head, anew=self._ticket_id != before)
        self.place_changed()

    def head_changed(self) -> None:
        """Something is known of the order, the window or the contact reason that was not, or is
        shown elsewhere now.
        """
        view = self.conversation.view
        if view is None or view.ticket.ticket_id != self._ticket_id or not self.is_attached:
            return  # another ticket is about to be shown, with its head
        head = self._head(view)
        if head != self.header:
            self._made_of = None
            self.show_entries(view.entries, view.earlier, head, anew=False)

    def _head(self, view: ConversationView) -> tuple[Line, ...]:
        """The order, until when there is time for an answer, then what else is known."""
        return (
            *strip_lines(self._strip(), self._symbols),
            *window_lines(self._window, self._symbols, self.line_width),
            *header(view, self._look(), self._hint(view.ticket.ticket_id)),
        )

    def _take_marks(self) -> dict[str, Marks]:
        """What was found, by entry."""
        here = self.conversation.match
        found: dict[str, list[tuple[int, int, bool]]] = {}
        for match in self.conversation.matches:
            found.setdefault(match.key, []).append((match.start, match.end, match == here))
        return {key: tuple(marks) for key, marks in found.items()}

    def place_changed(self) -> None:
        """Say in the border whose ticket it is and which entry is current."""
        model, view = self.conversation, self.conversation.view
        if view is None:
            self.title(model.title)
            self.subtitle(EMPTY)
            return
        self.title(joined(model.title, view.ticket.subject, by=" · "))
        place = words.position(self.place + view.earlier, len(view.entries) + view.earlier)
        if model.wanted:
            wanted = clean(model.wanted, multiline=False)
            place = say("“{words}” {place}", words=wanted, place=model.found_words)
        status = words.status(view.ticket.status)
        self.subtitle(joined(clean(view.ticket.ref), status, place, by=" · "))

    # Commands.

    @does("message.next")
    def next(self) -> None:
        """To the next entry; on the last one, on to its end."""
        self.step(1)

    @does("message.previous")
    def previous(self) -> None:
        """To the entry before."""
        self.step(-1)

    @does("conversation.top")
    def to_top(self) -> None:
        """To the oldest entry."""
        self.go_to(0)
        self.scroll_lines(-self.top)

    @does("conversation.bottom")
    def to_bottom(self) -> None:
        """To the newest entry."""
        self.go_to(self._stack.count - 1)

    @does("conversation.half_down")
    def half_down(self) -> None:
        """Half a page down."""
        self.turn(self.page // 2)

    @does("conversation.half_up")
    def half_up(self) -> None:
        """Half a page up."""
        self.turn(-(self.page // 2))

    @does("conversation.page_down")
    def page_down(self) -> None:
        """A page down."""
        self.turn(self.page)

    @does("conversation.page_up")
    def page_up(self) -> None:
        """A page up."""
        self.turn(-self.page)

    @does("message.quote")
    def toggle_quoted(self) -> None:
        """Show or hide the quoted text of the current entry."""
        if self.current is not None:
            self.conversation.toggle_quoted(self.current.key)

    @does("message.headers")
    def toggle_details(self) -> None:
        """Show or hide the headers of the current entry."""
        if self.current is not None:
            self.conversation.toggle_details(self.current.key)

    def find_next(self) -> None:
        """Go on to where the words are found next; round at the end."""
        if self.conversation.matches:
            self.conversation.find_next()
            self._show_match()

    def find(self, text: str) -> None:
        """Mark words in the conversation and go to the newest place they are found at; empty text
        takes the marks off.
        """
        self.conversation.find(text)
        self._show_match()

    def step_back(self) -> bool:
        """Take off the marks of what was found; False where there are none."""
        if not self.conversation.wanted:
            return False
        self.conversation.find("")
        return True

    def _show_match(self) -> None:
        match = self.conversation.match
        number = self.number_of(match.key) if match is not None else None
        if match is not None and number is not None:
            self.go_to(number, match.start)
