"""The words by which people ask for silence, where a message is nothing but such a word.

Twilio takes STOP, UNSUBSCRIBE, END, QUIT, STOPALL, REVOKE, OPTOUT and CANCEL for it (Twilio,
Advanced Opt-Out), in English only. Of these END, QUIT, REVOKE and CANCEL are answers to other
questions as well and are left out here; the word for it in other languages is added.
"""

from __future__ import annotations

from deskterm.text.matching import MatchingCopy

_WORDS = frozenset(
    {
        *("stop", "stopall", "stop all", "stop sms", "stopsms", "unsubscribe", "optout", "opt out"),
        *(
            "arret",
            "arrêt",
            "arrêter",
            "désabonner",
            "desabonner",
            "me désabonner",
            "désinscription",
        ),
        *("stopp", "abmelden", "abbestellen"),
        *("baja", "darme de baja", "cancelar suscripción"),
        *("disiscrivimi", "cancellami", "annulla iscrizione"),
        *("afmelden", "uitschrijven"),
    }
)
#: A longer message says more than that.
_LONGEST = 40


def asks_for_silence(text: str) -> bool:
    """Whether a message is such a word and nothing else ("Stop." is, "stop the order" is not)."""
    if len(text) > _LONGEST:
        return False
    plain = MatchingCopy.of(text).text.casefold()
    return " ".join(plain.split()).strip(" .!«»\"'") in _WORDS
