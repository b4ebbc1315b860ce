"""Brands whose name is a domain, where a thing carries the name: "the Booking.com sticker".

Nobody sends customers to those. Of other names in that place it is less sure that they are one.
"""

from __future__ import annotations

from deskterm.rules.detectors.base import unaccented
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

_BRANDS = word_set(
    """
    booking.com hotels.com monster.com cars.com crypto.com match.com ancestry.com lastminute.com
    priceline.com overstock.com stamps.com salesforce.com bet365.com betfair.com trivago.com
    expedia.com kayak.com agoda.com trip.com skyscanner.net tripadvisor.com moneysupermarket.com
    gocompare.com confused.com autotrader.com cargurus.com carvana.com realtor.com indeed.com
    hostinger.com wix.com wordpress.com bitpanda.com blockchain.com fold.it last.fm will.i.am
    check24.de mobile.de autoscout24.de immobilienscout24.de billiger.de immowelt.de
    chess.com lichess.org archive.org mozilla.org python.org kernel.org code.org nba.com nfl.com
    leboncoin.fr seloger.com meetic.fr allocine.fr lequipe.fr subito.it facile.it idealista.com
    infojobs.net fotocasa.es monday.com replit.com change.org ask.com about.com
    """
)
#: Things that carry the name of a brand, and what of it stands on them.
_THINGS = word_set(
    """
    sticker stickers logo logos edition editions print prints patch patches badge badges decal
    decals bag bags mug mugs cap caps jersey jerseys shirt shirts tee tees hoodie hoodies jacket
    case cases cover covers sleeve sleeves pouch backpack tote bottle bottles pin pins magnet
    magnets poster posters keyring keychain lanyard umbrella towel lettering branding branded
    tablet laptop suitcase gift collection label labels tag model scarf
    autocollant autocollants ecusson maillot casquette housse sac sacoche etui coque pochette tasse
    gourde affiche porte veste inscription impression modele etiquette valise echarpe
    aufkleber tasche hulle rucksack becher kappe mutze trikot schriftzug aufnaher aufdruck etikett
    flasche anhanger modell jacke koffer schal
    kollektion
    pegatina pegatinas adhesivo logotipo edicion coleccion funda bolsa mochila taza gorra camiseta
    parche etiqueta botella llavero modelo estampado maletin maleta bufanda
    adesivo adesivi edizione collezione custodia borsa zaino tazza cappello cappellino maglia
    maglietta toppa etichetta borraccia portachiavi modello stampa scritta felpa valigia sciarpa
    """
)
_OF = word_set("de du di von of")
_AT = word_set("on at via to through sur chez auf bei unter uber en por su da tramite")
#: Words of a sentence that sends the reader somewhere.
_WAYS = word_set(
    """
    visit website site online url link browse buy order scan type click go shop store our my
    visitez boutique commandez achetez scannez tapez cliquez lien notre mon nos voir
    besuchen seite bestellen kaufen scannen tippen klicken unser unsere unserem unserer unseren
    visite tienda web sitio compre pida escanee nuestra nuestro nuestras nuestros enlace
    visiti negozio sito ordini compri scansioni nostra nostro nostri nostre collegamento
    """
)
PATTERNS = Patterns(
    name=r"[A-Za-z0-9][A-Za-z0-9-]{1,30}(?:\.[A-Za-z0-9-]{1,20})?\.[a-z]{2,3}(?=\Z|-|['’]s\Z)",
    word=r"[^\W\d_]{2,30}",
    behind=r"(?:['’]s)?[ -]([^\W\d_]{2,30})(?:[ -]([^\W\d_]{2,30}))?",
    before=r"([^\W\d_]{2,30})[ ](?:([^\W\d_]{2,30})[ ])?[«\"“']?\Z",
    stop=r"[.!?](?=\s)|\n",
)
_REACH = 120


def is_brand(name: str) -> bool:
    """Whether that is the name of such a brand."""
    return name.lower() in _BRANDS


def carried(text: str, start: int, end: int, *, known: bool = False) -> bool:
    """Whether a thing carries what stands there as its name, and nobody is sent anywhere.

    Args:
        known: it is such a brand; then the thing may stand anywhere in the sentence.
    """
    behind = PATTERNS["behind"].match(text, end)
    beside = {_plain(word) for word in (behind.groups() if behind else ()) if word}
    before = PATTERNS["before"].search(text, max(0, start - 64), start)
    near = ""
    if before is not None:
        near, far = (_plain(word) for word in (before[2] or before[1], before[1]))
        beside |= {near} | ({far} if near in _OF else set())
    around = _sentence(text, start, end)
    if known and near not in _AT:
        beside |= around
    return not _THINGS.isdisjoint(beside) and _WAYS.isdisjoint(around)


def _plain(word: str) -> str:
    return word.lower() if word.isascii() else unaccented(word).lower()


def _sentence(text: str, start: int, end: int) -> set[str]:
    """The other words of the sentence around that place, as far as it is looked at."""
    begin = max(0, start - _REACH)
    for stop in PATTERNS["stop"].finditer(text, begin, start):
        begin = stop.end()
    stop_behind = PATTERNS["stop"].search(text, end, min(len(text), end + _REACH))
    until = stop_behind.start() if stop_behind else min(len(text), end + _REACH)
    around = f"{text[begin:start]} {text[end:until]}"
    return {_plain(word) for word in PATTERNS["word"].findall(around)}
