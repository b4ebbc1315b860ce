"""Having a picture decoded: starts the picture process and looks at what it answers."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from deskterm.domain.errors import DesktermError
from deskterm.pictures.frame import MOST_BYTES, BadFrame, Form, Frame
from deskterm.pictures.worker import DAMAGED, SECONDS, TOO_LARGE, UNKNOWN

_COMMAND: Final = ("-P", "-m", "deskterm.pictures.worker")
_PATIENCE_S: Final = 2.0 * SECONDS + 2


def decoded(path: Path, room: tuple[int, int], form: Form) -> Frame:
    """A picture that fits into `room` pixels. Takes a tenth of a second and more: not for the
    screen's thread.

    Raises:
        DesktermError: there is nothing to show, with the reason (`picture`).
    """
    try:
        with path.open("rb") as source:
            process = subprocess.Popen(
                [sys.executable, *_COMMAND, *map(str, room), form],
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path("/"),
                start_new_session=True,
            )
    except OSError as error:
        raise _problem(error.strerror or "It cannot be read") from error
    data, code = _answer(process)
    if code == 0:
        try:
            return Frame.load(data, room)
        except BadFrame as error:
            raise _problem(_WHY[DAMAGED]) from error
    raise _problem(_WHY.get(code, _WHY[DAMAGED]))


def _answer(process: subprocess.Popen[bytes]) -> tuple[bytes, int]:
    """What it writes, no more than a frame can be, and how it ends; it ends in any case."""
    ending = threading.Timer(_PATIENCE_S, process.kill)
    ending.start()
    try:
        with process:
            data = b"" if process.stdout is None else process.stdout.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                process.kill()
        return data, process.returncode
    finally:
        ending.cancel()


_WHY: Final = {
    TOO_LARGE: "It has more than 80 million pixels, which are not decoded",
    UNKNOWN: "It is no picture of a kind that can be shown (PNG, JPEG, GIF, WebP, BMP)",
    DAMAGED: "It is damaged, or took too much memory or time to decode",
}


def _problem(why: str) -> DesktermError:
    return DesktermError(
        "This picture cannot be shown",
        f"{why}. The file is unchanged",
        "Save it, and look at it with another program",
        code="picture",
    )
