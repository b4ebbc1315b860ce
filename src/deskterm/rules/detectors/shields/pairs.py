"""Numbers of one shape that are told apart by things: no telephone numbers, whatever their length.

Two part numbers, one of which stands for the other ("0770-0911-22 replaces 0770-0911-20"), and
plain numbers that are said to be things ("3120795550 is the cowl and 3120795561 the mitts").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from deskterm.rules.detectors.base import unaccented
from deskterm.rules.detectors.shields.base import Shield
from deskterm.rules.detectors.shields.codes import is_called
from deskterm.rules.detectors.shields.cues import CUES
from deskterm.rules.detectors.wording import word_set
from deskterm.text.language import LANGUAGES, is_little
from deskterm.text.patterns import Patterns

PATTERNS = Patterns(
    part=r"\d{2,6}(?:[-./_]\d{2,6}){1,4}(?![\w@]|[-./_]\w)",
    plain=r"[1-9]\d{7,12}(?![\w@]|[-./_ ]\d)",
    stop=r"[.!?](?=\s)|\n",
    word=r"[^\W\d_]{1,40}",
    # What is said of a number: that it is the cowl, or in brackets behind it, the mitts.
    being=(
        r"(?i:[ ]?(?:[:=(–-][ ]?|(?:is|was|are|has|holds|covers|contains|carries|est|c['’]est"
        r"|[ée]tait|contient|concerne|ist|war|enth[äa]lt|betrifft|umfasst|es|era|contiene|lleva"
        r"|corresponde[ ]a?|e|è|riguarda)"
        r"(?:[ ](?:for|pour|f[üu]r|para|per))?[ ])"
        r"(?:the|your|a|an|my|le|la|les|votre|vos|un|une|der|die|das|ihr|ihre|den|ein|eine"
        r"|el|los|las|su|sus|una|il|lo|i|gli|suo|sua|l['’])[ ]?([^\W\d_]{3,40}))"
    ),
)
#: One stands for the other: found between two numbers of one shape.
_INSTEAD = word_set(
    """
    replaces replaced replacing replacement supersedes superseded superseding succeeds instead
    formerly older old earlier previous predecessor successor equals equivalent interchangeable
    newer becomes became not versus vs unlike rather
    remplace remplacent remplacee remplacant remplacait lieu ancien ancienne anciens precedente
    precedent equivaut equivalent equivalente plutot devient devenue devenu interchangeable pas
    nouvelle
    ersetzt ersetzen ersatz statt anstelle anstatt alte alten altes alter fruhere fruheren vorher
    vorganger nachfolger entspricht nicht gleichwertig baugleich abgelost
    sustituye sustituido sustituida reemplaza reemplazado reemplazada lugar vez antiguo antigua
    viejo vieja anterior equivale equivalente
    sostituisce sostituito sostituita sostituisca rimpiazza posto invece vecchio vecchia precedente
    subentra
    """
)
#: Words of a sentence that speaks of lines rather than of things.
_LINES = word_set(
    """
    me us try moi essayez mich uns desk line lines office phone number numbers team colleague speak
    talk ring call dial text reach answer pick way direct mobile cell landline hotline whatsapp
    ligne lignes bureau numero numeros joindre appeler telephone portable
    equipe collegue parler repond direct directe
    leitung buro nummer rufnummer anschluss
    kollege kollegin handy telefon sprechen erreichen durchwahl
    linea oficina telefono movil equipo companero hablar directo
    ufficio cellulare collega parlare diretto risponde
    """
)
#: The same with the people who have them.
_PEOPLE = _LINES | word_set(
    """
    us our ours we me my mine nous notre nos moi mon ma uns unser unsere unserer unserem mich mein
    meine nosotros nuestro nuestra mi noi nostro nostra mio mia
    """
)
#: Words of a sentence in which orders travel.
_PARCELS = word_set(
    """
    parcel parcels package packages combined combine combining order orders receipts shipped
    ship ships shipment posted envelope
    colis commandes commande regroupe regroupes regroupees regroupons expedie expedies expediees
    paket pakete bestellung bestellungen zusammengefasst verschickt versandt sendung
    paquete paquetes pedido pedidos enviado enviados juntado
    pacco pacchi ordine ordini spedito spediti riunito riuniti
    """
)
#: Words that name no thing.
_NO_THINGS = word_set(
    """
    right correct good use using take save note please here there this that from today now new best
    juste bon bonne correct utilisez prenez notez ici maintenant nouveau
    richtig richtige nehmen nutzen bitte hier jetzt neue neu
    correcto correcta use tome aqui ahora nuevo nueva
    giusto giusta corretto usi prenda qui adesso ora nuovo nuova
    """
)
#: Before such a word nobody ships an order.
_AT = word_set("on at sur au auf unter al en su allo")
#: Digits that two of a kind begin with alike, and at least so many of them all.
_ALIKE, _LEAST = 4, 8
_REACH = 120


def pairs(text: str, numbers: Iterable[int]) -> Iterator[Shield]:
    """Every such number of a text, among those that begin at these places."""
    parts: list[re.Match[str]] = []
    plain: list[re.Match[str]] = []
    for start in numbers:
        if text[start - 1 : start] and (text[start - 1].isalnum() or text[start - 1] in "+@-./_("):
            continue
        for name, found in (("part", parts), ("plain", plain)):
            match = PATTERNS[name].match(text, start)
            if match is not None:
                found.append(match)
    for first, second in pairwise(parts):
        if _are_of_one_shape(first[0], second[0]) and _stands_for(text, first, second):
            yield from (Shield(*one.span(), "serial") for one in (first, second))
    for one in plain:
        if _is_said_to_be_an_order(text, one):
            yield Shield(*one.span(), "order_number")
    for first, second in pairwise(plain):
        if _are_of_one_shape(first[0], second[0]) and _are_things(text, first, second):
            yield from (Shield(*one.span(), "order_number") for one in (first, second))


def _are_of_one_shape(first: str, second: str) -> bool:
    """Whether they have the same signs at the same places, and begin alike."""
    if first == second or first[:_ALIKE] != second[:_ALIKE] or len(first) != len(second):
        return False
    alike = all(
        one == other or (one.isdecimal() and other.isdecimal())
        for one, other in zip(first, second, strict=True)
    )
    return alike and sum(map(str.isdecimal, first)) >= _LEAST


def _stands_for(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether a thing is named, and one number is said to stand for the other."""
    between = _words(text, first.end(), second.start())
    if len(between) > 12 or _INSTEAD.isdisjoint(between):
        return False
    if is_called(text, first.start()) or is_called(text, second.start()):
        return False
    beside = _sentence(text, first.start(), second.end())
    return _PEOPLE.isdisjoint(beside) and any(map(_is_a_thing, beside))


