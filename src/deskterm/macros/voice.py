"""How the shop greets and takes its leave, and what a customer is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NAME_MAX = 40  # characters; longer ones are no names

_FORMS_OF_ADDRESS = "mr mrs ms miss dr mx m mme mlle monsieur madame herr frau sr sra sig"
_TITLES = frozenset(_FORMS_OF_ADDRESS.split())
_FORMS_OF_COMPANIES = "ltd inc llc gmbh ag sarl sas sa bv srl spa co plc eurl kg"
_COMPANIES = frozenset(_FORMS_OF_COMPANIES.split())
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’. -]){0,39}")


@dataclass(frozen=True, slots=True)
class Manner:
    """Greeting and leave in one language; `{name}` is a customer, `{agent}` an agent."""

    greeting: str
    neutral: str
    closing: str


_MANNERS: Mapping[str, Manner] = {
    "en": Manner("Hello {name},", "Hello,", "Kind regards,\n{agent}"),
    "fr": Manner("Bonjour {name},", "Bonjour,", "Bien cordialement,\n{agent}"),
    "de": Manner("Guten Tag {name},", "Guten Tag,", "Freundliche Grüße\n{agent}"),
    "es": Manner("Hola, {name}:", "Hola:", "Un saludo,\n{agent}"),
    "it": Manner("Buongiorno {name},", "Buongiorno,", "Cordiali saluti\n{agent}"),
    "nl": Manner("Hallo {name},", "Hallo,", "Met vriendelijke groet,\n{agent}"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """The manners of a shop by language; English where there are none."""

    manners: Mapping[str, Manner] = field(default_factory=lambda: _MANNERS)

    def greeting(self, language: str, customer: str) -> str:
        """To the first name, else to the name, else to nobody in particular."""
        manner = self._manner(language)
        name = first_name(customer) or whole_name(customer)
        return manner.greeting.format(name=name) if name else manner.neutral

    def closing(self, language: str, agent: str) -> str:
        """With the agent's name, where it is known."""
        return self._manner(language).closing.format(agent=whole_name(agent)).rstrip()

    def _manner(self, language: str) -> Manner:
        return self.manners.get(language) or _MANNERS.get(language) or _MANNERS["en"]


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
