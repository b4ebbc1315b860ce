"""Does a reply sound like the shop? Looks for what `voice.toml` asks for.

What it finds are remarks, never reasons to hold a reply back. Capitals and accents do not matter
where words are compared; quoted lines are the customer's own.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

from deskterm.macros.voice import Avoided, Formality, Manner, Voice, first_name, whole_name

#: `avoid`: words to avoid (`instead`: what to say). `formality`: the customer is spoken to in the
#: wrong way. `greeting` and `closing`: there is none.
RemarkKind = Literal["avoid", "formality", "greeting", "closing"]
MOST: Final = 20  # remarks on words to avoid
TEXT_MAX: Final = 50_000  # characters that are looked at

#: A greeting is not missed while the first line is being written.
_FIRST_LINE: Final = 40
_SHORT: Final = 8  # words of a text that still is being begun
_LAST_LINES: Final = 4
_QUOTED = re.compile(r"^>[^\n]*", re.MULTILINE)
_PLACE = re.compile(r"\{[a-z]{1,10}\}")

#: First words of greetings besides the shop's own.
_GREETINGS: Mapping[str, str] = MappingProxyType(
    {
        "en": "hello|hi|hey|dear|good (?:morning|afternoon|evening|day)|greetings",
        "fr": "bonjour|bonsoir|cher|chere|chers|cheres|salut|coucou|madame|monsieur",
        "de": "hallo|guten (?:tag|morgen|abend)|liebe|lieber|sehr geehrte|sehr geehrter|moin"
        "|servus|gruezi|gruss gott|hi|hey",
        "es": "hola|buenos|buenas|buen dia|estimado|estimada|estimados|querido|querida",
        "it": "buongiorno|buonasera|buon giorno|salve|ciao|gentile|gentilissimo|gentilissima"
        "|egregio|cara|caro",
        "nl": "hallo|hoi|hi|dag|beste|geachte|goedemorgen|goedemiddag|goedenavond|goedendag|lieve",
    }
)
#: Ends of letters besides the shop's own.
_CLOSINGS: Mapping[str, str] = MappingProxyType(
    {
        "en": "regards|wishes|sincerely|faithfully|cheers|yours|thank you|thanks|have a (?:nice"
        "|good|great|lovely) (?:day|evening|weekend)|take care",
        "fr": "cordialement|salutations|bien a vous|bien a toi|a bientot|bonne journee"
        "|belle journee|bonne soiree|merci|sincerement|bises|respectueusement",
        "de": "grussen|grusse|gruesse|gruss|hochachtungsvoll|danke|dank",
        "es": "saludo|saludos|atentamente|cordialmente|gracias|abrazo|buen dia",
        "it": "saluti|cordialmente|distinti|grazie|buona giornata|a presto",
        "nl": "groet|groeten|groetjes|hoogachtend|dank|bedankt|fijne dag",
    }
)
#: Words that speak to somebody, as they are written.
_FAMILIAR: Mapping[str, str] = MappingProxyType(
    {
        "fr": r"(?i:tu|te|toi|ta|tes|tien|tienne|tiens|tiennes|t(?=['’])|(?<!le )(?<!un )(?<!du )"
        r"(?<!ce )(?<!au )ton)",
        "de": r"(?i:du|dich|dir|dein|deine|deiner|deines|deinem|deinen|euch|euer|eure|eurem|euren)",
        "es": r"(?i:tú|tu|tus|te|ti|contigo|tuyo|tuya|tuyos|tuyas|vosotros|vosotras|vuestro"
        r"|vuestra|vuestros|vuestras)",
        "it": r"(?i:tu|te|ti|tuo|tua|tuoi|tue)",
        "nl": r"(?i:je|jij|jou|jouw|jullie)",
    }
)
#: A capital says nothing where a sentence begins.
_INSIDE = r"(?<=[\w,;)] )"
_FORMAL: Mapping[str, str] = MappingProxyType(
    {
        "fr": r"(?i:vous|votre|vos|vôtre|vôtres)",
        "de": rf"(?:Ihnen|{_INSIDE}(?:Sie|Ihr|Ihre|Ihrer|Ihres|Ihrem|Ihren))",
        "es": r"(?i:usted|ustedes|ud|uds|vd|vds)",
        "it": rf"{_INSIDE}(?:Lei|Suo|Sua|Suoi|Sue|Vi|Voi)",
        "nl": r"(?i:u|uw)",
    }
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is not as the shop writes.

    Args:
        start, end: where, in the text; the same place where something is missing there.
        words: what stands there, or what is meant.
        instead: what could stand there; None: nothing that is known.
        wanted: of `formality`, how the customer is to be spoken to.
    """

    kind: RemarkKind
    start: int
    end: int
    words: str = ""
    instead: str | None = None
    wanted: Formality | None = None

    @property
    def says(self) -> Mapping[str, str]:
        """What is to be said of it, by language."""
        kind: str = self.kind if self.wanted is None else self.wanted
        if kind == "avoid" and self.instead:
            kind = "avoid_instead"
        values = {"words": self.words, "instead": self.instead or ""}
        return {code: _put(sentence, values) for code, sentence in _sentences()[kind].items()}


