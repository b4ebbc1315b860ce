"""Files on a reply: copied by digest when it is submitted, looked at again before it goes."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from deskterm.domain.arrival import FiledAttachment
from deskterm.domain.errors import DesktermError

_MAX_BYTES = 50 << 20


@dataclass(frozen=True, slots=True)
class Attached:
    """A file whose content lies under its SHA-256 `digest`; `size` in bytes."""

    filename: str
    mime: str
    size: int
    digest: str


def take(path: Path, folder: Path) -> Attached:
    """Copy a file into the attachment folder.

    Raises:
        DesktermError: it cannot be read, or is larger than 50 MB (`attachment`).
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _problem(path, "It is larger than 50 MB")
        content = path.read_bytes()
    except OSError as error:
        raise _problem(path, error.strerror or "It cannot be read") from error
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    digest = keep(content, folder)
    return Attached(path.name, mime, len(content), digest)


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


def _problem(path: Path, why: str) -> DesktermError:
    return DesktermError(
        f"{path.name} cannot be attached",
        f"{why}. Your text was not lost.",
        "Attach another file, or send without it",
        code="attachment",
    )
