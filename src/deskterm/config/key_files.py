"""Reads the files that keys are changed in: `keys.toml` of a shop, and the keymaps to choose from
that come with the program.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from deskterm.domain.errors import DesktermError

FILE_MAX: Final = 200_000  # bytes
DEFAULT: Final = "default"
"""The keymap that is the command table's own."""

_FOLDER: Final = Path(__file__).parent / "keymaps"
_END: Final = ".toml"


def text_of(file: Path) -> str | None:
    """What a file of keys says; None where there is no file.

    Raises:
        DesktermError: `keys`, it is there and cannot be read.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(FILE_MAX + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unread(
            f"{file}: {error.strerror or type(error).__name__}",
            "Check the permissions of the file and its folder",
        ) from error
    if len(raw) > FILE_MAX:
        raise _unread(f"{file}: it has more than {FILE_MAX} bytes", "Make it shorter")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unread(f"{file}, line {line}: it is not UTF-8 text", "Save it as UTF-8") from error


def presets() -> dict[str, str]:
    """The keymaps to choose from that are not the default one: names and what their files say."""
    files = sorted(_FOLDER.glob(f"*{_END}"))
    return {file.name.removesuffix(_END): file.read_text(encoding="utf-8") for file in files}


def _unread(why: str, advice: str) -> DesktermError:
    return DesktermError(
        "Your keys cannot be read", f"{why}. The usual keys are used", advice, code="keys"
    )
