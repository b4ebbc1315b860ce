"""Tables of a TOML file, read key by key: what is missing, wrong or left over is an error.

Every error names the file, the line and the key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from deskterm.domain.errors import DesktermError
from deskterm.domain.toml_lines import Way, nearest
from deskterm.domain.toml_tables import TomlTable

LANGUAGES = ("en", "fr")
#: How the reader of the standard library says where a file is no TOML.
_AT_LINE = re.compile(r" \(at line (\d{1,9}), column \d{1,9}\)$")
_AT_END = "(at line {}, column 1)"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as messages name it, with the lines of its keys where they are known."""

    name: str
    lines: Mapping[Way, int] = field(default_factory=dict)

    def error(self, path: Way, problem: str) -> DesktermError:
        """The error for something that stands at that place of the file, or ought to."""
        line = nearest(self.lines, path)
        place = self.name if line is None else f"{self.name}:{line}"
        return pack_error(f"{place}: {problem}")


class Table(TomlTable):
    """One table of a file. `label` names it in messages."""

    def __init__(
        self,
        content: Mapping[str, object],
        source: Source,
        way: Way = (),
        label: str = "",
    ) -> None:
        super().__init__(content, way)
        self._source = source
        self.label = label

    def error(self, key: str, problem: str) -> DesktermError:
        """The error for one of its keys; `says.en` may mean the key `en` of its table `says`."""
        whole = (*self.way, key)
        way = whole if whole in self._source.lines else (*self.way, *key.split("."))
        return self._source.error(way, f"{self.label}{key} {problem}")

    def inner(self, content: Mapping[str, object], way: Way, name: str) -> Table:
        """See `TomlTable.inner`."""
        return Table(content, self._source, (*self.way, *way), f"{self.label}{name}: ")

    def text(self, key: str) -> str:
        """A text that is not empty, which must be there."""
        value = self.take(key, str).strip()
        if not value:
            raise self.error(key, "is empty")
        return value

    def texts(self, key: str, allowed: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """A list of texts; empty where the key is missing. An empty `allowed` takes any."""
        values: list[str] = []
        for value in self.take_or(key, list[object]()):
            if not isinstance(value, str) or (allowed and value not in allowed):
                wanted = f"one of {', '.join(sorted(allowed))}" if allowed else "texts"
                raise self.error(key, f"holds {value!r} and may hold only {wanted}")
            values.append(value)
        return tuple(values)

    def sentences(self, key: str) -> Mapping[str, str]:
        """A sentence in each of `LANGUAGES`, or in one of them."""
        inner = self.table(key)
        says = {code: inner.text(code) for code in LANGUAGES if code in inner.names()}
        inner.end()
        if not says:
            raise self.error(key, f"needs a sentence in one of {', '.join(LANGUAGES)}")
        return MappingProxyType(says)


def pack_error(problem: str) -> DesktermError:
    """The error for a file of rules that cannot be used."""
    return DesktermError(
        "A file of rules cannot be used",
        problem,
        "Correct the file; nothing is checked with half a pack",
        code="rules",
    )


def read_toml(file: Traversable | Path) -> tuple[dict[str, object], str]:
    """The content of a TOML file, and its text.

    Raises:
        DesktermError: it cannot be read or is no TOML.
    """
    text = ""
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except OSError as error:
        raise pack_error(f"{file}: {error.strerror or 'cannot be read'}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        said = str(error).replace("(at end of document)", _AT_END.format(text.count("\n") + 1))
        at = _AT_LINE.search(said)
        place = f"{file}:{at[1]}" if at else f"{file}"
        raise pack_error(f"{place}: {_AT_LINE.sub('', said)}") from error
