"""Mail parsing for the sync: the light parser here, everything else in a limited process.

What the light parser does not fully understand may be broken or hostile. It is parsed by one
long-lived worker process with little memory and 10 s for each mail. A mail that kills the worker
twice costs itself alone: its headers are read here, and it says why the rest is missing.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import ParsedMail
from deskterm.mail.fallback import read_headers_only
from deskterm.mail.light import parse_light
from deskterm.mail.limits import MAIL_BYTES
from deskterm.mail.wire import LENGTH, MAX_FRAME, BadFrame, decode_mail

_COMMAND = ("-P", "-m", "deskterm.mail.worker")
_READY = b"ready"
_START_SECONDS = 20.0
_CLOSE_SECONDS = 2.0
_CHUNK = 1 << 18

_ENDED = "too complex: the parser ran out of memory or crashed"
_NO_SENSE = "damaged: the parser gave no sensible answer"


class MailParser:
    """Parses mails for one calling thread. No mail makes it raise.

    Args:
        seconds: how long the worker may take for one mail.
        command: what to start as a worker, after the interpreter.
    """

    def __init__(self, *, seconds: float = 10.0, command: Sequence[str] = _COMMAND) -> None:
        self._seconds = seconds
        self._command = tuple(command)
        self._worker: _Worker | None = None

    def parse_many(self, raws: Sequence[bytes]) -> list[ParsedMail]:
        """Parse mails; the results stand in the order of `raws`.

        Raises:
            DesktermError: no worker process can be started (`parser_missing`). Nothing is said
                about any mail then; the same mails can be given again later.
        """
        mails = [parse_light(raw) for raw in raws]
        return [
            mail if mail is not None else self._parse_apart(raw)
            for mail, raw in zip(mails, raws, strict=True)
        ]

    @property
    def worker_pid(self) -> int | None:
        """The process id of the running worker, if one was needed."""
        return self._worker.pid if self._worker else None

    def close(self) -> None:
        """End the worker process. The parser can be used again afterwards."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def __enter__(self) -> MailParser:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _parse_apart(self, raw: bytes) -> ParsedMail:
        if len(raw) > MAIL_BYTES:
            return read_headers_only(raw, "too complex: the mail is larger than 50 MB")
        try:
            return self._ask(raw)
        except _WorkerEnded:
            # Perhaps somebody else ended it: a mail is blamed when it happens twice.
            try:
                return self._ask(raw)
            except _WorkerGone as failure:
                return read_headers_only(raw, str(failure))
        except _WorkerGone as failure:
            return read_headers_only(raw, str(failure))

    def _ask(self, raw: bytes) -> ParsedMail:
        if self._worker is None:
            self._worker = _Worker(self._command)
        try:
            return decode_mail(self._worker.ask(raw, self._seconds))
        except BadFrame as error:
            self.close()
            raise _WorkerGone(_NO_SENSE) from error
        except _WorkerGone:
            self.close()
            raise


class _WorkerGone(Exception):
    """The worker gave no answer; the message says why, in words for a person."""


class _WorkerEnded(_WorkerGone):
    """The worker process ended by itself or was ended by another."""


class _Worker:
    """One worker process and its pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path("/"),
                bufsize=0,
                start_new_session=True,
            )
        except OSError as error:
            raise _missing(error.strerror or "") from error
        self._input = _pipe(self._process.stdin)
        self._output = _pipe(self._process.stdout)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._output, selectors.EVENT_READ)
        try:
            hello = self._receive(bytearray(), time.monotonic() + _START_SECONDS)
        except _WorkerGone as failure:
            self.close()
            raise _missing(str(failure)) from failure
        if hello != _READY:
            self.close()
            raise _missing("it answered in another way")

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, raw: bytes, seconds: float) -> bytes:
        """Send a mail and wait for the answer.

        Raises:
            _WorkerGone: there was none in time.
        """
        deadline = time.monotonic() + seconds
        outgoing = bytearray(LENGTH.pack(len(raw)))
        outgoing += raw
        return self._receive(outgoing, deadline)

    def close(self) -> None:
        """End the process, by force if need be, and give everything back."""
        self._selector.close()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        if self._process.poll() is None and not self._ends_by_itself():
            self._process.kill()
        self._process.wait()

    def _ends_by_itself(self) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_CLOSE_SECONDS)
            return True
        return False

    def _receive(self, outgoing: bytearray, deadline: float) -> bytes:
        """Write what is to be written while reading one frame, without ever blocking."""
        incoming = bytearray()
        sent = 0
        if outgoing:
            self._selector.register(self._input, selectors.EVENT_WRITE)
        try:
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    self._process.kill()
                    raise _WorkerGone("too complex: it took too long to read")
                for key, _ in self._selector.select(left):
                    if key.fd == self._output:
                        self._read(incoming)
                        continue
                    sent += self._write(outgoing, sent)
                    if sent == len(outgoing):
                        self._selector.unregister(self._input)
                        outgoing, sent = bytearray(), 0
                if (frame := _whole_frame(incoming)) is not None:
                    return frame
        finally:
            if self._input in self._selector.get_map():
                self._selector.unregister(self._input)

    def _read(self, incoming: bytearray) -> None:
        try:
            piece = os.read(self._output, _CHUNK)
        except BlockingIOError:
            return
        if not piece:
            raise _WorkerEnded(_ENDED)
        incoming += piece

    def _write(self, outgoing: bytearray, sent: int) -> int:
        try:
            return os.write(self._input, memoryview(outgoing)[sent : sent + _CHUNK])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise _WorkerEnded(_ENDED) from error


def _pipe(stream: IO[bytes] | None) -> int:
    """The descriptor of a pipe, switched to never wait."""
    if stream is None:
        raise _missing("it has no pipes")
    os.set_blocking(stream.fileno(), False)
    return stream.fileno()


def _whole_frame(incoming: bytearray) -> bytes | None:
    if len(incoming) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack_from(incoming)
    if size > MAX_FRAME:
        raise _WorkerGone(_NO_SENSE)
    end = LENGTH.size + size
    return bytes(incoming[LENGTH.size : end]) if len(incoming) >= end else None


def _missing(why: str) -> DesktermError:
    return DesktermError(
        "The mail parser could not be started",
        f"{why}. No mail was lost; it will be read again".lstrip(". "),
        "Check the installation with 'deskterm doctor', and sync again",
        code="parser_missing",
    )
