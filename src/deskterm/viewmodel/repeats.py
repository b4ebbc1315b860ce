"""Words for what is typed again and again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from deskterm.i18n import say, say_many
from deskterm.service.reading.repeat_rows import RepeatView
from deskterm.text.clean import SafeText, clean, clip

_PLACE: Final = re.compile(r"\{\{[^{}]{1,80}\}\}")
#: Cells of a sentence in a hint.
_SHOWN: Final = 36


class TypedAgain(NamedTuple):
    """What the office has noticed in a reply: its author typed this so often by now."""

    uid: str
    times: int
    text: SafeText


def typed_again(outcome: Mapping[str, object]) -> TypedAgain | None:
    """What the answer to a reply says of it; None where nothing was noticed."""
    told = outcome.get("typed_again")
    if not isinstance(told, Mapping):
        return None
    times = told.get("times")
    return TypedAgain(
        str(told.get("id", "")),
        times if isinstance(times, int) else 0,
        clean(str(told.get("text", ""))),
    )


def hint(again: TypedAgain, key: SafeText) -> SafeText:
    """What the agent is told of it, once; `key` makes a macro of it."""
    return say_many(
        "You typed “{text}” {count} time · {key} makes it a macro",
        "You typed “{text}” {count} times · {key} makes it a macro",
        again.times,
        text=short(again.text),
        key=key,
    )


def reminder(again: TypedAgain, key: SafeText) -> SafeText:
    """The same in fewer words, for a border."""
    return say_many(
        "typed {count} time · {key} macro",
        "typed {count} times · {key} macro",
        again.times,
        key=key,
    )


def short(text: SafeText, cells: int = _SHOWN) -> SafeText:
    """The beginning of a text, on one line, with `…` in place of variables."""
    bare = _PLACE.sub("…", text.replace("{{greeting}}", ""))
    return clip(clean(" ".join(bare.split()), multiline=False), cells)


def times(view: RepeatView) -> SafeText:
    """How often it was typed, and whether it is a whole reply."""
    count = say_many("{count} time", "{count} times", view.times)
    return say("{count} · whole reply", count=count) if view.whole else count


def found(views: Sequence[RepeatView], typed: str) -> list[RepeatView]:
    """Those that have all words that were typed."""
    from deskterm.viewmodel.offers import folded  # no writing needs it

    wanted = folded(typed).split()
    return [view for view in views if all(word in folded(view.text) for word in wanted)]
