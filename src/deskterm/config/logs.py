"""The log and the crash reports: ids and places, no secrets and no words of customers."""

from __future__ import annotations

import logging
import logging.handlers
import os
import re
import secrets
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from io import TextIOWrapper
from pathlib import Path

from deskterm.config.folders import make_private, open_new
from deskterm.config.options import LogSettings
from deskterm.config.paths import Home
from deskterm.config.redaction import Redactor
from deskterm.config.traces import trace_text
from deskterm.domain.errors import UsageError

REPORTS_KEPT = 20

_OURS = re.compile(r"deskterm(?:_connectors)?(?:\.|$)")
_PROGRAM = re.compile(r"[a-z0-9_-]{1,40}")
_TALKATIVE = ("httpx", "httpcore", "asyncio", "keyring")


class PrivateLog(logging.handlers.RotatingFileHandler):
    """A rotating log, mode 0600, that takes no symbolic link for its file.

    One program writes to one file: the office, which is alone, to `office.log`.
    """

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        handle = os.open(self.baseFilename, flags, 0o600)
        os.fchmod(handle, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A log that cannot be written stops nothing, and prints nothing into the screen."""

    def close(self) -> None:
        """Stop logging."""
        logging.getLogger().removeHandler(self)
        super().close()


class _OneLine(logging.Formatter):
    """One line a message in UTC; control characters are shown, not written.

    Other libraries quote what they received: of their messages only kind and place are kept.
    """

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        stamp = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
        message = str(record.msg) if _OURS.match(record.name) else f"at line {record.lineno}"
        line = f"{stamp} {record.levelname.lower()} {record.name} {_shown(message)}"
        for more in (record.exc_text, record.stack_info):
            if more:
                line += "".join(f"\n    {_shown(part)}" for part in more.splitlines())
        return line


def open_log(
    home: Home,
    redactor: Redactor,
    settings: LogSettings | None = None,
    program: str = "office",
) -> PrivateLog:
    """Send the log of this process to `state/log/<program>.log`, redacted. Close it at the end.

    Args:
        program: `office`, or a name that no other running program uses.

    Raises:
        DesktermError: the folder cannot be used.
        OSError: the file cannot be opened.
    """
    if not _PROGRAM.fullmatch(program):
        raise UsageError("That is not a name for a log", "It has a-z, 0-9, _ and -")
    rules = settings or LogSettings()
    make_private(home.logs, "log folder")
    log = PrivateLog(
        home.logs / f"{program}.log",
        maxBytes=rules.max_bytes,
        backupCount=rules.keep_files,
        encoding="utf-8",
    )
    log.setFormatter(_OneLine())
    log.addFilter(redactor)
    log.setLevel(rules.level.upper())
    for name in _TALKATIVE:  # httpx writes whole addresses at INFO, tokens in them included
        logging.getLogger(name).setLevel(logging.WARNING)
    root = logging.getLogger()
    root.addHandler(log)
    root.setLevel(rules.level.upper())
    return log


def report_crash(
    home: Home, error: BaseException, redactor: Redactor, now: datetime | None = None
) -> Path:
    """Write down where the program stopped, mode 0600: kinds and places, no values.

    Returns:
        The report; the newest 20 are kept.

    Raises:
        DesktermError: the folder cannot be used.
        OSError: the report cannot be written.
    """
    import platform  # costs milliseconds of every start

    moment = now or datetime.now(UTC)
    make_private(home.crashes, "folder for crash reports")
    report = home.crashes / f"{moment:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}.txt"
    lines = (
        f"{moment:%Y-%m-%d %H:%M:%S} UTC, deskterm {_version()}, started as {_started_as()}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}",
        "",
        trace_text(error),
        "",
    )
    text = "\n".join(_shown(line) for line in redactor.redact("\n".join(lines)).splitlines())
    with open_new(report) as file:
        file.write(text.encode(errors="backslashreplace") + b"\n")
    for old in sorted(home.crashes.glob("*.txt"))[:-REPORTS_KEPT]:
        old.unlink(missing_ok=True)
    return report


def _started_as() -> str:
    return Path(sys.argv[0]).name if sys.argv else "a library"


def _version() -> str:
    try:
        return version("deskterm")
    except PackageNotFoundError:
        return "of unknown version"


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
