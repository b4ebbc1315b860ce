"""Copying: the chord `y`. The text goes to the terminal, which may have a clipboard (OSC 52)."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        """The first order number that the ticket names."""
        view = self._app.desk.conversation.view
        self._copy(view.order_refs[0] if view is not None and view.order_refs else None)

    @does("copy.customer")
    def customer(self) -> None:
        """The customer's name."""
        row = self._app.desk.tickets.current
        view = self._app.desk.conversation.view
        ticket = view.ticket if view is not None and self._app.panes.shows_conversation else row
        self._copy(ticket.customer if ticket is not None else None)

    @does("copy.address")
    def address(self) -> None:
        """The customer's address."""
        view = self._app.desk.conversation.view
        theirs = [e.address for e in view.entries if not e.ours and e.address] if view else []
        self._copy(theirs[-1] if theirs else None)

    @does("copy.message")
    def message(self) -> None:
        """The text of the entry under the cursor."""
        entry = self._app.conversation.current
        self._copy(self._app.desk.conversation.text_of(entry) if entry is not None else None)

    @does("copy.link")
    def reference(self) -> None:
        """The ticket's reference."""
        ref = self._app.performer.subject(self._app.focused).ref
        self._copy(clean(ref) if ref else None)

    def _copy(self, text: SafeText | None) -> None:
        if not text:
            self._app.tell(say("There is nothing of that kind here"), error=True)
            return
        self._app.copy_to_clipboard(text)
        told = clip(clean(text, multiline=False), _SHOWN)
        self._app.tell(say("Sent to the clipboard: {text}", text=told))
