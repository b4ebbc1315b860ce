"""HTML mail into terminal text. Nothing is ever fetched, and hidden text is marked as such.

The tree is walked without recursion, so nesting costs nothing; beyond a size the parser is not
used at all and only the tags are dropped.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from deskterm.mail.charset import tidy
from deskterm.mail.html_canvas import Canvas
from deskterm.mail.html_style import is_hidden
from deskterm.mail.limits import HTML_OPEN_TAGS, HTML_TAG_LENGTH, TEXT_BYTES

_SKIPPED = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "embed",
     "svg", "math", "select", "textarea", "audio", "video", "canvas", "map", "meta", "link"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"div", "section", "article", "header", "footer", "main", "nav", "aside", "address", "center",
     "form", "fieldset", "figure", "figcaption", "dt", "dd", "caption", "legend", "details",
     "summary", "body", "thead", "tbody", "tfoot"}
)  # fmt: skip
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "dl"})
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
#: Containers of quoted mail that are not blockquotes.
_QUOTE_CLASSES = frozenset({"yahoo_quoted", "protonmail_quote"})
_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_ANY_TAG = re.compile(r"<[^<>]*>")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{HTML_TAG_LENGTH}}}")
#: Elements that close by themselves, and so never pile up.
_SELF_CLOSING = frozenset(
    {"p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "input", "meta",
     "link", "col", "area", "base", "wbr", "source", "param", "thead", "tbody", "tfoot",
     "colgroup", "embed", "track"}
)  # fmt: skip
_NODES = 200_000
_ALT_LENGTH = 200
_HIDDEN_LENGTH = 200


@dataclass(frozen=True, slots=True)
class HtmlText:
    """HTML as text: the targets of links stand below it by number.

    `remote_images` counts images that would have been fetched from somewhere.
    """

    text: str
    remote_images: int


def to_text(html: str, images: Mapping[str, str] | None = None) -> HtmlText:
    """Render HTML.

    Args:
        html: a document or a fragment; beyond 2 MiB it is cut.
        images: names of enclosed images by content id, to be shown at their place.
    """
    html = html[:TEXT_BYTES]
    if _is_monstrous(html):
        return HtmlText(_crude(html), 0)
    body = LexborHTMLParser(html).body
    if body is None:
        return HtmlText("", 0)
    renderer = _Renderer(images or {})
    renderer.render(body)
    return HtmlText(tidy(renderer.canvas.finish()), renderer.remote_images)


def _is_monstrous(html: str) -> bool:
    """Whether an HTML parser would take quadratic time: deep nesting or endless tags."""
    if _LONG_TAG.search(html):
        return True
    depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _SELF_CLOSING:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > HTML_OPEN_TAGS:
                return True
    return False


def _crude(html: str) -> str:
    text = entities.unescape(_ANY_TAG.sub("\n", html))
    return tidy("\n".join(filter(None, map(str.strip, text.split("\n")))))


class _Renderer:
    """Walks a tree and writes to a canvas: `_enter` and `_leave` each element."""

    def __init__(self, images: Mapping[str, str]) -> None:
        self.canvas = Canvas()
        self.remote_images = 0
        self._images = images
        self._hidden: list[str] = []

    def render(self, top: LexborNode) -> None:
        """Walk the tree below `top` in document order."""
        node: LexborNode | None = top
        entered: list[LexborNode] = []
        for _ in range(_NODES):
            if node is None:
                break
            below = self._enter(node)
            if below and (child := node.child) is not None:
                entered.append(node)
                node = child
                continue
            if below:
                self._leave(node)
            while entered and node.next is None:
                node = entered.pop()
                self._leave(node)
            node = node.next if entered else None
        while entered:
            self._leave(entered.pop())

    def _enter(self, node: LexborNode) -> bool:
        """Begin an element; False when its children are not to be walked."""
        tag = node.tag or ""
        canvas = self.canvas
        if node.is_text_node:
            canvas.write(node.text_content or "")
            return False
        if not node.is_element_node or tag in _SKIPPED:
            return False
        attributes = node.attributes
        if attributes and is_hidden(attributes):
            self._note_hidden(node)
            return False
        if tag == "br":
            canvas.line_break()
        elif tag == "img":
            self._image(attributes)
        elif tag == "hr":
            canvas.rule()
        elif tag == "a":
            canvas.link_start(_target(attributes.get("href")))
        else:
            self._enter_block(tag, attributes)
        if _REMOTE.match(attributes.get("background") or ""):
            self.remote_images += 1
        return True

    def _enter_block(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        canvas = self.canvas
        if tag in _PARAGRAPHS:
            canvas.paragraph()
        elif tag == "blockquote" or _is_quote(attributes):
            canvas.quote_start()
        elif tag in _LISTS:
            canvas.list_start(ordered=tag == "ol")
        elif tag == "li":
            canvas.item_start()
        elif tag == "pre":
            canvas.pre_start()
        elif tag == "table":
            canvas.table_start()
        elif tag == "tr":
            canvas.row_start()
        elif tag in {"td", "th"}:
            canvas.cell_start()
        elif tag in _BLOCKS:
            canvas.block()

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        canvas = self.canvas
        if tag == "a":
            canvas.link_end()
        elif tag in _PARAGRAPHS:
            canvas.paragraph()
        elif tag == "blockquote" or (tag in _BLOCKS and _is_quote(node.attributes)):
            canvas.quote_end()
        elif tag in _LISTS:
            canvas.list_end()
        elif tag == "li":
            canvas.item_end()
        elif tag == "pre":
            canvas.pre_end()
        elif tag == "table":
            canvas.table_end()
        elif tag in {"td", "th"}:
            canvas.cell_end()
        elif tag in _BLOCKS:
            canvas.block()

    def _image(self, attributes: Mapping[str, str | None]) -> None:
        source = attributes.get("src") or ""
        if _REMOTE.match(source):
            self.remote_images += 1
        name = " ".join((attributes.get("alt") or "").split())[:_ALT_LENGTH]
        if source[:4].lower() == "cid:":
            name = self._images.get(source[4:].strip("<>"), name) or "image"
        if name:
            self.canvas.write(f"[image: {name}]")

    def _note_hidden(self, node: LexborNode) -> None:
        """Show that there is text the sender hid, and how it begins."""
        text = " ".join((node.text(deep=True, separator=" ") or "").split())
        # Preheaders are filled up with invisible characters.
        text = re.sub(r"[\u034f\u00ad\u200b-\u200f\u2007\ufeff\u00a0 ]{2,}", " ", text).strip()
        if text:
            more = "…" if len(text) > _HIDDEN_LENGTH else ""
            self.canvas.block()
            self.canvas.write(f"[hidden: {text[:_HIDDEN_LENGTH]}{more}]")
            self.canvas.block()


def _is_quote(attributes: Mapping[str, str | None]) -> bool:
    return not _QUOTE_CLASSES.isdisjoint((attributes.get("class") or "").split())


def _target(href: str | None) -> str:
    """A link's target if it is one that a person may follow."""
    target = "".join((href or "").split())
    return target if _LINK.match(target) else ""
