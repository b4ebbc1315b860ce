"""How far a folder has been read, as text that the engine keeps for us."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

MAX_TRIES = 3


@dataclass(slots=True)
class FolderCursor:
    """Where to go on in a folder.

    folder, uidvalidity: what the UIDs below belong to.
    uidnext: everything from here on is new.
    backfill_low: from here up to `uidnext` all has been fetched; 0 once the past is complete.
    recognise: the folder was numbered anew; the past is compared before it is fetched.
    modseq: changes of marks up to here have been told (RFC 7162), or None.
    listed_at: when the UIDs of the folder were last compared.
    exists: how many mails the folder had after the last run; -1 when not known.
    since: the horizon in force, `YYYY-MM-DD` or empty.
    missed: UIDs the server refused to give, with the number of tries.
    """

    folder: str
    uidvalidity: int
    uidnext: int
    backfill_low: int
    recognise: bool = False
    modseq: int | None = None
    listed_at: datetime | None = None
    exists: int = -1
    since: str = ""
    missed: dict[int, int] = field(default_factory=dict)

    def to_text(self) -> str:
        """The cursor as the engine stores it."""
        return json.dumps(
            {
                "folder": self.folder,
                "uidvalidity": self.uidvalidity,
                "uidnext": self.uidnext,
                "backfill_low": self.backfill_low,
                "recognise": self.recognise,
                "modseq": self.modseq,
                "listed_at": self.listed_at.isoformat() if self.listed_at else None,
                "exists": self.exists,
                "since": self.since,
                "missed": self.missed,
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_text(cls, text: str | None) -> FolderCursor | None:
        """Read what `to_text` wrote; what cannot be read begins anew."""
        try:
            said = json.loads(text or "null")
            listed = said["listed_at"]
            return cls(
                str(said["folder"]),
                int(said["uidvalidity"]),
                int(said["uidnext"]),
                int(said["backfill_low"]),
                bool(said["recognise"]),
                None if said["modseq"] is None else int(said["modseq"]),
                datetime.fromisoformat(listed).astimezone(UTC) if listed else None,
                int(said["exists"]),
                str(said["since"]),
                {int(k): int(v) for k, v in said["missed"].items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
