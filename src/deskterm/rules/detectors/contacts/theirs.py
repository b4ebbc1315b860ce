"""The customer's own telephone number, repeated to the customer: no contact of ours.

It is known where the order has it. Elsewhere words may say so ("the number in your order"), which
nobody can check: then it is not sure.
"""

from __future__ import annotations

from dataclasses import replace

from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.contacts.finds import Find, sentence_around
from deskterm.rules.detectors.contacts.tokens import tokens_of
from deskterm.text.patterns import Patterns

_LEAST_DIGITS = 8
#: The digits by which a number is known, with its country's code or without.
_TAIL = 9
_REACH = 110
_EN = r"(?:phone|mobile|cell|telephone|contact)"
PATTERNS = Patterns(
    theirs=(
        r"(?<![^\W_])(?:"
        rf"(?:your|the[ ]recipient's)[ ](?:own[ ])?(?:{_EN}[ ]){{0,2}}(?:number|phone|mobile)"
        rf"|(?:number|phone|mobile)[ ][^.!?;\n]{{0,25}}(?:in|on|from|with|for)[ ]your[ ]"
        r"(?:order|account|profile|address|details)"
        r"|votre[ ](?:propre[ ])?(?:numero|telephone|portable|mobile)"
        r"|numero[ ][^.!?;\n]{0,40}votre[ ](?:commande|compte|profil|adresse|fiche)"
        r"|(?:ihre|deine)[rn]?[ ](?:telefon|handy|mobil|ruf)?nummer"
        r"|nummer[ ][^.!?;\n]{0,30}(?:ihrer|deiner)[ ](?:bestellung|adresse)"
        r"|(?:su|tu)[ ](?:numero|telefono|movil)"
        r"|numero[ ][^.!?;\n]{0,30}(?:su|tu)[ ](?:pedido|cuenta|direccion)"
        r"|(?:suo|tuo)[ ](?:numero|telefono|cellulare)"
        r"|numero[ ][^.!?;\n]{0,30}(?:suo|tuo)[ ](?:ordine|account|indirizzo)"
        r")(?![^\W_])"
    ),
    ours=(
        r"(?<![^\W_])(?:us|our|me|my|nous|notre|nos|moi|mon|ma|uns|unser\w{0,2}|mich|mir|mein\w{0,2}"
        r"|nuestr\w{1,2}|nosotros|mi|noi|nostr\w|mio|ci)(?![^\W_])"
        r"|(?<![^\W_])(?:llame|chiam|contact|escrib|scriv)\w{0,6}(?:nos|ci|me|mi)(?![^\W_])"
    ),
    stop=r"[.!?](?=\s|\Z)|\n",
)


def judged(reading: Reading, find: Find) -> Find | None:
    """The number as it counts: not at all if it is the customer's, unsure if words say so."""
    written = reading.copy.text[find.start : find.end]
    digits = "".join(filter(str.isdecimal, written))
    theirs = "".join(filter(str.isdecimal, reading.facts.buyer_phone))
    if not any(map(str.isalpha, written)) and len(digits) >= _LEAST_DIGITS:
        if theirs and digits[-_TAIL:] == theirs[-_TAIL:]:
            return None
        if find.sure and _said_to_be_theirs(reading, find):
            return replace(find, sure=False)
    return find


def _said_to_be_theirs(reading: Reading, find: Find) -> bool:
    """Whether its sentence says so and does not speak of us."""
    text = reading.once(tokens_of).text
    begin, end = sentence_around(text, find, PATTERNS["stop"], _REACH)
    return (
        PATTERNS["theirs"].search(text, begin, end) is not None
        and PATTERNS["ours"].search(text, begin, end) is None
    )
