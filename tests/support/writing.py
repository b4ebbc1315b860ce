"""A composer over a real desk: the office answers when the test says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deskterm.domain.errors import DesktermError
from deskterm.text.clean import clean
from deskterm.viewmodel.composer import Composer
from deskterm.viewmodel.ports import Result
from deskterm.viewmodel.review import Review
from deskterm.viewmodel.writing import Content, Ended, Kind, Saved, Target
from tests.support.desk import TestDesk
from tests.support.models import ManualTimers


@dataclass(frozen=True)
class Asked:
    """A command that the office was handed."""

    command: str
    params: dict[str, object]
    done: Callable[[Result], None]
    failed: Callable[[DesktermError], None]
    call_id: str | None

    @property
    def is_trial(self) -> bool:
        return bool(self.params.get("dry_run"))


class DeskOffice:
    """`deskterm.viewmodel.ports.Office` over a `TestDesk`.

    Args:
        at_once: whether commands are answered as they come.
    """

    def __init__(self, desk: TestDesk, *, at_once: bool = True) -> None:
        self.desk = desk
        self.at_once = at_once
        self.waiting: deque[Asked] = deque()
        self.log: list[Asked] = []

    def send(
        self,
        command: str,
        params: Mapping[str, object],
        done: Callable[[Result], None],
        failed: Callable[[DesktermError], None],
        *,
        call_id: str | None = None,
    ) -> None:
        asked = Asked(command, dict(params), done, failed, call_id)
        self.log.append(asked)
        self.waiting.append(asked)
        if self.at_once:
            self.answer_all()

    def answer(self) -> Asked:
        """Do the command that has waited longest."""
        asked = self.waiting.popleft()
        params = dict(asked.params)
        if asked.call_id is not None:
            params["call_id"] = asked.call_id
        refs = params.pop("tickets", None)
        try:
            result = self.desk.do(asked.command, refs, **params)  # type: ignore[arg-type] # a list of references
        except DesktermError as error:
            asked.failed(error)
        else:
            asked.done(result)
        return asked

    def answer_all(self) -> None:
        """Do everything that waits, also what is asked for meanwhile."""
        while self.waiting:
            self.answer()

    def refuse(self, error: DesktermError) -> None:
        """Refuse the command that has waited longest."""
        self.waiting.popleft().failed(error)

    def done(self) -> list[str]:
        """What was asked for, looks at the rules left out."""
        return [asked.command for asked in self.log if not asked.is_trial]


class MemoryCopies:
    """`deskterm.viewmodel.copies.Copies` in memory; `broken` when the disk is full."""

    def __init__(self) -> None:
        self.kept: dict[str, Mapping[str, object]] = {}
        self.broken = False

    def write(self, name: str, copy: Mapping[str, object]) -> None:
        if self.broken:
            raise OSError(28, "No space left on device")
        self.kept[name] = copy

    def remove(self, name: str) -> None:
        self.kept.pop(name, None)

    def found(self) -> Mapping[str, Mapping[str, object]]:
        return dict(self.kept)

    @property
    def texts(self) -> list[object]:
        """The texts that are kept."""
        params = [copy["params"] for copy in self.kept.values()]
        return [one["text"] for one in params if isinstance(one, Mapping)]


class Writing:
    """One agent at a composer."""

    def __init__(
        self,
        desk: TestDesk,
        ref: str = "",
        *,
        kind: Kind = "reply",
        accounts: tuple[str, ...] = (),
        at_once: bool = True,
        copies: MemoryCopies | None = None,
        timers: ManualTimers | None = None,
    ) -> None:
        self.desk = desk
        self.ref = ref
        self.office = DeskOffice(desk, at_once=at_once)
        self.timers = timers or ManualTimers()
        self.copies = copies or MemoryCopies()
        self.ended: list[Ended] = []
        self.told: list[str] = []
        self.replaced: list[str] = []
        newest = desk.rows("SELECT max(id) FROM messages WHERE direction = 'inbound'")[0][0]
        target = (
            Target(ref, "support", clean("Marta"), newest)
            if ref
            else Target.new_message("support", accounts)
        )
        draft = self._draft(kind) if ref else None
        self.composer = Composer(
            target,
            self.office,
            self.timers,
            self.copies,
            draft[0] if draft else Content(kind=kind),
            draft[1] if draft else None,
        )
        self.review = Review(self.composer, self.timers)
        self.composer.ended.connect(self.ended.append)
        self.composer.replaced.connect(lambda: self.replaced.append(self.composer.content.text))
        self.review.notice.connect(lambda words: self.told.append(str(words)))

    def _draft(self, kind: Kind) -> tuple[Content, Saved] | None:
        rows = self.desk.rows(
            "SELECT d.* FROM drafts d JOIN tickets t ON t.id = d.ticket_id"
            " WHERE t.ref = ? AND d.kind = ? AND d.state = 'open' AND d.author = 'anna'",
            self.ref,
            kind,
        )
        if not rows:
            return None
        row = rows[0]
        content = Content(row["body"], kind, row["to_line"], row["cc_line"], row["subject"])
        return content, Saved(row["uid"], row["updated_at"])

    @property
    def verdict(self) -> str:
        """Where the review stands."""
        return self.review.state

    @property
    def saving(self) -> str:
        """How it stands with saving."""
        return self.composer.state

    def type(self, text: str, *, pause: float = 0.0) -> None:
        """Put a text there, then wait."""
        self.composer.type(text)
        self.timers.advance(pause)

    def press(self, *, resolve: bool = False) -> None:
        """Press Enter in the review line, or `e`."""
        self.review.send(resolve=resolve)

    def read_verdict(self) -> None:
        """The verdict is painted and read."""
        self.review.painted()
        self.timers.advance(0.2)

    def drafts(self) -> list[tuple[str, str, str]]:
        """Kind, text and state of the drafts in the database."""
        rows = self.desk.rows("SELECT kind, body, state FROM drafts ORDER BY rowid")
        return [tuple(row) for row in rows]
