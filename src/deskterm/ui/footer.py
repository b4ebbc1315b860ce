"""The line at the foot: the acts that are most likely to be wanted here, with their keys."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.events import Click
from textual.strip import Strip
from textual.widget import Widget

from deskterm.i18n import marked, say
from deskterm.text.clean import SafeText, cell_width, clean
from deskterm.ui.painting import Piece, blanks, cut, segments
from deskterm.ui.taking import CommandApp

if TYPE_CHECKING:
    from deskterm.service.command import Command, Context
    from deskterm.viewmodel.keys import Keymap

#: Columns from which on more acts are named, and how many then and before.
WIDE, FEW, MANY = 110, 7, 11
#: How many acts of the context have their place before what stands at the front has its own.
_KEPT = 4
#: Cells below which what is left of it tells nothing.
_LEAST = 12
_GAP = 2
_HELP = "app.help"
_KEY = "footer--key"

#: Shorter than the titles of the table.
_SHORT = MappingProxyType(
    {
        "queue.next": marked("next"),
        "ticket.open": marked("open", "verb"),
        "conversation.leave": marked("list"),
        "ticket.write_reply": marked("reply"),
        "ticket.write_note": marked("note"),
        "ticket.resolve": marked("resolve"),
        "ticket.snooze": marked("snooze"),
        "order.focus": marked("order"),
        "order.actions": marked("do"),
        "order.insert": marked("insert"),
        "order.timeline": marked("timeline"),
        "order.next": marked("next order"),
        "order.refresh": marked("read anew"),
        "ticket.take": marked("take"),
        "ticket.tag": marked("tags"),
        "ticket.no_reply_needed": marked("no reply"),
        "app.undo": marked("undo"),
        "app.help": marked("keys"),
        "app.command_line": marked("command"),
        "view.search": marked("search"),
        "composer.send": marked("send"),
        "composer.header": marked("header"),
        "composer.macro": marked("macro"),
        "macro.pick": marked("macro"),
        "macro.use": marked("use"),
        "macro.why": marked("why"),
        "macro.reject": marked("not fitting"),
        "macro.leave": marked("back"),
        "composer.attach": marked("attach"),
        "message.attachments": marked("files"),
        "files.look": marked("look at it"),
        "files.next": marked("next file"),
        "files.save": marked("save"),
        "files.open": marked("open", "verb"),
        "files.leave": marked("back"),
        "rules.leave": marked("back"),
        "playbook.leave": marked("back"),
        "playbook.next": marked("next one"),
        "playbook.find": marked("find"),
        "playbook.beside": marked("keep beside"),
        "composer.next_finding": marked("finding"),
        "composer.note_toggle": marked("note"),
        "composer.discard": marked("discard"),
        "composer.leave": marked("back"),
        "line.take": marked("take"),
        "line.complete": marked("complete"),
        "line.down": marked("next row"),
        "line.leave": marked("back"),
        "header.done": marked("back to the text"),
        "outbox.leave": marked("list"),
        "health.leave": marked("list"),
        "sync.now": marked("sync now"),
        "welcome.demo": marked("demo"),
        "welcome.tour": marked("tour"),
        "welcome.account": marked("account"),
        "welcome.name": marked("your name"),
        "welcome.leave": marked("quit"),
        "outbox.take_back": marked("take back"),
        "outbox.send_anyway": marked("send anyway"),
        "outbox.send_again": marked("send again"),
        "outbox.mark_sent": marked("mark as sent"),
        "outbox.send_later": marked("send later"),
    }
)


Entry = tuple[str, SafeText, "Command"]


class KeyLine(Widget):
    """Acts with their keys, whole or not at all; how to see the rest stands at the end. It is blank
    until it is told what to show.

    Args:
        keymap: gives keys and ranks.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {_KEY}

    def __init__(self, keymap: Callable[[], Keymap]) -> None:
        super().__init__(id="footer")
        self._keymap = keymap
        self._where: Context | None = None
        self._without: frozenset[str] = frozenset()
        self._first: Entry | None = None
        self._places: list[tuple[int, int, Command]] = []
        self._styles: dict[str, Style] = {}

    def show(
        self,
        context: Context,
        without: frozenset[str] = frozenset(),
        first: Entry | None = None,
    ) -> None:
        """Name the acts of a context, but for those that mean nothing now.

        Args:
            first: what is named before them: key, words and command. Its words are cut, and it is
                left out where too little of them would stay, so that the first few acts have room.
        """
        without &= {bound.command.id for bound in self._keymap().footer(context)}
        if (context, without, first) != (self._where, self._without, self._first):
            self._where, self._without, self._first = context, without, first
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, painted without a detour: it may change with every key."""
        width = self.container_size.width
        if not self._styles:
            self._styles = {"": self.rich_style, _KEY: self.get_component_rich_style(_KEY)}
        pieces = self._pieces(width) if y == 0 else ()
        return Strip(segments(pieces, width, self._styles.__getitem__), width)

    def notify_style_update(self) -> None:
        """Textual: theme or classes have changed."""
        self._styles.clear()
        super().notify_style_update()

    def _pieces(self, width: int) -> list[Piece]:
        if self._where is None:
            return []
        keymap = self._keymap()
        most = MANY if self.app.size.width >= WIDE else FEW
        entries = [
            (keymap.spoken(bound.keys[0]), words_of(bound.command), bound.command)
            for bound in keymap.footer(self._where)
            if bound.command.id not in self._without
        ]
        last = [entry for entry in entries if entry[2].id == _HELP]
        entries = [entry for entry in entries if entry not in last]
        room = width - sum(_width(entry) for entry in last) - _GAP
        if self._first is not None:
            key, words, command = self._first
            kept = sum(_width(entry) + _GAP for entry in entries[:_KEPT])
            left = room - kept - _GAP - cell_width(key) - 1
            if left >= min(_LEAST, cell_width(words)):
                entries.insert(0, (key, cut(words, left), command))
        parts: list[Piece] = []
        self._places = []
        place = 0
        for entry in entries[:most]:
            if place + _width(entry) + _GAP > room:
                continue
            parts += Piece(clean(entry[0]), _KEY), Piece(clean(f" {entry[1]}  "))
            self._places.append((place, place + _width(entry), entry[2]))
            place += _width(entry) + _GAP
        for entry in last:
            start = max(place, width - _width(entry))
            parts.append(Piece(blanks(start - place)))
            parts += Piece(clean(entry[0]), _KEY), Piece(clean(f" {entry[1]}"))
            self._places.append((start, start + _width(entry), entry[2]))
        return parts

    def command_at(self, x: int) -> Command | None:
        """The act that stands in a column."""
        return next((command for start, end, command in self._places if start <= x < end), None)

    async def on_click(self, event: Click) -> None:
        """A click does an act."""
        command, focused = self.command_at(event.x), self.app.focused
        if command is not None and focused is not None and isinstance(self.app, CommandApp):
            await self.app.dispatcher.perform(command, focused)


def words_of(command: Command) -> SafeText:
    """What the footer calls a command."""
    return say(_SHORT.get(command.id, command.title))


def _width(entry: Entry) -> int:
    return cell_width(entry[0]) + 1 + cell_width(entry[1])
