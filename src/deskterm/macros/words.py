"""The words of a message that may tell what it is about, sentence by sentence.

Names, numbers and addresses are no such words: they are taken out before anything is weighed or
learned. Words are folded (small letters, no accents); the short forms of English stand in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from deskterm.macros.phrases import folded

#: Characters and words of a message that are looked at: what is wanted stands near the beginning.
TEXT_MAX: Final = 6_000
WORDS_MAX: Final = 300


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OUTSIDE = re.compile(
    r"\{\{[^{}]{0,200}\}\}|\{%[^{}%]{0,300}%\}|https?://[^\s<>]{1,500}|www\.[^\s<>]{1,500}"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}",
    re.IGNORECASE,
)
#: Thanks for what is asked for: "thanks in advance", "merci de me répondre". Who says so has not
#: been helped yet.
_ASKING = re.compile(
    r"\b(?:many thanks|thanks|thank you|thx)(?: so much| very much| a lot)?"
    r"(?= in advance\b| for (?:any|checking|looking|letting)\b)"
    r"|\b(?:merci(?: beaucoup| bien)?|je vous remercie)(?= d['’]avance\b| par avance\b)"
    r"|\bmerci(?: bien)?(?= d(?:e |['’])"
    r"(?:(?:bien|me|nous|vous|le|la|les|lui|ne|pas|y|en) |[mlty]['’]){0,3}"
    r"(?!votre\b|notre\b)\w{1,20}(?:er|ir|re)\b)"
    r"|\b(?:vielen |besten |herzlichen )?danke?(?: sch[oö]n)?(?= (?:schon )?(?:im voraus|vorab)\b)"
    r"|\b(?:muchas |mil )?gracias(?= de antemano\b| por adelantado\b)"
    r"|\bgrazie(?: mille)?(?= in anticipo\b)"
    r"|\b(?:alvast (?:heel erg )?bedankt|bedankt alvast)\b"
    r"|\bbij voorbaat (?:hartelijk )?(?:bedankt|dank)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[^\W_]{1,30}-[\w-]{0,30}?\d[\w-]{0,30}")
_SENTENCE = re.compile(r"[.!?;\n\r…]{1,20}")
_WORD = re.compile(r"[^\W_]{1,40}(?:['’ʼ`´][^\W_]{1,40}){0,3}")
_DENIED: Final = "have has is does do did was are were could would should had"
_NOT: Final = {f"{verb}nt": (verb, "not") for verb in _DENIED.split()} | {
    "cannot": ("can", "not"),
    "cant": ("can", "not"),
    "wont": ("will", "not"),
}
#: What stands before the name of a person, and what a person signs with.
_BEFORE_NAME: Final = _set(
    "mr mrs ms miss dr mme mlle monsieur madame mademoiselle m herr frau senor senora sr sra"
    " signor signora sig dhr mevrouw meneer"
)
_GREETING: Final = _set(
    "hello hi hey dear bonjour bonsoir salut cher chere hallo hola buenos buenas ciao buongiorno"
    " beste geachte liebe lieber lieve gentile caro cara estimado estimada"
)
_CLOSING: Final = _set(
    "regards sincerely cheers cordialement salutations gruss grusse grussen saludos saluti groet"
    " groeten cordiali bien"
)
_THANKS: Final = _set("thank thanks merci danke gracias grazie bedankt dank")
_STREET: Final = _set(
    "street road avenue lane drive rue boulevard bd chemin allee impasse place quai via viale"
    " piazza calle avenida plaza paseo straat laan weg plein strasse str platz allee st rd ave"
    " court close apartment appartement flat apt"
)
_STREET_ENDS: Final = ("strasse", "straat", "gasse", "laan", "allee", "platz")
#: Words with a capital that belong to an address: behind a street, and behind any number.
_ADDRESS_WORDS: Final = 6
_HOUSE_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared (`folded`) and where it stands in the text."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence that may be weighed."""

    words: tuple[Word, ...]


def sentences(text: str, names: frozenset[str] = frozenset()) -> list[Sentence]:
    """The sentences of a text that have a word.

    Args:
        names: folded names that are left out wherever they stand, such as the customer's.
    """
    looked_at = _OUTSIDE.sub(lambda found: " " * len(found[0]), text[:TEXT_MAX])
    looked_at = _ASKING.sub(lambda found: " " * len(found[0]), looked_at)
    looked_at = _CODE.sub(lambda found: "0" * len(found[0]), looked_at)
    found: list[Sentence] = []
    left = WORDS_MAX
    start = 0
    while start <= len(looked_at) and left > 0:
        stop = _SENTENCE.search(looked_at, start)
        end = stop.start() if stop else len(looked_at)
        words = tuple(_words(looked_at, start, end, names))[:left]
        if words and not (found and _signed(looked_at, start, end, words, found[-1])):
            found.append(Sentence(words))
            left -= len(words)
        start = stop.end() if stop else end + 1
    return found


def _words(text: str, start: int, end: int, names: frozenset[str]) -> Iterator[Word]:
    """The words between two places, without those of names, numbers and addresses."""
    before = ""
    address = 0
    loud = text[start:end].isupper()
    for number, match in enumerate(_WORD.finditer(text, start, end)):
        written = match[0]
        word = folded(written)
        if any(character.isdigit() for character in word):
            address = _ADDRESS_WORDS if address else _HOUSE_WORDS
            before = "0"
            continue
        if (word in _STREET and before == "0") or word.endswith(_STREET_ENDS):
            address = _ADDRESS_WORDS
        elif word in names or (
            number and not loud and written[:1].isupper() and _named(before, text, match.end())
        ):
            before = word
            continue
        elif address and written[:1].isupper():
            address -= 1
        elif address and number and word not in _STREET and len(word) > 3:
            address = 0
        if not address:
            for part in parts_of(word):
                yield Word(part, match.start(), match.end())
        before = word


def _named(before: str, text: str, end: int) -> bool:
    """Whether the word that ends there is a person's name: behind a title, or a greeting."""
    if before in _BEFORE_NAME:
        return True
    return before in _GREETING | _CLOSING and (end >= len(text) or text[end] in ",!.:;\r\n")


def _signed(text: str, start: int, end: int, words: tuple[Word, ...], above: Sentence) -> bool:
    """Whether a line is a name under a letter: a few words with capitals, the last there are."""
    closed = above.words[-1].folded in _CLOSING
    if not (1 if closed else 2) <= len(words) <= 3 or text[end:].strip(" .!\r\n"):
        return False
    return text[start:end].strip().istitle() and not any(w.folded in _THANKS for w in words)


def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a folded word with apostrophes: "didn't" is "did" and "not"."""
    if (whole := word.replace("'", "")) in _NOT:
        return _NOT[whole]
    return tuple(filter(None, word.split("'"))) if "'" in word else (word,)
