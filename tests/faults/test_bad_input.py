"""Everything that is given wrongly is answered with a message that names it and the way out.

The rest keeps working, and nothing is lost.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deskterm.store.connect import connect
from tests.support.line import ACCOUNT, Line, running_line, wait_for
from tests.support.mails import a_mail
from tests.support.smtp_server import running_smtp_server

FIXTURES = Path(__file__).parents[3] / "shared" / "data" / "email_fixtures"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with running_line(tmp_path) as line:
        line.box.deliver(a_mail(1))
        yield line


@pytest.fixture
def ready(line: Line) -> Line:
    line.add_account()
    line.run("sync", "--once")
    return line


def account(line: Line, name: str, state: str) -> str:
    """Wait until an account is in that state; what it says."""

    def found() -> list[str]:
        rows = line.json("account", "list")
        return [f" {r['text']}" for r in rows if r["name"] == name and r["health"] == state]

    return wait_for(found)[0]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def says(words: str, *parts: str) -> None:
    for part in parts:
        assert part in words


def refused(line: Line, *words: str, code: int, has: tuple[str, ...]) -> None:
    done = line.run(*words, code=code)
    says(done.stderr, *has)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


# Accounts


def test_a_wrong_password_stops_its_account_alone(line: Line) -> None:
    line.env["DESKTERM_SECRET_OTHER_PASSWORD"] = "not-the-password"
    line.add_account("other")
    line.add_account()
    says(account(line, "other", "sign_in"), "refused", "Check username and password")
    line.box.deliver(a_mail(2))
    line.run("sync", "--once", "--account", ACCOUNT)
    account(line, ACCOUNT, "ok")
    assert len(line.json("list")) == 2
    refused(line, "account", "check", "other", code=1, has=("other", "Check username and password"))
    # The agent mends it, and it goes on.
    line.end_office()
    line.env["DESKTERM_SECRET_OTHER_PASSWORD"] = line.env["DESKTERM_SECRET_SHOP_PASSWORD"]
    line.run("sync", "--once")
    account(line, "other", "ok")


def test_a_missing_password_says_how_to_give_it(line: Line) -> None:
    del line.env["DESKTERM_SECRET_SHOP_PASSWORD"]
    line.add_account()
    says(account(line, ACCOUNT, "sign_in"), "password", "DESKTERM_SECRET_")


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", "1"), ("imap.shop.invalid", "993")], ids=["port", "name"]
)
def test_a_dead_host_is_named_and_tried_again(line: Line, host: str, port: str) -> None:
    line.add_account("dead", imap_host=host, imap_port=port)
    line.add_account()
    line.env["DESKTERM_SECRET_DEAD_PASSWORD"] = line.env["DESKTERM_SECRET_SHOP_PASSWORD"]
    line.end_office()
    done = line.run("account", "check", "dead", code=1)
    says(done.stderr, f"{host}:{port}", "imap_host", "imap_port")
    says(account(line, "dead", "retrying"), f"{host}:{port}")
    account(line, ACCOUNT, "ok")
    assert len(line.json("list")) == 1


def test_no_password_goes_to_a_reading_server_that_cannot_be_trusted(line: Line) -> None:
    line.add_account(tls_ca_file="")
    done = line.run("account", "check", ACCOUNT, code=1)
    says(done.stderr, "certificate", "No password was sent", "tls_ca_file")
    says(account(line, ACCOUNT, "retrying"), "certificate", "No password was sent")
    log = (line.dovecot.root / "dovecot.log").read_text("utf-8")
    assert "no auth attempts" in log
    assert "Login:" not in log
    line.run("account", "set", ACCOUNT, f"--set=tls_ca_file={line.ca_file}")
    account(line, ACCOUNT, "ok")
    assert len(line.json("list")) == 1


@pytest.mark.parametrize("fault", ["self-signed", "another name"])
def test_no_password_goes_to_a_sending_server_that_cannot_be_trusted(
    line: Line, fault: str
) -> None:
    other = fault == "another name"
    names = ("mail.other.example",) if other else ("localhost", "127.0.0.1")
    with running_smtp_server(names=names, trusted=other) as smtp:
        line.ca_file.write_bytes(line.ca_file.read_bytes() + smtp.ca_file.read_bytes())
        line.add_account(smtp_port=str(smtp.port))
        done = line.run("account", "check", ACCOUNT, code=1)
        says(done.stderr, "Reading works", "certificate", "No password was sent")
        line.run("sync", "--once")
        (ticket,) = line.json("list")
        line.run("reply", ticket["ref"], "--text", "Your parcel is on its way.")
        wait_for(lambda: [i for i in line.json("outbox", "list") if i["state"] == "retry_later"])
        (item,) = line.json("outbox", "list")
        says(item["reason"], f"127.0.0.1:{smtp.port}", "certificate", "No password was sent")
        assert smtp.sign_ins == []
        assert smtp.commands == []
    line.run("account", "set", ACCOUNT, f"--set=smtp_port={line.smtp.port}")
    line.run("sync", "--once")
    assert len(line.smtp.taken) == 1


WRONG_WORDS = (
    ("add fax shop", ("fax", "account kinds")),
    ("add email Shop!", ("Shop!", "a-z")),
    ("add email shop --set=imap_prot=993", ("imap_prot",)),
    ("add email shop --set=imap_port=many", ("imap_port", "port number")),
    ("add email shop --set=imap_security=maybe", ("starttls",)),
    ("add email shop --set=nothing", ("nothing", "KEY=VALUE")),
    ("add email shop --secret=password=hunter2", ("command line", "stdin")),
    ("add email shop --secret=pasword=-", ("pasword",)),
    ("add email right", ("right",)),
    ("check nobody", ("nobody", "account list")),
    ("remove nobody", ("nobody", "account list")),
    ("set nobody --set=imap_port=1", ("nobody", "account list")),
)


def test_words_about_accounts_that_are_wrong(line: Line) -> None:
    line.add_account("right")
    for call, has in WRONG_WORDS:
        words = call.split()
        given = {word.partition("=")[2].partition("=")[0] for word in words[3:]}
        sets = [f"--set={k}={v}" for k, v in line.fields().items() if k not in given]
        more = sets if words[0] == "add" else []
        done = line.run("account", *words, *more, stdin="x\n", code=None)
        assert done.returncode in (1, 2), call
        says(done.stderr, *has)
        assert "hunter2" not in done.stderr
    assert [a["name"] for a in line.json("account", "list")] == ["right"]


# Mail


def test_a_mail_that_cannot_be_read_is_kept_raw_and_costs_only_itself(ready: Line) -> None:
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(60)
    )
    deep = a_mail(2).split(b"MIME-Version")[0] + nested.encode() + b"\r\nthe end\r\n"
    wide = a_mail(3).replace(b"MIME-Version", b"X-Wide: " + b"w" * 300_000 + b"\r\nMIME-Version")
    noise = bytes(range(1, 256)) * 40
    for raw in (deep, wide, noise, a_mail(4)):
        ready.box.deliver(raw)
    (outcome,) = ready.json("sync", "--once")
    assert (outcome["result"], outcome["quarantined"]) == ("ok", 0)
    wait_for(lambda: len(ready.json("list")) == 5)
    unreadable = 0
    for ticket in ready.json("list"):
        (message,) = ready.json("show", ticket["ref"])[0]["messages"]
        shown = ready.run("show", ticket["ref"]).stdout
        assert ("could not be read in full, see --raw" in shown) == bool(message["unreadable"])
        assert ready.run("show", ticket["ref"], "--raw").stdout
        unreadable += bool(message["unreadable"])
    assert unreadable == 2
    assert ready.json("search", "parcel number 4")
    with closing(connect(ready.home.database)) as connection:
        rows = connection.execute("SELECT content FROM raw_messages").fetchall()
    kept = {zlib.decompress(row[0]).replace(b"\r\n", b"\n") for row in rows}
    assert {raw.replace(b"\r\n", b"\n") for raw in (deep, wide)} <= kept


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the shared e-mail fixtures are not here")
@pytest.mark.timeout(180)
def test_every_awkward_mail_is_imported_once(ready: Line, tmp_path: Path) -> None:
    box = tmp_path / "box"
    for part in ("cur", "new", "tmp"):
        (box / part).mkdir(parents=True)
    raws = [path.read_bytes() for path in sorted(FIXTURES.rglob("*")) if path.is_file()]
    for number, raw in enumerate(raws):
        (box / "cur" / f"{1_700_000_000 + number}.M{number}.box:2,S").write_bytes(raw)
    different = {raw.replace(b"\r\n", b"\n") for raw in raws if raw.strip()}
    (first,) = ready.json("import", "maildir", str(box), "--account", ACCOUNT)
    assert first["read"] == len(raws)
    assert first["quarantined"] == 0
    assert abs(first["stored"] - len(different)) <= 1
    assert first["stored"] + first["known"] == len(raws)
    (again,) = ready.json("import", "maildir", str(box), "--account", ACCOUNT)
    assert (again["stored"], again["known"], again["quarantined"]) == (0, len(raws), 0)
    for ticket in ready.json("list", "--limit", "1000"):
        assert ticket["ref"]
    ready.run("list", "--limit", "1000")


# Files


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ('# mine\nhold_s = "soon"\n', ("settings.toml", "hold_s", "line 2")),
        ("hold_s = 0\n[office\n", ("settings.toml", "line 2")),
        ("[office]\nidle = 3\n", ("settings.toml", "office.idle", "line 2", "idle_s")),
    ],
    ids=["value", "toml", "key"],
)
def test_broken_settings_are_named_and_the_defaults_serve(
    ready: Line, text: str, has: tuple[str, ...]
) -> None:
    ready.end_office()
    ready.settings(text)
    listed = ready.run("list")
    says(listed.stderr, *has)
    assert "number" in listed.stdout or "order 1" in listed.stdout
    ready.box.deliver(a_mail(2))
    synced = ready.run("sync", "--once")
    says(synced.stderr, *has)
    assert len(ready.json("list")) == 2
    assert ready.home.settings_file.read_text("utf-8") == text


def test_a_newer_database_is_left_untouched(ready: Line) -> None:
    ready.end_office()
    with closing(sqlite3.connect(ready.home.database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA user_version=99")
    before = digest(ready.home.database)
    has = ("newer deskterm", "99", "Nothing was changed")
    refused(ready, "list", code=1, has=has)
    refused(ready, "sync", "--once", code=1, has=has)
    refused(ready, "do", "tag", "k7m2q9", "--param=tag=x", code=1, has=("newer deskterm",))
    assert digest(ready.home.database) == before
    assert ready.office_pid() is None


@pytest.mark.parametrize("where", ["head", "pages", "text"])
def test_a_damaged_database_is_told_and_nothing_is_deleted(ready: Line, where: str) -> None:
    ready.box.deliver(a_mail(2, size=60_000))
    ready.run("sync", "--once")
    ready.end_office()
    file = ready.home.database
    data = bytearray(file.read_bytes())
    match where:
        case "head":
            data[:100] = b"\x07" * 100
        case "pages":
            data[4_096:] = b"\x07" * (len(data) - 4_096)
        case "text":
            data = bytearray(b"These are the notes of a lucky day.\n" * 500)
    file.write_bytes(data)
    before = digest(file)
    has = ("is damaged", "Nothing was deleted", "backup")
    refused(ready, "list", code=1, has=has)
    refused(ready, "sync", "--once", code=1, has=has)
    done = ready.run("do", "note", "k7m2q9", "--param=text=Typed with care.", code=1)
    says(done.stderr, "is damaged", "Your text was kept in")
    assert "Traceback" not in done.stderr
    (kept,) = (ready.home.state / "unsent").glob("*.txt")
    assert kept.read_text("utf-8") == "Typed with care."
    says(ready.run("doctor", code=1).stdout, "WRONG database")
    assert digest(file) == before


# Words


def test_what_does_not_exist_is_named(ready: Line) -> None:
    for words in (
        ("show", "zzzzzz"),
        ("reply", "zzzzzz", "--text", "Hello"),
        ("do", "resolve", "zzzzzz"),
        ("do", "tag", "zzzzzz", "--param=tag=x"),
    ):
        done = ready.run(*words, code=1)
        says(done.stderr, "zzzzzz")
    refused(ready, "outbox", "show", "zzzzzzzz", code=1, has=("zzzzzzzz",))
    refused(ready, "list", "stauts:new", code=2, has=("stauts", "Did you mean status:"))
    refused(ready, "list", "status:blue", code=2, has=("status", "waiting_customer"))
    refused(ready, "search", "(parcel", code=2, has=("bracket", "character 1"))
    refused(ready, "do", "ticket.explode", code=2, has=("explode", "do --list"))
    refused(ready, "sync", "--once", "--account", "nobody", code=1, has=("nobody", "account list"))
    refused(ready, "import", "maildir", "/nowhere", "--account", ACCOUNT, code=2, has=("/nowhere",))
    (ticket,) = ready.json("list")
    refused(ready, "do", "snooze", ticket["ref"], "--param=until=someday", code=2, has=("someday",))
    refused(ready, "do", "tag", ticket["ref"], "--param=tga=x", code=2, has=("tga", "tag"))
    gone = ready.run(
        "reply", ticket["ref"], "--text", "See it.", "--attach", "/nowhere.pdf", code=1
    )
    says(gone.stderr, "nowhere.pdf", "Your text was kept in")
    assert ready.json("list")[0]["attention"] is None
