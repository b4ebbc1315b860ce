"""The header of a mail that is written: From where there is a choice, To, Cc and Subject."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from deskterm.i18n import marked, say
from deskterm.ui.one_line import OneLine
from deskterm.ui.safe import shown
from deskterm.viewmodel.composer import Composer

_FROM = "from"
_LABELS = {"to": marked("To"), "cc": marked("Cc"), "subject": marked("Subject")}


class AccountLine(OneLine):
    """The account by which a new message leaves: Up and Down go through them, or its name, or the
    beginning of it, is typed.

    Args:
        chosen: called with the name of another account.
        entered: Enter.
        left: Esc.
        tabbed: Tab, and with True Shift+Tab.
    """

    def __init__(
        self,
        chosen: Callable[[str], None],
        entered: Callable[[], None],
        left: Callable[[], None],
        tabbed: Callable[[bool], None],
    ) -> None:
        super().__init__(
            typed=self._take, entered=entered, left=left, tabbed=tabbed, id="composer-from"
        )
        self._chosen = chosen
        self._accounts: tuple[str, ...] = ()
        self._account = ""

    def offer(self, accounts: tuple[str, ...], account: str) -> None:
        """Show which one it is, and have these to choose from."""
        self._accounts, self._account = accounts, account
        if not self.has_focus:
            self.put(account)

    async def own_key(self, key: str) -> bool:
        """Up and Down choose; leaving the line completes what was typed."""
        if key in ("up", "down") and self._accounts:
            here = self._accounts.index(self._account) if self._account in self._accounts else 0
            there = self._accounts[(here + (1 if key == "down" else -1)) % len(self._accounts)]
            self.put(there)
            self._take(there)
            return True
        handled = await super().own_key(key)
        if handled:
            self.put(self._account)
        return handled

    def _take(self, text: str) -> None:
        """The account of that name, or the only one that begins so."""
        typed = text.strip().lower()
        fitting = [each for each in self._accounts if typed and each.startswith(typed)]
        only = typed if typed in self._accounts else fitting[0] if len(fitting) == 1 else ""
        if only and only != self._account:
            self._account = only
            self._chosen(only)


class HeaderBlock(Vertical):
    """Lines over the text; what follows from the ticket is shown until something is typed. A new
    message says by which account it leaves, where there are several.

    Args:
        leave: the focus is to go back to the text.
    """

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__(id="composer-header")
        self._leave = leave
        self._composer: Composer | None = None
        self._lines = {name: self._line(name) for name in _LABELS}
        self._from = AccountLine(
            self._choose,
            entered=lambda: self._step(_FROM, back=False),
            left=leave,
            tabbed=lambda back: self._step(_FROM, back=back),
        )
        self._from_row = Horizontal(
            Static(shown(say("From")), classes="label"), self._from, classes="field"
        )
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
        yield self._from_row
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
        target = composer.target
        self._from_row.display = target.is_new and len(target.accounts) > 1
        self._from.offer(target.accounts, target.account)
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

    def _choose(self, account: str) -> None:
        if self._composer is not None:
            self._composer.write_from(account)
            self._composer.changed.emit()

    def _typed(self, name: str, text: str) -> None:
        if self._composer is not None:
            self._composer.set_header(name, text)

    def _step(self, name: str, *, back: bool) -> None:
        lines: dict[str, OneLine] = {_FROM: self._from} if self._from_row.display else {}
        lines |= self._lines
        names = list(lines)
        place = names.index(name) + (-1 if back else 1)
        if 0 <= place < len(names):
            self.screen.set_focus(lines[names[place]])
        else:
            self._leave()
