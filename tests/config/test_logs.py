"""The log and the crash reports."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskterm.config.logs import PrivateLog, open_log, report_crash
from deskterm.config.options import LogSettings
from deskterm.config.paths import Home
from deskterm.config.redaction import Redactor
from deskterm.config.secrets import Secret
from deskterm.domain.errors import DesktermError, UsageError

CANARY = "canary-31337"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.find({"DESKTERM_HOME": str(tmp_path)})
    home.prepare()
    return home


@pytest.fixture
def redactor() -> Redactor:
    redactor = Redactor()
    redactor.learn(Secret(CANARY))
    return redactor


@pytest.fixture
def log(home: Home, redactor: Redactor) -> Iterator[PrivateLog]:
    root = logging.getLogger()
    level = root.level
    with_rotation = LogSettings(max_bytes=10_000, keep_files=2)
    log = open_log(home, redactor, with_rotation)
    yield log
    log.close()
    root.setLevel(level)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("log")
def test_a_line_is_stamped_in_utc_and_redacted(home: Home) -> None:
    logging.getLogger("deskterm.sync").info("account %s has %s", "support", CANARY)
    line = home.log_file.read_text()
    assert line.endswith("Z info deskterm.sync account support has <secret>\n"), line


@pytest.mark.usefixtures("log")
def test_what_the_log_writes_is_private_and_rotates(home: Home) -> None:
    for number in range(1_000):
        logging.getLogger("deskterm").info("line %d", number)
    files = sorted(each.name for each in home.logs.iterdir())
    assert files == ["office.log", "office.log.1", "office.log.2"]
    assert {mode(each) for each in home.logs.iterdir()} == {0o600}
    assert mode(home.logs) == 0o700


@pytest.mark.usefixtures("log")
def test_other_libraries_leave_only_kind_and_place(home: Home) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://x.example/?token=abc")
    logging.getLogger("httpx").warning("odd answer: %s", "Dear shop")
    logging.getLogger("deskterm_elsewhere").warning("Dear shop")
    text = home.log_file.read_text()
    assert "HTTP Request" not in text
    assert "Dear shop" not in text
    assert text.count("warning") == 2


@pytest.mark.usefixtures("log")
def test_control_characters_do_not_reach_the_file(home: Home) -> None:
    logging.getLogger("deskterm").info("a\x1b]52;c;eA==\x07b\nforged line\x9b")
    text = home.log_file.read_text()
    assert text.count("\n") == 1
    assert text.rstrip("\n").isprintable()


@pytest.mark.usefixtures("log")
def test_an_exception_leaves_its_place_only(home: Home) -> None:
    nothing: dict[str, str] = {}
    try:
        nothing["words of a customer"]
    except KeyError:
        logging.getLogger("deskterm").exception("a page failed")
    text = home.log_file.read_text()
    assert "builtins.KeyError" in text
    assert "test_logs.py" in text
    assert "customer" not in text


def test_an_older_log_that_others_can_read_is_closed(home: Home, redactor: Redactor) -> None:
    home.logs.mkdir(mode=0o700)
    home.log_file.write_text("older\n")
    home.log_file.chmod(0o644)
    open_log(home, redactor).close()
    assert mode(home.log_file) == 0o600


def test_a_closed_log_takes_no_more(home: Home, log: PrivateLog) -> None:
    log.close()
    logging.getLogger("deskterm").warning("late")
    assert "late" not in home.log_file.read_text()


def test_a_link_in_the_logs_place_is_refused(home: Home, redactor: Redactor) -> None:
    home.logs.mkdir(mode=0o700)
    home.log_file.symlink_to(home.state / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        open_log(home, redactor)


def test_a_log_that_cannot_be_written_stops_nothing(
    log: PrivateLog, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(log.stream, "write", full, raising=False)
    logging.getLogger("deskterm").warning("lost")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["../x", "", "A"])
def test_the_name_of_a_log_is_no_path(home: Home, redactor: Redactor, name: str) -> None:
    with pytest.raises(UsageError):
        open_log(home, redactor, program=name)


def read_page(token: str) -> None:
    customer = "Dear shop, where is my parcel?"
    try:
        int(customer + token)
    except ValueError as error:
        raise DesktermError("The page is not readable", customer) from error


def test_a_crash_report_has_places_and_no_values(home: Home, redactor: Redactor) -> None:
    with pytest.raises(DesktermError) as caught:
        read_page(CANARY)
    report = report_crash(home, caught.value, redactor)
    text = report.read_text()
    assert report.parent == home.crashes
    assert mode(report) == 0o600
    assert "DesktermError: The page is not readable" in text
    assert "caused by builtins.ValueError" in text
    assert "test_logs.py" in text
    assert "parcel" not in text
    assert CANARY not in text
    assert str(Path.home()) not in text or Path.home() == Path("/")


def test_a_group_of_errors_shows_its_parts(home: Home, redactor: Redactor) -> None:
    group = BaseExceptionGroup("words", [ValueError(CANARY), KeyboardInterrupt()])
    text = report_crash(home, group, redactor).read_text()
    assert "ValueError" in text
    assert "KeyboardInterrupt" in text


def test_errors_that_go_round_in_a_circle_end(home: Home, redactor: Redactor) -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert report_crash(home, first, redactor).exists()


def test_only_the_newest_reports_are_kept(home: Home, redactor: Redactor) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    reports = [
        report_crash(home, ValueError(), redactor, start + timedelta(hours=hour))
        for hour in range(25)
    ]
    assert sorted(home.crashes.iterdir()) == reports[-20:]
