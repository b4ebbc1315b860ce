"""Files on a draft: how much they weigh as mail, and whether they can do harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from deskterm.rules.archives import zip_names
from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.detectors.wording import word_set
from deskterm.rules.model import AttachmentFacts, Parameter
from deskterm.text.matching import MatchingCopy

#: File types that Gmail refuses (Gmail Help, "File types blocked in Gmail", answer 6590), with
#: scripts of other systems. Without the dot.
HARMFUL = word_set(
    """
    ade adp apk app appx appxbundle bash bat cab chm cmd com command cpl csh deb desktop diagcab
    diagcfg diagpkg dll dmg ex ex_ exe hta img ins iso isp jar jnlp js jse ksh lib lnk mde mjs msc
    msi msix msixbundle msp mst nsh pif pkg ps1 psm1 py pyw reg rpm run scr sct sh shb sys url vb
    vbe vbs vhd vhdx vxd wsc wsf wsh xll zsh
    """
)
ARCHIVES = word_set("zip 7z rar tar gz tgz bz2 xz taz z zst")
_HARMFUL_TYPES = word_set(
    """
    application/x-msdownload application/x-msdos-program application/x-dosexec
    application/vnd.microsoft.portable-executable application/x-executable application/x-sh
    application/x-bat application/java-archive application/javascript text/javascript
    """
)
_NAME_CAP = 1_000
#: Base64 in a mail: 57 bytes of a file become a line of 76 characters and CRLF (RFC 2045 6.8).
_LINE_BYTES, _LINE_LENGTH = 57, 78


def suffix(filename: str) -> str:
    """The file type that a system would act on, in lower case and without the dot.

    Invisible characters go, and trailing blanks and dots, which Windows drops.
    """
    plain = MatchingCopy.of(filename[-_NAME_CAP:]).text
    shown = "".join(char for char in plain if char.isprintable()).rstrip(" .").casefold()
    return PurePosixPath(shown.replace("\\", "/")).suffix.removeprefix(".")


def encoded_size(size: int) -> int:
    """Bytes that a file of `size` bytes takes in a mail."""
    return -(-size // _LINE_BYTES) * _LINE_LENGTH


def _safe_types(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    for file in reading.draft.attachments:
        harm = _harm(file)
        if harm is not None:
            inside, sure = harm
            excerpt = f"{file.filename}: {inside}" if inside else file.filename
            yield Match(sure=sure, excerpt=excerpt)


def _harm(file: AttachmentFacts) -> tuple[str, bool] | None:
    """What is harmful in a file (empty: the file itself) and whether that is sure; None: nothing.

    An archive nobody could look into may hold anything.
    """
    kind, mime = suffix(file.filename), file.mime.partition(";")[0].strip().casefold()
    if kind in HARMFUL or mime in _HARMFUL_TYPES:
        return "", True
    if kind not in ARCHIVES:
        return None
    names = zip_names(file.path) if kind == "zip" and file.path is not None else None
    if names is None:
        return "", False
    harmful = next((name for name in names if suffix(name) in HARMFUL), None)
    if harmful is not None:
        return harmful, True
    nested = next((name for name in names if suffix(name) in ARCHIVES), None)
    return (nested, False) if nested is not None else None


def _size(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    files, most = reading.draft.attachments, reading.facts.server_max_bytes
    total, ask_over = sum(file.size for file in files), parameters["ask_over"]
    if most is not None and sum(encoded_size(file.size) for file in files) > most:
        yield Match(excerpt=_heaviest(files))
    elif isinstance(ask_over, int) and total > ask_over:
        yield Match(sure=False, excerpt=_heaviest(files))


def _heaviest(files: tuple[AttachmentFacts, ...]) -> str:
    return max(files, key=lambda file: file.size).filename if files else ""


DETECTORS: Mapping[str, Detector] = {
    "safe_attachment_types": Detector(_safe_types, "attachment"),
    "attachment_size": Detector(_size, "attachment", parameters={"ask_over": 10_000_000}),
}
