"""The storing side in memory, with faults; what it holds survives the engines that use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from deskterm.contract import MessageRecord, Page
from deskterm.sync.health import Health
from deskterm.sync.ports import RunOutcome, StorageFull, StreamState, Taken


class Killed(BaseException):
    """The process is gone. No handler of the engine may outlive it."""


@dataclass
class Memory:
    """What is on the disk: it changes only when a page is committed."""

    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    states: dict[tuple[str, str], StreamState] = field(default_factory=dict)
    quarantine: list[str] = field(default_factory=list)
    runs: dict[int, RunOutcome | None] = field(default_factory=dict)
    health: dict[str, list[Health]] = field(default_factory=dict)
    underived: list[str] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)

    def revisions(self, account: str = "shop") -> dict[str, int]:
        """The revision held of every item."""
        return {rid: row["revision"] for (name, rid), row in self.rows.items() if name == account}


class MemoryIntake:
    """One process's hold on a memory; after a kill every call of it raises `Killed`.

    `before` and `after` are called around each commit with its number (from 1) and may raise:
    an error of storage, or `Killed`.
    """

    def __init__(
        self,
        memory: Memory,
        *,
        before: Callable[[int], None] | None = None,
        after: Callable[[int], None] | None = None,
    ) -> None:
        self.memory = memory
        self.before = before
        self.after = after
        self.takes = 0
        self.dead = False
        self.full = False
        self.derive_calls = 0

    async def load(self, account: str, stream: str) -> StreamState:
        self._alive()
        return self.memory.states.get((account, stream), StreamState())

    def expect(self, account: str, stream: str, page: Page) -> None:
        """Pages in memory need no reading."""

    async def take(self, account: str, stream: str, page: Page, state_after: StreamState) -> Taken:
        self._alive()
        self.takes += 1
        self._hook(self.before)
        if self.full:
            raise StorageFull
        taken = self._commit(account, page)
        self.memory.states[(account, stream)] = state_after
        self._hook(self.after)
        return taken

    async def run_started(self, account: str) -> int:
        self._alive()
        if self.full:
            raise StorageFull
        run_id = len(self.memory.runs) + 1
        self.memory.runs[run_id] = None
        return run_id

    async def run_ended(self, run_id: int, outcome: RunOutcome) -> None:
        self._alive()
        self.memory.runs[run_id] = outcome

    async def set_health(self, account: str, health: Health) -> None:
        self._alive()
        if self.full:
            raise StorageFull
        self.memory.health.setdefault(account, []).append(health)

    async def derive(self, limit: int) -> int:
        self._alive()
        self.derive_calls += 1
        batch = self.memory.underived[:limit]
        del self.memory.underived[: len(batch)]
        self.memory.derived.extend(batch)
        return len(batch)

    def _commit(self, account: str, page: Page) -> Taken:
        stored = changed = quarantined = 0
        for record in page.records:
            if not isinstance(record, MessageRecord) or record.sent_at.tzinfo is None:
                self.memory.quarantine.append(getattr(record, "remote_id", "?"))
                quarantined += 1
                continue
            row = json.loads(record.raw)
            known = self.memory.rows.get((account, record.remote_id))
            if known == row:
                continue
            stored += known is None
            changed += known is not None
            self.memory.rows[(account, record.remote_id)] = row
            self.memory.underived.append(record.remote_id)
        return Taken(stored, changed, quarantined)

    def _hook(self, hook: Callable[[int], None] | None) -> None:
        if hook is None:
            return
        try:
            hook(self.takes)
        except Killed:
            self.dead = True
            raise

    def _alive(self) -> None:
        if self.dead:
            raise Killed
