"""Keeping what is typed: within `COPY_S` in an emergency copy, at each pause by the office.

One save is on its way at a time. The copy goes when the office has the text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Final, Literal

from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard, say
from deskterm.text.clean import SafeText
from deskterm.viewmodel.copies import VERSION, Copies
from deskterm.viewmodel.pauses import Pauses
from deskterm.viewmodel.ports import Office, Timers
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.writing import Content, Saved, Target, outcome_of

#: Seconds after typing until the emergency copy, and until a save.
COPY_S: Final = 0.25
PAUSE_S: Final = 0.6
#: Seconds until a save that failed is tried again.
RETRY_S: Final = 5.0

State = Literal["clean", "typing", "saving", "saved", "failed"]


class Keeping:
    """Saves one piece of writing.

    Args:
        target: where it belongs.
        office: saves it.
        timers: for pauses in typing.
        copies: where the emergency copy goes.
        saved: the draft it comes from, as the office knows it.
        present: gives what is written now.
    """

    def __init__(
        self,
        target: Target,
        office: Office,
        timers: Timers,
        copies: Copies,
        saved: Saved,
        present: Callable[[], Content],
    ) -> None:
        #: The state is another one.
        self.changed: Signal[[]] = Signal()
        #: The office had another text beside: what it sent, and what it holds now.
        self.merged: Signal[[str, str]] = Signal()
        self.state: State = "clean"
        self.error: DesktermError | None = None
        self.saved = saved
        self.target = target
        self._office = office
        self._copies = copies
        self._present = present
        self._pauses = Pauses(timers)
        self._name = os.urandom(8).hex()
        #: Versions of the text: the present one, that of the office, that of the copy.
        self._typed = self._kept = self._copied = 0
        self._saving = False
        self._sealed = False
        self._settled: list[Callable[[], None]] = []

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that the office does not have."""
        return self._typed != self._kept

    @property
    def is_sealed(self) -> bool:
        """Whether the text is on its way somewhere else and must not be saved beside."""
        return self._sealed

    @property
    def words(self) -> SafeText:
        """How it stands."""
        match self.state:
            case "typing":
                return say("not saved yet")
            case "saving":
                return say("saving…")
            case "saved":
                return say("draft saved")
            case "failed" if self.error is not None:
                return say("not saved: {why}", why=heard(self.error.title))
        return say("")

    def typed(self) -> None:
        """Something is written that was not before."""
        self._typed += 1
        self._pauses.after("copy", COPY_S, self.copy, restart=False)
        self._pauses.after("save", PAUSE_S, self.save)
        self._set("typing")

    def save(self) -> None:
        """Have the office keep what is written."""
        if not self.is_dirty or self._saving or self._sealed:
            return
        self._saving = True
        self._pauses.stop("save")
        self._set("saving")
        version, sent = self._typed, self._present()
        self._office.send(
            "draft.save",
            self._params(),
            lambda result: self._done(version, sent, outcome_of(result)),
            self._failed,
        )

    def flush(self) -> None:
        """Keep everything at once."""
        if self.is_dirty:
            self.copy()
            self.save()

    def copy(self) -> None:
        """Write the emergency copy."""
        self._pauses.stop("copy")
        if not self.is_dirty or self._copied == self._typed:
            return
        try:
            self._copies.write(self._name, {"version": VERSION, "params": self._params()})
        except OSError as error:
            why = error.strerror or type(error).__name__
            self.error = DesktermError(f"The emergency copy could not be written: {why}")
            self._set("failed")
        else:
            self._copied = self._typed

    def when_settled(self, act: Callable[[], None]) -> None:
        """Call `act` as soon as no save is on its way."""
        if self._saving:
            self._settled.append(act)
        else:
            act()

    def seal(self) -> None:
        """The text goes to the office by another command: save nothing beside it."""
        self._sealed = True
        self.copy()

    def unseal(self, outcome: Mapping[str, object]) -> None:
        """That command came to nothing: it goes on being a draft. Its answer may name one."""
        self._sealed = False
        self.saved = self.saved.after(outcome)
        if self.is_dirty:
            self._pauses.after("save", PAUSE_S, self.save)

    def end(self, *, has_all: bool) -> None:
        """Keep no more; `has_all`: the office has everything, so that no copy is needed."""
        if not has_all:
            # A save that is on its way may not be the last one.
            self.when_settled(self.flush)
            self.copy()
        else:
            self._kept = self._typed
            self._forget_copy()
        self._pauses.stop()

    def _params(self) -> dict[str, object]:
        place: dict[str, object] = (
            {"account": self.target.account}
            if self.target.is_new
            else {"tickets": [self.target.ref]}
        )
        return {**place, **self._present().params(), **self.saved.params()}

    def _done(self, version: int, sent: Content, outcome: Mapping[str, object]) -> None:
        self._saving = False
        self.error = None
        self.saved = self.saved.after(outcome)
        self._kept = max(self._kept, version)
        merged = outcome.get("text")
        if isinstance(merged, str) and merged != sent.text:
            self.merged.emit(sent.text, merged)
        if self.is_dirty:
            self._set("typing")
            self._pauses.after("save", PAUSE_S, self.save, restart=False)
        else:
            self._forget_copy()
            self._set("saved")
        self._settle()

    def _failed(self, error: DesktermError) -> None:
        self._saving = False
        self.error = error
        self.copy()
        self._set("failed")
        self._pauses.after("save", RETRY_S, self.save)
        self._settle()

    def _settle(self) -> None:
        waiting, self._settled = self._settled, []
        for act in waiting:
            act()

    def _forget_copy(self) -> None:
        self._pauses.stop("copy")
        if self._copied:
            self._copies.remove(self._name)
            self._copied = 0

    def _set(self, state: State) -> None:
        if state != self.state or state == "failed":
            self.state = state
            self.changed.emit()
