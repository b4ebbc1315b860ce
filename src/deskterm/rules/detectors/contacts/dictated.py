"""Hosts that are dictated: "our shop name, then a dot, then com", "notre nom avec .fr derrière".

The ending is told apart from the name, or put behind a name that is not spelled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.contacts.finds import Find, few, unread
from deskterm.rules.detectors.contacts.marks import SLASHES
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

#: Endings that are no words, and those that are some.
_CLEAR = r"com|org|fr|eu|uk|co\.?[ ]?uk"
_VAGUE = r"net|de|es|it|be|at|ch|nl|shop|store|info|example"
_DOT = r"(?:dot|period|full[ ]?stop|point|punkt|punto)"
_A = r"(?:(?:an?|the|one|un|une|le|l'|ein|einen|einem|der|den|el|il|uno)[ ])?"
_THEN = (
    r"(?:and[ ]then|and|then|plus|followed[ ]by|after[ ]that|et[ ]puis|et[ ]de|et|puis|ensuite"
    r"|suivi[ ]de|und[ ]dann|und|dann|danach|gefolgt[ ]von|y[ ]luego|y|luego|despues|seguido[ ]de"
    r"|e[ ]poi|e|poi|dopo|seguito[ ]da)"
)
_GAP = r"[ ]?[,;:()–-]{0,2}[ ]{0,2}"
_BEHIND = (
    r"(?:(?:at|on)[ ]the[ ](?:end|back)|after[ ](?:it|that|our|the)|behind(?:[ ](?:it|our|the))?"
    r"|to[ ](?:our|the|my)|a[ ]la[ ](?:fin|suite)|derriere|au[ ]bout|apres|a[ ]notre|au[ ]nom"
    r"|dahinter|hinten|hintendran|am[ ]ende|hinter|an[ ](?:unser|den)\w{0,3}"
    r"|al[ ]final|detras|despues|a[ ]nuestro|al[ ]nombre|alla[ ]fine|in[ ]fondo|dietro|dopo"
    r"|al[ ](?:nostro|nome))"
)
PATTERNS = Patterns(
    # "…, then a dot, then com"
    told=(
        rf"(?<![^\W_]){_A}{_DOT}{_GAP}{_THEN}[ ]?,?[ ](?:(?P<clear>{_CLEAR})|(?P<vague>{_VAGUE}))"
        r"(?![^\W_]|[ ]port)"
    ),
    # "… period com", "…, period, com"
    period=(
        r"(?<=[^\W_])[ ]?[,(]?[ ]?(?:period|full[ ]?stop)[ ]?[,)]?[ ]"
        rf"(?:{_CLEAR}|co[ ]full[ ]?stop[ ]uk)(?![^\W_]|[ ]port)"
    ),
    # "… with .com after it", "punto com a nuestro nombre"
    behind=(
        rf"(?<![^\W_])(?:{_A}{_DOT}[ ](?:{_THEN}[ ])?|\.)(?:{_CLEAR}|{_VAGUE})"
        rf"[ ]?,?[ ]{_BEHIND}(?![^\W_])"
    ),
    # "our brand followed by .com"
    followed=(
        r"(?<![^\W_])(?:followed[ ]by|suivie?[ ](?:de|par)|gefolgt[ ]von|seguid[oa][ ]de"
        r"|seguit[oa][ ]da|plus|mas|piu)[ ]"
        rf"(?:{_A}{_DOT}[ ]|\.)(?:{_CLEAR}|{_VAGUE})(?![^\W_])"
    ),
    # "… ends in dot com", "finisce con punto it"
    ending=(
        r"(?<![^\W_])(?:(?:ends?|ending|finish(?:es|ing)?)[ ](?:in|with|on)"
        r"|(?:fini[rt]?|finissant|termine|terminant)[ ](?:par|en|avec)|ende[tn]?[ ](?:auf|mit|in)"
        r"|(?:termina|acaba|terminando|acabando|terminado|acabado)[ ](?:en|con|por)"
        r"|(?:finisce|termina|finendo|finire)[ ](?:con|in|per))"
        rf"[ ](?:{_A}{_DOT}[ ]|\.)(?:(?P<clear>{_CLEAR})|(?P<vague>{_VAGUE}))(?![^\W_])"
    ),
    place=(
        rf"(?<![^\W_])(?:online|internet|web|im[ ]netz|en[ ]ligne|en[ ]linea|rete"
        rf"|{'|'.join(sorted(SLASHES))}|barre)(?![^\W_])"
    ),
    name=(
        r"(?<![^\W_])(?:(?:shop|laden|firmen|marken)?name\w?|nom|nombre|nome|shop|store|brand|boutique"
        r"|enseigne|marque|laden|marke|tienda|marca|negozio|marchio|called|heisst|heißt|llama|chiama|site"
        r"|website|seite|web|sito|sitio)(?![^\W_])"
    ),
    file=r"(?<![^\W_])(?:file|fichier|datei|dateiname|archivo|extension|endung|estensione)\w?(?![^\W_])",
    stop=r"[.!?](?=\s)|\n",
)
#: What ends a clause; nothing ends it too.
_ENDS = frozenset(("", *".,;:!?)\n"))
_NO_WORDS = ("com", "org")
_NAMES = word_set("dot period full fullstop point punkt punto")
_DOT_SIGN = frozenset({"."})
_LOOKS = ("told", "period", "behind", "followed", "ending")
#: Characters around a dot's name in which the rest is looked for.
_BEFORE, _AFTER = 24, 80
_REACH = 70


def dictated(reading: Reading) -> Iterator[Find]:
    """Every such host of the text."""
    tokens = reading.once(tokens_of)
    text = tokens.text
    for place in few(_places(tokens)):
        if place is None:
            yield unread(0, len(text), "link")
            return
        begin, end = max(0, place - _BEFORE), min(len(text), place + _AFTER)
        for name in _LOOKS:
            match = PATTERNS[name].search(text, begin, end)
            if match is not None and _counts(name, text, match):
                yield Find(*match.span(), "link", masked=True)


def _places(tokens: Tokens) -> Iterator[int]:
    """Where a dot is named, and where an ending stands with its dot and nothing before."""
    yield from (tokens.starts[index] for index in tokens.where(_NAMES))
    for index in tokens.where(_DOT_SIGN):
        bare = not tokens.glued(index) or not tokens.is_word(index - 1)
        if bare and tokens.glued(index + 1) and tokens.is_word(index + 1):
            yield tokens.starts[index]


def _counts(name: str, text: str, match: re.Match[str]) -> bool:
    if name == "period":
        return True
    if name in ("behind", "followed"):
        return _is_about_a_name(text, match)
    ends = text[match.end() : match.end() + 2].strip(" ")[:1] in _ENDS
    if name == "ending":
        return bool(match["clear"] or ends) and _is_about_a_name(text, match, "place")
    if match["clear"] in _NO_WORDS or (match["clear"] and ends):
        return True
    return ends and _is_about_a_name(text, match)


def _is_about_a_name(text: str, match: re.Match[str], *named: str) -> bool:
    """Whether its sentence speaks of a name or a shop, or what else is asked, and of no file."""
    begin = max(0, match.start() - _REACH)
    for stop in PATTERNS["stop"].finditer(text, begin, match.start()):
        begin = stop.end()
    end = min(len(text), match.end() + _REACH // 2)
    behind = PATTERNS["stop"].search(text, match.end(), end)
    end = behind.start() if behind else end
    return (
        any(PATTERNS[name].search(text, begin, end) for name in ("name", *named))
        and PATTERNS["file"].search(text, begin, end) is None
    )
