"""What the words around a row of figures say that it is: a telephone number, or another number."""

from __future__ import annotations

from typing import Literal

from deskterm.rules.detectors.contacts.networks import OURS
from deskterm.rules.detectors.contacts.tokens import Tokens
from deskterm.rules.detectors.shields.cues import COMPANY, CUES
from deskterm.rules.detectors.wording import word_set

Cue = Literal["phone", "other"]

_PHONE = word_set(
    """
    phone phones telephone mobile mob cell cellphone landline fax call calls calling called ring
    ringing dial text txt texting sms mms hotline helpline helpdesk freephone voicemail pager
    handset line wa viber imessage facetime extension desk callback switchboard
    tel ligne appel appels appelez appeler appelle appellez rappelez rappeler joindre joignable
    composez composer contactez telephonez telephoner portable fixe gsm standard numerotez
    vorwahl indicatif prefijo prefisso anruf anrufe anrufen rufen ruf ruft rufe erreichbar
    erreichen erreichst durchwahl handy festnetz
    kontaktieren melden telefonisch zentrale
    tlf tfno tlfno telf fono llame llama llamar llamen llamenos llamanos llamada marque marcar
    telefonee movil fijo contacte contactar mandenos centralita centralino
    chiami chiama chiamare chiamateci chiamaci chiamate chiamatemi chiamami telefoni telefonare
    componga componi cellulare fisso contatti contattaci contattateci contattare
    reach contact joignez
    """
)
#: "My number" is a telephone's; other numbers say what they are.
_NUMBER = word_set("code number numbers numero numeros num nummer")
_OURS = OURS | word_set("direct personal perso private verde gratuito area country dialling")
_PHONE_BEGINNINGS = ("telef", "teleph", "phone", "whats", "handynummer", "rufnummer", "mobilnummer")
_OTHER = (
    frozenset(CUES)
    | COMPANY
    | word_set(
        """
    model id ids code codes ident customer kunde kunden kundennummer client cliente iban account
    compte konto cuenta conto zip postcode postal plz cap cp coordinates gps hex rgb bosch oem
    password mot passwort charge policy police poliza polizza member file confirmation
    withdrawal card carte karte tarjeta carta parts teil teile teilenummer piece pieza pezzo
    pezzi
    """
    )
)
#: "In parts" tells how a number is told, and not what it counts.
_PARTS = word_set(
    "parts pieces bits chunks teilen stucken partes trozos pedazos pezzi parti morceaux bouts"
)
_IN = word_set("in into by a en por par per")
#: Behind such a word they are who answers: "the parts team", "customer care".
_DEPARTMENTS = word_set(
    "team desk dept department counter service services care support people crew bench advice"
)
#: Before such a word too: "service client", "atención al cliente".
_SERVICES = word_set("service services servicio atencion servizio assistenza")
#: Behind such a word the figures are those of who does so: "per i pezzi risponde Piero allo …".
_ANSWERING = word_set(
    """
    answer answers answering pick picks respond responds repond repondent repondra decroche
    decrochent antwortet antworten hebt heben responde responden atiende atienden contesta
    contestan risponde rispondono
    """
)
_BEFORE, _AFTER = 6, 4
_STOPS = frozenset(".!?")
_SHORT = word_set("no nr num ref art n")


def cue_before(tokens: Tokens, first: int, most: int = _BEFORE) -> Cue | None:
    """The nearest word before that token that tells, in its sentence.

    Args:
        most: so many words are looked at.
    """
    if tokens.word(first - 1) == "#":
        return "other"
    left, parted = most, False
    for place in range(first - 1, max(-1, first - 1 - 2 * most), -1):
        word = tokens.words[place]
        if word in _STOPS and tokens.gap(place + 1) and not _is_short(tokens.word(place - 1)):
            return None
        if word in _PARTS and tokens.word(place - 1) in _IN:
            parted = True
            continue
        cue = _meaning(word)
        if cue == "other" and _is_department(tokens, place, first):
            cue = None
        if word in _NUMBER and tokens.word(place - 1) in _OURS:
            cue = "phone"
        elif parted and cue is None and word in _NUMBER:
            cue = _meaning(tokens.word(place - 1)) or "phone"
        if cue is not None:
            return cue
        left -= word[0].isalnum()
        if not left:
            return None
    return None


def cue_after(tokens: Tokens, last: int) -> Cue | None:
    """Whether a word for a telephone follows; others that follow are mostly about other things."""
    left = _AFTER
    for place in range(last + 1, min(len(tokens), last + 1 + 2 * _AFTER)):
        word = tokens.words[place]
        if word in _STOPS:
            return None
        if _meaning(word) == "phone":
            return "phone"
        left -= word[0].isalnum()
        if not left:
            return None
    return None


def _is_department(tokens: Tokens, place: int, first: int) -> bool:
    """Whether the word there says who answers at those figures: "the parts team"."""
    before = tokens.word(place - 1)
    if tokens.word(place + 1) in _DEPARTMENTS or before in _SERVICES:
        return True
    if before == "al" and tokens.word(place - 2) in _SERVICES:
        return True
    return not _ANSWERING.isdisjoint(tokens.words[place + 1 : first])


def _meaning(word: str) -> Cue | None:
    if word in _PHONE or word.startswith(_PHONE_BEGINNINGS):
        return "phone"
    if word in _OTHER or (len(word) > 6 and word.endswith("nummer")):
        return "other"
    return None


def _is_short(word: str) -> bool:
    """Whether a full stop behind the word only shortens it."""
    return word in _SHORT or (len(word) < 5 and word in _PHONE)
