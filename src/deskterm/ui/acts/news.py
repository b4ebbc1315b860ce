"""What changes by itself: the database, the hold window that runs down, the ages of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from deskterm.viewmodel.ahead import Ahead

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp

_MINUTE_S = 60.0


class News:
    """Has what is on the screen read anew when it is not true any more, and only then."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        desk = app.desk
        self._seconds: Timer | None = None
        self.ahead = Ahead(desk.tickets, app.timers, self._follows_cursor)

    def start(self) -> None:
        """Begin to listen, and read what the first page did not need."""
        app, desk = self._app, self._app.desk
        desk.office.changed.connect(lambda _revision: self.changed())
        desk.office.state.connect(self._office_stands)
        desk.status.changed.connect(self._counted)
        self.ahead.models.append(desk.conversation)
        desk.tickets.moved.connect(self.ahead.moved)
        desk.tickets.refresh()
        desk.status.refresh()
        desk.office.start()
        app.set_interval(_MINUTE_S, self._minute)

    def changed(self) -> None:
        """The database has changed."""
        app, desk = self._app, self._app.desk
        desk.tickets.refresh()
        desk.conversation.refresh()
        app.macros.refresh()
        self.ahead.changed()
        desk.status.refresh()
        if "outbox" in app.side_panes:
            desk.outbox.refresh()
        if "health" in app.side_panes:
            desk.health.refresh()

    def _follows_cursor(self) -> bool:
        desk = self._app.desk
        return desk.conversation.ticket_id == desk.tickets.current_id

    def _office_stands(self, _standing: str) -> None:
        self._app.status_line.look()

    def _counted(self) -> None:
        """A hold window counts down once a second, and only while there is one."""
        app = self._app
        status = app.desk.status
        # Accounts of a demo come by themselves: only who has a shop of their own is told how.
        is_bare = status.counts is not None and not status.accounts and not app.desk.banner
        app.beginning.show(is_bare=is_bare)
        if status.counts_down and self._seconds is None:
            self._seconds = app.set_interval(1, self._second)

    def _second(self) -> None:
        app = self._app
        app.status_line.look()
        outbox = app.side_panes.get("outbox")
        if outbox is not None and outbox.display:
            from deskterm.ui.outbox import OutboxPane

            if isinstance(outbox, OutboxPane):
                outbox.tick()
        if not app.desk.status.counts_down and self._seconds is not None:
            self._seconds.stop()
            self._seconds = None
            app.desk.status.refresh()

    def _minute(self) -> None:
        app = self._app
        app.status_line.look()
        app.tickets_pane.ages_changed()
        app.order.ages_changed()
        app.window.ages_changed()
        health = app.side_panes.get("health")
        if health is not None and health.display:
            from deskterm.ui.health import HealthPane

            if isinstance(health, HealthPane):
                health.ages_changed()
