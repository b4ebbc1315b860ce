"""Files of some types that are heavier than a channel takes of that type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.attachments import suffix
from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.model import Parameter
from deskterm.rules.parameters import number, words


def _heavy(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    types, most = words(parameters, "types"), number(parameters, "max_bytes")
    for file in reading.draft.attachments:
        if suffix(file.filename) in types and file.size > most:
            yield Match(excerpt=file.filename)


DETECTORS: Mapping[str, Detector] = {
    "heavy_files": Detector(_heavy, "attachment", parameters={"types": (), "max_bytes": 0}),
}
