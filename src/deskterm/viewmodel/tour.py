"""Ten steps that show a newcomer the daily keys: what to press, and whether it was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from deskterm.i18n import marked, say
from deskterm.service.command import Context
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import NOTHING

SENT: Final = "writing.sent"
"""A reply has left the composer, and is held."""


class Step(NamedTuple):
    """A step.

    Args:
        words: what to do; `{key}` is the key of `command`.
        command: what is to be called.
        context: where its key counts.
        others: what does as well.
        tried: whether it is enough to have called it.
        done_by: what tells that it was done, where that is not the end of the command.
    """

    words: str
    command: str
    context: Context
    others: tuple[str, ...] = ()
    tried: bool = False
    done_by: str = ""


STEPS: Final = (
    Step(
        marked("Each line is a ticket; what is pressing stands first. {key}: the next one."),
        "list.down",
        "list",
        ("list.up", "list.bottom", "list.page_down"),
    ),
    Step(marked("{key}: open the ticket under the cursor."), "ticket.open", "list"),
    Step(
        marked("The conversation, newest message last. {key}: the one before."),
        "message.previous",
        "conversation",
        ("message.next", "conversation.top", "conversation.page_up"),
    ),
    Step(
        marked("{key}: answer it."),
        "ticket.write_reply",
        "conversation",
    ),
    Step(
        marked("Type an answer; what the channel forbids is marked as you type. {key}: check it."),
        "composer.send",
        "composer",
    ),
    Step(
        marked("The last look. {key} sends it; i goes back to the text."),
        "review.send",
        "review",
        done_by=SENT,
    ),
    Step(
        marked("Nothing has left yet: it is held for ten seconds. {key}: take it back."),
        "app.undo",
        "conversation",
        tried=True,
    ),
    Step(
        marked("{key}: resolve the ticket. The next one is under the cursor then."),
        "ticket.resolve",
        "list",
    ),
    Step(
        marked("{key}: search everything as you type. Esc brings the view back."),
        "view.search",
        "list",
    ),
    Step(
        marked("{key}: all keys of the place you are in. You can type there; Enter does one."),
        "app.help",
        "list",
    ),
)


class Tour:
    """The steps, one after the other.

    Args:
        key_of: how the key of a command is written in a context.
    """

    def __init__(self, key_of: Callable[[str, Context], str]) -> None:
        self.changed: Signal[[]] = Signal()
        self.place: int | None = None
        self._key_of = key_of

    @property
    def is_on(self) -> bool:
        """Whether it has begun, and was not left."""
        return self.place is not None

    @property
    def is_over(self) -> bool:
        """Whether the last step has just been done."""
        return self.place == len(STEPS)

    @property
    def words(self) -> SafeText:
        """The present step: `Step 3 of 10 · …`; after the last one a good-bye."""
        if self.place is None:
            return NOTHING
        if self.is_over:
            return say("That was the tour. Nothing here reaches a customer: look around.")
        step = STEPS[self.place]
        what = say(step.words, key=clean(self._key_of(step.command, step.context)))
        return say(
            "Step {step} of {steps} · {what}", step=self.place + 1, steps=len(STEPS), what=what
        )

    def begin(self) -> None:
        """Begin with the first step."""
        self.place = 0
        self.changed.emit()

    def leave(self) -> None:
        """No more of it."""
        if self.place is not None:
            self.place = None
            self.changed.emit()

    def did(self, command_id: str, *, done: bool = True) -> None:
        """A command was called; with `done` it also came to its end."""
        if self.place is None or self.is_over:
            return
        step = STEPS[self.place]
        wanted = (step.done_by,) if step.done_by else (step.command, *step.others)
        if command_id in wanted and (done or step.tried):
            self.place += 1
            self.changed.emit()
