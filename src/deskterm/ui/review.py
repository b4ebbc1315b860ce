"""The review line under the composer: what the check said, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Final, Literal

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from deskterm.i18n import say
from deskterm.service.command import Context
from deskterm.text.clean import SafeText, clean
from deskterm.ui.does import does
from deskterm.ui.one_line import OneLine
from deskterm.ui.painting import joined
from deskterm.ui.safe import shown
from deskterm.ui.taking import TakesCommands
from deskterm.viewmodel.review import Review

#: Styles of keys that work now, and of those that do not.
KEY: Final = "bold $accent"
OFF: Final = "$text-disabled strike"


TimeFor = Literal["leaving", "snoozing"]


class ReviewLine(TakesCommands, Static, can_focus=True):
    """The verdict in one line; letters are commands here.

    Args:
        ask: the reason for a send is to be typed.
        ask_time: a time is to be typed: when it is to leave, or until when the ticket snoozes.
    """

    context: ClassVar[Context] = "review"

    def __init__(self, ask: Callable[[], None], ask_time: Callable[[TimeFor], None]) -> None:
        super().__init__(id="review-line")
        self.review: Review | None = None
        self._ask = ask
        self._ask_time = ask_time

    def paint(self) -> None:
        """Show what the model says."""
        review = self.review
        if review is None:
            return
        self.update(self._line(review))
        self.set_class(review.state == "blocked", "-blocked")
        self.call_after_refresh(self._painted, review)

    def on_resize(self) -> None:
        """As many words as there is room for now."""
        if self.review is not None:
            self.update(self._line(self.review))

    def _line(self, review: Review) -> Content:
        """One row, in as many words as it has room for; a long verdict takes a second one."""
        room = self.content_size.width or self.screen.size.width
        words = shown(review.words)
        lines = [Content("  ").join((words, *keys)) for keys in self._ways(review)]
        return next((line for line in lines if line.cell_length <= room), lines[-1])

    def _painted(self, review: Review) -> None:
        if review is self.review:
            review.painted()

    def _ways(self, review: Review) -> Iterator[tuple[Content, ...]]:
        """The keys in full, then in short, then without the second way back to the text."""
        can = review.state in ("ready", "needs_reason")
        send = say("send") if review.state != "needs_reason" else say("reason")
        style = KEY if can else OFF
        first = self._key("review.send", send, style)
        edit = self._key("review.edit", say("edit"), KEY)
        leave = self._key("review.leave", say("back"), KEY)
        for short in (False, True):
            more = self._more(style, short=short) if review.can_resolve else ()
            yield first, *more, edit, leave
        yield first, *more, edit

    def _more(self, style: str, *, short: bool) -> tuple[Content, ...]:
        """What can be done with the ticket while its reply leaves."""
        return (
            self._key(
                "review.send_and_resolve",
                say("and resolve") if short else say("send and resolve"),
                style,
            ),
            self._key(
                "review.snooze", say("and snooze") if short else say("send and snooze"), style
            ),
            self._key("review.later", say("later") if short else say("send later"), style),
        )

    def _key(self, command_id: str, words: SafeText, style: str) -> Content:
        key = clean(self.dispatcher.keymap.key_of(command_id, self.context))
        return shown(joined(key, words, by=" "), style)

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

    @does("review.later")
    def later(self) -> None:
        """`l`."""
        self._ask_time_for("leaving")

    @does("review.snooze")
    def snooze(self) -> None:
        """`s`."""
        self._ask_time_for("snoozing")

    def _ask_time_for(self, purpose: TimeFor) -> None:
        review = self.review
        if review is None:
            return
        if review.may_send:
            self._ask_time(purpose)
        else:
            review.send()  # says why not

    def send_with(self, purpose: TimeFor, when: str) -> None:
        """The time was typed: it waits for that, or the ticket does."""
        if self.review is None:
            return
        if purpose == "leaving":
            self.review.send_at = when
        else:
            self.review.snooze = when
        self._send(resolve=False)

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
    """The review line and, where they are asked for, the lines for the reason and for a time."""

    def __init__(self) -> None:
        super().__init__(id="review")
        self.line = ReviewLine(self._ask, self._ask_time)
        self._reason = OneLine(
            typed=self._typed, entered=self._send, left=self._back, id="review-reason"
        )
        self._when = OneLine(
            typed=self._time_typed, entered=self._send_later, left=self._back, id="review-when"
        )
        self._time = ""
        self._purpose: TimeFor = "leaving"

    def compose(self) -> ComposeResult:
        """Verdict, then reason, then time."""
        yield self.line
        yield self._reason
        yield self._when

    def on_mount(self) -> None:
        """Nothing is reviewed yet."""
        self.display = False
        self._reason.display = self._when.display = False
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
            self._reason.display = self._when.display = False
            return
        if review.state != "needs_reason":
            self._reason.display = False
        if not review.may_send:
            self._when.display = False
        self.line.paint()
        focused = self.screen.focused
        if not any(focused is each and each.display for each in (self._reason, self._when)):
            self.screen.set_focus(self.line)

    @property
    def has_focus_within(self) -> bool:
        """Whether the keys come here."""
        focused: Widget | None = self.screen.focused
        return focused in (self.line, self._reason, self._when)

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

    def _ask_time(self, purpose: TimeFor) -> None:
        self._purpose = purpose
        self._when.hint(
            say("When it is to leave: 2h, tomorrow 9:00, monday; Enter sends it then")
            if purpose == "leaving"
            else say("Back at 2h, tomorrow 9:00, monday, or when they answer; Enter sends it now")
        )
        self._when.put("")
        self._time = ""
        self._when.display = True
        self.screen.set_focus(self._when)

    def _time_typed(self, text: str) -> None:
        self._time = text

    def _send_later(self) -> None:
        if self._time.strip():
            self._when.display = False
            self.screen.set_focus(self.line)
            self.line.send_with(self._purpose, self._time)

    def _back(self) -> None:
        self._reason.display = self._when.display = False
        if self.line.review is not None:
            self.line.review.send_at = self.line.review.snooze = ""
        self.screen.set_focus(self.line)
