"""The files of the catalogues, by Babel: `.pot` (what there is to say), `.po` (in a language, for
translators) and `.mo` (compiled, what the program reads).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from deskterm.i18n.languages import DOMAIN, LOCALE
from messages.source import Message

#: No date is kept that changes when nothing else does.
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
_HEAD: Final = "# The words of deskterm. Made by 'python3 dev.py messages'; see docs/languages.md."

TEMPLATE: Final = LOCALE / f"{DOMAIN}.pot"

Key = tuple[str, str]
"""Context and English of a message."""


def po_file(language: str) -> Path:
    """Where the translations of a language are written."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def template(messages: Iterable[Message]) -> Catalog:
    """The catalogue of what there is to say."""
    catalog = _empty(None)
    for each in sorted(messages, key=lambda m: (m.file, m.context, m.one)):
        one: str | tuple[str, str] = (each.one, each.many) if each.many else each.one
        catalog.add(one, locations=[(each.file, 1)], context=each.context or None)
    return catalog


def read(file: Path, language: str | None = None) -> Catalog:
    """A catalogue as it stands in a `.pot` or `.po` file; an empty one where there is no file."""
    if not file.exists():
        return _empty(language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, domain=DOMAIN, abort_invalid=True)


def merged(old: Catalog, fresh: Catalog, language: str) -> Catalog:
    """The messages of the source with the translations that there are. Nothing is guessed: a
    message that has changed is a new one, and a message that is gone is dropped.
    """
    catalog = _empty(language)
    for entry in entries(fresh):
        known = old.get(entry.id if isinstance(entry.id, str) else entry.id[0], entry.context)
        string = known.string if known and known.id == entry.id else None
        catalog.add(entry.id, string, entry.locations, context=entry.context)
    return catalog


def entries(catalog: Catalog) -> Iterator[Entry]:
    """The messages of a catalogue, without its head."""
    return (entry for entry in catalog if entry.id)


def key_of(entry: Entry) -> Key:
    """What tells a message from all others."""
    return entry.context or "", entry.id if isinstance(entry.id, str) else entry.id[0]


def as_text(catalog: Catalog) -> bytes:
    """A catalogue as `.po`."""
    out = BytesIO()
    write_po(out, catalog, width=99, include_lineno=False, omit_header=False)
    return out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as `.mo`."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[Key]:
    """The messages that a language has no words for yet."""
    return [key_of(e) for e in entries(catalog) if e.fuzzy or not _is_whole(e.string)]


def _is_whole(string: str | Iterable[str] | None) -> bool:
    return bool(string) if isinstance(string, str) else bool(string and all(string))


def _empty(language: str | None) -> Catalog:
    return Catalog(
        language,
        DOMAIN,
        header_comment=_HEAD,
        project="deskterm",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        fuzzy=False,
    )
