"""What the team wrote down, looked for and put into the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.i18n import say
from deskterm.ui.does import does

if TYPE_CHECKING:
    from deskterm.text.clean import SafeText
    from deskterm.ui.app import DeskApp
    from deskterm.ui.note_picker import NotePicker


class Notes:
    """Opens the list of notes."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._picker: NotePicker | None = None

    @does("note.pick", "composer.knowledge")
    async def pick(self) -> None:
        """Choose a note; it goes in where the cursor is, or begins a reply."""
        app = self._app
        ticket_id = app.performer.subject(app.focused).ticket_id
        if ticket_id is None:
            app.tell(say("No ticket is chosen"), error=True)
            return
        if self._picker is None:
            from deskterm.ui.note_picker import NotePicker

            self._picker = NotePicker(app.desk.readers, app.desk.now)
            await app.lines.add(self._picker)
        app.lines.close_all()
        self._picker.open(ticket_id, self._put_in)

    async def _put_in(self, text: SafeText) -> None:
        await self._app.writing.insert(text)
