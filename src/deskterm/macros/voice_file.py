"""The voices of a shop: `voice.toml`, a table for each language, and for each brand.

    [fr]
    greeting = "Bonjour {name},"
    formality = "formal"
    greets = true

    [fr.avoid]
    "pas de souci" = "avec plaisir"

    [brand.outlet]
    accounts = ["outlet-mail", "outlet-web"]

    [brand.outlet.fr]
    greeting = "Salut {name},"
    formality = "familiar"

What a brand does not say holds for it as it stands for the shop, and what the shop does not say as
it is bundled. Words to avoid add up.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from deskterm.macros.lines import key_lines, toml_mistake
from deskterm.macros.model import Problem
from deskterm.macros.voice import USUAL_MANNERS, Avoided, Formality, Manner, Voice, VoiceSheet

FILE_MAX: Final = 200_000  # bytes
TEXT_MAX: Final = 300  # characters
AVOIDED_MAX: Final = 500  # words and phrases of one language
BRANDS_MAX: Final = 50

_BRAND: Final = "brand"
_ACCOUNTS: Final = "accounts"
_LANGUAGE = re.compile(r"[a-z]{2}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_TEXTS: Final = ("greeting", "neutral", "closing")
_KNOWN: Final = (*_TEXTS, "greets", "closes", "formality", "avoid")
_PLACE = re.compile(r"\{[^{}]{0,40}\}")

_NOTHING: Final = VoiceSheet(is_whole=False)


def read_voices(file: Path) -> tuple[VoiceSheet, tuple[Problem, ...]]:
    """Read a shop's voices; a file that is not there holds none.

    A line that is wrong is reported and left out, the others count. Never raises; of a file that
    cannot be read at all nothing `is_whole`.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(FILE_MAX + 1)
        if len(raw) > FILE_MAX:
            return _NOTHING, (Problem(str(file), 0, f"it is larger than {FILE_MAX} bytes"),)
        text = raw.decode()
        content = tomllib.loads(text)
    except FileNotFoundError:
        return VoiceSheet(), ()
    except (OSError, ValueError, RecursionError) as error:
        return _NOTHING, (toml_mistake(str(file), error),)
    return _Reader(str(file), key_lines(text)).sheet(content)


@dataclass(slots=True)
class _Reader:
    """Reads the tables of a file, and keeps what is wrong in them."""

    file: str
    lines: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def sheet(self, content: Mapping[str, object]) -> tuple[VoiceSheet, tuple[Problem, ...]]:
        bare = {name: value for name, value in content.items() if name != _BRAND}
        usual = self._voice(bare, "", Voice())
        brands: dict[str, Voice] = {}
        tables = content.get(_BRAND, {})
        if not isinstance(tables, dict):
            self._wrong(_BRAND, "takes a table for each brand, such as [brand.outlet]")
            tables = {}
        for name, table in list(tables.items())[:BRANDS_MAX]:
            self._brand(name, table, usual, brands)
        return VoiceSheet(usual, brands), tuple(self.problems)

    def _brand(self, name: str, table: object, usual: Voice, brands: dict[str, Voice]) -> None:
        path = f"{_BRAND}.{name}"
        if not isinstance(table, dict):
            self._wrong(path, "takes a table")
            return
        accounts = table.get(_ACCOUNTS)
        if not isinstance(accounts, list) or not all(
            isinstance(one, str) and _NAME.fullmatch(one) for one in accounts
        ):
            self._wrong(f"{path}.{_ACCOUNTS}", "takes the names of its accounts, in a list", path)
            return
        languages = {key: value for key, value in table.items() if key != _ACCOUNTS}
        voice = self._voice(languages, f"{path}.", usual)
        for account in accounts:
            if account in brands:
                self._wrong(f"{path}.{_ACCOUNTS}", f"{account} has another brand, which counts")
            brands.setdefault(account, voice)

    def _voice(self, tables: Mapping[str, object], above: str, base: Voice) -> Voice:
        manners = dict(base.manners)
        for language, table in tables.items():
            path = above + language
            if not _LANGUAGE.fullmatch(language) or not isinstance(table, dict):
                self._wrong(path, "is no table of a language, such as [en]")
                continue
            here = manners.get(language) or base.manner(language)
            manners[language] = self._manner(table, path, here, known=language in USUAL_MANNERS)
        return Voice(manners)

    def _manner(
        self, table: Mapping[str, object], path: str, base: Manner, *, known: bool
    ) -> Manner:
        manner = base
        for name, value in table.items():
            try:
                manner = _with(manner, name, value)
            except ValueError as error:
                self._wrong(f"{path}.{name}", str(error))
        missing = [name for name in _TEXTS if name not in table]
        if missing and not known:
            self._wrong(path, f"has no {' and no '.join(missing)}; those of English serve")
        return manner

    def _wrong(self, path: str, words: str, otherwise: str = "") -> None:
        line = self.lines.get(path) or self.lines.get(otherwise) or self._below(path)
        self.problems.append(Problem(self.file, line, f"{path[:80]} {words}"))

    def _below(self, path: str) -> int:
        return next((at for key, at in self.lines.items() if key.startswith(f"{path}.")), 0)


def _with(manner: Manner, name: str, value: object) -> Manner:
    """A manner with one thing set.

    Raises:
        ValueError: why it cannot be used.
    """
    match name:
        case "greeting":
            return replace(manner, greeting=_template(value, "{name}"))
        case "neutral":
            return replace(manner, neutral=_template(value))
        case "closing":
            return replace(manner, closing=_template(value, "{agent}"))
        case "greets":
            return replace(manner, greets=_flag(value))
        case "closes":
            return replace(manner, closes=_flag(value))
        case "formality":
            return replace(manner, formality=_formality(value))
        case "avoid":
            return replace(manner, avoid=tuple(_avoided(value, manner.avoid)))
    raise ValueError(f"is not known; {', '.join(_KNOWN)} are")


def _template(value: object, place: str = "") -> str:
    text = _text(value)
    for found in _PLACE.findall(text):
        if found != place:
            raise ValueError(f"has no {found}; {place or 'nothing'} can stand there")
    return text


def _flag(value: object) -> bool:
    match value:
        case bool():
            return value
    raise ValueError("takes true or false")


def _formality(value: object) -> Formality:
    match value:
        case "formal" | "familiar":
            return value
    raise ValueError("takes formal or familiar")


def _avoided(value: object, before: tuple[Avoided, ...]) -> Iterator[Avoided]:
    if not isinstance(value, dict) or len(value) > AVOIDED_MAX:
        raise ValueError(f'takes at most {AVOIDED_MAX} lines such as "cheap" = "affordable"')
    for words, instead in value.items():
        if not isinstance(instead, str) or (instead and not _text(instead)):
            raise ValueError('takes lines such as "cheap" = "affordable"; "" for nothing')
        yield Avoided(_text(words), instead.strip())
    yield from (one for one in before if one.words not in value)


def _text(value: object) -> str:
    bare = value.strip() if isinstance(value, str) else ""
    if not bare or len(bare) > TEXT_MAX or not bare.replace("\n", " ").isprintable():
        raise ValueError(f"must be a text of 1 to {TEXT_MAX} characters without controls")
    return bare
