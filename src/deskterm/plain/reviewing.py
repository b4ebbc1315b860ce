"""The look between writing and sending, read out; then one asks what is to be done."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from deskterm.i18n import say, say_many
from deskterm.plain.editing import Editing
from deskterm.plain.said import listed
from deskterm.plain.talk import Talk
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.composer import Composer
from deskterm.viewmodel.findings import Finding
from deskterm.viewmodel.fixes import told
from deskterm.viewmodel.review import READ_S, Review
from deskterm.viewmodel.words import NOTHING

SOON_S: Final = 5.0
"""Seconds after which one is told that the office takes its time."""

PATIENCE_S: Final = 60.0
"""Seconds after which it is not waited for any more; the draft is kept."""

_PROMPT: Final = clean("review>")
_BUSY: Final = frozenset({"checking", "submitting"})


class Reviewing:
    """Checks what is written, and sends it if that is wanted.

    Args:
        talk: the person.
        editing: changes the text before it goes.
    """

    def __init__(self, talk: Talk, editing: Editing) -> None:
        self._talk = talk
        self._editing = editing

    def review(self, composer: Composer) -> None:
        """Go through it until it is sent, thrown away or put aside; a note is just kept."""
        review = Review(composer, self._talk.loop)
        review.notice.connect(self._talk.tell)
        review.begin()
        while self._has_verdict(composer, review):
            self._read_out(composer, review)
            review.painted()
            self._talk.loop.until(lambda: review.may_send, READ_S * 2)
            if not self._decide(composer, review):
                return

    def _has_verdict(self, composer: Composer, review: Review) -> bool:
        """Wait for what the office says; False where it is over, or says nothing."""
        loop = self._talk.loop
        if not loop.until(lambda: review.state not in _BUSY, SOON_S):
            self._talk.tell(
                say("The office does not answer yet. Ctrl+C goes back; the draft is kept.")
            )
            loop.until(lambda: review.state not in _BUSY, PATIENCE_S)
        if review.state in _BUSY:
            review.leave()
        return review.is_open and not composer.is_over

    def _read_out(self, composer: Composer, review: Review) -> None:
        content, findings = composer.content, composer.findings
        names = (clean(Path(path).name, multiline=False) for path in content.files)
        lines = content.text.split("\n")
        self._talk.tell(
            *_field(say("To"), composer.header("to")),
            *_field(say("Cc"), composer.header("cc")),
            *_field(say("Subject"), composer.header("subject")),
            *_field(say("Files"), listed(*names)),
            say_many("Text, {count} line:", "Text, {count} lines:", len(lines)),
            clean(content.text),
            composer.header_problem or NOTHING,
        )
        if findings.items:
            counted = listed(findings.verdict, findings.words)
            self._talk.tell(say("The rules: {count}", count=counted))
        for finding in findings.items:
            self._talk.tell(finding.in_full, _offered(finding, content.text))
        self._talk.tell(composer.hint, review.words)

    def _decide(self, composer: Composer, review: Review) -> bool:
        """Ask until one decides; whether a verdict is to be waited for again."""
        choices = (
            ()
            if review.state == "blocked"
            else (clean("send"), say("'resolve' to send and resolve the ticket"))
        )
        if any(finding.rewrite for finding in composer.findings.items):
            choices = (*choices, clean("fix"))
        choices = (*choices, *map(clean, ("edit", "keep", "discard")))
        self._talk.tell(say("You can type: {choices}", choices=listed(*choices, by="; ")))
        while True:
            match self._talk.ask_now(_PROMPT).strip().lower():
                case "send" | "resolve" as word:
                    if self._send(review, resolve=word == "resolve"):
                        return True
                case "fix":
                    if review.fix():
                        return True
                case "edit":
                    review.leave()
                    self._editing.edit(composer)
                    review.begin()
                    return True
                case "keep" | ".":
                    review.leave()
                    return False
                case "discard":
                    review.leave()
                    composer.discard()
                    self._talk.loop.until(lambda: composer.is_over, SOON_S)
                    return False
                case _:
                    self._talk.tell(
                        say("You can type: {choices}", choices=listed(*choices, by="; "))
                    )

    def _send(self, review: Review, *, resolve: bool) -> bool:
        """Hand it over; False where it is not."""
        if review.wants_reason:
            review.reason = self._talk.ask(say("Why should it be sent all the same?"))
        review.send(resolve=resolve)
        return review.state not in ("ready", "needs_reason", "blocked")


def _offered(finding: Finding, text: str) -> SafeText:
    """What its fix would do; empty where it has none."""
    if finding.rewrite is None:
        return NOTHING
    return say("'fix' {offer}", offer=told(text, finding.rewrite))


def _field(name: SafeText, value: SafeText) -> tuple[SafeText, ...]:
    return (say("{name}: {value}", name=name, value=value),) if value else ()
