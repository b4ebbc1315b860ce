"""The beginning: a workspace without an account, and how it gets one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import clean
from deskterm.ui.does import does

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp
    from deskterm.ui.name_line import NameLine
    from deskterm.ui.setting_up import SetUpBar
    from deskterm.ui.welcome import WelcomePane

Then = Literal["", "demo", "tour", "again"]
"""What follows the end of a console: a demo, one with its tour, the same console anew."""

_BARE = "-bare"


class Beginning:
    """Offers demo and set-up where there is no account."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self.welcome: WelcomePane | None = None
        self._bar: SetUpBar | None = None
        self._name: NameLine | None = None

    def show(self, *, is_bare: bool) -> None:
        """Offer what can be done in a workspace that has no account, or do so no more."""
        app = self._app
        if app.screen.has_class(_BARE) == is_bare:
            return
        if self.welcome is None:
            self.welcome = self._made()
        welcome = self.welcome
        had_keys = app.focused in (welcome, app.tickets_pane, None)
        welcome.display = is_bare
        app.tickets_pane.display = not is_bare and app.panes.side == "list"
        app.screen.set_class(is_bare, _BARE)
        if had_keys:
            app.give_keys(app.panes.side_pane)

    @does("welcome.demo")
    def demo(self) -> None:
        """End this console; a demo follows."""
        self.end("demo")

    @does("welcome.leave")
    def leave(self) -> None:
        """End this console."""
        self._app.leave()

    @does("welcome.account", "account.set_up")
    async def account(self) -> None:
        """Ask for what an account needs."""
        from deskterm.ui.setting_up import SetUpBar

        app, set_up = self._app, self._app.desk.set_up
        if set_up is None:
            app.tell(say("Accounts cannot be set up here"), error=True)
            return
        if self._bar is None:
            self._bar = SetUpBar(set_up, app.tell, self._ended)
            await app.lines.add(self._bar)
        await self._bar.open()

    @does("welcome.name")
    async def name(self) -> None:
        """Ask for the agent's name."""
        from deskterm.ui.name_line import NameLine

        app, set_up = self._app, self._app.desk.set_up
        if set_up is None:
            return
        if self._name is None:
            self._name = NameLine(self._keep_name)
            await app.lines.add(self._name)
        self._name.begin(set_up.agent)

    # Parts

    def _made(self) -> WelcomePane:
        from deskterm.ui.welcome import WelcomePane

        app = self._app
        set_up = app.desk.set_up
        pane = WelcomePane(clean(set_up.agent if set_up is not None else "", multiline=False))
        app.query_one("#side").mount(pane)
        return pane

    async def _keep_name(self, name: str) -> None:
        from deskterm.ui.apart import apart

        app, set_up = self._app, self._app.desk.set_up
        if set_up is None:
            return
        try:
            await apart(partial(set_up.keep_agent, name))
        except DesktermError as error:
            app.tell_error(error)
        else:
            self.end("again")

    def _ended(self, renamed: bool) -> None:
        """The form is left. Who has another name since sees everything with it."""
        app = self._app
        if renamed:
            self.end("again")
        elif app.focused is self.welcome:
            app.give_keys(app.panes.side_pane)

    def end(self, then: Then) -> None:
        """End this console for what follows."""
        self._app.then = then
        self._app.leave()
