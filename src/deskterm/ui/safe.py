"""The one way by which text gets to a widget: clean text becomes `Content`, never markup."""

from __future__ import annotations

from textual.content import Content

from deskterm.text.clean import SafeText


def shown(text: SafeText, style: str = "") -> Content:
    """Text for a widget, in one style.

    Raises:
        TypeError: the text has not been cleaned.
    """
    if not isinstance(text, SafeText):
        raise TypeError("a widget takes SafeText only")
    return Content.styled(text, style) if style else Content(text)
