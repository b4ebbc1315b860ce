"""Picture files for tests, made here: sound ones, and ones that lie about themselves."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path

from PIL import Image

from deskterm.service.reading.rows import FileView
from deskterm.text.clean import clean

#: Two colours, one above the other.
UPPER, LOWER = (200, 40, 40), (40, 40, 200)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture, its upper half in one colour and its lower half in another."""
    image = Image.new("RGB", size, UPPER)
    image.paste(LOWER, (0, size[1] // 2, *size))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG with the head of such a picture and any data (W3C, PNG third edition)."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def stored(folder: Path, name: str, content: bytes, mime: str = "image/png") -> FileView:
    """A file as the folder of attachments keeps it."""
    digest = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / digest).write_bytes(content)
    return FileView(clean(name, multiline=False), clean(mime), len(content), digest)
