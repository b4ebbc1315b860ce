"""What readers show of rules. Plain data, with text that is safe to show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from deskterm.text.clean import SafeText


class RuleView(NamedTuple):
    """A rule as it counts here. `stated` is the severity that its pack asks for; `says` the
    sentence by language; `at_draft` False: no text shows it, and it is held elsewhere.
    """

    id: SafeText
    severity: Literal["block", "warn", "hint"]
    stated: Literal["block", "warn", "hint"]
    says: Mapping[str, str]
    source: SafeText
    source_kind: str
    checked_on: date
    at_draft: bool


class BrokenRules(NamedTuple):
    """A file of the shop's rules that cannot be used as it stands.

    Attributes:
        problem: what is wrong in it, with its line; in English, as errors are.
        channel: whose rules it holds; None: of any channel.
        has_older: its last good version is known to count on.
    """

    file: SafeText
    problem: str
    channel: SafeText | None
    has_older: bool


class RuleSheet(NamedTuple):
    """All rules of the channels by which an account sends. `hint`: what the channel is strict
    about, by language; `overdue`: packs that are past their review; `has_own`: the channel has a
    pack of its own.
    """

    channel: SafeText
    rules: tuple[RuleView, ...]
    hint: Mapping[str, str]
    overdue: tuple[SafeText, ...]
    has_own: bool
