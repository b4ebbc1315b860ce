"""Until when the ticket that is looked at can be answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import time_words, words
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.ports import Timers
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.rule_words import in_own_language
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import Symbols

if TYPE_CHECKING:
    from deskterm.service.reading.reply_windows import ReplyWindowView

RESTS_S: Final = 0.2
"""Seconds that a ticket stands until its window is read for: the rules are a lot to read, once."""

SOON: Final = timedelta(hours=2)
"""Less than this is told louder."""

SLOT: Final = "window"

State = Literal["none", "open", "soon", "closed"]


def state_of(window: ReplyWindowView | None, now: datetime) -> State:
    """How a window stands."""
    if window is None:
        return "none"
    if now > window.closes_at:
        return "closed"
    return "soon" if window.closes_at - now < SOON else "open"


def sign_of(state: State, signs: Symbols) -> SafeText:
    """The same as a sign of one cell."""
    return {"closed": signs.attention, "soon": signs.urgent}.get(state, signs.waiting)


def words_of(window: ReplyWindowView | None, now: datetime) -> SafeText:
    """A window in words: how long it stays open, or the way out; empty where there is none."""
    if window is None:
        return words.NOTHING
    left = time_words.left(window.closes_at, now)
    if now <= window.closes_at:
        if window.closes_at - now < timedelta(minutes=1):
            return say("reply at once, the window closes")
        return say("reply within {time}", time=left)
    sentence = in_own_language(window.says).replace("{closed}", str(left))
    return say("window closed · {advice}", advice=clean(sentence, multiline=False))


class ReplyWindow:
    """The window of the ticket in the conversation.

    Args:
        conversation: which ticket it is.
        readers: read for it.
        timers: wait for it.
        now: the time (aware, UTC).
    """

    def __init__(
        self,
        conversation: Conversation,
        readers: Asking,
        timers: Timers,
        now: Callable[[], datetime],
    ) -> None:
        #: The words or the state may be different.
        self.changed: Signal[[]] = Signal()
        self._conversation = conversation
        self._readers = readers
        self._timers = timers
        self._now = now
        #: The ticket, and the customer's newest message in it, that `_window` belongs to.
        self._about: tuple[int, int | None] | None = None
        self._window: ReplyWindowView | None = None
        self._wait: Callable[[], None] | None = None
        conversation.changed.connect(self._look)
        self._look()

    @property
    def state(self) -> State:
        """How it stands; `none` too while nobody has looked."""
        return state_of(self._window, self._now())

    @property
    def words(self) -> SafeText:
        """The same in words; empty where there is no window."""
        return words_of(self._window, self._now())

    def ages_changed(self) -> None:
        """A minute has passed."""
        if self._window is not None:
            self.changed.emit()

    def _look(self) -> None:
        view = self._conversation.view
        about = None if view is None else (view.ticket.ticket_id, view.newest_inbound)
        if about == self._about:
            return
        self._stop_waiting()
        is_same_ticket = (
            about is not None and self._about is not None and about[0] == self._about[0]
        )
        self._about = about
        if not is_same_ticket:
            self._take(about, None)
        if about is not None:
            self._wait = self._timers.after(RESTS_S, self._ask)

    def _ask(self) -> None:
        self._wait = None
        about = self._about
        if about is not None:
            ticket_id = about[0]
            self._readers.ask(
                SLOT,
                lambda reading: reading.reply_window(ticket_id),
                lambda found: self._take(about, found),
            )

    def _take(self, about: tuple[int, int | None] | None, found: ReplyWindowView | None) -> None:
        """What was read; a file of rules that cannot be read is told where one writes."""
        if about == self._about and found != self._window:
            self._window = found
            self.changed.emit()

    def _stop_waiting(self) -> None:
        wait, self._wait = self._wait, None
        if wait is not None:
            wait()
