"""Files on a reply: looked at where they lie, copied by digest when the reply is held, looked at
again before it goes.

A draft names a file by its absolute path, or as `stored:<SHA-256>/<name>` once it was copied.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
import re
import stat
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from deskterm.domain.arrival import FiledAttachment
from deskterm.domain.errors import DesktermError, UsageError

_MAX_BYTES = 50 << 20
_STORED = re.compile(r"stored:([0-9a-f]{64})/(.{1,255})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file whose content lies under its SHA-256 `digest`; `size` in bytes."""

    filename: str
    mime: str
    size: int
    digest: str

    @property
    def stored_name(self) -> str:
        """How a draft names it."""
        return f"stored:{self.digest}/{self.filename}"


@dataclass(frozen=True, slots=True)
class Lying:
    """A file as it lies somewhere; `size` in bytes."""

    filename: str
    mime: str
    size: int
    path: Path


def look(name: str, folder: Path) -> Lying:
    """Find a file by the name that a draft gives it. Nothing is copied.

    Raises:
        UsageError: the name is a path that is not absolute.
        DesktermError: it cannot be read, or is larger than 50 MB (`attachment`).
    """
    stored = _STORED.fullmatch(name)
    path = folder / stored[1] if stored else Path(name)
    filename = stored[2] if stored else path.name
    if not path.is_absolute():
        raise UsageError(
            f"{name[:80]!r} is no absolute path",
            "A file is named by its whole path, because the office has another working folder",
        )
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise _problem(filename, "It is no file")
        if state.st_size > _MAX_BYTES:
            raise _problem(filename, "It is larger than 50 MB")
        os.close(os.open(path, os.O_RDONLY))
    except (OSError, ValueError) as error:
        raise _unreadable(filename, error) from error
    mime = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return Lying(filename, mime, state.st_size, path)


def take(file: Lying, folder: Path) -> Attached:
    """Copy a file into the attachment folder.

    Raises:
        DesktermError: it can no longer be read, or is another one by now (`attachment`).
    """
    try:
        content = file.path.read_bytes()
    except OSError as error:
        raise _unreadable(file.filename, error) from error
    if len(content) != file.size:
        raise _problem(file.filename, "It was changed just now")
    return Attached(file.filename, file.mime, file.size, keep(content, folder))


def lying(file: Attached, folder: Path) -> Lying:
    """Where the copy of a file lies."""
    return Lying(file.filename, file.mime, file.size, folder / file.digest)


def keep(content: bytes, folder: Path) -> str:
    """Store bytes under their digest; the same bytes are stored once."""
    digest = hashlib.sha256(content).hexdigest()
    target = folder / digest
    if not target.exists():
        fresh = folder / f".{digest}.{os.getpid()}"
        with fresh.open("wb") as file:
            file.write(content)
        fresh.replace(target)
    return digest


def content_of(attached: Attached, folder: Path) -> bytes | None:
    """The bytes of a file; None when they are gone or no longer the ones that were attached."""
    try:
        content = (folder / attached.digest).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == attached.digest else None


def filed(file: Attached, number: int) -> FiledAttachment:
    """The same file as the conversation shows it, `number` counted from 1."""
    return FiledAttachment(str(number), file.filename, file.mime, file.size, file.digest)


def dump(files: Sequence[Attached]) -> str:
    """As JSON for the outbox."""
    return json.dumps([asdict(f) for f in files], ensure_ascii=False)


def load(text: str) -> tuple[Attached, ...]:
    """Read what `dump` wrote."""
    return tuple(Attached(**entry) for entry in json.loads(text))


def _unreadable(filename: str, error: OSError | ValueError) -> DesktermError:
    return _problem(filename, getattr(error, "strerror", None) or "It cannot be read")


def _problem(filename: str, why: str) -> DesktermError:
    return DesktermError(
        f"{filename[:80]} cannot be attached",
        f"{why}. Your text was not lost.",
        "Attach another file, or send without it",
        code="attachment",
    )
