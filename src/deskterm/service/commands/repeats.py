"""Making a macro of what was typed again and again, or never hearing of it again."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Final

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.service.act import Act, Outcome, Params, flag_of, needed, text_of
from deskterm.service.repeats import ShopTexts
from deskterm.service.work import Work
from deskterm.store import repeats
from deskterm.store.journal import JournalRow
from deskterm.store.repeats import Repeat
from deskterm.store.transaction import Change

if TYPE_CHECKING:
    from deskterm.macros.facts import Facts
    from deskterm.macros.model import Library, Macro

#: What the journal calls a sentence, and the field that says what became of it.
ENTITY: Final = "repeat"
FIELD: Final = "state"
_TITLE_MAX: Final = 200


def _make(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """Write the file of a new macro. It can be used at once, and undo takes it away."""
    repeat = _open_one(work, params)
    from deskterm.macros.proposing import id_of, title_of  # no start needs them
    from deskterm.macros.writing import toml_of

    texts = _texts(work)
    title = " ".join(text_of(params, "title").split()) or title_of(repeat.source)
    if len(title) > _TITLE_MAX:
        raise UsageError(f"A title has at most {_TITLE_MAX} characters")
    library = texts.library_now()
    name = id_of(title, {*library.macros, *texts.files.names()})
    made = {"id": name, "title": title, "reason": _reason(work, repeat)}
    macro = _macro(repeat, made)
    problems = _problems(macro, library, texts.facts())
    repeats.set_state(work.tx, repeat.uid, "made", name)
    _note(work, work.change(), repeat, None, json.dumps(made, ensure_ascii=False))
    outcome: Outcome = {"macro": name, "title": title, "problems": problems}
    content = toml_of(macro)
    if flag_of(params, "dry_run"):
        return {**outcome, "text": content}
    return {**outcome, "file": str(texts.files.write(name, content))}


def _never(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """A sentence is not worth a macro: nobody is told of it any more."""
    repeat = _open_one(work, params)
    repeats.set_state(work.tx, repeat.uid, "never")
    _note(work, work.change(), repeat, None, "never")
    return {"sentence": repeat.uid}


def invert(work: Work, change: Change, entry: JournalRow, kept: list[str]) -> bool:
    """Turn one of these acts round; where that cannot be, `kept` gets the reason."""
    repeat = repeats.by_uid(work.tx.connection, entry.entity_uid)
    value = entry.old or entry.new or ""
    if repeat is None or entry.erased:
        kept.append("the sentence is forgotten; what was made of it stays")
        return False
    if value == "never":
        repeats.set_state(work.tx, repeat.uid, "never" if entry.new is None else "")
    else:
        made = json.loads(value)
        texts = _texts(work)
        from deskterm.macros.writing import toml_of

        content = toml_of(_macro(repeat, made))
        if entry.new is None:
            texts.files.write(made["id"], content)
            repeats.set_state(work.tx, repeat.uid, "made", made["id"])
        elif texts.files.remove(made["id"], content):
            repeats.set_state(work.tx, repeat.uid, "")
        else:
            kept.append(f"the file of {made['id']} was changed since and stays")
            return False
    _note(work, change, repeat, entry.new, entry.old)
    return True


def _open_one(work: Work, params: Params) -> Repeat:
    uid = needed(params, "sentence")
    repeat = repeats.by_uid(work.tx.connection, uid)
    if repeat is None:
        raise DesktermError(
            f"Nothing that was typed again has the id {uid[:40]!r}",
            "",
            "'deskterm macro typed' lists it",
            code="no_sentence",
        )
    if repeat.state == "made":
        raise DesktermError(
            f"That is the macro {repeat.macro} already", "Nothing was changed.", code="disabled"
        )
    if not repeat.source:
        raise DesktermError(
            "Its text was not kept",
            "It may hold a name, a number or an address, so only how often it was typed is known.",
            code="no_sentence",
        )
    return repeat


def _texts(work: Work) -> ShopTexts:
    if work.desk.texts is None:
        raise DesktermError("Macros cannot be made here", "Nothing was changed.", code="disabled")
    return work.desk.texts


def _reason(work: Work, repeat: Repeat) -> str:
    from deskterm.domain.triage import CONTACT_REASONS

    found = repeats.reason_of(work.tx.connection, repeat.uid)
    return found if found in CONTACT_REASONS else ""


def _macro(repeat: Repeat, made: dict[str, str]) -> Macro:
    """What a sentence becomes.

    Raises:
        DesktermError: it can become none.
    """
    from deskterm.macros.files import macro_of
    from deskterm.macros.model import Macro
    from deskterm.macros.proposing import table_of

    table = table_of(made["id"], made["title"], repeat.source, repeat.language, made["reason"])
    macro = macro_of(table, f"{made['id']}.toml")
    if isinstance(macro, Macro):
        return macro
    raise DesktermError("No macro can be made of it", macro.text, code="no_macro")


def _problems(macro: Macro, library: Library, facts: Facts) -> list[str]:
    """What `macro lint` says of it.

    Raises:
        DesktermError: it would be left out.
    """
    from deskterm.macros import lint

    found = list(lint.check(macro, library.macros, facts))
    if wrong := next((one for one in found if one.skipped), None):
        raise DesktermError("No macro can be made of it", wrong.text, code="no_macro")
    return [one.text for one in found]


def _note(work: Work, change: Change, repeat: Repeat, old: str | None, new: str | None) -> None:
    work.tx.journal(change, ENTITY, repeat.uid, FIELD, "set", old, new)


ACTS = {
    "macro.make": Act(_make),
    "macro.never": Act(_never),
}
