"""How the shop greets and takes its leave, and what a customer is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NAME_MAX = 40  # characters; longer ones are no names

_FORMS_OF_ADDRESS = "mr mrs ms miss dr mx m mme mlle monsieur madame herr frau sr sra sig"
_TITLES = frozenset(_FORMS_OF_ADDRESS.split())
_FORMS_OF_COMPANIES = "ltd inc llc gmbh ag sarl sas sa bv srl spa co plc eurl kg"
_COMPANIES = frozenset(_FORMS_OF_COMPANIES.split())
_CUSTOMER, _AGENT = "{name}", "{agent}"
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’. -]){0,39}")


#: `formal` is vous, Sie, usted, Lei, u; `familiar` tu, du, tú, tu, je. English knows neither.
Formality = Literal["formal", "familiar"]


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words that a shop does not use, and what it says in their place; empty: nothing."""

    words: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a shop writes in one language.

    Args:
        greeting: of a customer, who is `{name}` in it; `neutral` is for one without a name.
        closing: `{agent}` in it is an agent.
        formality: how the customer is spoken to; None: as it comes.
        greets, closes: whether every reply is to begin, and to end, with one.
    """

    greeting: str
    neutral: str
    closing: str
    formality: Formality | None = None
    greets: bool = False
    closes: bool = False
    avoid: tuple[Avoided, ...] = ()


USUAL_MANNERS: Mapping[str, Manner] = {
    "en": Manner("Hello {name},", "Hello,", "Kind regards,\n{agent}"),
    "fr": Manner("Bonjour {name},", "Bonjour,", "Bien cordialement,\n{agent}"),
    "de": Manner("Guten Tag {name},", "Guten Tag,", "Freundliche Grüße\n{agent}"),
    "es": Manner("Hola, {name}:", "Hola:", "Un saludo,\n{agent}"),
    "it": Manner("Buongiorno {name},", "Buongiorno,", "Cordiali saluti\n{agent}"),
    "nl": Manner("Hallo {name},", "Hallo,", "Met vriendelijke groet,\n{agent}"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """The manners of a brand by language; English where there are none."""

    manners: Mapping[str, Manner] = field(default_factory=lambda: USUAL_MANNERS)

    def greeting(self, language: str, customer: str) -> str:
        """To the first name, else to the name, else to nobody in particular."""
        manner = self.manner(language)
        name = first_name(customer) or whole_name(customer)
        return manner.greeting.replace(_CUSTOMER, name) if name else manner.neutral

    def closing(self, language: str, agent: str) -> str:
        """With the agent's name, where it is known."""
        closing = self.manner(language).closing.replace(_AGENT, whole_name(agent))
        return "\n".join(line.rstrip() for line in closing.splitlines()).rstrip()

    def manner(self, language: str) -> Manner:
        """How it writes in that language."""
        usual = USUAL_MANNERS
        return self.manners.get(language) or usual.get(language) or usual["en"]


@dataclass(frozen=True, slots=True)
class VoiceSheet:
    """The voices of a shop.

    Args:
        usual: of every account that belongs to no brand.
        brands: by the names of accounts.
        is_whole: whether the file that they stand in could be read, whatever was left out of it.
    """

    usual: Voice = field(default_factory=Voice)
    brands: Mapping[str, Voice] = field(default_factory=dict)
    is_whole: bool = True

    def of(self, account: str) -> Voice:
        """The voice of an account."""
        return self.brands.get(account, self.usual)


def whole_name(name: str) -> str:
    """A name as it was given, on one line; empty where it does not look like one.

    A name is letters. Numbers, addresses of the web and names of accounts are none.
    """
    bare = " ".join(name.split())
    return bare if _NAME.fullmatch(bare) and len(bare) <= NAME_MAX else ""


def first_name(name: str) -> str:
    """What a person is called among friends; empty where a name does not tell.

    "MARTIN Ana" and "Martin, Ana" are Ana, "Mr Martin" and "Nordlicht GmbH" have no first name.
    """
    family, comma, given = name.partition(",")
    words = whole_name(given if comma and given.strip() else family).split()
    folded = [word.strip(".").lower() for word in words]
    if not words or folded[0] in _TITLES or _COMPANIES.intersection(folded):
        return ""
    if len(folded[0]) < 2:
        return ""  # an initial
    mixed = [word for word in words if not word.isupper()]
    first = mixed[0] if mixed else words[0]
    # Names typed in capitals, or without any, are written as names are.
    return first.title() if first.isupper() or first.islower() else first
