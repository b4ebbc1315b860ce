"""The office as the console sees it: commands go out in order, news comes in.

Nothing that an agent did is lost while the office is away: a command that could not be handed over
waits, and is sent again with the same call id, so that it is done once.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Final, Literal, Protocol

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say, say_many
from deskterm.text.clean import SafeText
from deskterm.viewmodel.attempt import Attempt
from deskterm.viewmodel.ports import Result, Soon
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import NOTHING

Standing = Literal["starting", "there", "away"]

NOTES_S: Final = 1.0
"""Seconds for which one look at the notes waits."""

PAUSES_S: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds between tries to reach an office; the last one again and again."""

MOST_KILLED: Final = 5
"""Times in a row that the office may die over one command; then its caller is told, so that the
commands behind it are done."""

#: Codes of errors after which it is not known whether anything was done, or nothing was asked: the
#: same call is sent again.
UNDELIVERED: Final = frozenset(
    {
        "office_gone",
        "office_absent",
        "office_silent",
        "office_start",
        "office_stranger",
        "office_protocol",
    }
)


class Answer(Protocol):
    """What a call gave."""

    @property
    def result(self) -> Result:
        """The values."""
        ...


class News(Protocol):
    """That something changed."""

    @property
    def revision(self) -> int:
        """Number of the last commit."""
        ...


class DoorLike(Protocol):
    """The door of the office; `deskterm.office.door.Door` is one. All methods block."""

    def call(
        self, command: str, params: Mapping[str, object], *, call_id: str | None = None
    ) -> Answer:
        """Have one command done."""
        ...

    def notes(self, timeout_s: float) -> News | None:
        """Wait for the next change."""
        ...

    def close(self) -> None:
        """Let go; who waits in another thread is let go too."""
        ...


@dataclass(frozen=True, slots=True)
class _Command:
    command: str
    params: Mapping[str, object]
    done: Callable[[Result], None]
    failed: Callable[[DesktermError], None]
    call_id: str


