"""Networks by a nickname or a description: "the bird app", "le réseau aux photos carrées".

Such words are those of products too. They count where the sentence gives a name there, which is
mostly the shop's, and says that it is ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.rules.detectors.base import Reading, scan
from deskterm.rules.detectors.contacts.finds import Find, few, unread
from deskterm.rules.detectors.contacts.naming import SAME
from deskterm.rules.detectors.contacts.networks import ASKING
from deskterm.rules.detectors.contacts.social import Around
from deskterm.rules.detectors.contacts.tokens import tokens_of
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

_EN = (
    r"(?:(?:big|little|blue|white|red|green|yellow)[ ]){0,2}(?:bird|ghost|clock|music[ ]note|camera"
    r"|photo|picture|pictures|video|pin|pins|paper[ ]plane|blue|green|yellow)[ -](?:app|network"
    r"|site|platform|messenger|chat)"
    r"|(?:app|network|site|platform|place)[ ](?:with|of)[ ](?:all[ ])?(?:the[ ])?"
    r"(?:(?:little|square|blue|white|yellow)[ ]){0,2}(?:ghost|bird|photos|pictures|pics|pins|camera"
    r"|paper[ ]plane|clock|f)|book[ ]of[ ]faces"
)
_FR = (
    r"(?:reseau|appli|application|app|site)[ ](?:social[ ])?(?:au|aux|a[ ]l'|a[ ]la|avec[ ]l[ae]s?"
    r"|des|du|de)[ ]?(?:petits?[ ]|petite[ ])?(?:photos|images|videos|oiseau|fantome|camera"
    r"|epingles|avion)"
    r"(?:[ ](?:carrees|bleu|blanc))?"
    r"|(?:reseau|appli|application|messagerie)[ ](?:bleue?|verte?|jaune)"
    r"|oiseau[ ]bleu|petit[ ]oiseau"
)
_DE = (
    r"(?:netzwerk|app|seite|plattform)[ ]mit[ ](?:de[nmr][ ])?(?:(?:kleinen|quadratischen|weissen"
    r"|weißen|blauen)[ ]){0,2}(?:fotos|bildern|geist|vogel|uhr|pins|videos|papierflieger)"
    r"|(?:blaue|grune|gelbe)[nmrs]?[ ](?:netzwerk|app|vogel|messenger|chat(?:-?programm)?)"
    r"|(?:foto|bilder|vogel|video)-?(?:netzwerk|app|plattform)"
)
_ES = (
    r"(?:red|app|aplicacion|plataforma)[ ](?:social[ ])?(?:de[ ]l[ao]s|del|con[ ](?:el|las|los))[ ]"
    r"(?:fotos|videos|pajarito|pajaro|fantasma|fantasmita|avion|camara)(?:[ ](?:cuadradas|azul))?"
    r"|(?:red|app|aplicacion|mensajeria|chat)[ ](?:azul|verde|amarilla)"
)
_IT = (
    r"(?:social|rete|app|piattaforma)[ ](?:dell[ea]|del|dei|con[ ](?:le|il|i))[ ](?:foto|video"
    r"|fantasmino|fantasma|uccellino|fotocamera|aeroplanino)(?:[ ](?:quadrate|blu))?"
    r"|(?:social|app|chat)[ ](?:blu|verde|gialla)"
)
PATTERNS = Patterns(
    network=rf"(?<![^\W_])(?:{_EN}|{_FR}|{_DE}|{_ES}|{_IT})(?![^\W_])",
    # "On the gram", which weighs nothing.
    gram=(
        r"(?<![^\W_])(?:(?:on|via|check|to)[ ](?:the[ ])?['’]?|the[ ]['’])gram"
        r"(?=[ ]?(?:[,.!?;:)\n]|\Z)"
        r"|[ ](?:under|with|as|and|too|instead|same|at|@|if|or|we|i)(?![^\W_]))"
    ),
    same=(
        rf"(?<![^\W_])(?:{SAME}|(?:our|the)[ ](?:shop|store|brand)(?:'?s)?[ ]name|nom[ ]de[ ](?:la"
        r"|notre)[ ]boutique|(?:shop|laden)name\w?|nombre[ ]de[ ](?:la|nuestra)[ ]tienda"
        r"|nome[ ]del[ ](?:nostro[ ])?negozio)(?![^\W_])"
    ),
    shop=(
        r"(?<![^\W_])(?:shop|shopname|store|here|boutique|magasin|ici|laden|geschaft|hier|tienda|aqui"
        r"|negozio|qui)(?![^\W_])"
    ),
    everyday=r"photo|foto|image|bilder|picture|pics|video|camera|clock|uhr",
    stop=r"[.!?;](?=\s)|\n",
)
_GRAM = frozenset({"gram"})
#: Without one of each of these a text describes no network and says nothing of it.
_THERE = word_set(
    """
    app network site platform place faces reseau appli application oiseau netzwerk seite plattform
    fotonetzwerk fotoapp vogelnetzwerk bildernetzwerk foto bilder vogel red aplicacion plataforma
    social rete piattaforma chat chatprogramm messenger messagerie mensajeria
    """
)
_SAID = ASKING | word_set(
    """
    same identical shop store brand meme nom pseudo gleicher gleiche gleichem gleichen selber selbe
    selben mismo stesso name namen nombre nome shopname ladenname
    """
)
#: What may stand between the network and the name.
_BESIDE = (",", ":", "-", "–")
_REACH = 70


def nicknamed(reading: Reading) -> Iterator[Find]:
    """Every such network to which the sentence calls."""
    tokens = reading.once(tokens_of)
    text = tokens.text
    if not _GRAM.isdisjoint(tokens.vocabulary):
        for match in few(scan(PATTERNS["gram"], text)):
            if match is not None:
                yield from _called(reading, *match.span(), plainly=True)
    if _THERE.isdisjoint(tokens.vocabulary) or _SAID.isdisjoint(tokens.vocabulary):
        return
    for match in few(scan(PATTERNS["network"], text)):
        if match is None:
            yield unread(0, len(text), "social")
            return
        yield from _called(reading, *match.span())


def _called(reading: Reading, start: int, end: int, *, plainly: bool = False) -> Iterator[Find]:
    """The network, if the sentence says that we are there.

    Args:
        plainly: the words are hardly ever about anything else.
    """
    tokens = reading.once(tokens_of)
    around = Around(tokens, start, end)
    if around.is_denied():
        return
    begin, until = _sentence(tokens.text, start, end)
    same = PATTERNS["same"].search(tokens.text, begin, until)
    shop = PATTERNS["shop"].search(tokens.text, begin, until)
    us = around.is_about_us()
    # A tablet has apps for photos and a clock.
    if PATTERNS["everyday"].search(tokens.text, start, end) and not (same and shop):
        return
    if same is not None:
        beside = tokens.text[end : same.start()].strip() in _BESIDE
        sure = us or plainly or (shop is not None and (beside or around.leads()))
        if sure or around.leads():
            place = min(start, same.start()), max(end, same.end())
            yield Find(*place, "social", sure, masked=True)
    elif us and around.asks() and (plainly or around.leads()):
        yield Find(start, end, "social", plainly, masked=True)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around that place, as far as it is looked at."""
    begin = max(0, start - _REACH)
    for stop in PATTERNS["stop"].finditer(text, begin, start):
        begin = stop.end()
    stop_behind = PATTERNS["stop"].search(text, end, min(len(text), end + _REACH))
    return begin, stop_behind.start() if stop_behind else min(len(text), end + _REACH)
