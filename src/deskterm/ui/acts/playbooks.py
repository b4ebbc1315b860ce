"""Playbooks beside the ticket: opening the one that fits, searching, and giving the keys back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.domain.errors import DesktermError
from deskterm.i18n import language, say
from deskterm.ui.does import does
from deskterm.viewmodel.playbook import Playbooks as Model

if TYPE_CHECKING:
    from textual.widget import Widget

    from deskterm.ui.app import DeskApp
    from deskterm.ui.file_list import Overlay
    from deskterm.ui.playbook import PlaybookFind, PlaybookPane


class Playbooks:
    """Shows what the shop does in a situation."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._model = Model()
        self._pane: PlaybookPane | None = None
        self._overlay: Overlay | None = None
        self._find: PlaybookFind | None = None
        self._origin: Widget | None = None

    @does("playbook.open", "composer.playbook")
    async def open(self) -> None:
        """The playbook that fits the ticket best, and what its reply breaks; the others behind."""
        app = self._app
        ticket_id = app.performer.subject(app.focused).ticket_id
        if ticket_id is None:
            app.tell(say("No ticket is chosen"), error=True)
            return
        broken, speaks = self._broken(), language()
        try:
            view = await app.read(
                "playbooks", lambda reading: reading.playbooks_of(ticket_id, speaks, broken)
            )
        except DesktermError as error:
            app.tell_error(error)
            return
        if view is None:
            app.tell(say("There are no playbooks to show here"), error=True)
            return
        overlay, pane = await self._parts()
        focused = app.focused
        if focused is not pane:
            self._origin = focused
        self._model.show(view)
        overlay.show(pane)

    @does("playbook.leave")
    def leave(self) -> None:
        """Close it; the keys go back to where they were."""
        self.close()
        self._give_back()

    @does("playbook.beside")
    def beside(self) -> None:
        """Back to where the keys were; it stays where it hides nothing that is needed there."""
        if not self._is_beside:
            self.close()
        self._give_back()

    @does("playbook.find")
    async def find(self) -> None:
        """Ask for words to find."""
        from deskterm.ui.playbook import PlaybookFind

        if self._find is None:
            self._find = PlaybookFind(self._model)
            await self._app.lines.add(self._find)
        self._find.begin(self._model.wanted)

    def close(self) -> None:
        """Nothing of it stays on the screen."""
        if self._overlay is not None:
            self._overlay.display = False

    def _left(self) -> None:
        """Something else has taken the keys."""
        if not self._is_beside:
            self.close()

    @property
    def _is_beside(self) -> bool:
        """Whether it stands beside what had the keys: not where there is but one pane, nor over
        the list of tickets that is gone through.
        """
        app, origin = self._app, self._origin
        side = app.panes.side_pane
        in_side = origin is not None and side in origin.ancestors_with_self
        return app.is_wide or not (app.is_narrow or in_side)

    def _give_back(self) -> None:
        app, origin = self._app, self._origin
        is_there = origin is not None and origin.is_attached and origin.focusable
        app.give_keys(origin if origin is not None and is_there else app.panes.side_pane)

    def _broken(self) -> tuple[str, ...]:
        """The rules that what is being written breaks."""
        composer = self._app.writing.composer
        if composer is None or not self._app.writing.has_keys:
            return ()
        return tuple(dict.fromkeys(str(one.rule) for one in composer.findings.items))

    async def _parts(self) -> tuple[Overlay, PlaybookPane]:
        """The widgets, made when they are first wanted."""
        from deskterm.ui.file_list import Overlay
        from deskterm.ui.playbook import PlaybookPane

        if self._overlay is None or self._pane is None:
            app = self._app
            app.load_styles("blocks.tcss")
            app.load_styles("over.tcss")
            self._pane = PlaybookPane(self._model, symbols=app.desk.symbols)
            self._overlay = Overlay(self._pane, left=self._left, within="playbook")
            self._overlay.display = False
            await app.screen.mount(self._overlay)
        return self._overlay, self._pane
