"""How long the console's event loop stands still while the office takes mail in.

A heartbeat of 4 ms runs in the console's own loop and, as the floor, in a process that does nothing
else: what that one is late is the machine. The office is the one that the console has started.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from benchmarks import backlog, beating
from benchmarks.console import (
    QUIT,
    Orders,
    end_office,
    list_shows,
    office_of,
    start_console,
)
from benchmarks.corpus import SHOP, mails, write_maildir
from benchmarks.desk import Desk
from benchmarks.imap_sync import fields, full_mailbox
from benchmarks.measure import Row, percentile
from benchmarks.terminal import Terminal

_STALL_S = 0.016
_IDLE_S = 6.0
_CALL_S = 600.0
_LOOK_S = 0.2
_MAILBOX = "mailbox"
_PASSWORD = "DESKTERM_SECRET_MAILBOX_PASSWORD"

Beats = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Late:
    """How late beats came, and the share of time inside stalls over 16 ms, in percent."""

    p99_ms: float
    max_ms: float
    share: float

    @classmethod
    def between(cls, beats: Beats, start: float, end: float) -> _Late:
        """Of the beats between two times."""
        late = [by for at, by in beats if start <= at <= end] or [end - start]
        inside = sum(by for by in late if by > _STALL_S)
        return cls(percentile(late, 0.99) * 1e3, max(late) * 1e3, inside / (end - start) * 100)


def measure(folder: Path, messages: int, imap_messages: int) -> Iterator[Row]:
    """Import so many mails, and sync others from a real Dovecot where that is installed."""
    maildir = folder / "stall-mail"
    write_maildir(maildir, mails(messages))
    request = {"kind": "maildir", "path": str(maildir), "account": backlog.ACCOUNT}
    desk = _fresh_desk(folder / "stall-import", messages)
    with _beating(desk, folder) as beats:
        idle_s = min(_IDLE_S, 1 + messages / 1_000)
        beats.during("nothing happens", lambda: time.sleep(idle_s))
        beats.during(
            f"the office imports {messages:,} mails",
            lambda: _have_done(desk, "import.mail", request),
        )
    yield from beats.rows()
    with full_mailbox(imap_messages) as server:
        if server is None:
            return
        from tests.support.dovecot import PASSWORD

        desk = _fresh_desk(folder / "stall-imap", messages)
        with _beating(desk, folder, **{_PASSWORD: PASSWORD}) as beats:
            beats.during(
                f"the office syncs {imap_messages:,} mails by IMAP",
                lambda: _sync_new_account(desk, {"address": SHOP, **fields(server)}),
            )
        yield from beats.rows()


def _fresh_desk(folder: Path, messages: int) -> Desk:
    if folder.exists():
        shutil.rmtree(folder)
    return backlog.prepare(folder, messages)


def _have_done(desk: Desk, command: str, params: Mapping[str, object]) -> None:
    with office_of(desk.home) as office:
        office.call(command, params, timeout_s=_CALL_S)


def _sync_new_account(desk: Desk, settings: Mapping[str, str]) -> None:
    """Add a mailbox and wait until all of it is there."""
    with office_of(desk.home) as office:
        add = {"name": _MAILBOX, "channel": "email", "fields": dict(settings)}
        office.call("account.add", add)
        answer = office.call("sync.once", {}, timeout_s=_CALL_S).result["accounts"]
    outcomes = [one for one in answer if one["account"] == _MAILBOX] if _is_list(answer) else []
    if [one["result"] for one in outcomes] != ["ok"]:
        raise RuntimeError(f"the sync failed: {outcomes}")


def _is_list(answer: object) -> TypeGuard[list[dict[str, object]]]:
    return isinstance(answer, list)


class _Beats:
    """A console and a bare loop, beating; what happened when, and in the end how late beats came.

    The files are written when the processes end.
    """

    def __init__(self, terminal: Terminal, ours: Path, bare: Path) -> None:
        self._terminal = terminal
        self._files = (ours, bare)
        self._spans: list[tuple[str, float, float]] = []

    def during(self, what: str, work: Callable[[], object]) -> None:
        """Do something while the console's screen is read, and note how long it took."""
        failed: list[Exception] = []

        def do() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - raised again in the main thread
                failed.append(error)

        start = time.perf_counter()
        thread = threading.Thread(target=do)
        thread.start()
        while thread.is_alive():
            self._terminal.watch(_LOOK_S)
        self._spans.append((what, start, time.perf_counter()))
        if failed:
            raise failed[0]

    def rows(self) -> Iterator[Row]:
        """How late beats came in each span."""
        ours, bare = (beating.read(file) for file in self._files)
        for what, start, end in self._spans:
            figure, floor = (_Late.between(beats, start, end) for beats in (ours, bare))
            for title, unit, mine, least, limit, goal in (
                (f"Late by, p99, while {what}", "ms", figure.p99_ms, floor.p99_ms, 16, "< 16 ms"),
                ("… at most", "ms", figure.max_ms, floor.max_ms, 50, "< 50 ms"),
                ("… share of time later than 16 ms", "%", figure.share, floor.share, 1, "≤ 1 %"),
            ):
                ratio = mine / least if least else None
                yield Row("stall", title, unit, mine, least, ratio, goal, mine < limit)


@contextmanager
def _beating(desk: Desk, folder: Path, **extra: str) -> Iterator[_Beats]:
    """The console of a desk and a bare loop, both with a heartbeat."""
    ours, bare = folder / "console.beats", folder / "bare.beats"
    module = ("-m", "benchmarks.beating")
    alone = subprocess.Popen([sys.executable, *module, str(bare), "bare"])
    try:
        with start_console(desk, *module, str(ours), "console", **extra) as terminal:
            terminal.until(list_shows(Orders.of(desk, 1).needs_us[0]))
            terminal.settle(0.5)
            yield _Beats(terminal, ours, bare)
            terminal.end(keys=QUIT)
    finally:
        alone.terminate()
        alone.wait(20)
        end_office(desk.home)
