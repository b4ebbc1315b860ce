"""What `deskterm check` and `deskterm rules` share: the shop's rules, and words for a rule."""

from __future__ import annotations

import argparse
import os

from rich.padding import Padding
from rich.text import Text

from deskterm.cli.output import word
from deskterm.config.paths import Home
from deskterm.i18n import marked
from deskterm.rules.model import Severity, SourceKind
from deskterm.rules.shop import ShopRules, shop_rules

SEVERITIES: dict[Severity, str] = {
    "block": marked("block", "severity"),
    "warn": marked("warn", "severity"),
    "hint": marked("hint", "severity"),
}
_SOURCES: dict[SourceKind, str] = {
    "house": marked("our default; the channel's own text was not read"),
    "unverified": marked("nobody has read this source yet; it never forbids"),
    "official": marked("the channel's or provider's own text"),
    "law": marked("law"),
    "standard": marked("a standard"),
    "secondary": marked("somebody else's account of it"),
}
_STYLES: dict[Severity, str] = {"block": "bold red", "warn": "yellow", "hint": "cyan"}


def rules_of(args: argparse.Namespace) -> ShopRules:
    """The rules as the workspace of this call wants them.

    Raises:
        DesktermError: a file of the shop is not as it must be.
    """
    return shop_rules(Home.find(os.environ, args.workspace).rules)


def severity_word(severity: Severity) -> Text:
    """The severity, as wide as the longest one."""
    width = max(len(word(each)) for each in SEVERITIES.values())
    return Text(f"{word(SEVERITIES[severity]):<{width}}", style=_STYLES[severity])


def indented(line: str, width: int = 6) -> Padding:
    """A line that wraps within its indent. Takes cleaned text."""
    return Padding(Text(line), (0, 0, 0, width), expand=False)


def source_words(kind: SourceKind) -> str:
    """What kind of source a rule has, in words."""
    return word(_SOURCES[kind])
