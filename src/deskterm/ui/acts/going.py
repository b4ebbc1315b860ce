"""Going places: views, the next ticket, and on after a ticket is done with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.service.reading.views import NEEDS_US, View
from deskterm.ui.does import does
from deskterm.ui.waiting import until
from deskterm.viewmodel.views import AREA, view_of
from deskterm.viewmodel.words import error_words

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp

#: Rows below the cursor that are looked at for the next ticket that needs us.
_NEAR = 64


class Going:
    """Moves list and conversation to other tickets."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app

    # Views

    async def _show(self, command_id: str) -> None:
        view = view_of(command_id)
        if view is not None:
            await self._app.panes.show_side("list")
            await self.show(view)

    async def show_own(self, command_id: str) -> bool:
        """Show a view of the shop's own; False for other commands."""
        area, _, name = command_id.partition(".")
        view = self._app.desk.own_views.views.get(name) if area == AREA else None
        if view is None:
            return False
        await self._app.panes.show_side("list")
        await self.show(view)
        return True

    async def show(self, view: View, *, ticket_id: int | None = None) -> None:
        """Show a view in the list; the next key finds it there."""
        tickets = self._app.desk.tickets
        tickets.show(view, ticket_id=ticket_id)
        await until(lambda: tickets.view == view and tickets.state != "loading", tickets.changed)

    async def home(self) -> None:
        """What needs us."""
        await self.show(NEEDS_US)

    @does("go.needs_us")
    async def needs_us(self) -> None:
        """Tickets in which it is our turn."""
        await self._show("go.needs_us")

    @does("go.mine")
    async def mine(self) -> None:
        """Tickets of this agent."""
        await self._show("go.mine")

    @does("go.unowned")
    async def unowned(self) -> None:
        """Tickets that nobody owns."""
        await self._show("go.unowned")

    @does("go.snoozed")
    async def snoozed(self) -> None:
        """Tickets that are hidden until a time."""
        await self._show("go.snoozed")

    @does("go.waiting")
    async def waiting(self) -> None:
        """Tickets that wait for the customer."""
        await self._show("go.waiting")

    @does("go.drafts")
    async def drafts(self) -> None:
        """Tickets on which something is being written."""
        await self._show("go.drafts")

    @does("go.all")
    async def everything(self) -> None:
        """All tickets."""
        await self._show("go.all")

    @does("go.outbox")
    async def outbox(self) -> None:
        """Replies on their way."""
        self._app.desk.outbox.refresh()
        await self._app.panes.show_side("outbox")

    @does("go.health")
    async def health(self) -> None:
        """How the sync does."""
        self._app.desk.health.refresh()
        await self._app.panes.show_side("health")

    # Tickets

    @does("queue.next")
    async def next(self) -> None:
        """Open the next ticket in which it is our turn."""
        await self._to_needing(1)

    @does("queue.previous")
    async def previous(self) -> None:
        """Open the one before."""
        await self._to_needing(-1)

    @does("ticket.next")
    async def next_in_list(self) -> None:
        """Open the next ticket of the list."""
        await self.step(1)

    @does("ticket.previous")
    async def previous_in_list(self) -> None:
        """Open the one before in the list."""
        await self.step(-1)

    async def step(self, step: int) -> None:
        """Open the ticket so many rows further down."""
        app = self._app
        app.desk.tickets.move_by(step)
        ticket_id = app.desk.tickets.current_id
        if ticket_id is not None:
            await app.panes.open(ticket_id)

    async def on_from(self, ticket_id: int | None) -> None:
        """A ticket is done with: go on to the next below it that needs us, where there is one.

        The list follows by itself when the ticket leaves the view; this is what makes the next key
        count for the next ticket at once.
        """
        app = self._app
        tickets = app.desk.tickets
        start = tickets.index_of(ticket_id) if ticket_id is not None else None
        was_open = app.panes.is_open
        below = range(start + 1, min(start + 1 + _NEAR, tickets.count)) if start is not None else ()
        for place in below:
            row = tickets.row(place)
            if row is not None and row.needs_us:
                tickets.move_to(place)
                if was_open:
                    await app.panes.open(row.ticket_id)
                elif app.panes.side == "order":
                    app.desk.conversation.open(row.ticket_id)
                return
        if was_open:
            app.panes.to_side()

    async def _to_needing(self, direction: Literal[1, -1]) -> None:
        app = self._app
        here = app.performer.subject(app.focused).ticket_id
        after = here if here is not None else app.desk.tickets.current_id
        try:
            ticket_id = await app.read(
                "next", lambda reading: reading.next_needing_us(after, direction)
            )
        except DesktermError as error:
            app.tell(error_words(error), error=True)
            return
        if ticket_id is None:
            app.tell(say("Nothing needs us"))
            return
        if not app.desk.tickets.move_to_ticket(ticket_id):
            await self.show(NEEDS_US, ticket_id=ticket_id)
        await app.panes.open(ticket_id)
