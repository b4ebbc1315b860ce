"""The header of a mail that is written: To, Cc and Subject."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from deskterm.i18n import marked, say
from deskterm.ui.one_line import OneLine
from deskterm.ui.safe import shown
from deskterm.viewmodel.composer import Composer

_LABELS = {"to": marked("To"), "cc": marked("Cc"), "subject": marked("Subject")}


class HeaderBlock(Vertical):
    """Three lines over the text; what follows from the ticket is shown until something is typed.

    Args:
        leave: the focus is to go back to the text.
    """

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__(id="composer-header")
        self._leave = leave
        self._composer: Composer | None = None
        self._lines = {name: self._line(name) for name in _LABELS}
        self._problem = Static(id="composer-header-problem")

    def _line(self, name: str) -> OneLine:
        return OneLine(
            typed=lambda text: self._typed(name, text),
            entered=lambda: self._step(name, back=False),
            left=self._leave,
            tabbed=lambda back: self._step(name, back=back),
            id=f"composer-{name}",
        )

    def compose(self) -> ComposeResult:
        """A label and a line for each field."""
        for name, label in _LABELS.items():
            with Horizontal(classes="field"):
                yield Static(shown(say(label)), classes="label")
                yield self._lines[name]
        yield self._problem

    def show(self, composer: Composer) -> None:
        """Show the header of a piece of writing."""
        self._composer = composer
        self.refresh_fields()

    def refresh_fields(self) -> None:
        """Show what the model says."""
        composer = self._composer
        if composer is None:
            return
        for name, line in self._lines.items():
            line.put(getattr(composer.content, name))
            line.hint(composer.derived.get(name, say("")))
        problem = composer.header_problem
        self._problem.display = problem is not None
        if problem is not None:
            self._problem.update(shown(problem))

    def begin(self) -> None:
        """Put the cursor into the first field that is empty, else into To."""
        composer = self._composer
        first = next((n for n in _LABELS if composer and not composer.header(n)), "to")
        self.screen.set_focus(self._lines["to" if first == "cc" else first])

    def _typed(self, name: str, text: str) -> None:
        if self._composer is not None:
            self._composer.set_header(name, text)

    def _step(self, name: str, *, back: bool) -> None:
        names = list(_LABELS)
        place = names.index(name) + (-1 if back else 1)
        if 0 <= place < len(names):
            self.screen.set_focus(self._lines[names[place]])
        else:
            self._leave()
