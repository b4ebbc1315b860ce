"""Where a text's signature begins: behind its closing words."""

from __future__ import annotations

from deskterm.rules.detectors.base import Reading, any_of
from deskterm.rules.detectors.contacts.tokens import folded
from deskterm.text.patterns import Patterns

_CLOSINGS = (
    "kind regards", "best regards", "warm regards", "regards", "best wishes", "all the best",
    "best", "sincerely", "yours sincerely", "yours", "yours faithfully", "cheers", "many thanks",
    "thanks", "thank you", "cordialement", "bien cordialement", "tres cordialement", "bien a vous",
    "sinceres salutations", "salutations", "meilleures salutations", "respectueusement",
    "bonne journee", "belle journee", "a bientot", "merci", "amicalement",
    "mit freundlichen grussen", "mit freundlichen grußen", "freundliche gruße", "viele gruße",
    "beste gruße", "liebe gruße", "herzliche gruße", "schone gruße", "mit freundlichen gruessen",
    "freundliche grusse", "viele grusse", "beste grusse", "liebe grusse", "herzliche grusse",
    "schone grusse", "mfg", "vg", "lg", "saludos", "un saludo", "saludos cordiales", "atentamente",
    "cordialmente", "gracias", "muchas gracias", "cordiali saluti", "distinti saluti", "saluti",
    "un saluto", "grazie", "a presto",
)  # fmt: skip
PATTERNS = Patterns(
    closing=rf"[ \t]{{0,8}}(?:{any_of(_CLOSINGS)}[ ]?[,.!]?[ \t]{{0,8}}(?=\n|\Z)|--[ ]?\n)",
)
_LONGEST = 12


def signature_start(reading: Reading) -> int:
    """Where the signature begins in the copy: behind the last closing among the last lines.

    Without a closing it is the last paragraph, if there is another one before it.
    """
    text = folded(reading.copy.text).rstrip()
    places = [0]
    while (place := text.find("\n", places[-1])) >= 0:
        places.append(place + 1)
    for start in reversed(places[-_LONGEST:]):
        closing = PATTERNS["closing"].match(text, start)
        if closing is not None and closing.end() < len(text):
            return closing.end()
    paragraph = text.rfind("\n\n")
    return paragraph + 2 if paragraph >= 0 else len(text)
