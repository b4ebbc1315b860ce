"""The review line under the composer: what the check said, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from deskterm.i18n import say
from deskterm.service.command import Context
from deskterm.ui.dispatcher import TakesCommands
from deskterm.ui.does import does
from deskterm.ui.one_line import OneLine
from deskterm.ui.safe import shown
from deskterm.viewmodel.review import Review

#: Styles of keys that work now, and of those that do not.
KEY: Final = "bold $accent"
OFF: Final = "$text-disabled strike"


class ReviewLine(TakesCommands, Static, can_focus=True):
    """The verdict in one line; letters are commands here.

    Args:
        ask: the reason for a send is to be typed.
    """

    context: ClassVar[Context] = "review"

    def __init__(self, ask: Callable[[], None]) -> None:
        super().__init__(id="review-line")
        self.review: Review | None = None
        self._ask = ask

    def paint(self) -> None:
        """Show what the model says."""
        review = self.review
        if review is None:
            return
        words = shown(review.words)
        self.update(Content("  ").join((words, *self._keys(review))))
        self.set_class(review.state == "blocked", "-blocked")
        self.call_after_refresh(self._painted, review)

    def _painted(self, review: Review) -> None:
        if review is self.review:
            review.painted()

    def _keys(self, review: Review) -> tuple[Content, ...]:
        can = review.state in ("ready", "needs_reason")
        send = say("Enter send") if review.state != "needs_reason" else say("Enter reason")
        style = KEY if can else OFF
        return (
            shown(send, style),
            *((shown(say("e send and resolve"), style),) if review.can_resolve else ()),
            shown(say("i edit"), KEY),
            shown(say("Esc back"), KEY),
        )

    @does("review.send")
    def send(self) -> None:
        """Enter."""
        self._send(resolve=False)

    @does("review.send_and_resolve")
    def send_and_resolve(self) -> None:
        """`e`."""
        self._send(resolve=True)

    def _send(self, *, resolve: bool) -> None:
        review = self.review
        if review is None:
            return
        if review.wants_reason:
            review.resolve = resolve
            self._ask()
        else:
            review.send(resolve=resolve)

    @does("review.edit", "review.leave")
    def edit(self) -> None:
        """Back to the text."""
        if self.review is not None:
            self.review.leave()

    @does("review.fix")
    def fix(self) -> None:
        """Apply the fixes."""
        if self.review is not None:
            self.review.fix()


class ReviewBar(Vertical):
    """The review line and, where it is asked for, the line for the reason."""

    def __init__(self) -> None:
        super().__init__(id="review")
        self.line = ReviewLine(self._ask)
        self._reason = OneLine(
            typed=self._typed, entered=self._send, left=self._back, id="review-reason"
        )

    def compose(self) -> ComposeResult:
        """Verdict, then reason."""
        yield self.line
        yield self._reason

    def on_mount(self) -> None:
        """Nothing is reviewed yet."""
        self.display = False
        self._reason.display = False
        self._reason.hint(say("Why it is to be sent all the same; Enter sends"))

    def show(self, review: Review | None) -> None:
        """Follow this review."""
        self.line.review = review
        self.refresh_state()

    def refresh_state(self) -> None:
        """Show what the model says; the keys come here while it is open."""
        review = self.line.review
        is_open = review is not None and review.is_open
        self.display = is_open
        if review is None or not is_open:
            self._reason.display = False
            return
        if review.state != "needs_reason":
            self._reason.display = False
        self.line.paint()
        if self.screen.focused is not self._reason or not self._reason.display:
            self.screen.set_focus(self.line)

    @property
    def has_focus_within(self) -> bool:
        """Whether the keys come here."""
        focused: Widget | None = self.screen.focused
        return focused in (self.line, self._reason)

    def _ask(self) -> None:
        self._reason.put("")
        self._reason.display = True
        self.screen.set_focus(self._reason)

    def _typed(self, text: str) -> None:
        if self.line.review is not None:
            self.line.review.reason = text

    def _send(self) -> None:
        review = self.line.review
        if review is not None:
            review.send(resolve=review.resolve)

    def _back(self) -> None:
        self._reason.display = False
        self.screen.set_focus(self.line)
