"""Making macros of what was typed again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard, say
from deskterm.text.clean import clean
from deskterm.ui.does import does
from deskterm.viewmodel.words import NOTHING

if TYPE_CHECKING:
    from deskterm.service.reading.repeat_rows import RepeatView
    from deskterm.ui.app import DeskApp
    from deskterm.ui.repeats import RepeatPicker
    from deskterm.viewmodel.ports import Result

#: Seconds until the shelf is looked at once more: a file counts when it looks the same twice.
_LOOK_S: Final = 0.3


class Repeats:
    """Opens the list of sentences."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._picker: RepeatPicker | None = None

    @does("macro.typed")
    async def pick(self) -> None:
        """What was just told of, else the list."""
        from deskterm.ui.repeats import RepeatPicker

        app = self._app
        again, app.writing.again = app.writing.again, None
        app.macros.model.tell(NOTHING)
        if self._picker is None:
            self._picker = RepeatPicker(self._make, self._never)
            await app.lines.add(self._picker)
        app.lines.close_all()
        try:
            views = await app.read("repeats", lambda reading: reading.typed_again())
        except DesktermError as error:
            app.tell_error(error)
            return
        self._picker.open(views, again.uid if again is not None else "")

    def _make(self, one: RepeatView, title: str) -> None:
        params = {"sentence": one.uid, "title": title}
        self._app.desk.office.send("macro.make", params, self._made, self._app.tell_error)

    def _made(self, result: Result) -> None:
        app = self._app
        keys = app.dispatcher.keymap
        words = say(
            "“{title}” is a macro now · {key} lists it · {undo} takes it away",
            title=clean(str(result.get("title", "")), multiline=False),
            key=clean(keys.key_of("macro.pick")),
            undo=clean(keys.key_of("app.undo")),
        )
        problems = result.get("problems")
        if isinstance(problems, list) and problems:
            words = clean(f"{words} · {heard(str(problems[0]))}", multiline=False)
        app.tell(words)
        self._look()
        app.timers.after(_LOOK_S, self._look)
        app.timers.after(2 * _LOOK_S, app.macros.refresh)

    def _look(self) -> None:
        """Have the shelf look at its files: the macro can be used at once."""
        self._app.desk.readers.ask(
            "macros.made", lambda reading: reading.macros_version(), _nothing, _nothing
        )

    def _never(self, one: RepeatView) -> None:
        app = self._app
        undo = clean(app.dispatcher.keymap.key_of("app.undo"))

        def done(_: Result) -> None:
            app.tell(say("You will not be told of it again · {undo} undoes", undo=undo))

        app.desk.office.send("macro.never", {"sentence": one.uid}, done, app.tell_error)


def _nothing(_: object) -> None:
    """What comes back changes nothing here."""
