"""The detectors by name. One module per family; a rule pack names them.

`PATTERNS` is every pattern that any of them runs, by module and name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from deskterm.rules.detectors import attachments, mail, payment, placeholders, texts, values
from deskterm.rules.detectors.base import Detector

DETECTORS: Mapping[str, Detector] = MappingProxyType(
    {
        name: detector
        for module in (texts, placeholders, values, payment, mail, attachments)
        for name, detector in module.DETECTORS.items()
    }
)
PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        f"{module.__name__.rpartition('.')[2]}.{name}": pattern
        for module in (placeholders, values, payment, mail)
        for name, pattern in module.PATTERNS.items()
    }
)
