"""What readers show of notes that are looked for. Plain data."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from deskterm.text.clean import SafeText


class NoteView(NamedTuple):
    """A note of the team. `ref`: of its ticket; `alike`: that is about the same contact reason."""

    key: str
    ref: SafeText
    author: SafeText
    at: datetime
    text: SafeText
    alike: bool = False
