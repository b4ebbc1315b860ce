"""File names from strangers, and saving without ever leaving the folder or overwriting."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from deskterm.domain.errors import DesktermError

_NAME_BYTES = 120
_EXTENSION_BYTES = 20
_TRIES = 1_000
_FALLBACK = "attachment"
#: Characters that some file system gives a meaning to.
_SPECIAL = re.compile(r"[<>:\"|?*]")
_BLANKS = re.compile(r"\s+")
#: Microsoft, "Naming Files, Paths, and Namespaces": with any extension.
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE
)


def safe_filename(name: str) -> str:
    """A name that is one plain file in one folder on every system, at most 120 bytes of UTF-8.

    Path parts, controls, bidirectional and invisible characters go, and so do leading dots,
    dashes and tildes. The extension stays.
    """
    last = unicodedata.normalize("NFC", name[-4_000:]).replace("\\", "/").rpartition("/")[2]
    last = _BLANKS.sub(" ", last)
    last = "".join(c for c in last if not unicodedata.category(c).startswith("C"))
    last = _BLANKS.sub(" ", last)  # what stood between two blanks may be gone
    last = _SPECIAL.sub("_", last).lstrip(".-~ ").rstrip(". ")
    if _DEVICE.match(last):
        last = f"_{last}"
    stem, extension = _split(last)
    return _cut(stem, _NAME_BYTES - len(extension.encode())) + extension if stem else _FALLBACK


def save_new(folder: Path, name: str, content: bytes) -> Path:
    """Write a new file, readable for its owner only, and give its path.

    A taken name gets a counter; a link is not followed.

    Args:
        folder: must exist; opened once, so that nothing can be put in its place meanwhile.
        name: as it came; made safe here.

    Raises:
        DesktermError: the folder or the file cannot be written (`save_failed`).
    """
    try:
        folder_fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise _not_saved(error) from error
    try:
        return folder / _save_in(folder_fd, safe_filename(name), content)
    except OSError as error:
        raise _not_saved(error) from error
    finally:
        os.close(folder_fd)


def _save_in(folder_fd: int, name: str, content: bytes) -> str:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    for count in range(1, _TRIES + 1):
        candidate = _counted(name, count)
        try:
            file_fd = os.open(candidate, flags, 0o600, dir_fd=folder_fd)
        except FileExistsError:
            continue
        try:
            with os.fdopen(file_fd, "wb") as file:
                file.write(content)
        except OSError:
            with suppress(OSError):
                os.unlink(candidate, dir_fd=folder_fd)
            raise
        return candidate
    raise FileExistsError(f"{_TRIES} files of that name are there")


def _counted(name: str, count: int) -> str:
    if count == 1:
        return name
    stem, extension = _split(name)
    mark = f" ({count})"
    return _cut(stem, _NAME_BYTES - len((mark + extension).encode())) + mark + extension


def _split(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    extension = dot + extension
    if not stem or not dot or len(extension.encode()) > _EXTENSION_BYTES:
        return name, ""
    return stem, extension


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode("utf-8", "ignore").rstrip(". ")


def _not_saved(error: OSError) -> DesktermError:
    return DesktermError(
        "The file was not saved",
        f"{error.strerror or error}. Nothing was overwritten, and the attachment is still here",
        "Choose another folder or make room, and save again",
        code="save_failed",
    )
