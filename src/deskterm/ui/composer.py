"""The composer pane: header, text, findings, files and the review line under one border."""

from __future__ import annotations

from pathlib import PurePath

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from deskterm.i18n import say
from deskterm.service.reading.macro_rows import FilledView
from deskterm.text.clean import SafeText, clean
from deskterm.ui.attach import AttachLine
from deskterm.ui.findings import FindingsList
from deskterm.ui.header import HeaderBlock
from deskterm.ui.messages import Told
from deskterm.ui.painting import joined
from deskterm.ui.review import ReviewBar
from deskterm.ui.safe import shown
from deskterm.ui.writing import WritingArea
from deskterm.viewmodel.composer import Composer
from deskterm.viewmodel.filled import Gap
from deskterm.viewmodel.macros import missing
from deskterm.viewmodel.pasted import plain
from deskterm.viewmodel.review import READ_S, Review
from deskterm.viewmodel.rule_words import Severity
from deskterm.viewmodel.words import NOTHING
from deskterm.viewmodel.writing import Ended


class WritingEnded(Message):
    """The composer has closed itself; `ended` says how, and the focus is to go elsewhere."""

    def __init__(self, ended: Ended) -> None:
        self.ended = ended
        super().__init__()


class ComposerPane(Vertical):
    """Shows one `Composer` with its `Review`; hidden while there is none."""

    def __init__(self, *, id: str | None = "composer") -> None:  # noqa: A002 - named as in Textual
        super().__init__(id=id)
        self.composer: Composer | None = None
        self.review: Review | None = None
        self.header = HeaderBlock(self.focus_text)
        self.text = WritingArea(self, self._typed, self.tell)
        self.findings = FindingsList()
        self.hint = Static(id="composer-hint")
        self.files = Static(id="composer-files")
        self._listed: tuple[str, ...] | None = None
        self._hinted = NOTHING
        self.prompt = AttachLine(self._take_file, self.focus_text, self.tell)
        self.bar = ReviewBar()

    def compose(self) -> ComposeResult:
        """Header, findings, text, hint of the channel, files, prompt, review."""
        yield self.header
        yield self.findings
        yield self.text
        yield self.hint
        yield self.files
        yield self.prompt
        yield self.bar

    def on_mount(self) -> None:
        """Nothing is written yet."""
        self.display = False

    # For the shell

    def show(self, composer: Composer, review: Review, *, index: int | None = None) -> None:
        """Show a piece of writing and take the keys; `index` is where the cursor goes."""
        self.hide()
        self.composer, self.review = composer, review
        composer.changed.connect(lambda: self._if(composer, self._refresh))
        composer.replaced.connect(lambda: self._if(composer, self._replaced))
        composer.findings.changed.connect(lambda: self._if(composer, self._marked))
        composer.ended.connect(lambda ended: self._ended(composer, ended))
        review.changed.connect(lambda: self._if(composer, self._reviewed))
        review.notice.connect(self.tell)
        self.display = True
        self.header.show(composer)
        self.header.display = composer.target.is_new
        self.prompt.display = False
        self.findings.in_full = False
        self.text.put(composer.content.text, index)
        self.bar.show(review)
        self._refresh()
        self._marked()
        if composer.target.is_new:
            self.header.begin()
        else:
            self.focus_text()

    def hide(self) -> None:
        """Close; what is written stays as a draft."""
        if self.composer is not None:
            self.text.sync()
        composer, self.composer, self.review = self.composer, None, None
        self.display = False
        if composer is not None:
            composer.leave()

    def flush(self) -> None:
        """Keep what is typed now, at once: the console ends or loses its terminal."""
        if self.composer is not None:
            self.text.sync()
            self.composer.flush()

    def focus_text(self) -> None:
        """Give the keys to the text."""
        composer = self.composer
        self.prompt.display = False
        if composer is not None:
            self.screen.set_focus(self.text)

    def take_text(self, text: str) -> None:
        """Put a text in where the cursor is, as if it had been pasted."""
        from textual import events

        self.text.post_message(events.Paste(text))

    def tell(self, words: SafeText) -> None:
        """Say something in the notice line."""
        self.post_message(Told(words))

    def put_in(self, filled: FilledView, *, apart: bool = False) -> int:
        """Put a macro in where the cursor is; `apart`: in a paragraph of its own. Returns where it
        begins.
        """
        composer = self.composer
        if composer is None:
            return 0
        self.text.sync()
        before = self.text.text[: self.text.index]
        if apart and before.strip() and not before.endswith("\n\n"):
            self.text.put_in("\n\n" if not before.endswith("\n") else "\n")
        text = plain(filled.text)
        spans = filled.spans if text == filled.text else ()  # elsewhere they would be misplaced
        start = self.text.put_in(text)
        composer.filled.put(composer.content.text, start, filled._replace(spans=spans))
        for path in filled.attach:
            composer.attach(path)
        self._marked()
        return start

    def to_gap(self, index: int) -> None:
        """Go to the next place without a value from a place on. It is selected a moment later,
        unless something is typed before: keys that were typed ahead are not to fill it in.
        """
        composer = self.composer
        gap = composer.filled.next_gap(self.text.text, index) if composer is not None else None
        if gap is not None:
            self.text.go_to(gap.start)
            text = self.text.text
            self.set_timer(READ_S, lambda: self._select(gap, text))

    def _select(self, gap: Gap, text: str) -> None:
        if self.text.text == text and self.text.index == gap.start:
            self.text.select(gap.start, gap.end)

    # What the keys of the text lead to

    def send(self) -> None:
        """Check, and show the review line; a note is written down."""
        if self.review is not None:
            self.review.begin()

    def toggle_note(self) -> None:
        """Reply or note."""
        if self.composer is not None and (why := self.composer.toggle_note()):
            self.tell(why)

    def next_finding(self) -> None:
        """Look at the next finding and go where it is."""
        composer = self.composer
        if composer is None:
            return
        one = composer.findings.next()
        if one is None:
            self.tell(say("There are no findings"))
        elif one.has_place:
            self.text.go_to(one.start)

    def rule(self) -> None:
        """The rule in full, or the list again."""
        composer = self.composer
        if composer is not None and composer.findings.items:
            self.findings.in_full = not self.findings.in_full
            self.findings.show(composer.findings)

    def begin_header(self) -> None:
        """To, Cc and Subject."""
        composer = self.composer
        if composer is None or composer.kind == "note":
            self.tell(say("A note goes to nobody; it has no header"))
            return
        self.header.display = True
        self.header.begin()

    def begin_attach(self) -> None:
        """Ask for a file."""
        composer = self.composer
        if composer is None or composer.kind == "note":
            self.tell(say("A note takes no files"))
            return
        self.prompt.display = True
        self.prompt.begin()

    def fix(self) -> None:
        """Apply the fix of the finding that is looked at."""
        if self.composer is not None and not self.composer.apply_fixes(only_current=True):
            self.tell(say("There is no fix for this"))

    def next_gap(self) -> None:
        """Go to the next place without a value, and say what it is."""
        composer, text = self.composer, self.text
        gap = composer.filled.next_gap(text.text, text.index) if composer is not None else None
        if gap is None:
            self.tell(say("Nothing is missing"))
            return
        text.select(gap.start, gap.end)
        self.tell(missing(gap.span))

    def discard(self) -> None:
        """Throw the draft away."""
        if self.composer is not None:
            self.composer.discard()

    def pause(self) -> None:
        """The text has lost the keys: save what is typed."""
        if self.composer is not None:
            self.composer.save()

    def leave(self) -> None:
        """Close; the draft is kept."""
        if self.composer is not None:
            self.composer.leave()

    # Following the model

    def _typed(self, text: str) -> None:
        if self.composer is not None and self.display:
            self.composer.type(text)

    def _take_file(self, path: str) -> None:
        if self.composer is not None:
            self.composer.attach(path)

    def _if(self, composer: Composer, act: object) -> None:
        if composer is self.composer and self.is_attached and callable(act):
            act()

    def _ended(self, composer: Composer, ended: Ended) -> None:
        if composer is self.composer:
            self.composer = self.review = None
            self.display = False
            self.post_message(WritingEnded(ended))

    def _replaced(self) -> None:
        if self.composer is not None:
            self.text.become(self.composer.content.text)

    def _marked(self) -> None:
        composer = self.composer
        if composer is not None:
            self.text.mark(composer.findings.items, composer.filled.shown)
            self.findings.show(composer.findings)
            self._titles(composer)

    def _reviewed(self) -> None:
        review = self.review
        if review is None:
            return
        had_keys = self.bar.has_focus_within
        self.text.read_only = review.is_open
        self.set_class(review.is_open, "-reviewing")
        self.bar.refresh_state()
        if not review.is_open and had_keys:
            self.focus_text()

    def _refresh(self) -> None:
        composer = self.composer
        if composer is None:
            return
        self.set_class(composer.kind == "note", "-note")
        if composer.kind == "note":
            self.header.display = False
        self.header.refresh_fields()
        self._list_files(composer.content.files)
        self._show_hint(composer)
        self._titles(composer)

    def _show_hint(self, composer: Composer) -> None:
        """What the channel is strict about; a note goes to no channel."""
        hint = composer.hint if composer.kind == "reply" else NOTHING
        if hint != self._hinted:
            self._hinted = hint
            self.hint.update(shown(hint, "$text-muted"))
        self.hint.display = bool(hint)

    def _list_files(self, paths: tuple[str, ...]) -> None:
        if paths == self._listed:
            return
        self._listed = paths
        self.files.display = bool(paths)
        names = clean(", ".join(PurePath(path).name for path in paths), multiline=False)
        self.files.update(shown(say("Files: {names}", names=names), "$text-muted"))

    _border_title: Content | None
    _border_subtitle: Content | None

    def _titles(self, composer: Composer) -> None:
        """Textual's own setters would read the text as markup."""
        self._frame(composer.findings.worst if composer.kind == "reply" else None)
        title = shown(_title(composer))
        subtitle = shown(_subtitle(composer))
        if title != self._border_title or subtitle != self._border_subtitle:
            self._border_title, self._border_subtitle = title, subtitle
            self.refresh()

    def _frame(self, worst: Severity | None) -> None:
        """The frame says how grave it is. Nothing within changes with that, so that only the frame
        has its styles worked out anew.
        """
        classes = {"-blocked": worst == "block", "-warns": worst == "warn"}
        if any(self.has_class(name) != wanted for name, wanted in classes.items()):
            for name, wanted in classes.items():
                self.set_class(wanted, name, update=False)
            self.app.stylesheet.apply(self)

    @property
    def has_keys(self) -> bool:
        """Whether the keys come here."""
        focused: Widget | None = self.screen.focused
        return focused is not None and self in focused.ancestors_with_self


def _title(composer: Composer) -> SafeText:
    target = composer.target
    account = clean(target.account, multiline=False)
    if composer.kind == "note":
        return say("Note · only your team sees this")
    if target.is_new:
        title = say("New message · {account}", account=account)
        return joined(composer.findings.verdict, title, by=" · ")
    title = say("Reply to {customer} · {account}", customer=target.customer, account=account)
    return joined(composer.findings.verdict, title, by=" · ")


def _subtitle(composer: Composer) -> SafeText:
    words = (composer.filled.words, composer.findings.words, composer.words)
    parts = [part for part in words if part]
    return clean(" · ".join(parts))
