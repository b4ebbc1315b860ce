"""Copying: the chord `y`. The text goes to the terminal's clipboard, to tmux, or to a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean, clip
from deskterm.ui.does import does

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp

_SHOWN = 120


class Copying:
    """Sends parts of the open ticket to the clipboard, and shows them, so that they can be selected
    where a terminal has none.
    """

    def __init__(self, app: DeskApp) -> None:
        self._app = app

    @does("copy.order")
    def order(self) -> None:
        """The number of the order that is shown, else the first one that was written."""
        model = self._app.order
        unknown = model.found.unknown if model.found is not None else ()
        self.copy(model.order.ref if model.order is not None else next(iter(unknown), None))

    @does("copy.tracking")
    async def tracking(self) -> None:
        """The number of the newest parcel of the ticket's orders."""
        ticket_id = self._app.performer.subject(self._app.focused).ticket_id
        if ticket_id is None:
            self.copy(None)
            return
        try:
            found = await self._app.read("copy", lambda reading: reading.orders_of(ticket_id))
        except DesktermError as error:
            self._app.tell_error(error)
            return
        orders = found.orders if found is not None else ()
        parcels = [each for order in orders for each in order.parcels if each.number]
        parcels.sort(key=lambda each: each.shipped_at or each.fetched_at)
        self.copy(parcels[-1].number if parcels else None)

    @does("copy.customer")
    def customer(self) -> None:
        """The customer's name."""
        row = self._app.desk.tickets.current
        view = self._app.desk.conversation.view
        ticket = view.ticket if view is not None and self._app.panes.shows_conversation else row
        self.copy(ticket.customer if ticket is not None else None)

    @does("copy.address")
    def address(self) -> None:
        """The customer's address."""
        view = self._app.desk.conversation.view
        theirs = [e.address for e in view.entries if not e.ours and e.address] if view else []
        self.copy(theirs[-1] if theirs else None)

    @does("copy.message")
    def message(self) -> None:
        """The text of the entry under the cursor."""
        entry = self._app.conversation.current
        self.copy(self._app.desk.conversation.text_of(entry) if entry is not None else None)

    @does("copy.link")
    def reference(self) -> None:
        """The ticket's reference."""
        ref = self._app.performer.subject(self._app.focused).ref
        self.copy(clean(ref) if ref else None)

    def copy(self, text: SafeText | None) -> None:
        """Send a text where the terminal keeps what is copied."""
        if not text:
            self._app.tell(say("There is nothing of that kind here"), error=True)
            return
        self._app.run_worker(self._give(text), group="copy")

    async def _give(self, text: SafeText) -> None:
        """Send it out by the way that this terminal has."""
        from deskterm.ui.apart import apart
        from deskterm.ui.clipboard import give_to_tmux, way_of

        app = self._app
        way = way_of(os.environ)
        told = clip(clean(text, multiline=False), _SHOWN)
        if way == "tmux" and await apart(lambda: give_to_tmux(text)):
            app.tell(say("Sent to the clipboard and to tmux: {text}", text=told))
        elif way == "nowhere":
            try:
                path = await apart(lambda: app.desk.outside().keep_copied(text))
            except DesktermError as error:
                app.tell_error(error)
                return
            where = clean(str(path), multiline=False)
            app.tell(
                say("This terminal has no clipboard. In {path}: {text}", path=where, text=told)
            )
        else:
            app.copy_to_clipboard(text)
            app.tell(say("Sent to the clipboard: {text}", text=told))
