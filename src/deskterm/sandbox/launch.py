"""The parent's side of the sandbox: starts the child process, hands it orders, ends it."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from deskterm.domain.errors import DesktermError

LOG: Final = "sandbox.log"
TOKEN: Final = "DESKTERM_SANDBOX_TOKEN"  # noqa: S105 - the name of the variable
"""Environment variable with what the accounts' secrets are made from; without it, chance."""

_START_S = 20.0
_EACH_TICKET_S = 0.01
_ANSWER_S = 30.0
_END_S = 3.0
_LAST_WORDS = 200


class Sandbox:
    """The simulated shop's servers, in a child process that lives no longer than this one.

    Returned by `start` at once; `accounts` and `command` wait until it serves. It may be used from
    several threads.
    """

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, start_s: float) -> None:
        self._process = process
        self._folder = folder
        self._start_by = time.monotonic() + start_s
        self._asking = threading.Lock()
        self._rest = b""
        self._served: Mapping[str, Any] | None = None

    @classmethod
    def start(
        cls,
        folder: Path,
        *,
        seed: int = 1,
        tickets: int = 300,
        speed: float = 1.0,
        token: str = "",
    ) -> Self:
        """Start the process.

        Args:
            folder: exists and is private; takes the authority's certificate, the journal and a
                log. Removing it is the caller's business.
            speed: factor on the time that customers take to answer; 0 is at once.
            token: what secrets are made from; see `Face.secrets`.

        Raises:
            OSError: the process or its log cannot be made.
        """
        command = [sys.executable, "-m", "deskterm.sandbox", f"--seed={seed}"]
        command += [f"--tickets={tickets}", f"--speed={speed}", f"--folder={folder}"]
        env = {**os.environ, **({TOKEN: token} if token else {})}
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
        log = os.open(folder / LOG, flags, 0o600)
        try:
            # A session of its own: Ctrl+C is for the parent, which ends the child in its turn.
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=env,
                start_new_session=True,
            )
        finally:
            os.close(log)
        return cls(process, folder, _START_S + _EACH_TICKET_S * tickets)

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def accounts(self) -> Sequence[Mapping[str, Any]]:
        """What it serves: `channel`, `name`, `fields` and `secrets` of each account.

        Raises:
            DesktermError: it does not come up (code `sandbox`).
        """
        accounts: Sequence[Mapping[str, Any]] = self._serving()["accounts"]
        return accounts

    @property
    def journal(self) -> Path:
        """Where it writes what it shows and takes."""
        return Path(self._serving()["journal"])

    def command(self, do: str, *, timeout_s: float = _ANSWER_S, **params: object) -> dict[str, Any]:
        """Hand over one order; its answer.

        Raises:
            DesktermError: it cannot be done, or the process is gone or silent (code `sandbox`).
        """
        self._serving()
        with self._asking:
            order = f"{json.dumps({'do': do, **params})}\n".encode("ascii")
            try:
                _pipe(self._process.stdin).write(order)
                _pipe(self._process.stdin).flush()
            except (OSError, ValueError) as error:
                raise self._broken("It has ended") from error
            answer = self._line(time.monotonic() + timeout_s)
        if not answer.get("ok"):
            raise self._broken(str(answer.get("error", "")))
        return answer

    def wait(self) -> int:
        """Wait until the process ends; its exit code."""
        return self._process.wait()

    def stop(self) -> None:
        """End the process; at once where it serves, and in any case."""
        with suppress(OSError):
            _pipe(self._process.stdin).close()
        for name in (None, signal.SIGTERM, signal.SIGKILL):
            if name is not None:
                self._process.send_signal(name)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_END_S)
                break
        with self._asking:  # whoever waits for an answer has seen the end by now
            _pipe(self._process.stdout).close()

    def _serving(self) -> Mapping[str, Any]:
        with self._asking:
            if self._served is None:
                self._served = self._line(self._start_by)
            return self._served

    def _line(self, deadline: float) -> dict[str, Any]:
        pipe = _pipe(self._process.stdout)
        if pipe.closed:
            raise self._broken("It was ended")
        output = pipe.fileno()
        with selectors.DefaultSelector() as watch:
            watch.register(output, selectors.EVENT_READ)
            while b"\n" not in self._rest:
                if not watch.select(max(0.0, deadline - time.monotonic())):
                    raise self._broken("It does not answer")
                piece = os.read(output, 65_536)
                if not piece:
                    raise self._broken("It has ended")
                self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found

    def _broken(self, what: str) -> DesktermError:
        try:
            words = (self._folder / LOG).read_text("utf-8", "replace").strip().rpartition("\n")[2]
        except OSError:
            words = ""
        said = f". Its last words: {words[:_LAST_WORDS]}" if words else ""
        return DesktermError(
            "The simulated shop does not work",
            f"{what}{said}. Your own shops are not touched",
            "Start it again; if it happens again, please report it",
            code="sandbox",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the process has no such pipe")
    return pipe
