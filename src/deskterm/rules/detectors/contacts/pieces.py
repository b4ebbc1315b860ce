"""Telephone numbers that are told piece by piece: "area code 312, then 555, then 01 and 62".

Words say which piece comes next. The pieces together must be a number, cut where people take
breath.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.contacts.cues import Cue, cue_after, cue_before
from deskterm.rules.detectors.contacts.figures import Group, figure_words, rows, taken
from deskterm.rules.detectors.contacts.finds import Find
from deskterm.rules.detectors.contacts.plans import fits
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.rules.detectors.wording import word_set

#: What says that a piece follows.
_NEXT = word_set(
    """
    then next after afterwards followed finally lastly later plus end ends ending finish finishes
    puis ensuite apres enfin suivi suivie suivis termine terminer terminant finit finir fin
    dann danach weiter anschliessend anschließend folgt gefolgt zuletzt schluss ende endet
    luego despues seguido seguida finalmente ultimo termina terminando acaba acabando final
    poi dopo infine quindi seguito seguita finisce finendo finire fine
    """
)
#: What else may stand between two pieces.
_BESIDE = word_set(
    """
    and by with in on at to the a it is are s that this comes come goes go continues continue last
    first middle one ones digits figures numbers rest
    et le les la l de du des par pour se en sur c est ce ca vient viennent continue continuant
    derniers dernieres chiffres reste tout
    und mit am zum von die der das den dem auf es an geht kommt kommen letzten ziffern ganz noch
    y el los las con por al en sigue siguen continua ultimos ultimas cifras digitos
    e il lo i le da con per la prosegue segue seguono ultime ultimi cifre
    """
)
#: A number begins: "it starts with".
_BEGINNING = word_set(
    """
    start starts starting begin begins beginning first
    commence commencez commencant debut d'abord abord debute
    beginnt anfang fangt zuerst erst zunachst
    empieza comienza primero principio
    inizia comincia prima inizio
    """
)
#: "The last four digits" counts them and is none of them.
_COUNTED = word_set(
    "digits figures numbers chiffres ziffern stellen digitos cifras cifre numeri zeros zeroes"
)
_COUNTING = word_set("last first next final derniers premiers letzten ersten ultimos ultime ultimi")
#: "Ein" may be an article, or the end of a verb: "dann 45 ein".
_ARTICLES = word_set("ein eine un une una")
_LEADING = _NEXT | word_set("and et und y e")
_SIGNS = frozenset(",;:-–—(.'’")
_MOST_BETWEEN, _MOST_PIECES, _LEAST_PIECES, _REACH = 8, 12, 2, 4
#: After a word for a telephone so many pieces need no word that the next one follows.
_LISTED_PIECES = 4
_LEAST_DIGITS, _MOST_DIGITS, _LONGEST_PIECE = 9, 13, 8


def told(reading: Reading, claimed: Sequence[tuple[int, int]]) -> Iterator[Find]:
    """Such numbers outside the places that are claimed."""
    tokens = reading.once(tokens_of)
    if len(reading.once(figure_words)) < _LEAST_PIECES or _LEADING.isdisjoint(tokens.vocabulary):
        return
    for row in rows(reading, taken(reading, claimed), _leads_on):
        pieces = [group for group in row if not _only_counts(tokens, group)]
        if _LEAST_PIECES <= len(pieces) <= _MOST_PIECES:
            find = _number(reading, tokens, pieces)
            if find is not None:
                yield find


def _leads_on(tokens: Tokens, done: int, place: int) -> bool:
    """Whether words and signs there lead from one piece to the next."""
    if place - done > _MOST_BETWEEN:
        return False
    return all(
        word in _NEXT or word in _BESIDE or word in _SIGNS for word in tokens.words[done:place]
    )


def _only_counts(tokens: Tokens, group: Group) -> bool:
    if not group.said or len(group.digits) > 1:
        return False
    if tokens.word(group.first) in _ARTICLES and tokens.word(group.first - 1).isdecimal():
        return True
    return tokens.word(group.last + 1) in _COUNTED or tokens.word(group.first - 1) in _COUNTING


def _number(reading: Reading, tokens: Tokens, row: Sequence[Group]) -> Find | None:
    """The longest of the surest numbers in that row."""
    best: Find | None = None
    for first in range(len(row)):
        cue = cue_before(tokens, row[first].first)
        for end in range(first + _LEAST_PIECES, len(row) + 1):
            sure = _grade(reading, tokens, row[first:end], cue)
            if sure is not None and (best is None or sure > best.sure):
                start, stop = tokens.starts[row[first].first], tokens.ends[row[end - 1].last]
                best = Find(start, stop, "phone", sure, masked=True)
    return best


def _grade(
    reading: Reading, tokens: Tokens, pieces: Sequence[Group], cue: Cue | None
) -> bool | None:
    digits = "".join(piece.digits for piece in pieces)
    if cue == "other" or not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return None
    if max(len(piece.digits) for piece in pieces) > _LONGEST_PIECE:
        return None
    if not _is_told(tokens, pieces) and not (cue == "phone" and len(pieces) >= _LISTED_PIECES):
        return None
    cuts = frozenset(accumulate(len(piece.digits) for piece in pieces))
    if not fits(digits, cuts, reading.draft.language or ""):
        return None
    if cue == "phone" or cue_after(tokens, pieces[-1].last) == "phone":
        return True
    begun = not _BEGINNING.isdisjoint(tokens.before(pieces[0].first, _REACH))
    return False if begun or digits[0] == "0" else None


def _is_told(tokens: Tokens, pieces: Sequence[Group]) -> bool:
    """Whether somewhere between them a word says that the next one follows."""
    return any(
        not _NEXT.isdisjoint(tokens.words[pieces[place].last + 1 : pieces[place + 1].first])
        for place in range(len(pieces) - 1)
    )