class OfficeLink:
    """Hands commands to the office and hears its news; `deskterm.viewmodel.ports.Office`.

    Args:
        make_door: makes the door; called once, in a thread of the link, after `start`.
        soon: runs a function on the screen's thread; signals are emitted there.
        pauses_s: see `PAUSES_S`.
    """

    def __init__(
        self,
        make_door: Callable[[], DoorLike],
        soon: Soon,
        *,
        pauses_s: tuple[float, ...] = PAUSES_S,
    ) -> None:
        #: The database has changed; its revision.
        self.changed: Signal[[int]] = Signal()
        #: How it stands with the office; see `Standing`.
        self.state: Signal[[str]] = Signal()
        self.standing: Standing = "starting"
        #: Why the office is away, where somebody said so.
        self.problem: DesktermError | None = None
        self._make_door = make_door
        self._soon = soon
        self._pauses_s = pauses_s
        self._lock = threading.Condition()
        self._making = threading.Lock()
        self._queue: deque[_Command] = deque()
        self._door: DoorLike | None = None
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._news: int | None = None

    # For the screen's thread

    def start(self) -> None:
        """Begin: find the office, or start one. What was sent before is waiting."""
        if self._threads:
            return
        for name, work in (("office-calls", self._send_all), ("office-notes", self._hear_all)):
            run = partial(self._run, work)
            self._threads.append(threading.Thread(target=run, name=name, daemon=True))
        for thread in self._threads:
            thread.start()

    def send(
        self,
        command: str,
        params: Mapping[str, object],
        done: Callable[[Result], None],
        failed: Callable[[DesktermError], None],
        *,
        call_id: str | None = None,
    ) -> None:
        """See `deskterm.viewmodel.ports.Office.send`."""
        sent = _Command(command, dict(params), done, failed, call_id or os.urandom(16).hex())
        with self._lock:
            if not self._closed:
                self._queue.append(sent)
                self._lock.notify_all()

    @property
    def pending(self) -> int:
        """How many commands the office has not answered yet."""
        with self._lock:
            return len(self._queue)

    @property
    def words(self) -> SafeText:
        """How it stands, for the status line; empty while all is well."""
        if self.standing == "there":
            return NOTHING
        head = say("starting") if self.standing == "starting" else say("office away, trying again")
        count = self.pending
        if not count:
            return head
        waiting = say_many("{count} change waits", "{count} changes wait", count)
        return say("{head} · {waiting}", head=head, waiting=waiting)

    def close(self, grace_s: float = 0.0) -> None:
        """End. Waits up to `grace_s` seconds for commands that are on their way."""
        with self._lock:
            if grace_s > 0 and self._threads and self.standing == "there":
                self._lock.wait_for(lambda: not self._queue, grace_s)
            self._closed = True
            self._lock.notify_all()
            door = self._door
        if door is not None:
            door.close()
        deadline = monotonic() + 2.0
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))

    # In the link's own threads

    def _run(self, work: Callable[[], None]) -> None:
        """The life of a thread; a fault of ours ends on the screen's."""
        with Attempt() as life:
            work()
        if life.error is not None:
            self._soon(life.throw)

    def _send_all(self) -> None:
        """Send what is in the queue, one after the other, for as long as it takes."""
        tries = killed = 0
        while (command := self._first()) is not None:
            try:
                answer = self._get_door().call(
                    command.command, command.params, call_id=command.call_id
                )
            except DesktermError as error:
                killed = killed + 1 if error.code == "office_gone" else 0
                if error.code in UNDELIVERED and killed < MOST_KILLED:
                    self._tell("away", error)
                    self._pause(tries)
                    tries += 1
                    continue
                self._answered(partial(command.failed, error))
            else:
                self._answered(partial(command.done, answer.result))
            tries = killed = 0
            self._tell("there", None)

    def _first(self) -> _Command | None:
        """The command that is next; waits for one. It stays in the queue until it is answered."""
        with self._lock:
            self._lock.wait_for(lambda: self._closed or self._queue)
            return None if self._closed else self._queue[0]

    def _answered(self, deliver: Callable[[], None]) -> None:
        with self._lock:
            self._queue.popleft()
            self._lock.notify_all()
            if self._closed:
                return
        self._soon(deliver)

    def _hear_all(self) -> None:
        """Wait for news and pass them on."""
        tries = 0
        while not self._is_closed():
            try:
                note = self._get_door().notes(NOTES_S)
            except DesktermError as error:
                if self._is_closed():
                    return
                self._tell("away", error)
                self._pause(tries)
                tries += 1
                continue
            tries = 0
            if note is not None:
                self._tell("there", None)
                self._pass_on(note.revision)

    def _pass_on(self, revision: int) -> None:
        """News that the screen has not taken yet become one."""
        with self._lock:
            waiting, self._news = self._news is not None, revision
        if not waiting:
            self._soon(self._emit_news)

    def _emit_news(self) -> None:
        with self._lock:
            revision, self._news = self._news, None
            if revision is None or self._closed:
                return
        self.changed.emit(revision)

    def _get_door(self) -> DoorLike:
        with self._making:
            if self._door is None:
                self._door = self._make_door()
            return self._door

    def _is_closed(self) -> bool:
        with self._lock:
            return self._closed

    def _pause(self, tries: int) -> None:
        seconds = self._pauses_s[min(tries, len(self._pauses_s) - 1)]
        with self._lock:
            self._lock.wait_for(lambda: self._closed, seconds)

    def _tell(self, standing: Standing, problem: DesktermError | None) -> None:
        def take() -> None:
            if self._is_closed():
                return
            before, self.standing, self.problem = self.standing, standing, problem
            if before != standing:
                self.state.emit(standing)

        if not self._is_closed():
            self._soon(take)
