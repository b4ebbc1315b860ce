"""Messages from elsewhere for `benchmarks suggest`, and rows of its table."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row

#: Lies beside the project and is not part of it.
DATA = Path(__file__).parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Message:
    """A message and the macro or intent that it calls for."""

    text: str
    label: str
    lang: str


def rows_of(path: str) -> list[dict[str, str]]:
    """The rows of a file of JSON lines."""
    file = DATA / path
    content = file.read_bytes()
    text = (gzip.decompress(content) if file.suffix == ".gz" else content).decode()
    return [json.loads(line) for line in text.splitlines()]


def messages(name: str) -> list[Message]:
    """The messages of a set."""
    rows = rows_of(f"{name}/dev.jsonl.gz")
    return [Message(row["text"], row["label"], row.get("lang", "en")) for row in rows]


def limit(what: str, unit: str, figure: float, at_most: float | None) -> Row:
    goal = "" if at_most is None else f"≤ {at_most:g}"
    met = None if at_most is None else figure <= at_most
    return Row(f"suggest.{what}", what, unit, figure, None, None, goal, met)


def left_out(name: str) -> Row:
    return Row(f"suggest.{name}", f"left out: {name} is not in {DATA}", "", 0.0, None, None)
