"""Links that come without words: nobody should open an address that says nothing about itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import Detector, Match, Reading, holds_any, scan, unaccented
from deskterm.rules.detectors.wording import word_set
from deskterm.rules.model import Parameter
from deskterm.text.patterns import Patterns

#: Words beside a link that say what it opens.
_ENOUGH = 2
#: Words that only point at it. Folded.
_POINTING = word_set(
    """
    here is this the link url click on it see look at open visit go to
    ici voici lien le la cliquez sur voir voyez
    hier ist der das dieser klicken sie auf siehe
    aqui esta el este enlace haga clic en vea
    qui ecco il questo clicchi su veda
    """
)

PATTERNS = Patterns(
    link=r"(?i:\b(?:https?://|www\.)[^\s<>]{1,180})",
    word=r"[^\W\d_]{1,40}",
)


def _bare(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    """Links beside which, in their own line, less than `_ENOUGH` words say what they open.

    A line that ends in a colon speaks for the link in the next one.
    """
    text = reading.copy.text
    if not holds_any(text.lower(), ("http", "www.")):
        return
    place, before = 0, ""
    for line in text.split("\n"):
        links = [match.span() for match in scan(PATTERNS["link"], line)]
        if links and _words(_outside(line, links)) + _words(before) < _ENOUGH:
            for start, end in links:
                yield reading.mark(place + start, place + end)
        if line.strip():
            before = line if line.rstrip().endswith(":") else ""
        place += len(line) + 1


def _outside(line: str, links: list[tuple[int, int]]) -> str:
    ends = [0, *(end for _, end in links)]
    starts = [*(start for start, _ in links), len(line)]
    return " ".join(line[end:start] for end, start in zip(ends, starts, strict=True))


def _words(text: str) -> int:
    words = (unaccented(match.group()).casefold() for match in scan(PATTERNS["word"], text))
    return sum(word not in _POINTING for word in words)


DETECTORS: Mapping[str, Detector] = {"bare_link": Detector(_bare, "text")}
