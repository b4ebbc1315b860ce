"""What the shop sells, with the nouns and genders that sentences about it need.

Every French noun here begins with a consonant, so that no article has to be elided.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from deskterm.sandbox.model import Language, Product

Kind = Literal["light", "seat", "table", "kitchen", "textile", "decor"]
Gender = Literal["m", "f", "n"]
_Row = tuple[str, str, str, Gender, str, Gender, int]

_SKU = {"light": "LMP", "seat": "SIT", "table": "TAB", "kitchen": "KIT", "textile": "TEX"}

# Model, English noun, French noun and gender, German noun and gender, price in euro cents.
_LIGHTS: tuple[_Row, ...] = (
    ("Alma", "floor lamp", "lampadaire", "m", "Stehleuchte", "f", 14900),
    ("Nova", "table lamp", "lampe de table", "f", "Tischlampe", "f", 6900),
    ("Otto", "desk lamp", "lampe de bureau", "f", "Schreibtischlampe", "f", 8900),
    ("Luna", "pendant light", "suspension", "f", "Pendelleuchte", "f", 12900),
    ("Faro", "wall light", "lampe murale", "f", "Wandleuchte", "f", 5900),
    ("Iris", "reading lamp", "liseuse", "f", "Leselampe", "f", 7400),
    ("Dora", "bedside lamp", "lampe de chevet", "f", "Nachttischlampe", "f", 4900),
    ("Solo", "ceiling light", "plafonnier", "m", "Deckenleuchte", "f", 9900),
    ("Fjord", "lantern", "lanterne", "f", "Laterne", "f", 3900),
    ("Momo", "night light", "veilleuse", "f", "Nachtlicht", "n", 2400),
    ("Trio", "spotlight bar", "rampe de spots", "f", "Spotleiste", "f", 8400),
    ("Brisa", "garden lamp", "lampe de jardin", "f", "Gartenleuchte", "f", 6400),
    ("Pico", "clip-on lamp", "lampe à pince", "f", "Klemmleuchte", "f", 2900),
)
_SEATS: tuple[_Row, ...] = (
    ("Tilda", "dining chair", "chaise", "f", "Stuhl", "m", 11900),
    ("Bruno", "armchair", "fauteuil", "m", "Sessel", "m", 39900),
    ("Kip", "stool", "tabouret", "m", "Hocker", "m", 5900),
    ("Ronda", "bench", "banc", "m", "Sitzbank", "f", 17900),
    ("Oma", "rocking chair", "fauteuil à bascule", "m", "Schaukelstuhl", "m", 28900),
    ("Perch", "bar stool", "tabouret de bar", "m", "Barhocker", "m", 9900),
    ("Clerk", "office chair", "chaise de bureau", "f", "Bürostuhl", "m", 23900),
    ("Riva", "deckchair", "chaise longue", "f", "Liegestuhl", "m", 8900),
    ("Hygge", "sofa", "canapé", "m", "Sofa", "n", 84900),
)
_TABLES: tuple[_Row, ...] = (
    ("Lago", "coffee table", "table basse", "f", "Couchtisch", "m", 19900),
    ("Uno", "side table", "table d'appoint", "f", "Beistelltisch", "m", 8900),
    ("Festa", "dining table", "table à manger", "f", "Esstisch", "m", 54900),
    ("Folio", "bookcase", "bibliothèque", "f", "Bücherregal", "n", 32900),
    ("Tandem", "shoe rack", "meuble à chaussures", "m", "Schuhregal", "n", 7900),
    ("Sonja", "bedside table", "table de nuit", "f", "Nachttisch", "m", 9900),
    ("Linea", "console table", "console", "f", "Konsolentisch", "m", 16900),
    ("Emil", "chest of drawers", "commode", "f", "Kommode", "f", 34900),
    ("Scriba", "desk", "bureau", "m", "Schreibtisch", "m", 27900),
)
_KITCHEN: tuple[_Row, ...] = (
    ("Assam", "teapot", "théière", "f", "Teekanne", "f", 4400),
    ("Pia", "mug set", "lot de mugs", "m", "Becherset", "n", 3600),
    ("Verde", "salad bowl", "saladier", "m", "Salatschüssel", "f", 3200),
    ("Mica", "cutting board", "planche à découper", "f", "Schneidebrett", "n", 2900),
    ("Ragout", "casserole dish", "cocotte", "f", "Schmortopf", "m", 11900),
    ("Ferro", "frying pan", "poêle", "f", "Bratpfanne", "f", 5900),
    ("Fonte", "carafe", "carafe", "f", "Karaffe", "f", 2700),
    ("Table Nine", "plate set", "service de table", "m", "Tellerset", "n", 8900),
    ("Stilla", "kettle", "bouilloire", "f", "Wasserkocher", "m", 6900),
    ("Mokka", "coffee maker", "cafetière", "f", "Kaffeekanne", "f", 4900),
    ("Miche", "bread bin", "boîte à pain", "f", "Brotkasten", "m", 3900),
    ("Brindi", "glass set", "lot de verres", "m", "Gläserset", "n", 3400),
    ("Pomona", "fruit bowl", "corbeille à fruits", "f", "Obstschale", "f", 3100),
)
_TEXTILES: tuple[_Row, ...] = (
    ("Atlas", "rug", "tapis", "m", "Teppich", "m", 22900),
    ("Merle", "throw blanket", "plaid", "m", "Wolldecke", "f", 6900),
    ("Nube", "cushion", "coussin", "m", "Kissen", "n", 2900),
    ("Lino", "bed linen set", "parure de lit", "f", "Bettwäscheset", "n", 9900),
    ("Dimanche", "tablecloth", "nappe", "f", "Tischdecke", "f", 5400),
    ("Sauna", "towel set", "lot de serviettes", "m", "Handtuchset", "n", 4900),
    ("Voile", "curtain", "rideau", "m", "Vorhang", "m", 5900),
    ("Somna", "duvet", "couette", "f", "Bettdecke", "f", 12900),
    ("Riff", "bath mat", "tapis de bain", "m", "Badematte", "f", 2600),
)
_DECOR: tuple[_Row, ...] = (
    ("Sol", "mirror", "miroir", "m", "Spiegel", "m", 8900),
    ("Tulpa", "vase", "vase", "m", "Vase", "f", 3900),
    ("Kairos", "wall clock", "pendule murale", "f", "Wanduhr", "f", 4900),
    ("Vega", "candle holder", "bougeoir", "m", "Kerzenständer", "m", 2200),
    ("Flora", "plant pot", "cache-pot", "m", "Übertopf", "m", 2700),
    ("Galeria", "picture frame", "cadre photo", "m", "Bilderrahmen", "m", 1900),
    ("Juno", "storage basket", "panier de rangement", "m", "Aufbewahrungskorb", "m", 3400),
)


@dataclass(frozen=True, slots=True)
class Ware:
    """A product and how to speak of it. English needs no gender; it is given as `n`."""

    product: Product
    kind: Kind
    model: str
    noun: dict[Language, str]
    gender: dict[Language, Gender]


def make_wares(rng: Random) -> tuple[Ware, ...]:
    """The catalogue. Only how much of it is in stock depends on `rng`."""
    shelves: tuple[tuple[Kind, tuple[_Row, ...]], ...] = (
        ("light", _LIGHTS),
        ("seat", _SEATS),
        ("table", _TABLES),
        ("kitchen", _KITCHEN),
        ("textile", _TEXTILES),
        ("decor", _DECOR),
    )
    return tuple(
        _ware(kind, place, row, rng)
        for kind, rows in shelves
        for place, row in enumerate(rows, start=1)
    )


def _ware(kind: Kind, place: int, row: _Row, rng: Random) -> Ware:
    model, english, french, french_gender, german, german_gender, cents = row
    name: dict[Language, str] = {
        "en": f"{model} {english}",
        "fr": f"{french} {model}",
        "de": f"{german} {model}",
    }
    stock = 0 if rng.random() < 0.12 else rng.randint(1, 80)
    product = Product(f"{_SKU.get(kind, 'DEC')}-{place:03}", name, cents, stock)
    return Ware(
        product,
        kind,
        model,
        {"en": english, "fr": french, "de": german},
        {"en": "n", "fr": french_gender, "de": german_gender},
    )
