"""Bytes of a mail into text, whatever their label says.

Labels lie: Latin-1 is nearly always windows-1252 (as the WHATWG Encoding Standard reads it), and
UTF-8 is sent under every other name. Valid multi-byte UTF-8 is therefore believed before the
label, and the label before a guess.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

_GUESS_BYTES = 64 * 1024
_META_BYTES = 2048

#: Labels that mean another codec than their name says, or that Python does not know.
_ALIASES = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-8-mac": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "cp-850": "cp850",
}
_LABEL = re.compile(r"[a-z0-9][a-z0-9_.:+-]{0,39}")
#: Python's own text codecs that no mail is written in; some take quadratic time.
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape",
     "raw-unicode-escape", "undefined", "mbcs", "oem"}
)  # fmt: skip
#: Charsets whose ASCII bytes do not stand for themselves.
_STATEFUL = ("iso-2022", "iso2022", "hz", "utf-7", "utf-16", "utf-32", "utf_7", "utf_16", "utf_32",
             "utf7", "utf16", "utf32", "cp037", "cp500", "cp1026", "cp1140", "cp273")  # fmt: skip
_EAST_ASIAN = frozenset({"cp932", "gb18030", "cp949", "big5", "big5hkscs", "euc_jp", "euc-jp"})
_ASCII = bytes(range(128))
_META = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE)

_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n") + b"\x7f"
#: The C1 controls in UTF-8.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_NEXT_LINE = b"\xc2\x85"


def codec_of(label: str | None) -> str | None:
    """The Python codec for a charset label, or None when the label names none."""
    name = (label or "").strip("\"' \t").lower()
    name = _ALIASES.get(name, name)
    if name in {"utf-8", "cp1252"}:
        return name
    if not _LABEL.fullmatch(name) or name in _NOT_CHARSETS:
        return None
    try:
        # Encoding nothing tells text codecs from the others: those raise LookupError.
        "".encode(name)
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec in _NOT_CHARSETS else name


def decode_surely(data: bytes, label: str | None) -> str | None:
    """Decode without guessing: the text, or None when neither UTF-8 nor the label fits."""
    codec = codec_of(label)
    if codec is not None and codec.startswith(_STATEFUL):
        return _strictly(data, codec)
    if data.isascii():
        return data.decode("ascii")
    east_asian = codec in _EAST_ASIAN
    # Two-byte sequences are common in both, so only longer ones speak against the label.
    if not east_asian or any(byte in data for byte in range(0xE1, 0xF0)):
        text = _strictly(data, "utf-8")
        if text is not None:
            return text
    if codec is None or codec == "utf-8":
        return None
    return _strictly(data, codec)


def decode(data: bytes, label: str | None, *, html: bool = False, guess: bool = True) -> str:
    """Decode by label, by what the bytes look like, by guess, and at last as windows-1252.

    Args:
        data: the bytes after the transfer encoding was undone.
        label: the charset parameter of the part, if it has one.
        html: also believe a `<meta charset>` in the first 2048 bytes.
        guess: let statistics speak when nothing else does (slow: tens of milliseconds).
    """
    text = decode_surely(data, label)
    if text is not None:
        return text
    if html and (meta := _META.search(data[:_META_BYTES])):
        text = decode_surely(data, meta[1].decode("ascii"))
        if text is not None:
            return text
    codec = codec_of(label)
    if codec is not None and codec not in {"utf-8", "cp1252"}:
        # A few damaged bytes: the label is still the better witness.
        text = data.decode(codec, "replace")
        if text.count("\ufffd") * 20 <= len(text):
            return text
    text = data.decode("utf-8", "replace")
    high = len(data.translate(None, _ASCII))
    if text.count("\ufffd") * 20 <= high:
        return text
    # Statistics are right about other scripts only: few high bytes are Western accents.
    if guess and codec is None and high * 5 >= len(data):
        # Loaded late: most processes never guess.
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_GUESS_BYTES]).best()
        found = _strictly(data, best.encoding) if best is not None else None
        if found is not None:
            return found
    return data.decode("cp1252", "replace")


def tidy(text: str) -> str:
    """Text as it is kept: NFC, `\\n` as the only line end, no other controls than tab."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        # Half a surrogate pair cannot be stored.
        data = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
    # Bytes are searched and translated several times faster than text.
    # As many CR as LF: pairs. Counting the pairs themselves takes longer than all the rest.
    if b"\r" in data and data.count(b"\r") != data.count(b"\n"):
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    kept = data.translate(None, _CONTROL_BYTES)
    if kept.isascii():
        return kept.decode("ascii")
    if b"\xc2" in kept:
        kept = _C1.sub(_evened, kept)
    text = kept.decode("utf-8")
    if "\u2028" in text or "\u2029" in text:
        text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _evened(control: re.Match[bytes]) -> bytes:
    return b"\n" if control[0] == _NEXT_LINE else b""


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, ValueError):
        return None
