"""Links beside words of selling: "my blankets are also sold here: shop.example"."""

from __future__ import annotations

from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.contacts.finds import Find, sentence_around
from deskterm.rules.detectors.contacts.tokens import tokens_of
from deskterm.text.patterns import Patterns

_EN = (
    r"sells?|sold(?![ ]out)|selling|for[ ]sale|on[ ]sale|buy(?:ing)?|purchase|cheaper|stockists?"
    r"|(?:my|our)[ ](?:own[ ])?(?:web[ -]?|online[ ]?)?(?:shop|store)|order(?:[ ]\w{1,12}){0,2}[ ]"
    r"(?:here|there|at|from|via|through|direct|directly)|also[ ]available|available[ ](?:also|too)"
    r"|(?:other|whole|full|entire)[ ](?:range|collection|shop|work)"
)
_FR = (
    r"vend(?:s|ent|ons|re|ues?|us?)?|en[ ]vente|vente[ ]directe|achetez|acheter|moins[ ]chers?"
    r"|commandez|commander|(?:ma|notre)[ ](?:propre[ ])?boutique|(?:aussi|egalement)[ ]disponibles?"
    r"|disponibles?[ ](?:aussi|egalement)|toutes?[ ](?:mes|nos|la|ma)[ ](?:creations|collection)"
)
_DE = (
    r"verkauf(?:e|en|t|s)?|zu[ ]verkaufen|kauf(?:en?|t)|bestell(?:en?|t)|gunstiger|billiger"
    r"|(?:auch|ebenfalls)[ ](?:erhaltlich|zu[ ]haben)|erhaltlich|(?:mein|unser)\w{0,2}[ ]"
    r"(?:eigene\w?[ ])?(?:online-?)?(?:shop|laden)|(?:ganze|gesamte)\w?[ ](?:sortiment|kollektion)"
)
_ES = (
    r"vend(?:o|e|en|emos|er|ido|idos|idas)|en[ ]venta|a[ ]la[ ]venta|compr(?:ar|a|e|en|arlo|arla)"
    r"|mas[ ]barat[oa]s?|(?:mi|nuestra)[ ](?:propia[ ])?tienda|tambien[ ]disponibles?"
    r"|tod[oa][ ](?:mi|la|nuestra)[ ]coleccion"
)
_IT = (
    r"vend(?:o|e|ono|iamo|ere|uti|ute|esi|onsi)|in[ ]vendita|compr(?:are|a|i|arlo|arla)"
    r"|acquist\w{1,5}"
    r"|(?:mio|nostro)[ ](?:proprio[ ])?negozio|anche[ ]disponibil[ei]|disponibil[ei][ ]anche"
    r"|tutta[ ](?:la[ ])?(?:mia|nostra)?[ ]?collezione"
)
PATTERNS = Patterns(
    selling=rf"(?<![^\W_])(?:{_EN}|{_FR}|{_DE}|{_ES}|{_IT})(?![^\W_])",
    # What was bought here may need a page elsewhere, the pattern or the parcel.
    service=(
        r"(?<![^\W_])(?:track\w{0,5}|parcel|returns?|refund\w{0,3}|pattern|proof|label|manual|instructions?"
        r"|suivi|suivre|colis|retour\w{0,3}|rembours\w{0,6}|patron|notice|tuto\w{0,4}|etiquette"
        r"|sendung\w{0,10}|paket|retoure|rucksendung|erstatt\w{0,4}|anleitung|etikett|muster"
        r"|seguimiento|paquete|devolucion|reembolso|instrucciones|etiqueta"
        r"|tracciamento|pacco|reso|rimborso|istruzioni|etichetta|schema)(?![^\W_])"
    ),
    denied=(
        r"(?:n['’]t|(?<![^\W_])(?:not|never|no|nothing|ne|pas|jamais|rien|nicht|nie|kein\w{0,2}|nichts"
        r"|nunca|nada|non|mai|niente))(?:[ ][^\W_]{1,12}){0,2}[ ]\Z"
    ),
    stop=r"[.!?](?=\s)|\n\n",
)
_REACH, _DENIAL = 140, 32


def is_sold_at(reading: Reading, find: Find) -> bool:
    """Whether its sentence says that things are sold where that link leads."""
    text = reading.once(tokens_of).text
    begin, end = sentence_around(text, find, PATTERNS["stop"], _REACH)
    sides = ((begin, find.start), (find.end, end))
    if any(PATTERNS["service"].search(text, *side) for side in sides):
        return False
    return any(_is_said(text, *side) for side in sides)


def _is_said(text: str, begin: int, end: int) -> bool:
    return any(
        PATTERNS["denied"].search(text, max(begin, said.start() - _DENIAL), said.start()) is None
        for said in PATTERNS["selling"].finditer(text, begin, end)
    )
