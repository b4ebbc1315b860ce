"""Folder names and what a server says of its folders."""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FolderInfo:
    """A folder as LIST shows it: name in Unicode, hierarchy mark, attributes in lower case."""

    name: str
    delimiter: str
    attributes: frozenset[str]

    @property
    def leaf(self) -> str:
        """The last part of the name."""
        return self.name.rsplit(self.delimiter, 1)[-1] if self.delimiter else self.name


@dataclass(frozen=True, slots=True)
class FolderState:
    """What EXAMINE or SELECT said. `highest_modseq` is None where the folder keeps none."""

    name: str
    uidvalidity: int
    uidnext: int | None
    exists: int
    highest_modseq: int | None


def encode_name(name: str) -> bytes:
    """A folder name in modified UTF-7 (RFC 3501 5.1.3)."""
    out = bytearray()
    run = ""
    for char in [*name, ""]:
        if char and not " " <= char <= "~":
            run += char
            continue
        if run:
            packed = binascii.b2a_base64(run.encode("utf-16-be", "surrogatepass"), newline=False)
            out += b"&" + packed.rstrip(b"=").replace(b"/", b",") + b"-"
            run = ""
        out += b"&-" if char == "&" else char.encode("ascii")
    return bytes(out)


def decode_name(raw: bytes) -> str:
    """The reverse of `encode_name`; what is not valid modified UTF-7 stays as it is."""
    parts = raw.split(b"&")
    text = parts[0].decode("utf-8", "replace")
    for part in parts[1:]:
        packed, dash, rest = part.partition(b"-")
        text += _unpack(packed, dash) + rest.decode("utf-8", "replace")
    return text


def _unpack(packed: bytes, dash: bytes) -> str:
    if not dash:
        return "&" + packed.decode("utf-8", "replace")
    if not packed:
        return "&"
    padded = packed.replace(b",", b"/") + b"=" * (-len(packed) % 4)
    try:
        return binascii.a2b_base64(padded, strict_mode=True).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError):
        return "&" + packed.decode("utf-8", "replace") + "-"


#: Names of the folder of sent mail where the server does not mark it (RFC 6154 is optional).
_SENT_NAMES = (
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "envoyés",
    "éléments envoyés",
    "messages envoyés",
    "objets envoyés",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
    "enviados",
    "elementos enviados",
    "posta inviata",
    "inviata",
    "verzonden",
    "verzonden items",
)


def find_sent(folders: Sequence[FolderInfo]) -> str | None:
    r"""The folder of sent mail: marked `\Sent` (RFC 6154), else the first well-known name."""
    usable = [f for f in folders if not f.attributes & {"\\noselect", "\\nonexistent"}]
    for folder in usable:
        if "\\sent" in folder.attributes:
            return folder.name
    ranked = [f for f in usable if f.leaf.lower() in _SENT_NAMES]
    best = min(ranked, key=lambda f: (_SENT_NAMES.index(f.leaf.lower()), f.name), default=None)
    return best.name if best else None
