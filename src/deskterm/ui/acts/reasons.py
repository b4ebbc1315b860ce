"""The contact reason that a ticket seems to have: taken by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.i18n import say
from deskterm.service.table import TABLE
from deskterm.ui.does import does
from deskterm.viewmodel.telling import Parsed

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp


class Reasons:
    """Takes what is suggested."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app

    @does("ticket.take_reason")
    async def take(self) -> None:
        """The ticket is about what it seems to be about."""
        app = self._app
        subject = app.performer.subject(app.focused)._replace(marked=())
        ticket_id = subject.ticket_id
        reason = "" if ticket_id is None else app.macros.model.reason_of(ticket_id)
        if not reason:
            app.tell(say("No contact reason is suggested"), error=True)
            return
        await app.performer.ask_office(Parsed(TABLE["ticket.reason"], {"reason": reason}), subject)
