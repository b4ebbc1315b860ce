"""What the QR codes in a picture say, read in a process of its own that has little and may crash.

The picture process (`deskterm.pictures.codes`) is started by name; nothing of it is imported here.
It costs about a third of a second, on the clock and not in the time of whoever asks, so answers are
kept while the file stays as it is.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

_COMMAND: Final = ("-P", "-m", "deskterm.pictures.codes")
_PATIENCE_S: Final = 8.0
#: Of a file; a larger one is not looked at.
_MOST_BYTES: Final = 50_000_000
#: The exit code that says: no picture of a kind that is decoded.
_UNKNOWN: Final = 4


def qr_texts(path: Path) -> tuple[str, ...] | None:
    """The texts of the QR codes in a picture; None where nobody could look. Never raises."""
    import subprocess  # here and below: most drafts have no picture, and every check would wait

    try:
        known = path.stat()
        if known.st_size > _MOST_BYTES:
            return None
        return _read(path, known.st_mtime_ns, known.st_size)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def draw(text: str, path: Path) -> None:
    """Write a picture with a QR code that says this, to try rules on.

    Raises:
        OSError: the file cannot be written.
        subprocess.SubprocessError: the picture process could not draw it.
    """
    import subprocess

    drawn = subprocess.run(
        [sys.executable, *_COMMAND, "--draw"],
        input=text.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path("/"),
        timeout=_PATIENCE_S,
        check=True,
    )
    path.write_bytes(drawn.stdout)


@lru_cache(64)
def _read(path: Path, _changed_ns: int, _size: int) -> tuple[str, ...] | None:
    import subprocess

    with path.open("rb") as picture:
        answer = subprocess.run(
            [sys.executable, *_COMMAND],
            stdin=picture,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path("/"),
            timeout=_PATIENCE_S,
            check=False,
            start_new_session=True,
        )
    if answer.returncode:
        return () if answer.returncode == _UNKNOWN else None
    texts = json.loads(answer.stdout)
    return tuple(map(str, texts)) if isinstance(texts, list) else None
