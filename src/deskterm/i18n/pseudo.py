"""English in strange letters, for tests: a word in plain letters was not given to the catalogue.

Signs and placeholders stay; `Take back {ref}` is `⟦Ţåķé ƀåçķ {ref}⟧`.
"""

from __future__ import annotations

from typing import Final

from deskterm.i18n import CONTEXT_END
from deskterm.i18n.languages import PSEUDO

_STRANGE: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒğĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĞĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)


class Pseudo:
    """Speaks it."""

    language: Final = PSEUDO

    def one(self, message: str) -> str:
        """A message in strange letters."""
        source = message.rpartition(CONTEXT_END)[2]
        return f"⟦{_strange(source)}⟧" if source else source

    def many(self, one: str, many: str, count: int) -> str:
        """The same of a message that depends on a number."""
        return self.one(one if count == 1 else many)

    def sentence(self, text: str) -> str:
        """A sentence with its values, which cannot be told from it here."""
        return f"⟦{text.translate(_STRANGE)}⟧" if text else text


def _strange(message: str) -> str:
    """All letters but those of placeholders."""
    pieces = message.split("{")
    rest = [f"{name}}}{text.translate(_STRANGE)}" for name, _, text in _cut(pieces[1:])]
    return "{".join([pieces[0].translate(_STRANGE), *rest])


def _cut(pieces: list[str]) -> list[tuple[str, str, str]]:
    return [piece.partition("}") for piece in pieces]
