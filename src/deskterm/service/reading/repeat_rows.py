"""What readers show of sentences that are typed again and again."""

from __future__ import annotations

from typing import NamedTuple

from deskterm.text.clean import SafeText


class RepeatView(NamedTuple):
    """A sentence that was typed again.

    Args:
        text: with variables in place of values.
        title: that is proposed for a macro.
        times: how often it was typed.
        kinds: kinds of channels that it was typed in, most often first.
        whole: whether it is a whole reply.
    """

    uid: str
    text: SafeText
    title: SafeText
    times: int
    language: str
    kinds: tuple[str, ...] = ()
    whole: bool = False
