"""Row 5, the whole line: a disk that fills up under the office loses nothing and is told of."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deskterm.store.connect import Mode, connect
from tests.support.line import Line, running_line, wait_for
from tests.support.mails import a_mail

MIB = 1 << 20
MAILS, MAIL_BYTES = 24, 120_000
NOTE = "Called the carrier, they look for it until Friday."
REPLY = "We are looking for your parcel."


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """A line whose home lies on a small disk of its own; the servers' files lie elsewhere."""
    disk, mount = tmp_path / "disk", shutil.which("mount")
    disk.mkdir()
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    words = [mount, "-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", str(disk)]
    if subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        with running_line(tmp_path, settings="") as line:
            line.env["DESKTERM_HOME"] = str(disk / "home")
            line.settings("hold_s = 0\n")
            yield line
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(line: Line, leave: int = 0) -> None:
    """Leave so many bytes on the disk, to the page."""
    with ballast(line).open("ab", buffering=0) as file:
        free = shutil.disk_usage(ballast(line).parent).free
        for size in (MIB, 4_096):
            while free - leave >= size:
                file.write(b"\1" * size)
                free = shutil.disk_usage(ballast(line).parent).free


def ballast(line: Line) -> Path:
    return Path(line.env["DESKTERM_HOME"]).parent / "ballast"


def inbound(line: Line) -> Counter[str]:
    with closing(connect(line.home.database)) as connection:
        rows = connection.execute("SELECT message_id FROM messages WHERE direction = 'inbound'")
        return Counter(row[0] for row in rows)


