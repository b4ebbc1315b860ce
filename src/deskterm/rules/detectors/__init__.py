"""The detectors by name. One module per family; a rule pack names them.

`PATTERNS` is every pattern that any of them runs, by module and name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from deskterm.rules.detectors import (
    attachments,
    bare_links,
    claims,
    contacts,
    duties,
    formatting,
    heavy,
    kinds,
    languages,
    mail,
    payment,
    personal,
    phrasing,
    pictures,
    placeholders,
    shields,
    shops,
    texts,
    values,
    windows,
)
from deskterm.rules.detectors.base import Detector

_MODULES = (
    texts,
    phrasing,
    placeholders,
    values,
    payment,
    mail,
    attachments,
    shops,
    claims,
    windows,
    kinds,
    formatting,
    duties,
    personal,
    heavy,
    pictures,
    bare_links,
    languages,
    contacts,
)
DETECTORS: Mapping[str, Detector] = MappingProxyType(
    {name: found for module in _MODULES for name, found in module.DETECTORS.items()}
)
PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        f"{module.__name__.rpartition('.')[2]}.{name}": pattern
        for module in (*_MODULES, shields)
        for name, pattern in getattr(module, "PATTERNS", {}).items()
    }
)
