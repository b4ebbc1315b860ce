"""Taking a backlog in: Maildir (https://cr.yp.to/proto/maildir.html) and mbox (RFC 4155) files.

An import can be cut anywhere: each batch is stored together with how far it got. Started again it
goes on there, and what is stored already is recognised by its digest.
"""

from __future__ import annotations

import json
import mailbox
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from deskterm.contract import MailItem
from deskterm.domain.errors import DesktermError, UsageError
from deskterm.store import imports
from deskterm.store.accounts import Account
from deskterm.store.transaction import Transaction
from deskterm.sync.intake import StoreIntake
from deskterm.sync.ports import Taken
from deskterm.sync.read_page import ReadPage

Report = Callable[[Mapping[str, object]], None]

_SKIPPED = frozenset({".trash", ".junk", ".spam", ".drafts", ".deleted messages", ".templates"})
_BATCH_BYTES = 32 << 20
_EARLIEST, _LATEST = 946_684_800, 4_102_444_800  # the years 2000 and 2100


class MailImport:
    """One import into one account. Blocks; meant for a thread of its own.

    Args:
        batch: mails stored in one transaction.
    """

    def __init__(
        self,
        intake: StoreIntake,
        reading: Callable[[], sqlite3.Connection],
        account: Account,
        batch: int,
    ) -> None:
        self._intake = intake
        self._reading = reading
        self._account = account
        self._batch = batch

    def run(self, kind: str, path: str, report: Report) -> dict[str, object]:
        """Import a `maildir` or an `mbox`.

        Raises:
            UsageError: another kind, or nothing of that kind is there.
            DesktermError: a file cannot be read, or the disk is full. What was stored stays.
        """
        source = Path(path)
        if kind not in ("maildir", "mbox"):
            raise UsageError(f"{kind[:40]!r} cannot be imported", "", "Use maildir or mbox")
        try:
            mails = Maildir(source) if kind == "maildir" else Mbox(source)
            return self._take(mails, f"{kind}:{source}", report)
        except OSError as error:
            raise DesktermError(
                f"{source} cannot be read",
                f"{error.strerror}. What was stored until here stays.",
                "Make it readable and run the same import again; it goes on where it stopped",
                code="import",
            ) from error

    def _take(self, mails: Maildir | Mbox, source: str, report: Report) -> dict[str, object]:
        total = len(mails)
        done = self._done(source)
        begun_at = done
        whole = Taken()
        report({"done": done, "total": total, "stored": 0})
        for size, reading in self._read_ahead(_batches(mails.items(done), self._batch)):
            done += size
            after = done

            def note(tx: Transaction, after: int = after) -> None:
                imports.save(tx, self._account.id, source, json.dumps({"done": after}))

            taken = self._intake.import_batch(reading.result(), note)
            whole = whole.plus(taken)
            report({"done": done, "total": total, "stored": whole.stored})
        self._intake.forget_import(self._account, source)
        return {
            "account": self._account.name,
            "read": done - begun_at,
            "stored": whole.stored,
            "known": done - begun_at - whole.stored - whole.quarantined - whole.erased,
            "quarantined": whole.quarantined,
            "erased": whole.erased,
        }

    def _read_ahead(
        self, batches: Iterable[list[MailItem]]
    ) -> Iterator[tuple[int, Future[ReadPage]]]:
        """Batches being read; the next one is begun before the one before it is stored."""
        ahead: tuple[int, Future[ReadPage]] | None = None
        for items in batches:
            begun = len(items), self._intake.read_import(self._account, items)
            if ahead is not None:
                yield ahead
            ahead = begun
        if ahead is not None:
            yield ahead

    def _done(self, source: str) -> int:
        connection = self._reading()
        try:
            mark = imports.load(connection, self._account.id, source)
        finally:
            connection.close()
        return int(json.loads(mark)["done"]) if mark else 0


class Maildir:
    """The mails of a Maildir and of its subfolders (Maildir++), bins and drafts left out."""

    def __init__(self, path: Path) -> None:
        folders = [path] if _is_maildir(path) else []
        if path.is_dir():
            folders += sorted(
                p for p in path.iterdir() if _is_maildir(p) and p.name.lower() not in _SKIPPED
            )
        if not folders:
            raise UsageError(f"{path} is no Maildir", "It has no folders named cur and new")
        self._files = [
            file
            for folder in folders
            for part in ("cur", "new")
            for file in sorted((folder / part).iterdir())
            if not file.name.startswith(".")
        ]

    def __len__(self) -> int:
        return len(self._files)

    def items(self, start: int) -> Iterator[MailItem]:
        """The mails from number `start` on."""
        for file in self._files[start:]:
            flags = file.name.rpartition(":2,")[2] if ":2," in file.name else ""
            yield MailItem(
                None,
                file.read_bytes(),
                _received(file),
                seen="S" in flags,
                answered="R" in flags,
            )


class Mbox:
    """The mails of an mbox file."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UsageError(f"{path} is no mbox file")
        with path.open("rb") as file:
            if file.read(5) != b"From ":
                raise UsageError(f"{path} is no mbox file", "It does not begin with 'From '")
        self._box = mailbox.mbox(path, create=False)

    def __len__(self) -> int:
        return len(self._box)

    def items(self, start: int) -> Iterator[MailItem]:
        """The mails from number `start` on."""
        for key in self._box.keys()[start:]:
            whole = self._box.get_bytes(key, from_=True)
            line, _, raw = whole.partition(b"\n")
            yield MailItem(None, _unquoted(raw), _from_line_date(line), seen=True)


def _batches(items: Iterable[MailItem], most: int) -> Iterator[list[MailItem]]:
    """Slices of at most `most` mails and about 32 MB."""
    iterator = iter(items)
    while batch := list(islice(iterator, 1)):
        size = len(batch[0].raw)
        while len(batch) < most and size < _BATCH_BYTES:
            more = next(iterator, None)
            if more is None:
                break
            batch.append(more)
            size += len(more.raw)
        yield batch


def _is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() and (path / "new").is_dir()


def _received(file: Path) -> datetime:
    """When the mail came: the seconds that its name begins with, else the time of the file."""
    seconds = file.name.partition(".")[0]
    if seconds.isdecimal() and len(seconds) <= 11 and _EARLIEST < int(seconds) < _LATEST:
        return datetime.fromtimestamp(int(seconds), UTC)
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _from_line_date(line: bytes) -> datetime:
    """The time in a separator line: `From sender asctime` (RFC 4155), taken as UTC."""
    words = line.decode("ascii", "replace").split()[2:]
    text = " ".join(words)
    for form in ("%a %b %d %H:%M:%S %Y", "%a %b %d %H:%M:%S %z %Y", "%a %b %d %H:%M:%S %Z %Y"):
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - the form has no zone: UTC
        except ValueError:
            continue
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return datetime.fromtimestamp(_EARLIEST, UTC)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _unquoted(raw: bytes) -> bytes:
    """Undo the `>` that mbox writers put before lines beginning with `From `."""
    if b"\n>" not in raw:
        return raw
    lines = raw.split(b"\n")
    return b"\n".join(
        line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line
        for line in lines
    )
