"""The files of a ticket and its messages as they came: looking at them, saving, opening."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean
from deskterm.ui.apart import apart
from deskterm.ui.does import does
from deskterm.viewmodel import words
from deskterm.viewmodel.file_kinds import HEAD_BYTES, Kind, kind_of, text_of
from deskterm.viewmodel.files import TicketFile, TicketFiles

if TYPE_CHECKING:
    from textual.widget import Widget

    from deskterm.ui.abilities import Abilities, Showing
    from deskterm.ui.app import DeskApp
    from deskterm.ui.file_list import FileList, Overlay
    from deskterm.ui.pager import Pager
    from deskterm.ui.picture import PicturePane, Wanted
    from deskterm.ui.terminal import Answered

MOST_TEXT: Final = 200_000
"""Bytes of a text file that are shown."""

_GROUP: Final = "files"
_FAR: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class _Parts:
    """The widgets, made when they are first wanted."""

    overlay: Overlay
    list: FileList
    pager: Pager
    picture: PicturePane


class Files:
    """Shows the files over the panes, and gives the keys back afterwards."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._made: _Parts | None = None
        self._abilities: Abilities | None = None
        self._model = TicketFiles()
        self._front: Widget | None = None
        self._is_raw = False
        self._confirmed = ""

    def answered(self, event: Answered) -> None:
        """The terminal has said what it can show."""
        if self._abilities is not None:
            self._abilities.answered(event.replies)

    def redraw(self) -> None:
        """The screen was cleared, and with it what the terminal had drawn."""
        parts = self._made
        if parts is not None and self._front is parts.picture and parts.overlay.display:
            self._start(self._look())

    # Opening and leaving

    @does("message.attachments")
    async def open(self) -> None:
        """The files of the ticket; those of the message under the cursor first."""
        app = self._app
        view = app.desk.conversation.view
        if view is None:
            app.tell(say("No ticket is chosen"), error=True)
            return
        entry = app.conversation.current
        self._model.open(view, entry.key if entry is not None else "")
        if not self._model.count:
            app.tell(self._model.words)
            return
        parts = await self._parts()
        self._is_raw = False
        self._bring(parts.list)

    @does("message.raw")
    async def raw(self) -> None:
        """The message under the cursor as it came."""
        app = self._app
        entry = app.conversation.current
        try:
            key = entry.key if entry is not None else ""
            found = await app.read("raw", lambda reading: reading.raw(key))
        except DesktermError as error:
            app.tell_error(error)
            return
        if entry is None or found is None:
            app.tell(say("Nothing is kept of this as it came"), error=True)
            return
        parts = await self._parts()
        self._is_raw = True
        parts.pager.title(say("As it came · {author}", author=entry.author))
        parts.pager.subtitle(_how_much(words.size(found.size), whole=found.whole))
        self._bring(parts.pager)
        parts.pager.show(found.text)

    @does("files.leave")
    def leave(self) -> None:
        """From what is shown back to the list, from there to the conversation."""
        parts = self._made
        if parts is None:
            return
        self._app.workers.cancel_group(self._app, _GROUP)
        if self._front is not parts.list and not self._is_raw:
            parts.picture.take_off()
            self._bring(parts.list)
            return
        self.close()
        self._app.give_keys(self._app.conversation)

    def close(self) -> None:
        """Nothing of it stays on the screen."""
        if self._made is not None and self._made.overlay.display:
            self._made.picture.take_off()
            self._made.overlay.display = False
            self._front = None

    # Moving

    @does("files.down")
    def down(self) -> None:
        """The next file, or a line."""
        self._move(1)

    @does("files.up")
    def up(self) -> None:
        """The file before, or a line."""
        self._move(-1)

    @does("files.page_down")
    def page_down(self) -> None:
        """A page."""
        self._move(self._page)

    @does("files.page_up")
    def page_up(self) -> None:
        """A page back."""
        self._move(-self._page)

    @does("files.top")
    def top(self) -> None:
        """To the first."""
        self._move(-_FAR)

    @does("files.bottom")
    def bottom(self) -> None:
        """To the last."""
        self._move(_FAR)

    @does("files.next")
    def next(self) -> None:
        """The next file, looked at as this one is."""
        self._step(1)

    @does("files.previous")
    def previous(self) -> None:
        """The file before."""
        self._step(-1)

    @property
    def _page(self) -> int:
        parts = self._made
        if parts is not None and self._front is parts.pager:
            return parts.pager.page
        return max(1, parts.list.page // 3) if parts is not None else 1

    def _move(self, step: int) -> None:
        parts = self._made
        if parts is not None and self._front is parts.pager:
            parts.pager.turn(step)
        else:
            self._step(step)

    def _step(self, step: int) -> None:
        self._confirmed = ""
        parts = self._made
        if parts is None or self._is_raw or not self._model.move_by(step):
            return
        if self._front is not parts.list:
            self._start(self._look())

    # Looking

    @does("files.look")
    def look(self) -> None:
        """Show the file under the cursor."""
        parts = self._made
        if parts is not None and self._front is parts.list:
            self._start(self._look())

    async def _look(self) -> None:
        item, parts = self._model.current, self._made
        if item is None or parts is None:
            return
        try:
            kind = await self._kind_of(item)
            if kind.shows == "picture":
                await self._show_picture(item, kind, parts)
            else:
                await self._show_text(item, kind, parts)
        except DesktermError as error:
            self._show_words(item, parts, words.error_words(error))

    async def _show_picture(self, item: TicketFile, kind: Kind, parts: _Parts) -> None:
        from deskterm.pictures.decoded import decoded
        from deskterm.ui.picture import paint

        outside, pane = self._app.desk.outside(), parts.picture
        pane.titles(item.file.filename, self._facts(item, kind))
        pane.say(say("Decoding…"))
        self._bring(pane)
        showing = await self._showing()
        await pane.laid_out()
        wanted: Wanted = pane.wanted(showing)
        path = outside.path_of(item.file)
        painted = await apart(lambda: paint(decoded(path, wanted.room, wanted.form), showing))
        across, down = painted.frame.original
        size = say("{width} × {height}", width=across, height=down)
        facts = clean(f"{self._facts(item, kind)} · {size}", multiline=False)
        pane.titles(item.file.filename, facts)
        pane.show(painted)

    async def _show_text(self, item: TicketFile, kind: Kind, parts: _Parts) -> None:
        if kind.shows == "nothing":
            told = say("{kind}: it is not shown here", kind=say(kind.title))
            self._show_words(item, parts, told, kind)
            return
        outside = self._app.desk.outside()
        content = await apart(lambda: outside.beginning(item.file, MOST_TEXT))
        text = await apart(lambda: clean(text_of(content)))
        parts.pager.title(item.file.filename)
        whole = len(content) >= item.file.size
        parts.pager.subtitle(_how_much(self._facts(item, kind), whole=whole))
        self._bring(parts.pager)
        parts.pager.show(text)

    def _show_words(
        self, item: TicketFile, parts: _Parts, told: SafeText, kind: Kind | None = None
    ) -> None:
        """Say what it is and what can be done with it."""
        key = self._app.dispatcher.keymap.key_of
        what = [told, say("{key} saves it", key=clean(key("files.save", "files")))]
        if kind is None or kind.ending:
            what.append(say("{key} opens it", key=clean(key("files.open", "files"))))
        parts.picture.take_off()
        parts.pager.title(item.file.filename)
        parts.pager.subtitle(self._facts(item, kind))
        self._bring(parts.pager)
        parts.pager.show(clean("\n" + "\n".join(what)))

    def _facts(self, item: TicketFile, kind: Kind | None) -> SafeText:
        size = words.size(item.file.size)
        place = words.position(self._model.cursor, self._model.count)
        name = say(kind.title) if kind is not None else item.file.mime
        return clean(" · ".join((name, size, place)), multiline=False)

    async def _kind_of(self, item: TicketFile) -> Kind:
        outside = self._app.desk.outside()
        return kind_of(await apart(lambda: outside.beginning(item.file, HEAD_BYTES)))

    # Saving and opening

    @does("files.save")
    def save(self) -> None:
        """Put a copy into the folder for downloads."""
        item, outside = self._model.current, self._app.desk.outside()
        if item is None or self._is_raw:
            self._app.tell(say("There is no file here"), error=True)
            return

        async def act() -> None:
            path = await apart(lambda: outside.save(item.file))
            self._app.tell(say("Saved as {path}", path=clean(str(path), multiline=False)))

        self._start(self._told(act))

    @does("files.open")
    def open_outside(self) -> None:
        """Hand a copy to the desktop, when the key was typed twice."""
        item = self._model.current
        if item is None or self._is_raw:
            self._app.tell(say("There is no file here"), error=True)
            return
        self._start(self._told(lambda: self._open_outside(item)))

    async def _open_outside(self, item: TicketFile) -> None:
        app, outside = self._app, self._app.desk.outside()
        kind = await self._kind_of(item)
        name = item.file.filename
        if not kind.ending:
            app.tell(
                say(
                    "{name} is not opened from here: {kind}. Save it, if you trust its sender",
                    name=name,
                    kind=say(kind.title),
                ),
                error=True,
            )
        elif self._confirmed != item.file.digest:
            self._confirmed = item.file.digest
            key = clean(app.dispatcher.keymap.key_of("files.open", "files"))
            app.tell(
                say(
                    "{name} ({kind}) comes from outside. {key} again opens it with the desktop",
                    name=name,
                    kind=say(kind.title),
                    key=key,
                )
            )
        else:
            self._confirmed = ""
            await apart(lambda: outside.open(item.file, kind.ending))
            app.tell(say("Handed to the desktop: {name}", name=name))

    # Parts

    async def _told(self, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except DesktermError as error:
            self._app.tell_error(error)

    def _start(self, work: Awaitable[None]) -> None:
        """Do what takes a while, without holding up the keys; what was begun before ends."""
        self._app.run_worker(work, group=_GROUP, exclusive=True)

    def _bring(self, part: Widget) -> None:
        if self._made is not None:
            self._front = part
            self._confirmed = ""
            self._made.overlay.show(part)

    async def _showing(self) -> Showing:
        from deskterm.ui.abilities import Abilities

        if self._abilities is None:
            self._abilities = Abilities(self._app, os.environ)
        return await self._abilities.find()

    async def _parts(self) -> _Parts:
        if self._made is None:
            self._made = await self._make()
        return self._made

    async def _make(self) -> _Parts:
        from deskterm.ui.file_list import FileList, Overlay
        from deskterm.ui.pager import Pager
        from deskterm.ui.picture import PicturePane
        from deskterm.ui.terminal import DeskDriver

        app, desk = self._app, self._app.desk
        app.load_styles("blocks.tcss")
        app.load_styles("over.tcss")
        listed = FileList(
            self._model, symbols=desk.symbols, now=desk.now, zone=desk.zone, opened=self.look
        )
        pager = Pager()
        picture = PicturePane(lambda: self._start(self._look()), ascii_only=DeskDriver.ascii_only)
        overlay = Overlay(listed, pager, picture, left=self.close)
        overlay.display = False
        await app.screen.mount(overlay)
        return _Parts(overlay, listed, pager, picture)


def _how_much(facts: SafeText, *, whole: bool) -> SafeText:
    """Facts, and whether that is all of it."""
    if whole:
        return facts
    return say("{facts} · only the beginning is shown", facts=facts)
