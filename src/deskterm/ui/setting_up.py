"""The form for an account: its fields one below the other, the chosen one in the line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.widgets import Static

from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard, say
from deskterm.text.clean import SafeText, clean
from deskterm.ui.apart import apart
from deskterm.ui.chooser import Chooser, Row
from deskterm.ui.painting import EMPTY
from deskterm.ui.safe import shown
from deskterm.viewmodel.setting_up import Answers, Form, SetUp


class SetUpBar(Chooser):
    """Asks for what an account needs, has it added and tried.

    Args:
        set_up: makes accounts.
        tell: says something over the footer.
        ended: called when the form is left; True if the agent has another name now.
    """

    def __init__(
        self,
        set_up: SetUp,
        tell: Callable[[SafeText], None],
        ended: Callable[[bool], None],
    ) -> None:
        super().__init__(say("Set up an account"), id="set-up")
        self.form: Form | None = None
        self._set_up = set_up
        self._tell = tell
        self._ended = ended
        self._words = Static(id="set-up-words", classes="words", markup=False)
        self._is_busy = False
        self._is_renamed = False

    def compose(self) -> ComposeResult:
        """The fields, what is wrong, then the line."""
        yield self.choices
        yield self._words
        yield self.line

    async def open(self) -> None:
        """Show the form, as it was left."""
        if self.form is None:
            channels = await apart(self._set_up.channels)
            self.form = Form(channels, None if self._set_up.is_named else self._set_up.agent)
        self.begin(self.form.text)
        self._show()

    # As a chooser

    def typed(self, text: str) -> None:
        """The chosen field holds this."""
        if self.form is not None and not self._is_busy:
            self.form.type(text)
            self._paint()

    def move(self, step: int) -> None:
        """Another field."""
        if self.form is not None and not self._is_busy:
            self.form.move(step)
            self._show()

    def choose(self, place: int) -> None:
        """The field of a row."""
        if self.form is not None and not self._is_busy:
            self.form.choose(place)
            self._show()

    def complete(self) -> None:
        """Tab: the next of a few choices, else the next field."""
        if self.form is not None and not self._is_busy:
            self.form.complete()
            self._show()

    def escaped(self) -> None:
        """Esc: back to the channels, or out."""
        if self.form is not None and not self._is_busy and self.form.back():
            self._show()
            return
        self._leave()

    async def entered(self) -> None:
        """Enter: the next field; on the last row it is done."""
        if self.form is None or self._is_busy:
            return
        leave = self.form.current.what == "anyway"
        if self.form.take() == "submit":
            if leave:
                self._leave()
                return
            self._is_busy = True
            self.run_worker(self._submit(self.form.answers), group="set-up")
        self._show()

    # Parts

    async def _submit(self, answers: Answers) -> None:
        form = self.form
        assert form is not None  # noqa: S101 - nothing is submitted without one
        try:
            if answers.agent and not self._set_up.is_named:
                await apart(partial(self._set_up.keep_agent, answers.agent))
                self._is_renamed = True
            await apart(partial(self._set_up.add, answers))
            form.is_there = True
            lines = await apart(partial(self._set_up.check, answers.name))
        except DesktermError as error:
            form.failed(error)
        else:
            works = clean(" · ".join(heard(each) for each in lines))
            self.form = None
            self._tell(say("{name} works: {lines}", name=clean(answers.name), lines=works))
        finally:
            self._is_busy = False
        if self.form is None:
            self._leave()
        elif self.is_open:
            form.choose(len(form.rows) - 1 - int(form.is_there))
            self._show()

    def _leave(self) -> None:
        self.end()
        if not self._is_busy:
            renamed, self._is_renamed = self._is_renamed, False
            self._ended(renamed)

    def _show(self) -> None:
        """Show the chosen field in the line."""
        if self.form is None:
            return
        self.line.password = self.form.is_secret
        self.put(self.form.text)

    def _paint(self) -> None:
        form = self.form
        if form is None:
            return
        rows = [Row(each.label, EMPTY, _shown(each.value, each.note)) for each in form.rows]
        self.choices.put(rows, form.at)
        words = say("Signing in…") if self._is_busy else form.problem
        self._words.set_class(not self._is_busy, "-error")
        self._words.update(shown(words))
        self._words.display = bool(words)


def _shown(value: SafeText, note: SafeText) -> SafeText:
    return clean("  ".join(each for each in (value, note) if each))
