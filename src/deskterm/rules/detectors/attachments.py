"""Files on a draft: what a channel takes, how much they weigh, and whether they can do harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from deskterm.rules.archives import zip_names
from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.detectors.wording import word_set
from deskterm.rules.model import AttachmentFacts, Parameter
from deskterm.rules.parameters import at_most, number, one_of, word, words
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
_ACTIVE = word_set("htm html mht mhtml shtml svg xhtml")
_DOCUMENTS = word_set("doc docx gif jpeg jpg pdf png tif tiff txt xls xlsx")
_HARMFUL_TYPES = word_set(
    """
    application/x-msdownload application/x-msdos-program application/x-dosexec
    application/vnd.microsoft.portable-executable application/x-executable application/x-sh
    application/x-bat application/java-archive application/javascript text/javascript
    """
)
#: Another way of writing the same file type.
_SAME_TYPE: Mapping[str, str] = {"jpeg": "jpg", "jpe": "jpg", "htm": "html"}
_NAME_CAP = 1_000
_MOST_FILES, _MOST_BYTES = 1_000, 10**12
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


def _safe_types(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    no_archives = word(parameters, "archives") == "find"
    for file in reading.draft.attachments:
        harm = _harm(file)
        if no_archives and suffix(file.filename) in ARCHIVES:
            harm = (harm[0] if harm else "", True)
        if harm is not None:
            inside, sure = harm
            excerpt = f"{file.filename}: {inside}" if inside else file.filename
            yield Match(sure=sure, excerpt=excerpt)


def _archives_problem(parameters: Mapping[str, Parameter]) -> tuple[str, str] | None:
    return one_of(parameters, "archives", ("ask", "find"))


def _harm(file: AttachmentFacts) -> tuple[str, bool] | None:
    """What is harmful in a file (empty: the file itself) and whether that is sure; None: nothing.

    An archive nobody could look into may hold anything.
    """
    kind, mime = suffix(file.filename), file.mime.partition(";")[0].strip().casefold()
    if kind in HARMFUL or mime in _HARMFUL_TYPES:
        return "", True
    if kind not in ARCHIVES:
        return ("", False) if _disguised(file.filename) else None
    names = zip_names(file.path) if kind == "zip" and file.path is not None else None
    if names is None:
        return "", False
    harmful = next((name for name in names if suffix(name) in HARMFUL), None)
    if harmful is not None:
        return harmful, True
    nested = next((name for name in names if suffix(name) in ARCHIVES), None)
    return (nested, False) if nested is not None else None


def _disguised(filename: str) -> bool:
    """Whether a page that can run scripts has the name of a plain document before its own type."""
    kind = suffix(filename)
    return kind in _ACTIVE and suffix(filename.rstrip(" .")[: -len(kind) - 1]) in _DOCUMENTS


def _taken(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    """What a channel does not take: a type, a file too heavy, one too many, all too heavy."""
    files, types = reading.draft.attachments, frozenset(map(_plain, words(parameters, "types")))
    each, count = number(parameters, "max_bytes"), number(parameters, "max_count")
    total = number(parameters, "max_total_bytes")
    for place, file in enumerate(files, 1):
        kind = suffix(file.filename)
        if types and _plain(kind) not in types:
            # Without a suffix the channel may still know the type by other means.
            yield Match(sure=bool(kind), excerpt=file.filename)
        elif (each and file.size > each) or (count and place > count):
            yield Match(excerpt=file.filename)
    if total and sum(file.size for file in files) > total:
        yield Match(excerpt=_heaviest(files))


def _plain(kind: str) -> str:
    return _SAME_TYPE.get(kind, kind)


def _limits_problem(parameters: Mapping[str, Parameter]) -> tuple[str, str] | None:
    if any(kind != kind.casefold() or "." in kind for kind in words(parameters, "types")):
        return "types", "must be file types in lower case and without the dot"
    return at_most(parameters, _MOST_FILES, "max_count") or at_most(
        parameters, _MOST_BYTES, "max_bytes", "max_total_bytes"
    )


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
    "attachments": Detector(
        _taken,
        "attachment",
        parameters={
            "types": tuple[str, ...](),
            "max_bytes": 0,
            "max_count": 0,
            "max_total_bytes": 0,
        },
        problem=_limits_problem,
    ),
    "safe_attachment_types": Detector(
        _safe_types, "attachment", parameters={"archives": "ask"}, problem=_archives_problem
    ),
    "attachment_size": Detector(_size, "attachment", parameters={"ask_over": 10_000_000}),
}
