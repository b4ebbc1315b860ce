"""How long the ticket list waits before it reads."""

from __future__ import annotations

from typing import Final

TYPING_S: Final = 0.08
"""Seconds after the last letter of a filter until it is read for."""

SLOW_S: Final = 0.15
"""Seconds after which a view that is being read says so."""

LATER_S: Final = 0.02
"""Seconds after a move until pages next to those on the screen are read."""

BREATH_S: Final = 0.2
"""Seconds between the end of a refresh and the next one, however much news comes."""
