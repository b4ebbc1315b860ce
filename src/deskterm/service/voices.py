"""How the shop writes, read from `voice.toml` again when that changes, and hints where a reply is
not written so.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from deskterm.macros.voice import VoiceSheet
from deskterm.store.situations import newest_texts
from deskterm.text.language import language_of

if TYPE_CHECKING:
    from deskterm.macros.manners import Remark
    from deskterm.macros.model import Problem

#: What a hint's rule is called: this, a stop, and the kind of remark.
RULES: Final = "voice"
_SOURCE: Final = "voice.toml"
_USUAL: Final = "en"
_MOST_MESSAGES: Final = 3
_TENSE_REASONS: Final = frozenset({"complaint"})
_TENSE_PRIORITIES: Final = frozenset({"high", "urgent"})
_TENSE_TONES: Final = frozenset({"angry", "upset"})


class Voices:
    """The voices of a shop, for several threads.

    Args:
        file: where they stand; it need not be there.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._sheet = VoiceSheet()
        self._problems: tuple[Problem, ...] = ()

    def sheet(self) -> VoiceSheet:
        """The voices as they stand now. A file that cannot be read as a whole leaves those that
        were good.
        """
        with self._lock:
            self._read()
            return self._sheet

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the file."""
        with self._lock:
            self._read()
            return self._problems

    def _read(self) -> None:
        try:
            state = self._file.stat()
        except OSError:
            stamp = (0, -1)
        else:
            stamp = (state.st_mtime_ns, state.st_size)
        if stamp == self._stamp:
            return
        from deskterm.macros.voice_file import read_voices  # no start of an office needs it

        sheet, self._problems = read_voices(self._file)
        self._stamp = stamp
        if sheet.is_whole:
            self._sheet = sheet


def voice_hints(
    connection: sqlite3.Connection,
    voices: Voices,
    ticket: sqlite3.Row,
    account: str,
    text: str,
    agent: str,
) -> list[dict[str, object]]:
    """Where a reply is not written as the shop writes: hints in the form of findings.

    Args:
        account: by which it is to leave.
        agent: the name that signs.
    """
    from deskterm.macros.manners import remarks  # nor this: see `Voices._read`

    voice = voices.sheet().of(account)
    language = language_of(text)
    if language is None:
        texts = newest_texts(connection, ticket["id"], _MOST_MESSAGES)
        language = language_of("\n".join(texts)) or _USUAL
    customer = str(ticket["customer_name"])
    name = "" if "@" in customer else customer
    return [_as_json(one) for one in remarks(text, voice, language, name, agent)]


def is_tense(ticket: sqlite3.Row) -> bool:
    """Whether a ticket asks for more than a ready text: its customer is angry, threatens or
    complains, or it presses.
    """
    return (
        ticket["tone"] in _TENSE_TONES
        or bool(ticket["risks"])
        or ticket["contact_reason"] in _TENSE_REASONS
        or ticket["priority"] in _TENSE_PRIORITIES
    )


def _as_json(one: Remark) -> dict[str, object]:
    says = one.says
    is_place = one.end > one.start
    return {
        "rule": f"{RULES}.{one.kind}",
        "severity": "hint",
        "start": one.start if is_place else 0,
        "end": one.end if is_place else 0,
        "excerpt": one.words if is_place else "",
        "says": says["en"],
        "says_in": {code: sentence for code, sentence in says.items() if code != "en"},
        "source": _SOURCE,
        "source_kind": "",
        "changed_from": None,
        "fix": None if one.instead is None else "voice",
        "checked_on": None,
    } | (
        {"rewrite": {"start": one.start, "end": one.end, "instead": one.instead}}
        if one.instead is not None
        else {}
    )
