"""The colours of the screen: a theme to begin with, another one, and one whose file is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.theme import Theme

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import clean
from deskterm.ui import terminal

if TYPE_CHECKING:
    from textual.timer import Timer

    from deskterm.ui.app import DeskApp

NO_COLOUR: Final = "mono"
"""The theme where the environment asks for no colours (no-color.org)."""

AUTO: Final = "auto"
LOOK_S: Final = 0.4
"""Seconds between two looks at the file of a theme of the shop's own. It is read once it looks the
same twice, so that no half of a file is read."""

Stamp = tuple[int, int, int]


class Colours:
    """Chooses the theme. That of the shop's own file is read anew when the file changes."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._read: Stamp | None = None
        self._seen: Stamp | None = None

    def begin(self) -> None:
        """Have the theme before the styles are read: by the watched property they would be read a
        second time, after the first paint.
        """
        app = self._app
        if app.no_color:
            terminal.drop_colours(app)
        theme = self._first()
        if theme is None:
            return
        app.register_theme(theme)
        app.set_reactive(App.theme, theme.name)
        app.stylesheet.set_variables(app.get_css_variables())
        app.set_class(theme.dark, "-dark-mode", update=False)
        app.set_class(not theme.dark, "-light-mode", update=False)
        app.add_class(f"-theme-{theme.name}", update=False)
        terminal.take_ansi_colours(app)

    def _first(self) -> Theme | None:
        """The theme that is wanted, else the usual one, which comes with the program."""
        desk = self._app.desk
        wanted = NO_COLOUR if self._app.no_color else desk.theme
        if wanted not in ("", AUTO):
            try:
                theme = self._load(wanted)
            except DesktermError as error:
                desk.mistakes.append(error)
            else:
                if theme is not None:
                    return theme
                desk.mistakes.append(_unknown(wanted))
        return desk.themes.get(desk.usual_theme)

    def choose(self, name: str) -> None:
        """Use a theme and keep the choice."""
        app = self._app
        try:
            theme = self._load(name)
        except DesktermError as error:
            app.tell_error(error)
            return
        if theme is None:
            app.tell_error(_unknown(name))
            return
        self._use(theme)
        app.desk.places.note(theme=name)
        self.follow()

    def follow(self) -> None:
        """Look at the file of the theme from now on, where it is one of the shop's own."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._app.desk.themes.own_file(self._app.theme) is not None:
            self._timer = self._app.set_interval(LOOK_S, self._look)

    def _look(self) -> None:
        """Read the file when it has changed and stays as it is."""
        app = self._app
        name = app.theme
        stamp = self._stamp_of(name)
        before, self._seen = self._seen, stamp
        if stamp is None or stamp == self._read or stamp != before:
            return
        try:
            theme = self._load(name)
        except DesktermError as error:
            app.tell_error(error)
            return
        if theme is not None and theme != app.current_theme:
            self._use(theme)
            app.tell(say("The theme {name} was read again", name=clean(name, multiline=False)))

    def _load(self, name: str) -> Theme | None:
        """Read a theme, and remember how its file looked before that."""
        self._read = self._stamp_of(name)
        return self._app.desk.themes.get(name)

    def _stamp_of(self, name: str) -> Stamp | None:
        """How the shop's own file of a theme looks; None where there is none."""
        file = self._app.desk.themes.own_file(name)
        return None if file is None else _stamp(file)

    def _use(self, theme: Theme) -> None:
        app = self._app
        app.register_theme(theme)
        if app.theme == theme.name:
            app.mutate_reactive(App.theme)
        else:
            app.theme = theme.name


def _unknown(name: str) -> DesktermError:
    return DesktermError(say("There is no theme {name}", name=clean(name[:40], multiline=False)))


def _stamp(file: Path) -> Stamp | None:
    """What tells one state of a file from another; None while there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
