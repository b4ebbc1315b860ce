"""Which panes are on the screen, which has the keys, and the ways back and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.widget import Widget

from deskterm.i18n import say
from deskterm.ui.does import does
from deskterm.ui.waiting import until

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp

Side = Literal["list", "order", "outbox", "health"]
_OPEN = "-open"


class Panes:
    """Shows and hides panes. The order has a column of its own where there is room for it.

    On a narrow screen there is either the list (or outbox, or health) or the conversation; on a
    wide one both stand side by side.
    """

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self.side: Side = "list"
        #: What stood on the left before the order did, and whether a conversation was open.
        self._before_order: tuple[Side, bool] = ("list", False)

    # What is where

    @property
    def side_pane(self) -> Widget:
        """The pane on the left: tickets, outbox or health."""
        welcome = self._app.beginning.welcome
        if self.side == "list" and welcome is not None and welcome.display:
            return welcome
        return self._app.side_panes[self.side]

    @property
    def is_open(self) -> bool:
        """Whether a conversation is open: alone on a narrow screen, else with the keys once."""
        return self._app.screen.has_class(_OPEN)

    @property
    def shows_conversation(self) -> bool:
        """Whether the conversation can be seen."""
        return self.is_open or not self._app.is_narrow

    async def show_side(self, side: Side) -> None:
        """Show tickets, outbox or health on the left, and give it the keys."""
        app = self._app
        self.side = side
        pane = await app.side_pane(side)
        for name, other in app.side_panes.items():
            other.display = name == side
        app.screen.remove_class(_OPEN)
        app.give_keys(pane)

    async def show_order(self) -> None:
        """Show the order on the left, and give it the keys."""
        if self.side != "order":
            self._before_order = (self.side, self.is_open)
            await self.show_side("order")
        else:
            self._app.screen.remove_class(_OPEN)
            self._app.give_keys(self.side_pane)

    async def leave_order(self) -> None:
        """Put back what stood there before the order."""
        side, was_open = self._before_order
        await self.show_side(side)
        if was_open:
            self._app.screen.add_class(_OPEN)
            self._app.give_keys(self._app.conversation)

    async def open(self, ticket_id: int) -> None:
        """Open a ticket and give its conversation the keys, once it is there."""
        app = self._app
        if self.side == "order" and app.is_narrow:
            await self.show_side("list")
        conversation = app.desk.conversation
        conversation.open(ticket_id, at_once=True)
        app.screen.add_class(_OPEN)
        app.give_keys(app.conversation)

        def is_there() -> bool:
            view = conversation.view
            if conversation.ticket_id != ticket_id or conversation.state in ("gone", "failed"):
                return True
            return view is not None and view.ticket.ticket_id == ticket_id

        await until(is_there, conversation.changed)

    def to_side(self) -> None:
        """Leave the conversation for the pane on the left."""
        app = self._app
        app.screen.remove_class(_OPEN)
        app.give_keys(self.side_pane)
        app.follow_cursor()

    # Commands

    @does("ticket.open")
    async def open_current(self) -> None:
        """Open the ticket under the cursor."""
        ticket_id = self._app.desk.tickets.current_id
        if ticket_id is not None:
            await self.open(ticket_id)

    @does("outbox.open")
    async def open_outgoing(self) -> None:
        """Open the ticket of a reply in the outbox."""
        item = self._app.desk.outbox.current
        if item is not None:
            await self.open(item.ticket_id)

    @does("conversation.leave")
    def leave_conversation(self) -> None:
        """Back to the list."""
        self.to_side()

    @does("outbox.leave", "health.leave")
    async def leave_side(self) -> None:
        """Back to the tickets."""
        await self.show_side("list")

    @does("app.back")
    async def back(self) -> None:
        """One step back: marks, notice, conversation, outbox, search."""
        app = self._app
        focused = app.focused
        if focused is app.conversation:
            if not app.conversation.step_back():
                self.to_side()
        elif app.orders.panel is not None:
            await app.orders.leave()
        elif app.macros.has_keys:
            app.macros.leave()
        elif self.side != "list":
            await self.show_side("list")
        elif app.desk.marks:
            app.desk.marks.clear()
        elif app.desk.tickets.view.narrowed:
            app.desk.tickets.narrow("")
        elif app.desk.tickets.view.id == "query":
            await app.going.home()
        elif app.touring.is_on:
            app.touring.leave()
        else:
            app.notices.clear()

    @does("app.close")
    async def close(self) -> None:
        """Close what has the keys; in the list this ends the console."""
        app = self._app
        if app.focused is app.conversation:
            self.to_side()
        elif app.orders.panel is not None:
            await app.orders.leave()
        elif app.macros.has_keys:
            app.macros.leave()
        elif self.side != "list":
            await self.show_side("list")
        else:
            app.leave()

    @does("app.quit")
    def quit(self) -> None:
        """End the console."""
        self._app.leave()

    @does("pane.next")
    async def next(self) -> None:
        """The keys go to the next pane."""
        await self._step(1)

    @does("pane.previous")
    async def previous(self) -> None:
        """The keys go to the pane before."""
        await self._step(-1)

    async def _step(self, step: int) -> None:
        app = self._app
        panes: list[Widget] = [self.side_pane]
        if self.shows_conversation or app.is_narrow:
            panes.append(app.conversation)
        if app.orders.aside is not None:
            panes.append(app.orders.aside)
        if app.macros.pane is not None:
            panes.append(app.macros.pane)
        text = app.writing.text
        if text is not None:
            panes.append(text)
        now = next((n for n, pane in enumerate(panes) if pane is app.focused), len(panes) - 1)
        chosen = panes[(now + step) % len(panes)]
        if chosen is app.conversation:
            ticket_id = app.desk.conversation.ticket_id or app.desk.tickets.current_id
            if ticket_id is None:
                app.tell(say("No ticket is chosen"))
                return
            await self.open(ticket_id)
        elif chosen is self.side_pane:
            self.to_side()
        elif chosen in (app.orders.aside, app.macros.pane):
            app.give_keys(chosen)
        else:
            app.screen.add_class(_OPEN)
            app.give_keys(chosen)

    @does("app.redraw")
    def redraw(self) -> None:
        """Paint everything anew."""
        from deskterm.ui import terminal

        terminal.redraw(self._app)
        if self._app.late.files is not None:
            self._app.late.files.redraw()

    @does("app.theme")
    def theme(self, name: str = "") -> None:
        """The theme of that name, or the next one."""
        app = self._app
        names = app.desk.themes.names
        if not names:
            return
        if not name:
            here = names.index(app.theme) if app.theme in names else -1
            name = names[(here + 1) % len(names)]
        app.colours.choose(name)