def nothing_is_half_there(line: Line) -> None:
    with closing(connect(line.home.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        without_raw = (
            "SELECT count(*) FROM messages WHERE direction = 'inbound'"
            " AND id NOT IN (SELECT message_row FROM raw_messages)"
        )
        assert connection.execute(without_raw).fetchone()[0] == 0


def is_told(words: str) -> None:
    for word in ("disk is full", "Make room"):
        assert word in words


def reading_mode(line: Line) -> Mode:
    """On a full disk without an office SQLite has no room for what it lays beside the file."""
    return "read" if line.office_pid() else "frozen"


def everything_typed(line: Line, printed: str) -> str:
    """Whatever an agent's text may have been kept in."""
    kept = [f.read_text("utf-8") for f in (line.home.state / "unsent").glob("*.txt")]
    with closing(connect(line.home.database, reading_mode(line))) as connection:
        for table in ("notes", "drafts", "outbox_items"):
            kept += [row[0] for row in connection.execute(f"SELECT body FROM {table}")]
    return "\n".join([*kept, printed])


def test_a_sync_fills_the_disk_and_goes_on_when_there_is_room(line: Line) -> None:
    line.box.deliver(a_mail(0))
    line.add_account()
    line.run("sync", "--once")
    line.end_office()
    fill(line, leave=2 * MIB)
    for number in range(1, MAILS):
        line.box.deliver(a_mail(number, size=MAIL_BYTES))

    # As an office of its own, and through one that is there.
    alone = line.run("sync", "--once", code=1)
    is_told(alone.stdout + alone.stderr)
    ref = line.json("list", "number 0")[0]["ref"]
    typed = line.run("do", "note", ref, f"--param=text={NOTE}", code=None)
    asked = line.run("sync", "--once", code=1)
    is_told(asked.stdout + asked.stderr)
    nothing_is_half_there(line)
    few = inbound(line)
    assert 1 <= len(few) < MAILS
    assert set(few.values()) == {1}

    # Reading goes on, and what is typed is kept.
    assert line.json("show", ref)[0]["messages"]
    assert line.run("search", "parcel").stdout
    (account,) = line.json("account", "list")
    is_told(account["text"])
    assert account["health"] == "paused"
    fill(line)
    sent = line.run("reply", ref, "--text", REPLY, code=None)
    texts = everything_typed(line, typed.stderr + sent.stderr)
    assert NOTE in texts
    assert REPLY in texts
    nothing_is_half_there(line)

    # The office goes on by itself.
    office = line.office_pid()
    assert office is not None
    ballast(line).unlink()
    wait_for(lambda: len(inbound(line)) == MAILS)
    assert line.office_pid() == office
    assert inbound(line) == Counter(f"<m{number}@mail.example>" for number in range(MAILS))
    wait_for(lambda: line.json("account", "list")[0]["health"] == "ok")
    assert line.json("outbox", "list") == []
    assert len(line.smtp.taken) == (sent.returncode == 0)
    nothing_is_half_there(line)


def test_typed_on_a_disk_without_a_byte_left(line: Line) -> None:
    """Neither the database nor a file can take it: the words are on the screen."""
    line.box.deliver(a_mail(0))
    line.add_account()
    line.run("sync", "--once")
    ref = line.json("list")[0]["ref"]
    (line.home.data / "reserve").unlink()
    fill(line)
    for number in range(40):
        done = line.run(
            "do", "note", ref, f"--param=text={NOTE} {number} " + "x" * 60_000, code=None
        )
        if done.returncode:
            break
    is_told(done.stderr)
    assert f"{NOTE} {number}" in everything_typed(line, done.stderr)
    assert line.json("show", ref)[0]["messages"]
    ballast(line).unlink()
    line.run("do", "note", ref, f"--param=text={NOTE}")
    nothing_is_half_there(line)


@pytest.mark.parametrize("killed", [False, True], ids=["waits", "killed"])
def test_what_went_out_on_a_full_disk_is_written_down_later(line: Line, killed: bool) -> None:
    """The copy of the mail with its file is larger than what is kept in reserve."""
    line.box.deliver(a_mail(0))
    line.add_account()
    line.run("sync", "--once")
    photo = line.root / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + os.urandom(2 * MIB))
    line.smtp.once_taken = lambda: fill(line)
    ref = line.json("list")[0]["ref"]
    (answer,) = line.json("reply", ref, "--text", REPLY, "--attach", str(photo), "--resolve")
    wait_for(lambda: line.smtp.taken and not (line.home.data / "reserve").exists())
    (item,) = line.json("outbox", "list")
    assert (item["item"], item["state"]) == (answer["item"], "sending")
    line.smtp.once_taken = lambda: None
    if killed:
        line.kill_office()
    ballast(line).unlink()
    line.run("sync", "--once")
    state = "ask_agent" if killed else "sent"
    wait_for(lambda: line.json("outbox", "list", "--all")[0]["state"] == state)
    line.end_office()
    line.run("sync", "--once")
    assert line.smtp.message_ids() == [item["key"]]
    (shown,) = line.json("show", ref)
    assert (shown["status"] == "resolved") != killed
    nothing_is_half_there(line)


def test_an_office_starts_on_a_full_disk_from_the_reserve(line: Line) -> None:
    ref = full_without_an_office(line)
    assert line.json("show", ref)[0]["messages"]
    looked = {one["topic"]: one for one in line.json("doctor", code=1)}
    assert not looked["disk"]["good"]
    assert looked["database"]["good"]
    line.run("do", "note", ref, f"--param=text={NOTE}")
    assert [note["text"] for note in line.json("show", ref)[0]["notes"]] == [NOTE]
    nothing_is_half_there(line)


def test_without_the_reserve_no_office_starts_and_the_words_say_why(line: Line) -> None:
    ref = full_without_an_office(line)
    (line.home.data / "reserve").unlink()
    fill(line)
    done = line.run("do", "note", ref, f"--param=text={NOTE}", code=1)
    assert "disk is full" in done.stderr
    assert NOTE in everything_typed(line, done.stderr)
    is_told(line.run("sync", "--once", code=1).stderr)
    assert line.json("show", ref)[0]["messages"]
    ballast(line).unlink()
    line.run("do", "note", ref, f"--param=text={NOTE}")
    assert (line.home.data / "reserve").stat().st_size == MIB
    nothing_is_half_there(line)


def full_without_an_office(line: Line) -> str:
    """A ticket on a full disk on which nothing runs."""
    line.box.deliver(a_mail(0))
    line.add_account()
    line.run("sync", "--once")
    line.end_office()
    fill(line)
    with pytest.raises(OSError, match="No space"):
        (line.home.data / "more").write_bytes(b"more")
    (line.home.data / "more").unlink()
    return str(line.json("list")[0]["ref"])
