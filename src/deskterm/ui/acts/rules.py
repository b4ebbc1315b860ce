"""The rules of a channel over the panes: opening them, and giving the keys back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.ui.does import does
from deskterm.viewmodel.rule_sheet import Rules as Model

if TYPE_CHECKING:
    from textual.widget import Widget

    from deskterm.ui.app import DeskApp
    from deskterm.ui.file_list import Overlay
    from deskterm.ui.rule_sheet import RuleList


class Rules:
    """Shows the rules by which replies to a ticket are checked."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._model = Model()
        self._list: RuleList | None = None
        self._overlay: Overlay | None = None
        self._origin: Widget | None = None

    @does("rules.sheet", "composer.rules")
    async def open(self) -> None:
        """The rules of the channel that is written to, else of the ticket that is chosen."""
        app = self._app
        account = self._account()
        if not account:
            app.tell(say("No ticket is chosen"), error=True)
            return
        try:
            sheet = await app.read("rules", lambda reading: reading.rules_of(account))
        except DesktermError as error:
            app.tell_error(error)
            return
        if sheet is None:
            app.tell(say("There are no rules to show here"), error=True)
            return
        overlay, listed = await self._parts()
        focused = app.focused
        if focused is not listed:
            self._origin = focused
        self._model.show(sheet)
        overlay.show(listed)

    @does("rules.leave")
    def leave(self) -> None:
        """Back to where the keys were."""
        self.close()
        origin = self._origin
        is_there = origin is not None and origin.is_attached and origin.focusable
        self._app.give_keys(origin if origin is not None and is_there else self._fallback)

    def close(self) -> None:
        """Nothing of it stays on the screen."""
        if self._overlay is not None:
            self._overlay.display = False

    @property
    def _fallback(self) -> Widget:
        return self._app.panes.side_pane

    def _account(self) -> str:
        """The account by which the reply would leave that the keys are about."""
        app = self._app
        composer = app.writing.composer
        if composer is not None and app.writing.has_keys:
            return composer.target.account
        subject = app.performer.subject(app.focused)
        if subject.account:
            return subject.account
        view, row = app.desk.conversation.view, app.desk.tickets.current
        if view is not None and view.ticket.ticket_id == subject.ticket_id:
            return view.account or view.ticket.account
        return row.account if row is not None and row.ticket_id == subject.ticket_id else ""

    async def _parts(self) -> tuple[Overlay, RuleList]:
        """The widgets, made when they are first wanted."""
        from deskterm.ui.file_list import Overlay
        from deskterm.ui.rule_sheet import RuleList

        if self._overlay is None or self._list is None:
            app = self._app
            app.load_styles("blocks.tcss")
            app.load_styles("over.tcss")
            self._list = RuleList(self._model, symbols=app.desk.symbols)
            self._overlay = Overlay(self._list, left=self.close, within="rules")
            self._overlay.display = False
            await app.screen.mount(self._overlay)
        return self._overlay, self._list
