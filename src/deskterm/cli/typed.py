"""Text an agent typed: it reaches the office, or a file, or the screen; it is never lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from deskterm.cli.output import note
from deskterm.cli.workplace import Workplace
from deskterm.config.folders import make_private
from deskterm.domain.errors import UsageError
from deskterm.domain.ids import uuid7
from deskterm.text.clean import clean

_MOST_BYTES = 4_000_000


def read_text(given: str | None) -> str:
    """The text of an option: `-` or nothing reads stdin.

    Raises:
        UsageError: it is not UTF-8, or longer than 4 MB.
    """
    if given is not None and given != "-":
        return given
    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UsageError("The text is longer than 4 MB")
    try:
        return data.decode("utf-8").removeprefix("\ufeff").rstrip("\n")
    except UnicodeDecodeError as error:
        raise UsageError("The text is not UTF-8") from error


@contextmanager
def kept(place: Workplace, text: str) -> Iterator[None]:
    """Whatever ends the block badly, the text is written to a file, or printed where that fails."""
    try:
        yield
    except BaseException:
        if text.strip():
            _keep(place, text)
        raise


def _keep(place: Workplace, text: str) -> None:
    folder = place.home.state / "unsent"
    try:
        make_private(folder, "folder of unsent texts")
        path = folder / f"{uuid7(place.now)}.txt"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        note("Your text could not be kept in a file; here it is:")
        print(clean(text), file=sys.stderr)
    else:
        note(f"Your text was kept in {path}")