def remarks(text: str, voice: Voice, language: str, customer: str, agent: str) -> list[Remark]:
    """What is not as a voice wants it, in the order of the text.

    Args:
        language: of the text.
        customer, agent: their names, for the greeting and the closing that are missed.
    """
    manner = voice.manner(language)
    if not text.strip():
        return []
    bare = _QUOTED.sub(lambda one: " " * len(one[0]), text[:TEXT_MAX])
    if not bare.strip():
        return []
    folded = _folded(bare)
    found = list(_avoided(bare, folded, manner))
    found += _formality(bare, manner, language)
    if manner.greets and _lacks_greeting(folded, manner, language, customer):
        hello = voice.greeting(language, customer)
        found.append(Remark("greeting", 0, 0, hello, f"{hello}\n\n"))
    if manner.closes and _lacks_closing(folded, manner, language, agent):
        end = len(text.rstrip())
        bye = voice.closing(language, agent)
        found.append(Remark("closing", end, end, bye.partition("\n")[0], f"\n\n{bye}"))
    return sorted(found, key=lambda one: (one.start, one.end))


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, Mapping[str, str]]:
    text = files("deskterm.macros").joinpath("manners.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


def _put(sentence: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values.get(place[0][1:-1], place[0]), sentence)


def _avoided(bare: str, folded: str, manner: Manner) -> Iterator[Remark]:
    if not manner.avoid:
        return
    pattern, instead = _pattern(manner.avoid)
    for number, match in enumerate(pattern.finditer(folded)):
        if number == MOST:
            return
        words = bare[match.start() : match.end()]
        other = instead.get(" ".join(match[0].split()))
        yield Remark("avoid", *match.span(), words, _as_begun(other, words) if other else None)


@lru_cache(maxsize=32)
def _pattern(avoid: tuple[Avoided, ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all words, the longest first, and what stands in the place of each."""
    instead = {" ".join(_folded(one.words).split()): one.instead for one in avoid}
    longest = sorted(instead, key=len, reverse=True)
    words = "|".join(r"\s{1,4}".join(map(re.escape, one.split())) for one in longest)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)"), MappingProxyType(instead)


def _as_begun(instead: str, words: str) -> str:
    """With a capital where the words have one."""
    return instead[0].upper() + instead[1:] if words[:1].isupper() else instead


def _formality(bare: str, manner: Manner, language: str) -> Iterator[Remark]:
    """The first word that is wrong; with it the others are seen to."""
    wanted = manner.formality
    others = {"formal": _FAMILIAR, "familiar": _FORMAL}.get(wanted or "", {})
    if language in others and (match := _words(others[language]).search(bare)):
        yield Remark("formality", *match.span(), match[0], wanted=wanted)


@lru_cache(maxsize=16)
def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’])(?:{pattern})(?!\w)")


def _lacks_greeting(folded: str, manner: Manner, language: str, customer: str) -> bool:
    first, _, more = folded.strip().partition("\n")
    if not more and len(first) < _FIRST_LINE:
        return False
    begins = [_first_words(manner.greeting), _first_words(manner.neutral)]
    name = _folded(first_name(customer) or whole_name(customer))
    begins += [name] if name else []
    usual = re.compile(rf"(?:{_GREETINGS.get(language) or _GREETINGS['en']})(?!\w)")
    here = first.lstrip("¡ ")
    return not usual.match(here) and not any(one and here.startswith(one) for one in begins)


def _first_words(template: str) -> str:
    """What stands before the name."""
    return _folded(_PLACE.split(template)[0]).strip(" ,:!")


def _lacks_closing(folded: str, manner: Manner, language: str, agent: str) -> bool:
    """Whether none of the last lines takes leave, or has the agent's name."""
    if len(folded.split()) < _SHORT:
        return False
    last = "\n".join([line for line in folded.splitlines() if line.strip()][-_LAST_LINES:])
    own = [_first_words(line) for line in manner.closing.splitlines()]
    own += [_folded(whole_name(agent))]
    usual = re.compile(rf"(?<!\w)(?:{_CLOSINGS.get(language) or _CLOSINGS['en']})(?!\w)")
    return not usual.search(last) and not any(one and one in last for one in own)


def _folded(text: str) -> str:
    """In small letters without accents, with each character where it was."""
    if text.isascii():
        return text.lower()
    return "".join(map(_letter, text))


@lru_cache(maxsize=2_048)
def _letter(character: str) -> str:
    if character == "’":
        return "'"
    small = unicodedata.normalize("NFKD", character)[:1].lower()
    return small if len(small) == 1 else character
