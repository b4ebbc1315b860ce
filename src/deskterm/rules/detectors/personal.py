"""What says who somebody is: names, addresses and numbers where everybody reads, other people's
parcels, passwords, and telephone numbers that cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import (
    Detector,
    Match,
    Reading,
    first_come,
    holds_any,
    scan,
    unaccented,
)
from deskterm.rules.detectors.shields import shields
from deskterm.rules.model import Parameter
from deskterm.text.patterns import Patterns

_ENGLISH = r"(?:street|road|avenue|lane|drive|close|boulevard|place)"
_FRENCH = r"(?:rue|chemin|impasse|all[ée]e|place|quai|avenue|boulevard|route|square|cours)"
_ROMANCE = r"(?:calle|plaza|paseo|avenida|via|viale|piazza|corso)"
_GERMAN = r"(?:strasse|stra[ßs]e|weg|platz|gasse)"
_ORDER = (
    r"order|commande|bestellung|bestellnummer|pedido|ordine"
    r"|invoice|facture|rechnung|factura|fattura"
)
PATTERNS = Patterns(
    order=(
        rf"(?i:\b(?:{_ORDER})(?:[ ](?:number|num[ée]ro|nummer|numero|n[úu]mero|no|nr))?[ :.]{{0,3}}"
        r"(?:n[°ºo]\.?|#)?[ ]{0,2})([A-Z]{0,4}-?[0-9][0-9A-Z-]{3,24})(?![\w-])"
    ),
    # "12 rue des Lilas", "12 Station Road", "Bahnhofstraße 12", "calle Mayor 12".
    french_street=rf"(?i:(?<!\w)[0-9]{{1,4}}[ ]?(?:bis|ter|[a-d])?,?[ ]{_FRENCH}[ ](?=\w))",
    english_street=(
        r"(?<!\w)[0-9]{1,4}[a-d]?,?[ ]"
        rf"(?:[A-Z][a-z]{{1,20}}[ ]){{1,2}}(?i:{_ENGLISH}(?!\w))"
    ),
    german_street=rf"(?<!\w)[A-ZÄÖÜ][^\W\d_]{{1,20}}(?i:{_GERMAN})[ ][0-9]{{1,4}}(?!\w)",
    romance_street=rf"(?i:(?<!\w){_ROMANCE}(?:[ ][^\W\d_]{{2,20}}){{1,3}},?[ ][0-9]{{1,4}}(?!\w))",
    # France: 081, 082 and 089 cost more than a call; so do four digits that begin with 3.
    premium=(
        r"(?<![\w.])(?:(?:\+|00)33[ .-]{0,2}(?:\(0\)[ ]?)?|0)8[ .-]?(?:1[0-9]|2[0-9]|9[0-9])"
        r"(?:[ .-]{0,2}[0-9]){6}(?![\w])"
    ),
    # What ends a number of that kind; without it the next pattern has nothing to look for.
    short_end=r"3[ ]?[0-9][ ]?[0-9]{2}(?![\w]|[.,][0-9])",
    short=(
        r"(?i:\b(?:premium|surtax[ée]e?|appelez|composez|call|line|ligne|num[ée]ro|dial)\b"
        r"[^.!?\n]{0,30}?(?<![\w.,])(3[ ]?[0-9][ ]?[0-9]{2})(?![\w]|[.,][0-9]))"
    ),
    # "Your password is Orion2026": a word that holds a digit.
    told=(
        r"(?i:\b(?:password|passcode|mot[ ]de[ ]passe|mdp|contrase[ñn]a"
        r"|[^\W\d_]{0,20}(?:passwort|kennwort)|parola[ ]d['’]ordine)\b"
        r"[^.!?\n:=]{0,25}?(?:\b(?:is|est|lautet|ist|es)\b|(?<!\w)è(?!\w)|[:=]))"
        r"[ ]{0,2}[\"'«“]?[ ]?(?=[^\s0-9]{0,30}[0-9])([^\s\"'»”]{5,40})"
    ),
    # "Sign in with Orion2026 as your password".
    told_first=(
        r"(?<![^\s\"'«“„])(?=[^\s0-9]{0,30}[0-9])([^\s\"'»”“„]{5,40})[\"'»”“]?[ ]"
        r"(?i:(?:as|als|comme|como|come)[ ](?:(?:your|the|new|neues|votre|le|su|tu|la)[ ]){0,2}"
        r"(?:password|[^\W\d_]{0,20}(?:passwort|kennwort)|mot[ ]de[ ]passe|contrase[ñn]a))\b"
    ),
    per_minute=(
        r"(?i:(?<!\w)(?:[0-9]{1,2}[.,][0-9]{1,2}[ ]?(?:€|eur(?:os?)?)"
        r"|[0-9]{1,3}[ ]?(?:cts?|centimes|cents?))[ ]?(?:ttc[ ]?)?"
        r"(?:/|par|per|la|pro|al|por)[ ]?(?:min(?:ute?s?)?|minuto|appel|call|anruf)(?!\w))"
    ),
)
_PLACES = ("french_street", "english_street", "german_street", "romance_street")
_NUMBERED: frozenset[str] = frozenset({"order_number", "tracking", "own_value"})
_SHORTEST_VALUE, _LONGEST_VALUE = 4, 100
#: Parts of the names of secrets, in lower case.
_SECRETS = ("pass", "kennwort", "contrase", "mdp", "parola d")
_FREE_OF_CHARGE = ("gratuit", "free", "non surtax", "not premium", "sans surco")
#: Characters behind a number in which its price stands.
_BEHIND = 60


def _personal_data(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    yield from first_come(_candidates(reading), reading)


def _candidates(reading: Reading) -> Iterator[tuple[int, int, bool]]:
    """Numbers and names of this customer, and what has the form of a number or an address."""
    text, facts = reading.copy.text, reading.facts
    values = (*facts.own_values, facts.buyer_phone, _full_name(facts.buyer_name))
    folded = _same_length(text) if any(values) else ""
    for value in values:
        yield from ((start, end, True) for start, end in _all(folded, _same_length(value)))
    for shield in reading.once(shields):
        if shield.kind in _NUMBERED:
            yield shield.start, shield.end, True
    for match in scan(PATTERNS["order"], text):
        yield *match.span(1), True
    for name in _PLACES:
        for match in scan(PATTERNS[name], text):
            yield *match.span(), False


def _full_name(name: str) -> str:
    """The name where it has two parts written out: a first name alone is what the public sees."""
    plain = " ".join(name.split())
    parts = [part.strip(".") for part in plain.split(" ")]
    return plain if len(parts) > 1 and all(len(part) > 1 for part in parts) else ""


def _all(folded: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where a value stands in a text as words of their own, both folded."""
    if not _SHORTEST_VALUE <= len(wanted) <= _LONGEST_VALUE:
        return
    place = folded.find(wanted)
    while place >= 0:
        end = place + len(wanted)
        around = folded[max(0, place - 1) : place] + folded[end : end + 1]
        if not any(map(str.isalnum, around)):
            yield place, end
        place = folded.find(wanted, end)


