"""The dictionaries of this machine for the hints of the composer."""

from __future__ import annotations

import locale
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from deskterm.text.spelling import Dictionary

_LARGEST: Final = 40_000_000
_FOLDERS: Final = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
    "~/Library/Spelling",
)
_AUTO: Final = "auto"


def dictionaries(names: Sequence[str], env: Mapping[str, str]) -> list[Dictionary]:
    """Read the dictionaries of these names; what is not there or cannot be read is left out.

    Args:
        names: `en_GB`; `auto` is the language of the environment, and English.
        env: `DICPATH` (hunspell(1)), and the variables of a language.
    """
    from deskterm.text.spelling import Dictionary

    found = []
    for affixes in _files(names, env):
        words = affixes.with_suffix(".dic")
        try:
            if max(affixes.stat().st_size, words.stat().st_size) <= _LARGEST:
                found.append(Dictionary.read(affixes.read_bytes(), words.read_bytes()))
        except (OSError, ValueError):
            continue
    return found


def _files(names: Sequence[str], env: Mapping[str, str]) -> Iterator[Path]:
    """The files of affixes, one for each language that is found."""
    folders = [*filter(None, env.get("DICPATH", "").split(":")), *_FOLDERS]
    for name in dict.fromkeys(names):
        if name == _AUTO:
            own = _language(env)
            for language in dict.fromkeys(filter(None, (own, "en"))):
                yield from list(_installed(folders, language))[:1]
        elif name.replace("_", "").replace("-", "").isalnum():
            yield from list(_installed(folders, name))[:1]


def _installed(folders: Sequence[str], name: str) -> Iterator[Path]:
    """`en_GB` as it is; for `en` whichever there is."""
    for folder in folders:
        place = Path(folder).expanduser()
        for path in (place / f"{name}.aff", *sorted(place.glob(f"{name}_*.aff"))):
            if path.with_suffix(".dic").is_file() and path.is_file():
                yield path


def _language(env: Mapping[str, str]) -> str:
    named = next((env[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(key)), "")
    full = locale.normalize(named).partition(".")[0]
    return "" if full in ("C", "POSIX") else full.partition("_")[0]
