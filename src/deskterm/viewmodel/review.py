"""The review line: between writing and sending stands one look.

idle → checking → ready | needs_reason | blocked → submitting → held; back to idle by edit. Keys
that come before the verdict has been on the screen for `READ_S` are dropped, so that nothing
leaves by keys meant for something else. However often Enter is pressed, one call is made.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, Literal

from deskterm.domain.clock import from_text
from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard, say
from deskterm.text.clean import SafeText
from deskterm.viewmodel.composer import Composer
from deskterm.viewmodel.ports import Timers
from deskterm.viewmodel.repeats import typed_again
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import error_words
from deskterm.viewmodel.writing import Ended

#: Seconds for which a verdict stands on the screen before keys act on it.
READ_S: Final = 0.2

State = Literal["idle", "checking", "ready", "needs_reason", "blocked", "submitting", "held"]

#: In these the review line has the keys.
OPEN: Final = frozenset({"checking", "ready", "needs_reason", "blocked", "submitting"})


class Review:
    """The way of one piece of writing from the composer to the outbox.

    Args:
        composer: what is to be sent.
        timers: for the time in which a verdict is read.
    """

    def __init__(self, composer: Composer, timers: Timers) -> None:
        #: State or words are other ones.
        self.changed: Signal[[]] = Signal()
        #: Something to tell that is no state: a key was dropped, the reason is missing.
        self.notice: Signal[[SafeText]] = Signal()
        self.state: State = "idle"
        self.reason = ""
        #: What the office said beside the findings.
        self.says: SafeText | None = None
        self.resolve = False
        #: When it is to leave, as it was typed; empty for now.
        self.send_at = ""
        #: Until when the ticket is out of the way once it has left, as it was typed; a customer who
        #: answers brings it back before. Empty: it stays.
        self.snooze = ""
        self._composer = composer
        self._timers = timers
        self._round = 0
        self._checked = composer.content
        self._armed = False
        self._call_id = ""

    @property
    def is_open(self) -> bool:
        """Whether the review line has the keys."""
        return self.state in OPEN

    @property
    def may_send(self) -> bool:
        """Whether Enter sends now."""
        return self.state in ("ready", "needs_reason") and self._armed

    @property
    def wants_reason(self) -> bool:
        """Whether a reason must be typed before it can be sent."""
        return self.state == "needs_reason" and self._armed and not self.reason.strip()

    @property
    def can_resolve(self) -> bool:
        """Whether sending can resolve a ticket too; notes and half-done checks cannot."""
        return self._composer.kind == "reply"

    @property
    def words(self) -> SafeText:
        """What the line says; the keys stand beside it."""
        match self.state:
            case "checking":
                return say("Checking…")
            case "ready":
                return say("Ready to send")
            case "needs_reason":
                return self.says or say(
                    "{findings}. Why should it be sent?", findings=self._composer.findings.words
                )
            case "blocked":
                return say("Cannot be sent: {why}", why=self._why_not)
            case "submitting":
                return say("Handing over…")
            case "held":
                return say("Held; it can be taken back")
        return say("")

    @property
    def _why_not(self) -> SafeText:
        if self.says is not None:
            return self.says
        first = next((f for f in self._composer.findings.items if f.severity == "block"), None)
        return first.says if first is not None else say("a rule forbids it")

    def begin(self) -> None:
        """The send key in the composer. A note is written down at once, a reply is checked."""
        composer = self._composer
        if self.state != "idle" or composer.is_over:
            return
        if not composer.content.text.strip():
            self.notice.emit(say("There is nothing to send yet"))
            return
        self._set("checking")
        self._round += 1
        number = self._round
        composer.save()
        composer.when_settled(lambda: self._check(number))

    def _check(self, number: int) -> None:
        composer = self._composer
        if number != self._round or self.state != "checking":
            return
        self._checked = checked = composer.content
        if composer.kind == "note":
            self._set("submitting")
            composer.note(lambda: self._set("held"), self._failed)
            return

        def done(outcome: Mapping[str, object]) -> None:
            if number == self._round and self.state == "checking":
                composer.take_verdict(checked.text, outcome)
                self._take(outcome)

        def failed(error: DesktermError) -> None:
            if number == self._round and self.state == "checking":
                self._failed(error)

        composer.check(done, failed)

    def _take(self, outcome: Mapping[str, object]) -> None:
        """Show a verdict; keys act on it once it has been read."""
        self._armed = False
        says = outcome.get("says")
        self.says = heard(str(says)) if says else None
        self._call_id = os.urandom(16).hex()
        verdict = outcome.get("outcome")
        if verdict == "blocked":
            self._set("blocked")
        elif verdict == "needs_reason":
            self._set("needs_reason")
        else:
            self._set("ready")

    def painted(self) -> None:
        """The verdict has been painted: keys count soon."""
        if self.state in ("ready", "needs_reason", "blocked") and not self._armed:
            number = self._round
            self._timers.after(READ_S, lambda: self._arm(number))

    def _arm(self, number: int) -> None:
        if number == self._round and not self._armed:
            self._armed = True
            self.changed.emit()

    def send(self, *, resolve: bool = False) -> None:
        """Enter, or `e` with `resolve`; it leaves at `send_at`, where that is set."""
        if self.state in ("submitting", "held", "idle"):
            return
        if not self._armed:
            self.notice.emit(say("That key came before the verdict and was dropped"))
            return
        if self.state == "blocked":
            self.notice.emit(self.words)
            return
        if self.state == "needs_reason" and not self.reason.strip():
            self.notice.emit(say("Write down why it is to be sent all the same"))
            return
        if self._composer.content != self._checked:
            self.leave()
            return
        self.resolve = resolve
        extra: dict[str, object] = {"resolve": True} if resolve else {}
        if self.state == "needs_reason":
            extra["reason"] = self.reason.strip()
        if self.send_at.strip():
            extra["send_at"] = self.send_at.strip()
        if self.snooze.strip():
            extra["then_snooze"] = self.snooze.strip()
        self._set("submitting")
        self._composer.submit(extra, self._call_id, self._answered, self._failed)

    def _answered(self, outcome: Mapping[str, object]) -> None:
        if outcome.get("outcome") != "held":
            # The customer wrote, or a rule changed, since the verdict.
            self._round += 1
            self._composer.take_verdict(self._checked.text, outcome)
            self._take(outcome)
            return
        self._set("held")
        hold_s, send_at = outcome.get("hold_s"), outcome.get("send_at")
        self._composer.end(
            Ended(
                "sent",
                str(outcome.get("ticket") or self._composer.target.ref),
                str(outcome.get("item") or ""),
                float(hold_s) if isinstance(hold_s, int | float) else 0.0,
                self.resolve,
                from_text(str(send_at)) if send_at else None,
                typed_again(outcome),
            )
        )

    def _failed(self, error: DesktermError) -> None:
        self._round += 1
        self._set("idle")
        self.notice.emit(error_words(error))

    def leave(self) -> None:
        """Back to the text; where the office lets one wait, back to work."""
        if self.state in ("held", "idle"):
            return
        if self.state == "submitting":
            self.notice.emit(say("It is handed over as soon as the office answers"))
            self._composer.leave()
            return
        self._round += 1
        if self.state == "needs_reason":
            self._composer.has_looked()
        self._set("idle")

    def fix(self) -> int:
        """Apply the fixes that the findings offer, and look again."""
        if self.state not in ("ready", "needs_reason", "blocked"):
            return 0
        count = self._composer.apply_fixes()
        if count:
            self.leave()
            self.begin()
        else:
            self.notice.emit(say("None of these has a fix"))
        return count

    def _set(self, state: State) -> None:
        self.state = state
        if state == "idle":
            self.reason = self.send_at = self.snooze = ""
        self.changed.emit()
