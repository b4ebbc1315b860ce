"""Sync health: how each account is doing, what went wrong, what to do about it; and which files of
the shop's rules cannot be used.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Final

from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard, marked, say, say_many
from deskterm.service.reading.rows import AccountState
from deskterm.service.reading.rule_rows import BrokenRules
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import time_words, words
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.signal import Signal

#: States in which nothing goes on until a person does something.
ASKING: Final = frozenset({"sign_in", "asks"})
_HINTS: Final[dict[str, str]] = {
    "sign_in": marked("Enter the secret again: deskterm account set {name} --secret password=-"),
    "asks": marked("Read the question, then answer yes with: deskterm do account.confirm {name}"),
    "paused": marked("Sync now takes it up again."),
    "broken": marked("It is tried again by itself; sync now tries at once."),
    "retrying": marked("It is tried again by itself; sync now tries at once."),
}


class Health:
    """The accounts, and below them broken files of rules, with a cursor."""

    def __init__(self, readers: Asking, now: Callable[[], datetime], zone: tzinfo) -> None:
        self.changed: Signal[[]] = Signal()
        self.moved: Signal[[int, int]] = Signal()
        self.accounts: tuple[AccountState, ...] = ()
        #: Files of the shop's rules that cannot be used; they stand under the accounts.
        self.broken: tuple[BrokenRules, ...] = ()
        self.loaded = False
        self.error: DesktermError | None = None
        self.cursor = 0
        self._readers = readers
        self._now = now
        self._zone = zone

    @property
    def count(self) -> int:
        """How many accounts there are, and files of rules that cannot be used."""
        return len(self.accounts) + len(self.broken)

    @property
    def current(self) -> AccountState | None:
        """The account under the cursor; None where there is none, or a file is."""
        return self.accounts[self.cursor] if self.cursor < len(self.accounts) else None

    def refresh(self) -> None:
        """Read anew."""
        self._readers.ask(
            "accounts",
            lambda reading: (reading.accounts(), reading.broken_rules()),
            self._take,
            self._fail,
        )

    def move_by(self, rows: int) -> None:
        """Move the cursor down by so many rows, or up."""
        self.move_to(self.cursor + rows)

    def move_to(self, place: int) -> None:
        """Move the cursor to a place, or as near as there is one."""
        before = self.cursor
        self.cursor = max(0, min(place, self.count - 1))
        if before != self.cursor:
            self.moved.emit(before, self.cursor)

    def state_words(self, account: AccountState) -> SafeText:
        """How an account does: `ok · 2 min ago`, `trying again at 18:30`."""
        return account_words(account, self._now(), self._zone)

    def problem(self, account: AccountState) -> SafeText:
        """What went wrong, in the words of the sync; empty where nothing did."""
        return words.NOTHING if account.state in ("", "ok", "syncing") else heard(account.text)

    def hint(self, account: AccountState) -> SafeText:
        """What a person can do about it; empty where nothing is to be done."""
        name = clean(account.name, multiline=False)
        return say(_HINTS[account.state], name=name) if account.state in _HINTS else words.NOTHING

    def broken_words(self, file: BrokenRules) -> SafeText:
        """What counts while a file of rules cannot be used, and what to do."""
        if file.has_older:
            counts = say("Its last good version counts.")
        elif file.channel is None:
            counts = say(
                "Its last good version counts; without one nothing is sent on any channel."
            )
        else:
            counts = say(
                "Its last good version counts; without one nothing is sent on {channel}.",
                channel=file.channel,
            )
        return say("{counts} Correct the file; it is read anew by itself.", counts=counts)

    def figures(self, account: AccountState) -> SafeText:
        """Open tickets, and what was set aside."""
        open_ones = say_many("{count} open ticket", "{count} open tickets", account.tickets)
        if not account.quarantined:
            return open_ones
        aside = say_many(
            "{count} message set aside", "{count} messages set aside", account.quarantined
        )
        return say("{open} · {aside}", open=open_ones, aside=aside)

    @property
    def title(self) -> SafeText:
        """The title over the list."""
        return say("Sync health")

    @property
    def words(self) -> SafeText:
        """What to say instead of accounts; empty where there are some."""
        if self.count:
            return words.NOTHING
        if self.error is not None:
            return words.error_words(self.error)
        return say("There is no account yet.") if self.loaded else say("Reading…")

    def _take(self, found: tuple[list[AccountState], list[BrokenRules]]) -> None:
        accounts, broken = found[0], tuple(found[1])
        before = self.current
        kept = [place for place, one in enumerate(accounts) if before and one.name == before.name]
        fresh = tuple(accounts)
        same = self.loaded and self.error is None
        same = same and (fresh, broken) == (self.accounts, self.broken)
        self.accounts, self.broken, self.loaded, self.error = fresh, broken, True, None
        self.cursor = kept[0] if kept else max(0, min(self.cursor, self.count - 1))
        if not same:
            self.changed.emit()

    def _fail(self, error: DesktermError) -> None:
        self.error = error
        self.changed.emit()


def account_words(account: AccountState, now: datetime, zone: tzinfo) -> SafeText:
    """How an account does, in a few words."""
    state = words.account_state(account.state)
    if account.until is not None and account.state not in ("ok", "syncing"):
        return say("{state} at {time}", state=state, time=time_words.due(account.until, zone, now))
    if account.synced_at is not None:
        return say("{state} · {ago}", state=state, ago=time_words.ago(account.synced_at, now))
    return state
