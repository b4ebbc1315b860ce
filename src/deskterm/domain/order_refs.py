"""Order numbers in text: those that a channel's format gives away, those that follow a word for
order, and those of a shop's own pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskterm.domain.errors import UsageError
from deskterm.domain.order_shapes import compile_shape

MOST_REFS = 10
#: Text after this many characters is not looked at.
REACH = 20_000

_LEAST_DIGITS = 4
_MOST_LETTERS = 6

# Both searches begin with a set of characters rather than with what may not stand before them:
# so the engine skips from one of these to the next, and long text without any costs little.
_KNOWN = re.compile(
    r"[0-9](?<![0-9A-Za-z].)(?<![0-9A-Za-z]-.)"
    r"(?:[0-9]{2}-[0-9]{7}-[0-9]{7}"  # Amazon
    r"|[0-9]-[0-9]{5}-[0-9]{5}"  # eBay
    r"|[0-9]{11}-[0-9]{10,14})"  # eBay, item and transaction
    r"(?!-?[0-9A-Za-z])"
)
_CUE_WORDS = (
    *("commandes?", "cmde?", "orders?", "ordernumber", "po", "bestellung", "bestellnummer"),
    *("bestell-nr", "auftrag", "auftragsnummer", "pedidos?", "encomenda", "ordine", "bestelling"),
    *("bestelnummer", "ordernummer", "zamówienie"),
)
_CUE_STARTS = "".join(sorted({word[0] for word in _CUE_WORDS} | {"n"}))
_CUE = re.compile(
    rf"[{_CUE_STARTS}{_CUE_STARTS.upper()}№#]"
    r"(?:(?<=№)|(?<=#)(?<![&\w]#)|(?<![^\W_].)(?i:(?<=n)[°º]|(?:"
    + "|".join(f"(?<={word[0]}){word[1:]}" for word in _CUE_WORDS)
    + r")(?![^\W\d_])))"
)
#: From the first digit of what may be a number to its end. Nothing is looked for anywhere else.
_RUN = re.compile(r"[0-9][0-9A-Za-z_-]{3,}")
#: Characters from the start of a cue to the first digit of its number, at most: the cue itself,
#: four gaps and three words, and the letters that a number may begin with.
_CUE_REACH = 80
_LONGEST_CUE = max(map(len, _CUE_WORDS))
_GAP = r"[\s:#.°º()-]{0,4}"
_BETWEEN = re.compile(
    rf"(?:{_GAP}(?:n|no|nr|num|number|numéro|numero|número|nummer|id|ref|réf|reference|référence"
    rf"|is|est|ist|es)(?![^\W\d_])){{0,3}}{_GAP}",
    re.IGNORECASE,
)
_REF = re.compile(r"[A-Za-z0-9](?:[_-]?[A-Za-z0-9]){3,29}(?![A-Za-z0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}")
#: What makes the number before it an amount, a date or a time.
_NO_REF_BEFORE = re.compile(
    r"[.,/:][0-9]|\s?(?:[€$£%]|(?:eur|euros?|usd|gbp|chf)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class OrderRef:
    """An order number as it was written, and the form to compare it by."""

    text: str
    norm: str


def normalise(ref: str) -> str:
    """The form to compare references by: capitals, without separators."""
    return "".join(filter(str.isalnum, ref)).upper()


class OrderRefFinder:
    """Finds order numbers in one account's messages.

    Args:
        shapes: the shop's own, as `deskterm.domain.order_shapes` reads them.

    Raises:
        UsageError: a shape cannot be used.
    """

    def __init__(self, shapes: Sequence[str] = ()) -> None:
        self._shapes = [_compiled(shape) for shape in shapes]

    def find(self, text: str) -> tuple[OrderRef, ...]:
        """The order numbers in `text`, each once, at most ten, in the order they stand there.

        The shop's own come before those of a known format, and these before what follows a cue
        word, where they would overlap. Takes time in proportion to the length.
        """
        text = text[:REACH]
        runs = [run.span() for run in _RUN.finditer(text)]
        taken = bytearray(len(text)) if runs or self._shapes else bytearray()
        spans = []
        for start, end in (*self._own(text), *_known(text, runs), *_after_cues(text, runs)):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append((start, end))
        refs: dict[str, OrderRef] = {}
        for start, end in sorted(spans):
            ref = OrderRef(text[start:end], normalise(text[start:end]))
            refs.setdefault(ref.norm, ref)
            if len(refs) == MOST_REFS:
                break
        return tuple(refs.values())

    def _own(self, text: str) -> Iterator[tuple[int, int]]:
        for shape in self._shapes:
            for found in shape.finditer(text):
                yield found.span()


def _compiled(shape: str) -> re.Pattern[str]:
    try:
        return compile_shape(shape)
    except ValueError as error:
        raise UsageError(
            f"{shape[:60]!r} is no shape of an order number",
            f"It {error}",
            "For example SHOP-#{5,8}",
        ) from error


def _known(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in runs:
        for found in _KNOWN.finditer(text, start, end):
            yield found.span()


def _after_cues(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for cue in _cues(text, runs):
        between = _BETWEEN.match(text, cue)
        ref = _REF.match(text, between.end()) if between else None
        if ref and _is_number(ref[0]) and not _NO_REF_BEFORE.match(text, ref.end()):
            yield ref.span()


def _cues(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where cues end that have digits within reach."""
    done = 0
    for start, end in runs:
        for cue in _CUE.finditer(text, max(done, start - _CUE_REACH), end + _LONGEST_CUE + 1):
            if cue.start() >= end:
                break
            done = cue.end()
            yield done
        done = max(done, end)


def _is_number(ref: str) -> bool:
    digits = sum(map(str.isdigit, ref))
    letters = sum(map(str.isalpha, ref))
    return digits >= _LEAST_DIGITS and letters <= _MOST_LETTERS and not _DATE.fullmatch(ref)
