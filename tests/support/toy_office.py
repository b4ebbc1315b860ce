"""A small office for tests: a handler with a file for a memory, and a program that serves it.

Run as a program: `python toy_office.py LOCK SOCKET JOURNAL`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import DesktermError
from deskterm.office.lock import EXIT_RUNNING, LockInfo, OfficeLock, OfficeRunning
from deskterm.office.protocol import Call
from deskterm.office.server import OfficeServer

SECRET = "the customer wrote this"

Progress = Callable[[Mapping[str, object]], None]


def until(condition: Callable[[], object], *, deadline_s: float = 10.0) -> None:
    """Wait for a condition; fail when it has not come true by the deadline."""
    end = time.monotonic() + deadline_s
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < end, "the condition did not come true in time"
        pause.wait(0.002)


class ToyHandler:
    """Does a few commands; what was done, and begun, stands in the journal, one line each."""

    def __init__(self, journal: Path) -> None:
        self.journal = journal

    @property
    def lines(self) -> list[str]:
        return self.journal.read_text().splitlines() if self.journal.exists() else []

    @property
    def revision(self) -> int:
        return sum(line.startswith("done ") for line in self.lines)

    def write(self, line: str) -> None:
        if line not in self.lines:
            with self.journal.open("a") as file:
                file.write(line + "\n")

    async def begin(self, call: Call, progress: Progress) -> Mapping[str, object]:
        self.write(f"begun {call.id}")
        return await {
            "echo": self._echo,
            "who": self._who,
            "add": self._add,
            "die": self._die,
            "hold": self._hold,
            "never": self._never,
            "refuse": self._refuse,
            "fault": self._fault,
            "strange": self._strange,
            "big": self._big,
            "report": self._report,
        }[call.command](call, progress)

    async def _echo(self, call: Call, progress: Progress) -> Mapping[str, object]:
        return call.params

    async def _who(self, call: Call, progress: Progress) -> Mapping[str, object]:
        return {"pid": os.getpid(), "cwd": str(Path.cwd()), "session": os.getsid(0)}

    async def _add(self, call: Call, progress: Progress) -> Mapping[str, object]:
        self.write(f"done {call.id}")
        return {"seen": call.seen}

    async def _die(self, call: Call, progress: Progress) -> Mapping[str, object]:
        """Killed in the middle the first `times` times, after the work where `after` is set."""
        deaths = self.lines.count("died")
        if call.params.get("after"):
            self.write(f"done {call.id}")
        if deaths < int(str(call.params.get("times", 1))):
            with self.journal.open("a") as file:
                file.write("died\n")
            os.kill(os.getpid(), signal.SIGKILL)
        self.write(f"done {call.id}")
        return {"pid": os.getpid()}

    async def _hold(self, call: Call, progress: Progress) -> Mapping[str, object]:
        gate = Path(str(call.params["until"]))
        await asyncio.to_thread(until, gate.exists)
        self.write(f"done {call.id}")
        return {}

    async def _never(self, call: Call, progress: Progress) -> Mapping[str, object]:
        await asyncio.Event().wait()
        return {}

    async def _refuse(self, call: Call, progress: Progress) -> Mapping[str, object]:
        raise DesktermError("No", "It was kept", "Ask again", code="toy_no")

    async def _fault(self, call: Call, progress: Progress) -> Mapping[str, object]:
        text = SECRET
        raise RuntimeError(text)

    async def _strange(self, call: Call, progress: Progress) -> Mapping[str, object]:
        return {"value": object()}

    async def _big(self, call: Call, progress: Progress) -> Mapping[str, object]:
        return {"text": "x" * int(str(call.params["size"]))}

    async def _report(self, call: Call, progress: Progress) -> Mapping[str, object]:
        """Progress, half of it from another thread, until the gate opens."""
        gate = str(call.params["until"])
        step = 0
        while not await asyncio.to_thread(os.path.exists, gate):
            step += 1
            if step % 2:
                progress({"step": step})
            else:
                await asyncio.to_thread(progress, {"step": step})
            await asyncio.sleep(0)
        return {"steps": step}


async def serve(lock: OfficeLock, socket: Path, journal: Path) -> None:
    lock.acquire(LockInfo.here(socket, SystemClock()))
    handler = ToyHandler(journal)
    server = OfficeServer(socket, handler, revision=lambda: handler.revision)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await server.start()
    # A starter that came late outlives its test otherwise: the folder goes, and it goes too.
    while lock.still_holds() and not ended.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), 0.2)
    await server.stop()


def main() -> int:
    lock_path, socket, journal = map(Path, sys.argv[1:4])
    with OfficeLock(lock_path) as lock:
        try:
            asyncio.run(serve(lock, socket, journal))
        except OfficeRunning as running:
            print(running, file=sys.stderr)
            return EXIT_RUNNING
    return 0


if __name__ == "__main__":
    sys.exit(main())