def _same_length(text: str) -> str:
    """The text in lower case and without accents, character for character."""
    accents = {char: unaccented(char).lower() for char in set(text) if not char.isascii()}
    plain = {ord(char): one for char, one in accents.items() if len(one) == 1}
    return text.translate(plain).lower() if plain else text.lower()


def _foreign_tracking(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    """A tracking number that is none of the order's own, where those are known.

    Never sure: a return label or a second parcel has a number that the order may not hold yet.
    """
    own = {_bare(value) for value in reading.facts.own_values}
    if own:
        for shield in reading.once(shields):
            number = _bare(reading.copy.text[shield.start : shield.end])
            if shield.kind == "tracking" and not any(value in number for value in own if value):
                yield reading.mark(shield.start, shield.end, sure=False)


def _bare(number: str) -> str:
    return "".join(char for char in number if char.isalnum()).casefold()


def _premium_number(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    text = reading.copy.text
    if not holds_any(text, "0123456789"):
        return
    for match in scan(PATTERNS["premium"], text):
        free = holds_any(text[match.end() : match.end() + _BEHIND].lower(), _FREE_OF_CHARGE)
        yield reading.mark(*match.span(), sure=not free)
    shorts = scan(PATTERNS["short"], text) if PATTERNS["short_end"].search(text) else ()
    for match in shorts:
        dear = PATTERNS["per_minute"].search(text, match.end(), match.end() + _BEHIND)
        said = holds_any(match.group().lower(), ("premium", "surtax"))
        yield reading.mark(*match.span(1), sure=bool(dear) or said)
    for match in scan(PATTERNS["per_minute"], text):
        yield reading.mark(*match.span())


def _secret_told(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    if not holds_any(reading.copy.text.lower(), _SECRETS):
        return
    for name in ("told", "told_first"):
        for match in scan(PATTERNS[name], reading.copy.text):
            # An address leads to a place where a password is set.
            yield reading.mark(*match.span(1), sure="/" not in match.group(1))


DETECTORS: Mapping[str, Detector] = {
    "personal_data": Detector(_personal_data, "text"),
    "foreign_tracking": Detector(_foreign_tracking, "text"),
    "secret_told": Detector(_secret_told, "text"),
    "premium_number": Detector(_premium_number, "text"),
}
