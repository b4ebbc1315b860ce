"""What an element's attributes say about being seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all|opacity:0(?:\.0{1,4})?"
    r"|font-size:[01](?:px|pt|em|%)?|max-height:0(?:px|em|%)?|color:transparent)"
    r"(?:!important)?(?:;|$)"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]{1,30})")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]{1,30})")
_SAME = {
    "white": "#ffffff",
    "#fff": "#ffffff",
    "rgb(255,255,255)": "#ffffff",
    "black": "#000000",
    "#000": "#000000",
    "rgb(0,0,0)": "#000000",
}
_STYLE_LENGTH = 2_000


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is made not to be seen: not displayed, of no size, or in its own colour.

    Args:
        attributes: of the element, names in lower case.
    """
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if not style:
        return False
    rules = "".join(style[:_STYLE_LENGTH].lower().split())
    if _HIDING.search(rules):
        return True
    colour = _COLOUR.search(rules)
    background = _BACKGROUND.search(rules)
    if colour is None:
        return False
    behind = background[1] if background else attributes.get("bgcolor") or ""
    return bool(behind) and _plain(colour[1]) == _plain(behind.lower())


def _plain(colour: str) -> str:
    return _SAME.get(colour, colour)
