"""What suggestions are made from, weighed once for all tests of a machine."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from deskterm.service.reading.ground import GroundFiles


def kept_ground() -> GroundFiles:
    """To weigh it anew takes seconds; the file says itself for which state of the code it is."""
    name = f"deskterm-tests-{os.getuid()}-ground.json"
    return GroundFiles(kept=Path(tempfile.gettempdir()) / name)
