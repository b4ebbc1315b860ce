"""Having detectors load what they need before anything is measured.

Word lists, tables of languages and numbering plans are read when they are first needed, which takes
far longer than any check. That must not make the first reply of a day look unchecked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from deskterm.rules.detectors.base import Match, Reading
from deskterm.rules.model import Draft, Facts, Parameter
from deskterm.text.matching import MatchingCopy

Run = Callable[[Reading, Mapping[str, Parameter]], Iterable[Match]]

#: One text in each language, with something for every detector to look at.
_TEXTS: Final = (
    "Hello, please write to info@example.org or see www.example.org/help, +44 7700 900123. Thanks!",
    "Bonjour, merci de nous appeler au zéro un quatre-vingt-dix-neuf ou au 01 99 00 12 12.",
    "Guten Tag, bitte rufen Sie uns an: null eins fünf zwei. Vielen Dank für Ihre Bestellung!",
    "Hola, gracias por su pedido: escriba a tienda arroba ejemplo punto com. Son 20 €.",
    "Buongiorno, grazie per l'ordine: ci scriva a negozio chiocciola esempio punto it, per favore.",
)


@lru_cache(maxsize=4_096)
def warm(run: Run, parameters: tuple[tuple[str, Parameter], ...]) -> None:
    """Run a detector once with these parameters over every language, for what it loads."""
    for reading in _samples():
        deque(run(reading, dict(parameters)), maxlen=0)


@lru_cache(maxsize=1)
def _samples() -> tuple[Reading, ...]:
    facts = Facts(now=datetime(2026, 1, 1, tzinfo=UTC))
    return tuple(Reading(Draft(text, "email"), facts, MatchingCopy.of(text)) for text in _TEXTS)
