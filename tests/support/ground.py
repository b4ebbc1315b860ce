"""What suggestions are made from, as the program brings it: nothing is kept between tests."""

from __future__ import annotations

from deskterm.service.reading.ground import GroundFiles


def kept_ground() -> GroundFiles:
    """Without a lexicon or macros of a shop there is nothing to weigh."""
    return GroundFiles()