def _are_things(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether the one of them is said to be a thing, and the other stands in its sentence."""
    if second.start() - first.end() > _REACH:
        return False
    if any(is_called(text, one.start()) for one in (first, second)):
        return False
    beside = _sentence(text, first.start(), second.end())
    led = _words(text, max(0, first.start() - 16), first.start())[-1:]
    orders = not _PARCELS.isdisjoint(beside) and _AT.isdisjoint(led)
    if orders and _LINES.isdisjoint(beside):
        return True
    things = [thing for one in (first, second) if (thing := _said_to_be(text, one))]
    return bool(things) and _PEOPLE.isdisjoint(beside) and all(map(_is_a_thing, things))


def _said_to_be(text: str, number: re.Match[str]) -> str:
    said = PATTERNS["being"].match(text, number.end())
    return "" if said is None else _folded(said[1])


def _is_said_to_be_an_order(text: str, number: re.Match[str]) -> bool:
    """Whether it is one, or a parcel: "3120795550 is the order with the cowl"."""
    named = CUES.get(_said_to_be(text, number)) in ("order_number", "tracking")
    return named and not is_called(text, number.start())


def _is_a_thing(word: str) -> bool:
    known = word in _INSTEAD or word in _NO_THINGS
    return len(word) > 2 and not known and not any(is_little(word, one) for one in LANGUAGES)


def _sentence(text: str, start: int, end: int) -> list[str]:
    """The words of the sentence around that place, as far as it is looked at."""
    begin = max(0, start - _REACH)
    for stop in PATTERNS["stop"].finditer(text, begin, start):
        begin = stop.end()
    until = min(len(text), end + _REACH)
    behind = PATTERNS["stop"].search(text, end, until)
    return _words(text, begin, behind.start() if behind else until)


def _words(text: str, start: int, end: int) -> list[str]:
    return [_folded(word) for word in PATTERNS["word"].findall(text, start, end)]


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else unaccented(word).lower()
