"""From a tree of parts to a `ParsedMail`: the text, the attachments, the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deskterm.domain.mail import Envelope, MailPart, ParsedMail
from deskterm.mail.charset import decode, decode_surely, tidy
from deskterm.mail.choose import is_enough, says_only_view_html, unflow, visible_bytes
from deskterm.mail.headers import decode_words, one_line, read_block, split_head
from deskterm.mail.limits import HEAD_BYTES, TEXT_BYTES
from deskterm.mail.parts import Part
from deskterm.mail.report import guess_report, read_report

if TYPE_CHECKING:
    from deskterm.mail.html import HtmlText

_TOO_LONG = "too complex: the text is longer than 2 MiB"
_ENCRYPTED = "encrypted: it can be opened in a mail program that has the key"
_TEXTS = frozenset({"text/plain", "text/html"})


class NeedsFullParser(Exception):
    """A part can only be read with the HTML renderer or by guessing its charset."""


@dataclass(slots=True)
class _Reading:
    """What was gathered on the way through the parts."""

    texts: list[str] = field(default_factory=list)
    attachments: list[MailPart] = field(default_factory=list)
    remote_images: int = 0
    unreadable: str | None = None


def assemble(top: Part, envelope: Envelope, *, full: bool = True) -> ParsedMail:
    """Make the result.

    Args:
        top: the whole mail, leaves filled.
        envelope: of the same mail.
        full: render HTML and guess charsets where needed.

    Raises:
        NeedsFullParser: when `full` is False and it is needed.
    """
    if top.mime == "text/plain" and not top.disposition:
        # The common case, without ceremony.
        text, cut = _plain(top, full=full)
        report = guess_report(envelope, text)
        return ParsedMail(envelope, text, report=report, unreadable=_TOO_LONG if cut else None)
    assembler = _Assembler(top, full=full)
    reading = assembler.reading
    assembler.walk(top)
    text = "\n\n".join(text for text in reading.texts if text)
    if len(text) > TEXT_BYTES:
        text, reading.unreadable = text[:TEXT_BYTES], reading.unreadable or _TOO_LONG
    report = read_report(top) or guess_report(envelope, text) if envelope.automatic else None
    return ParsedMail(
        envelope=envelope,
        text=text,
        attachments=tuple(reading.attachments),
        report=report,
        remote_images=reading.remote_images,
        unreadable=reading.unreadable,
    )


class _Assembler:
    def __init__(self, top: Part, *, full: bool) -> None:
        self._full = full
        self._images = {
            content_id.strip("<>"): leaf.filename or leaf.mime
            for leaf in top.leaves()
            if (content_id := _content_id(leaf))
        }
        self.reading = _Reading()

    def walk(self, part: Part) -> None:
        """Take a part in: as text, by its children, or as an attachment."""
        if part.mime == "multipart/alternative" and part.children:
            self._alternative(part)
        elif part.children:
            if part.mime == "multipart/encrypted":
                self.reading.unreadable = _ENCRYPTED
            for child in part.children:
                self.walk(child)
        elif part.mime.startswith("multipart/"):
            self.reading.texts.append(self._plain_text(part))
            self.reading.unreadable = "damaged: its parts could not be told apart"
        elif self._is_text(part):
            self._take_text(part)
        else:
            self._attach(part)

    def _is_text(self, part: Part) -> bool:
        if part.mime not in _TEXTS or part.is_attached:
            return False
        return not (part.filename and self.reading.texts)

    def _take_text(self, part: Part) -> None:
        if part.mime == "text/html":
            rendered = self._render(part)
            self.reading.remote_images += rendered.remote_images
            self.reading.texts.append(rendered.text)
        else:
            self.reading.texts.append(self._plain_text(part))

    def _alternative(self, part: Part) -> None:
        """Of the same text in several forms, take the plain one unless it holds too little."""
        plain = [child for child in part.children if child.mime == "text/plain"]
        rich = [child for child in part.children if _holds_html(child)]
        others = [child for child in part.children if child not in plain and child not in rich]
        text = "\n\n".join(map(self._plain_text, plain))
        if not rich or self._prefers(text, rich):
            self.reading.texts.append(text)
            for child in rich:
                self._attach_non_text(child)
        else:
            before = len(self.reading.texts)
            self.walk(rich[-1])
            for child in rich[:-1]:
                self._attach_non_text(child)
            if not any(self.reading.texts[before:]):
                self.reading.texts.append(text)
        for child in others:
            if child.children or child.mime.startswith("multipart/"):
                self.walk(child)
            elif child.mime != "text/x-amp-html":
                self._attach(child)

    def _prefers(self, plain: str, rich: list[Part]) -> bool:
        if not plain.strip():
            return False
        if says_only_view_html(plain):
            return False
        html = [leaf for child in rich for leaf in child.leaves() if leaf.mime == "text/html"]
        if is_enough(plain, sum(len(leaf.content) for leaf in html)):
            return True
        if is_enough(plain, sum(visible_bytes(leaf.content[:TEXT_BYTES]) for leaf in html)):
            return True
        return is_enough(plain, sum(len(self._render(leaf).text) for leaf in html))

    def _render(self, part: Part) -> HtmlText:
        if not self._full:
            raise NeedsFullParser
        if len(part.content) > TEXT_BYTES:
            self.reading.unreadable = _TOO_LONG
        # Loaded late: a process that only reads lightly never needs an HTML parser.
        from deskterm.mail.html import to_text

        source = decode(part.content[:TEXT_BYTES], part.charset, html=True)
        return to_text(source, self._images)

    def _plain_text(self, part: Part) -> str:
        text, cut = _plain(part, full=self._full)
        if cut:
            self.reading.unreadable = _TOO_LONG
        return text

    def _attach_non_text(self, part: Part) -> None:
        for leaf in part.leaves():
            if leaf.mime not in _TEXTS or leaf.is_attached:
                self._attach(leaf)

    def _attach(self, part: Part) -> None:
        if part.mime in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
            self.reading.unreadable = _ENCRYPTED
        content_id = _content_id(part)
        self.reading.attachments.append(
            MailPart(
                path=part.path,
                filename=part.filename or _name_of_message(part),
                mime=part.mime,
                content=part.content,
                content_id=content_id,
                inline=content_id is not None and not part.is_attached,
            )
        )


def _plain(part: Part, *, full: bool) -> tuple[str, bool]:
    """The text of a text/plain part, and whether it had to be cut."""
    data, cut = part.content, False
    if len(data) > TEXT_BYTES:
        if not full:
            raise NeedsFullParser
        data, cut = data[:TEXT_BYTES], True
    text = decode_surely(data, part.charset)
    if text is None:
        if not full:
            raise NeedsFullParser
        text = decode(data, part.charset)
    text = tidy(text)
    if part.parameters.get("format", "").lower() == "flowed":
        deleted = part.parameters.get("delsp", "").lower() == "yes"
        text = unflow(text, delete_space=deleted)
    return text, cut


def _holds_html(part: Part) -> bool:
    return any(leaf.mime == "text/html" and not leaf.is_attached for leaf in part.leaves())


def _content_id(part: Part) -> str | None:
    values = part.headers.get("content-id")
    return values[0] if values and values[0] else None


def _name_of_message(part: Part) -> str:
    """An enclosed message is called by its subject."""
    if part.mime not in {"message/rfc822", "message/global"}:
        return ""
    head, _ = split_head(part.content[:HEAD_BYTES])
    subject = read_block(head)[0].get("subject", ("",))[0]
    subject = one_line(decode_words(subject[:1000])).strip()
    return f"{subject or 'message'}.eml"
