"""The check's own rules, which stand in no pack and which no shop can change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from deskterm.rules.model import Applies, Rule, Severity


def _rule(name: str, severity: Severity, source: str, read: date, en: str, fr: str) -> Rule:
    return Rule(
        id=f"everywhere.{name}",
        says=MappingProxyType({"en": en, "fr": fr}),
        severity=severity,
        stated=severity,
        gate="text",
        checks=(),
        applies=Applies(),
        fix=None,
        source=f"House default: {source}",
        source_kind="house",
        checked_on=read,
    )


UNCHECKED: Final = _rule(
    "could_not_check",
    "warn",
    "what was not checked is never called fine",
    date(2026, 11, 21),
    "This could not be checked in time, or the text is too long to be checked in full. Read it "
    "once more yourself.",
    "Ceci n'a pas pu être vérifié à temps, ou le texte est trop long pour l'être en entier. "
    "Relisez-le vous-même.",
)
UNRULED: Final = _rule(
    "no_pack",
    "block",
    "what no rules are known for is not sent",
    date(2026, 11, 22),
    "There is no rule pack for this channel, so nothing can be sent on it. Put one into the folder "
    "rules of the settings.",
    "Il n'y a pas de règles pour ce canal : rien ne peut y être envoyé. Placez-en dans le dossier "
    "rules des réglages.",
)
OUTDATED: Final = _rule(
    "older_rules",
    "hint",
    "half a pack is never used; the last whole one is",
    date(2026, 11, 22),
    "A file of rules cannot be used as it stands now, so its last good version counts: {problem}",
    "Un fichier de règles est inutilisable en l'état ; sa dernière bonne version s'applique : "
    "{problem}",
)

STANDING: Final[Mapping[str, Rule]] = MappingProxyType(
    {rule.id: rule for rule in (UNCHECKED, UNRULED, OUTDATED)}
)
"""By id."""
