"""The detectors by name.

`CHEAP` are those that cost next to nothing, whatever the text. `PATTERNS` is every pattern that any
of them runs, by module and name. Loaded by the first rule that names a detector: an office has much
to do in which no text is checked.
"""

from __future__ import annotations

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
from deskterm.text.patterns import JoinedPatterns

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
CHEAP = frozenset(name for module in (texts, windows, kinds) for name in module.DETECTORS)
PATTERNS = JoinedPatterns(
    {
        f"{module.__name__.rpartition('.')[2]}.": getattr(module, "PATTERNS", {})
        for module in (*_MODULES, shields)
    }
)
