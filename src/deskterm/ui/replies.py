"""What a terminal answers when it is asked what pictures it can show.

Asked are: the graphics protocol of kitty (its documentation, "Querying support and available
transmission mediums"), the size of a cell in pixels (xterm control sequences, `CSI 16 t`), and last
the device attributes (ECMA-48 DA), which every terminal answers, in order: 4 among them is sixel.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

ASK_KITTY: Final = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
ASK_CELL: Final = "\x1b[16t"
ASK_ATTRIBUTES: Final = "\x1b[c"

_SIXEL: Final = "4"


class _Patterns(NamedTuple):
    """`whole`: an answer; `begun`: the beginning of one, at the end of what was read."""

    whole: re.Pattern[str]
    begun: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled when something is asked: no start needs them."""
    return _Patterns(
        re.compile(
            r"\x1b_G(?P<kitty>[^\x1b]{0,200})\x1b\\"
            r"|\x1b\[6;(?P<height>\d{1,4});(?P<width>\d{1,4})t"
            r"|\x1b\[\?(?P<attributes>[\d;]{0,200})c"
        ),
        re.compile(
            r"\x1b(?:_(?:G[^\x1b]{0,200}\x1b?)?|\[(?:6?|6;\d{0,4}(?:;\d{0,4})?|\?[\d;]{0,200}))$"
        ),
    )


class Replies(NamedTuple):
    """What the terminal said of itself. `cell`: pixels across and down, None where unsaid."""

    kitty: bool = False
    sixel: bool = False
    cell: tuple[int, int] | None = None


class ReplyFilter:
    """Takes answers out of the terminal's input while they are waited for."""

    def __init__(self) -> None:
        self._replies: Replies | None = None
        self._held = ""

    def begin(self) -> None:
        """Answers are on their way, and may be long in coming: until they are there they are
        looked for.
        """
        self._replies = Replies()

    def feed(self, text: str) -> tuple[str, Replies | None]:
        """What of the input is for others, and the answers once the last one is there."""
        text, self._held = self._held + text, ""
        if self._replies is None:
            return text, None
        done: Replies | None = None

        def take(found: re.Match[str]) -> str:
            nonlocal done
            done = self._take(found) or done
            return ""

        patterns = _patterns()
        rest = patterns.whole.sub(take, text)
        if done is None and (begun := patterns.begun.search(rest)):
            rest, self._held = rest[: begun.start()], rest[begun.start() :]
        elif done is not None:
            self._replies = None
        return rest, done

    def flush(self) -> str:
        """The beginning of an answer that did not go on: it was none."""
        text, self._held = self._held, ""
        return text

    def _take(self, found: re.Match[str]) -> Replies | None:
        """Note an answer; all of them at the last one."""
        known = self._replies or Replies()
        if found["kitty"] is not None:
            known = known._replace(kitty=found["kitty"].endswith(";OK"))
        elif found["width"] is not None:
            cell = int(found["width"]), int(found["height"])
            known = known._replace(cell=cell if all(cell) else None)
        else:
            self._replies = known._replace(sixel=_SIXEL in found["attributes"].split(";")[1:])
            return self._replies
        self._replies = known
        return None
