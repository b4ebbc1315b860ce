"""Noticing what agents type again and again, as a part of the acts that send replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from deskterm.service.act import Outcome
from deskterm.service.work import Work
from deskterm.store import repeats
from deskterm.store.repeats import Repeat, Where, Written

if TYPE_CHECKING:
    from deskterm.macros.facts import Facts
    from deskterm.macros.model import Library
    from deskterm.macros.paths import Known
    from deskterm.store.situations import TicketSituation


class MacroFiles(Protocol):
    """The shop's own files of macros, as far as they are made here."""

    def names(self) -> frozenset[str]:
        """Names of the files that there are."""
        ...

    def write(self, name: str, content: str) -> Path:
        """Write a new file.

        Raises:
            DesktermError: there is one of that name, or it cannot be written.
        """
        ...

    def remove(self, name: str, content: str) -> bool:
        """Take a file away that still says this; False where it says something else, and stays.

        Raises:
            DesktermError: it cannot be taken away.
        """
        ...


@dataclass(frozen=True, slots=True)
class ShopTexts:
    """What the shop has written, read when it is wanted.

    Args:
        library: all macros, as suggestions know them.
        folder: of its own macros; it need not be there.
        facts_file: its facts, likewise.
        files: where macros that are made go.
    """

    library: Callable[[], Library]
    folder: Path
    facts_file: Path
    files: MacroFiles

    def facts(self) -> Facts:
        """The facts as they stand now."""
        from deskterm.macros.facts import read_facts  # no start needs it

        return read_facts(self.facts_file)[0]

    def library_now(self) -> Library:
        """All macros as their files stand now."""
        from deskterm.macros.library import load_library  # no start needs it

        return load_library(self.folder, self.facts())


def notice(work: Work, ticket_id: int, item_uid: str, text: str, macros: Sequence[str]) -> Outcome:
    """Count what was typed in a reply that is on its way.

    Args:
        macros: that it was made from; what they say was not typed.

    Returns:
        What the author is told: `typed_again`, where something was typed often by now.
    """
    if work.desk.texts is None or work.count > 1:
        return {}  # what goes to many at once was typed for none of them
    from deskterm.macros.sentences import typed_in  # read when the first reply is sent
    from deskterm.store.situations import situation

    found = situation(work.tx.connection, ticket_id)
    if found is None:
        return {}
    known = _known(work, found, text)
    typed = typed_in(text, known, _ready(work.desk.texts, known, macros))
    where = Where(item_uid, ticket_id, known.language, known.channel.kind, work.desk.agent)
    written = [
        Written(one.form, "" if one.is_private else one.source, one.is_whole) for one in typed
    ]
    told = repeats.count(work.tx, written, where)
    return {"typed_again": as_json(told[0])} if told else {}


def take_back(work: Work, item_uid: str) -> None:
    """A reply was taken back: nothing of it was typed."""
    repeats.take_back(work.tx, item_uid)


def as_json(one: Repeat) -> dict[str, object]:
    """A sentence, as commands and the command line tell of it."""
    return {
        "id": one.uid,
        "times": one.times,
        "text": one.source,
        "language": one.language,
        "whole": one.whole,
        "kinds": dict(one.kinds),
    }


def _known(work: Work, found: TicketSituation, text: str) -> Known:
    from deskterm.macros.channels import channel_of
    from deskterm.macros.facts import Facts
    from deskterm.macros.paths import Known
    from deskterm.macros.voice import Voice
    from deskterm.text.language import language_of

    desk = work.desk
    return Known(
        now=work.tx.moment.astimezone(desk.zone),
        channel=channel_of(found.channel, is_marketplace=found.marketplace),
        language=language_of(text) or language_of(found.text) or "en",
        ticket=found.ref,
        subject=found.subject,
        customer=found.customer,
        agent=desk.agent,
        order=found.order,
        messages=found.messages,
        facts=desk.texts.facts() if desk.texts is not None else Facts(),
        voice=desk.voices.sheet().of(found.account) if desk.voices is not None else Voice(),
    )


def _ready(texts: ShopTexts, known: Known, macros: Sequence[str]) -> list[str]:
    """What macros say of the ticket."""
    if not macros:
        return []
    from deskterm.macros.fill import fill

    library = texts.library()
    return [
        fill(library.macros[name], known, language=known.language, library=library).text
        for name in macros
        if name in library.macros
    ]
