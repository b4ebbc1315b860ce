"""Mask card numbers in a raw mail before it is stored (PCI DSS requirement 3).

The text parts and the headers that people write are masked at equal length, under whatever
transfer encoding, so that nothing else in the mail moves. Attachments, addresses, ids and the
headers that carry structure are not touched.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from deskterm.domain.cards import mask_cards, may_hold_card
from deskterm.mail.charset import codec_of
from deskterm.mail.headers import split_head
from deskterm.mail.sections import Section, SectionWalk
from deskterm.mail.transfer import IDENTITY, decode_base64

#: A span of the mail and what stands there instead.
_Edit = tuple[int, int, bytes]

_FIELD = re.compile(rb"^([!-9;-~]+):([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_WORD = re.compile(rb"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=")
_WORD_GAP = re.compile(rb"\?=\s+=\?")
_QP_TOKEN = re.compile(rb"=([0-9A-Fa-f]{2})|=[ \t]*\r?\n|([^=])", re.DOTALL)
_BASE64_RUN = re.compile(rb"[A-Za-z0-9+/]+")
_ADDRESS = re.compile(rb"<[^<>]*>|[^\s<>,;\"]+@[^\s<>,;\"]+")
_ADDRESS_HEADERS = frozenset({b"from", b"to", b"cc", b"bcc", b"sender", b"reply-to"})
_KEPT = re.compile(
    rb"(?:message-id|in-reply-to|references|received|return-path|date|mime-version|content-.*"
    rb"|dkim-.*|domainkey-.*|arc-.*|authentication-results|received-spf|list-.*|delivered-to"
    rb"|x-original-to|x-gm-.*|x-google-.*|x-ms-.*|x-microsoft-.*|x-received|x-spam-.*"
    rb"|x-mailer.*|thread-index|feedback-id|auto-submitted|precedence|resent-.*|user-agent)"
)
_LINE = 76

#: Every digit as 0, everything else as x; and what may stand between two digits, in UTF-8.
_DIGITS = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x78 for byte in range(256))
_BETWEEN = b" .-\r\n=" + "\u00a0\u202f".encode()
_SHORTEST = b"0" * 14


def mask_mail(raw: bytes) -> bytes:
    """The mail with its card numbers masked; the same object when there is none."""
    if not _may_need_masking(raw):
        return raw
    top = SectionWalk(raw).walk()
    edits = [edit for section in _sections(top) for edit in _edits(raw, section)]
    if not edits:
        return raw
    out = []
    done = 0
    for start, end, instead in sorted(edits):
        out += [raw[done:start], instead]
        done = end
    return b"".join([*out, raw[done:]])


def _may_need_masking(raw: bytes) -> bool:
    """A cheap look at the bytes: False is certain."""
    if _has_long_number(raw):
        return True
    lowered = raw.lower()
    if b"quoted-printable" in lowered and _has_long_number(binascii.a2b_qp(raw)):
        return True
    head = split_head(raw)[0]
    return b"base64" in lowered or (b"=?" in head and any(_header_edits(raw, 0, len(head))))


def _has_long_number(data: bytes) -> bool:
    """Whether digits stand together as on a card, separators and line ends not counted."""
    return _SHORTEST in data.translate(_DIGITS, _BETWEEN)


def _sections(top: Section) -> Iterator[Section]:
    yield top
    for child in top.children:
        yield from _sections(child)


def _edits(raw: bytes, section: Section) -> Iterator[_Edit]:
    yield from _header_edits(raw, section.start, section.body)
    part = section.part
    is_text = part.mime.startswith("text/") or part.mime.startswith("multipart/")
    if section.children or not is_text or part.is_attached or section.body >= section.end:
        return
    source = raw[section.body : section.end]
    masked = _mask_source(source, section.encoding, part.charset)
    if masked is not None:
        yield section.body, section.end, masked


def _mask_source(source: bytes, encoding: str, label: str | None) -> bytes | None:
    """The encoded text masked, or None when there is nothing to mask."""
    if encoding in IDENTITY:
        masked = _mask_bytes(source, label)
        return masked if masked != source else None
    if encoding == "quoted-printable":
        content = binascii.a2b_qp(source)
        masked = _mask_bytes(content, label)
        return _requote(source, content, masked) if masked != content else None
    if encoding == "base64":
        content = decode_base64(source)
        masked = _mask_bytes(content, label)
        return _rebase(source, masked) if masked != content else None
    return None


def _mask_bytes(content: bytes, label: str | None) -> bytes:
    """Mask without changing the length in bytes; a charset that does not come back is Latin-1."""
    if not may_hold_card(content) and content.isascii():
        return content
    wanted = codec_of(label)
    first = [wanted] if wanted and wanted.startswith(("utf-16", "utf-32", "utf_16", "cp")) else []
    for codec in [*first, "utf-8", "latin-1"]:
        try:
            text = content.decode(codec)
            masked = mask_cards(text)
            if masked == text:
                return content
            changed = masked.encode(codec)
        except (UnicodeError, LookupError):
            continue
        if len(changed) == len(content):
            return changed
    return content


def _requote(source: bytes, content: bytes, masked: bytes) -> bytes:
    """Put masked bytes back into quoted-printable text (RFC 2045 6.7) where they stood."""
    places = []
    plain = bytearray()
    for token in _QP_TOKEN.finditer(source):
        if token[1] is not None:
            places.append(token.start())
            plain.append(int(token[1], 16))
        elif token[2] is not None:
            places.append(token.start())
            plain += token[2]
    if plain != content:
        return binascii.b2a_qp(masked, istext=True)
    out = bytearray(source)
    for place, before, after in zip(places, content, masked, strict=True):
        if before != after:
            if source[place] == 0x3D:
                out[place + 1 : place + 3] = b"%02X" % after
            else:
                out[place] = after
    return bytes(out)


def _rebase(source: bytes, masked: bytes) -> bytes:
    """Put masked bytes back into base64 text in the same lines."""
    encoded = binascii.b2a_base64(masked, newline=False)
    digits = encoded.rstrip(b"=")
    done = 0
    out = []
    last = 0
    for run in _BASE64_RUN.finditer(source):
        size = run.end() - run.start()
        out += [source[last : run.start()], digits[done : done + size]]
        done += size
        last = run.end()
    if done == len(digits):
        return b"".join([*out, source[last:]])
    lines = (encoded[place : place + _LINE] for place in range(0, len(encoded), _LINE))
    return b"\r\n".join(lines) + b"\r\n"


def _header_edits(raw: bytes, start: int, end: int) -> Iterator[_Edit]:
    head = raw[start:end]
    for found in _FIELD.finditer(head):
        name = found[1].lower()
        if _KEPT.fullmatch(name):
            continue
        value = found[2]
        if may_hold_card(_decoded(value)):
            masked = _HeaderView(value, addresses=name in _ADDRESS_HEADERS).masked()
            if masked is not None:
                yield start + found.start(2), start + found.end(2), masked


def _decoded(value: bytes) -> bytes:
    """About what a reader sees of a header value, fast."""
    if b"=?" in value:
        value = _WORD_GAP.sub(b"?==?", value)
        value = _WORD.sub(lambda word: _word_bytes(word[2], word[3]), value)
    return value.replace(b"\r", b"").replace(b"\n", b"") if b"\n" in value else value


def _word_bytes(encoding: bytes, text: bytes) -> bytes:
    return decode_base64(text) if encoding in b"bB" else binascii.a2b_qp(text, header=True)


class _HeaderView:
    """A header value as a reader sees it, with the place of every byte in the source."""

    def __init__(self, value: bytes, *, addresses: bool) -> None:
        self._value = value
        self._seen = bytearray()
        #: Start in the source, and the number of the base64 word the byte came from.
        self._places: list[tuple[int, int]] = []
        self._base64: list[tuple[int, int, bytearray]] = []
        self._hidden = bytearray(len(value))
        for found in _ADDRESS.finditer(value) if addresses else ():
            self._hidden[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        done, after_word = 0, False
        for word in _WORD.finditer(value):
            between = value[done : word.start()]
            if not (after_word and not between.strip()):
                self._take_plain(done, word.start())
            self._take_word(word)
            done, after_word = word.end(), True
        self._take_plain(done, len(value))

    def masked(self) -> bytes | None:
        """The value with card numbers masked, or None when there is none."""
        seen = bytes(self._seen)
        changed = _mask_bytes(seen, None)
        if changed == seen:
            return None
        out = bytearray(self._value)
        for index, (before, after) in enumerate(zip(seen, changed, strict=True)):
            place, word = self._places[index]
            if before == after or place < 0:
                continue
            if word >= 0:
                self._base64[word][2][place] = after
            elif self._value[place] == 0x3D:
                out[place + 1 : place + 3] = b"%02X" % after
            else:
                out[place] = after
        for start, end, content in self._base64:
            encoded = binascii.b2a_base64(content, newline=False)
            if len(encoded) == end - start:
                out[start:end] = encoded
        return bytes(out)

    def _take_plain(self, start: int, end: int) -> None:
        for place in range(start, end):
            byte = self._value[place]
            if self._hidden[place]:
                # An address is seen as something that no number reaches over.
                self._add(0x40, -1, -1)
            elif byte not in b"\r\n":
                self._add(byte, place, -1)

    def _take_word(self, word: re.Match[bytes]) -> None:
        start = word.start(3)
        if word[2] in b"bB":
            content = bytearray(decode_base64(word[3]))
            self._base64.append((start, word.end(3), content))
            for index, byte in enumerate(content):
                self._add(byte, index, len(self._base64) - 1)
            return
        for token in _QP_TOKEN.finditer(word[3]):
            if token[1] is not None:
                self._add(int(token[1], 16), start + token.start(), -1)
            elif token[2] is not None:
                byte = 0x20 if token[2] == b"_" else token[2][0]
                self._add(byte, start + token.start(), -1)

    def _add(self, byte: int, place: int, word: int) -> None:
        self._seen.append(byte)
        self._places.append((place, word))
