"""Hints at where to look for us that give no address: search engines, "number on top".

Names of payment services in disguise are told with them: nobody writes P.a.y.P.a.l for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.rules.detectors.base import Reading, holds_any, scan
from deskterm.rules.detectors.contacts.finds import Find, few, unread
from deskterm.rules.detectors.contacts.social import spelled
from deskterm.rules.detectors.contacts.tokens import tokens_of
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

_ENGINES = (
    r"google|googl|bing|duckduckgo|ecosia|qwant|yahoo|(?:big[ ])?search[ ]engines?"
    r"|moteurs?[ ]de[ ]recherche|suchmaschinen?|buscador(?:es)?|motor(?:e|i)[ ]di[ ]ricerca"
    r"|the[ ]big[ ]g"
)
_LOOKING = (
    r"search|look|find|type|enter|check|cherche[zr]?|recherche[zr]?|tape[zr]?|trouve[zr]?"
    r"|retrouve[zr]?|suche?n?|such|finde?n?|gebe?n?|gib|eingeben|tippen?|bus(?:c|qu)\w{0,8}"
    r"|encuentr\w{1,8}|escrib[ae]|teclee|cerchi|cerca|cercare|cerca(?:te)?ci|trov\w{1,8}|digiti|digita"
)
_AS_VERB = (
    r"google[ ](?:us|our|me|my|the[ ]shop|the[ ]name)|googl(?:ez|er)[ -](?:nous|notre|moi)"
    r"|googeln?[ ](?:sie[ ])?(?:uns|unser\w{0,3}|mich)|google[ ](?:uns|unseren)"
    r"|googlea(?:nos|me)?[ ]?(?:nuestr\w{1,3})?|googlaci|googlateci|googli[ ](?:il[ ])?nostr\w"
)
PATTERNS = Patterns(
    engine=rf"(?<![^\W_])(?:{_ENGINES})(?![^\W_])",
    looking=rf"(?<![^\W_])(?:{_LOOKING})(?![^\W_])",
    as_verb=rf"(?<![^\W_])(?:{_AS_VERB})(?![^\W_])",
    product=(
        r"[ ](?:play|home|pixel|maps|nest|assistant|chrome|pay|wallet|tv|drive|account|photos|fit"
        r"|store|calendar|agenda|konto|compte|cuenta|traduction|translate|lens|cast|fotos|foto)"
    ),
    us=(
        r"(?<![^\W_])(?:us|our|me|my|nous|notre|nos|uns|unser\w{0,3}|mich|nuestr\w{1,3}|noi|nostr\w|ci"
        r"|the[ ]shop|number[ ]on[ ]top|first[ ](?:hit|result)|premier[ ]resultat"
        r"|erste[rns]?[ ]treffer|primer[ ]resultado|primo[ ]risultato)(?![^\W_])"
        r"|\w(?:nos|teci|rci|aci)(?![^\W_])"
    ),
    name=r"[A-ZÀ-Ý][\w'’-]{1,30}[ ][A-ZÀ-Ý&][\w'’-]{0,30}|[\"«“„'][^\"»”“']{3,60}[\"»”“']",
    # Their halves apart, and figures or signs for letters.
    paying=(
        r"(?<![^\W_])(?:pay[.·•*_~|+]pal|p[a4@]yp[a4@][l1|]|ven[.·•*_~|+]mo|v[e3]nm[o0]"
        r"|cash[.·•*_~|+]app)(?![^\W_])"
    ),
    stop=r"[.!?;\n]",
)
#: Services by which people pay each other.
_PAYMENTS = word_set(
    "paypal venmo zelle cashapp revolut bizum paylib wero satispay skrill moneygram payoneer"
)
_PLAIN = frozenset({"paypal", "venmo"})
#: Without one of these no half or figure of such a name stands there.
_PAYING = ("pal", "p@l", "p4l", "pa1", "pa|", "p@1", "p41", "mo", "m0", "app")
_REACH = 90
_SIGNS = (
    *("goog", "bing", "duckduck", "ecosia", "qwant", "yahoo", "engine"),
    *("moteur", "suchm", "buscador", "motor", "big g"),
)


def hints(reading: Reading) -> Iterator[Find]:
    """Calls to look for us by a search engine, and payment services in disguise."""
    tokens = reading.once(tokens_of)
    text = tokens.text
    for start, end, _ in spelled(tokens, _PAYMENTS):
        yield Find(start, end, "link", masked=True)
    if holds_any(text, _PAYING):
        for paid in scan(PATTERNS["paying"], text):
            if paid[0] not in _PLAIN:
                yield Find(*paid.span(), "link", masked=True)
    if not holds_any(text, _SIGNS):
        return
    for verb in scan(PATTERNS["as_verb"], text):
        yield Find(*verb.span(), "link", True, masked=True)
    for match in few(scan(PATTERNS["engine"], text)):
        if match is None:
            yield unread(0, len(text), "link")
            return
        if PATTERNS["product"].match(text, match.end()):
            continue
        start, end = _sentence(text, *match.span())
        looking = PATTERNS["looking"].search(text, start, end)
        if looking is None:
            continue
        written = reading.copy.text[start:end]
        us = PATTERNS["us"].search(text, start, end)
        named = PATTERNS["name"].search(written, 1)
        if us or named:
            begin, stop = min(looking.start(), match.start()), max(looking.end(), match.end())
            yield Find(begin, stop, "link", True, masked=True)
        else:
            yield Find(*match.span(), "link", sure=False, masked=True)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around that place, as far as it is looked at."""
    begin = max(0, start - _REACH)
    for stop in PATTERNS["stop"].finditer(text, begin, start):
        begin = stop.end()
    stop_after = PATTERNS["stop"].search(text, end, min(len(text), end + _REACH))
    return begin, stop_after.start() if stop_after else min(len(text), end + _REACH)
