"""The tour: leads through ten steps, sees that each is done, and can be left at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.i18n import say
from deskterm.text.clean import clean
from deskterm.ui.does import does

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp
    from deskterm.ui.tour import TourLine
    from deskterm.viewmodel.tour import Tour


class Touring:
    """Shows the steps. Only on a demo: its replies would reach customers elsewhere."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._tour: Tour | None = None
        self._line: TourLine | None = None

    @property
    def is_on(self) -> bool:
        """Whether it is on the screen."""
        return self._tour is not None and self._tour.is_on

    @does("app.tour")
    async def begin(self) -> None:
        """Begin, or begin anew."""
        from deskterm.viewmodel.tour import Tour

        app = self._app
        if not app.desk.banner:
            app.tell(say("The tour sends a reply, so it needs a demo: deskterm demo --tour"))
            return
        if self._tour is None:
            self._tour = Tour(app.dispatcher.keymap.key_of)
            self._tour.changed.connect(self._show)
            app.desk.tickets.changed.connect(self._show)
            app.performer.did.connect(self._did)
        await self._make_line()
        self._tour.begin()

    @does("welcome.tour")
    def demo(self) -> None:
        """End this console; a demo with its tour follows."""
        self._app.beginning.end("tour")

    def leave(self) -> None:
        """No more of it."""
        if self._tour is not None:
            self._tour.leave()

    # Parts

    async def _make_line(self) -> None:
        from deskterm.ui.tour import TourLine

        app = self._app
        if self._line is None:
            app.load_styles("over.tcss")
            self._line = TourLine()
            await app.screen.mount(self._line, after=app.status_line)

    def _did(self, command_id: str, done: bool) -> None:
        if self._tour is not None and self._app.desk.tickets.count:
            self._tour.did(command_id, done=done)

    def _show(self) -> None:
        tour, line = self._tour, self._line
        if tour is None or line is None or not line.is_attached:
            return
        line.display = tour.is_on
        if tour.is_on:
            waits = not self._app.desk.tickets.count and tour.place == 0
            words = say("The shop opens; its messages come in…") if waits else tour.words
            line.show(clean(f"{words}\n{say('Esc in the list leaves the tour')}"))
