"""What a file is by its first bytes, whatever its sender called it."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from deskterm.i18n import marked

HEAD_BYTES: Final = 4_096
"""So many bytes are enough to tell."""


class Kind(NamedTuple):
    """A kind of file.

    Args:
        title: what people call it, in English.
        shows: how it can be shown here: as a picture, as text, or not.
        ending: of its name where it is handed to the desktop; empty for what is not handed over,
            because a program might do what the file says.
    """

    title: str
    shows: Literal["picture", "text", "nothing"]
    ending: str = ""


TEXT: Final = Kind(marked("Text"), "text", ".txt")
UNKNOWN: Final = Kind(marked("File of an unknown kind"), "nothing")

#: How files begin (their specifications; ISO/IEC 14496-12 for the last).
_BEGINNINGS: Mapping[bytes, Kind] = MappingProxyType(
    {
        b"\x89PNG\r\n\x1a\n": Kind(marked("PNG picture"), "picture", ".png"),
        b"\xff\xd8\xff": Kind(marked("JPEG picture"), "picture", ".jpg"),
        b"GIF87a": Kind(marked("GIF picture"), "picture", ".gif"),
        b"GIF89a": Kind(marked("GIF picture"), "picture", ".gif"),
        b"BM": Kind(marked("BMP picture"), "picture", ".bmp"),
        b"%PDF-": Kind(marked("PDF document"), "nothing", ".pdf"),
        b"II*\x00": Kind(marked("TIFF picture"), "nothing", ".tiff"),
        b"MM\x00*": Kind(marked("TIFF picture"), "nothing", ".tiff"),
        b"PK\x03\x04": Kind(marked("ZIP archive or office document"), "nothing"),
    }
)
_WEBP: Final = Kind(marked("WebP picture"), "picture", ".webp")
_HEIC: Final = Kind(marked("HEIC picture"), "nothing", ".heic")
_AVIF: Final = Kind(marked("AVIF picture"), "nothing", ".avif")
_BRANDS: Mapping[bytes, Kind] = MappingProxyType(
    {b"heic": _HEIC, b"heix": _HEIC, b"mif1": _HEIC, b"avif": _AVIF}
)
_MARKS_OF_ORDER: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_SIGNS: Final = frozenset(b"\t\n\r\f")
_FEW_ODD, _MOST_ODD = 4, 0.02


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins like this."""
    for beginning, kind in _BEGINNINGS.items():
        if head.startswith(beginning) and not (beginning == b"BM" and _is_text(head)):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _WEBP
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], UNKNOWN)
    return TEXT if _is_text(head) else UNKNOWN


def text_of(content: bytes) -> str:
    """The characters of a text file: UTF-8, UTF-16 with its mark, else Windows-1252."""
    if content.startswith(_MARKS_OF_ORDER):
        return content.decode("utf-16", "replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_text(head: bytes) -> bool:
    """Whether there are next to no control characters in it."""
    if head.startswith(_MARKS_OF_ORDER):
        return True
    odd = sum(byte < ord(" ") and byte not in _LINE_SIGNS for byte in head)
    return b"\0" not in head and odd <= _FEW_ODD + len(head) * _MOST_ODD
