"""`deskterm check` and `deskterm rules`, called as the command line calls them."""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli import check as check_command
from deskterm.cli import rules as rules_command
from deskterm.cli.json_lines import MOST_BYTES
from deskterm.domain.errors import DesktermError, UsageError
from deskterm.rules.model import body_digest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of its own; returns the shop's folder of rules."""
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "config" / "rules"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Parses a command line, feeds stdin, gives the exit code."""

    def run(*words: str, stdin: str | bytes = b"") -> int:
        parser = argparse.ArgumentParser()
        parser.add_argument("--workspace", default="default")
        subparsers = parser.add_subparsers()
        check_command.add(subparsers)
        rules_command.add(subparsers)
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        args = parser.parse_args(words)
        code = args.run(args)
        assert isinstance(code, int)
        return code

    return run


def test_a_clean_text_may_leave(call: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", "--channel", "email", stdin="Your parcel has left.\n") == 0
    out, err = capsys.readouterr()
    assert "may leave by email" in out
    assert err == ""


def test_a_blocked_text_is_explained(call: Any, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Hello,\nyour order {{order.number}} has left."
    assert call("check", "--channel", "email", stdin=text) == 1
    out = capsys.readouterr().out
    assert "may not leave" in out
    assert "everywhere.no_placeholder" in out
    assert "line 2, character 12: {{order.number}}" in out
    assert "Source: " in out
    assert "our default" in out


def test_nothing_of_the_text_reaches_the_terminal_unclean(
    call: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "{{a\x1b]0;title\x07\u202e[red]b}}"
    assert call("check", "--channel", "email", stdin=text) == 1
    out, err = capsys.readouterr()
    assert not {"\x1b", "\x07", "\u202e"} & set(out + err)
    assert "[red]b" in out


def test_json_is_one_object_with_the_digest(call: Any, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Hello {{name}}\n"
    assert call("check", "--channel", "email", "--json", stdin=text) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "block"
    assert answer["digest"] == body_digest(text)
    (finding,) = answer["findings"]
    assert set(finding) == {
        "rule",
        "severity",
        "start",
        "end",
        "excerpt",
        "says",
        "source",
        "fix",
    }
    assert text[finding["start"] : finding["end"]] == "{{name}}"


def test_facts_and_files_count(
    call: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "run.exe").write_bytes(b"MZ")
    (tmp_path / "label.pdf").write_bytes(b"%PDF")
    context = {"sender": "me@private.example", "identities": ["help@shop.example"], "mood": "good"}
    words = ["check", "--channel", "email", "--json", "--context", json.dumps(context)]
    for name in ("run.exe", "label.pdf"):
        words += ["--attachment", str(tmp_path / name)]
    assert call(*words, stdin="Hello") == 1
    out, err = capsys.readouterr()
    found = {finding["rule"]: finding["excerpt"] for finding in json.loads(out)["findings"]}
    assert found == {
        "email.from_identity": "me@private.example",
        "email.safe_attachment_types": "run.exe",
    }
    assert "note: the context key 'mood'" in err


def test_a_channel_without_a_pack_is_said(call: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", "--channel", "corner_shop", stdin="Bonjour.") == 1
    out, err = capsys.readouterr()
    assert "everywhere.no_pack" in out
    assert "no rule pack for corner_shop, so nothing can be sent on it" in err


def test_a_shop_lowers_a_rule(call: Any, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    home.mkdir(parents=True)
    (home / "severity.toml").write_text('[severity]\n"everywhere.no_placeholder" = "warn"\n')
    assert call("check", "--channel", "email", stdin="Hello {{name}}") == 0
    assert "The pack says block" in capsys.readouterr().out
    assert call("rules", "explain", "everywhere.no_placeholder") == 0
    assert "warn, by this shop; the pack says block" in capsys.readouterr().out
    (home / "severity.toml").write_text("severity")
    with pytest.raises(DesktermError, match=r"severity\.toml"):
        call("check", "--channel", "email", stdin="Hello")


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        ([], b"Hello"),
        (["--channel", "No channel"], b"Hello"),
        (["--channel", "email"], b"\xff\xfe"),
        (["--channel", "email"], b"a" * (MOST_BYTES + 1)),
        (["--channel", "email", "--context", "{"], b"Hello"),
        (["--channel", "email", "--context", "[1]"], b"Hello"),
        (["--channel", "email", "--context", "[" * 100_000], b"Hello"),
        (["--channel", "email", "--context", '{"kind": "letter"}'], b"Hello"),
        (["--channel", "email", "--context", '{"now": "2026-11-21T10:00"}'], b"Hello"),
        (["--channel", "email", "--context", '{"text_limit": {"maximum": -1}}'], b"Hello"),
        (["--channel", "email", "--context", '{"recipients": "a@example.org"}'], b"Hello"),
        (["--channel", "email", "--attachment", "/nowhere/label.pdf"], b"Hello"),
        (["--batch", "--channel", "email"], b""),
    ],
)
def test_what_cannot_be_used_is_refused(call: Any, words: list[str], stdin: bytes) -> None:
    with pytest.raises(UsageError):
        call("check", *words, stdin=stdin)


def test_a_batch_answers_line_by_line(call: Any, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"id": "a", "channel": "email", "lang": "en", "text": "Hello {{name}}", "expect": "block"},
        {"id": "b", "channel": "email", "text": "Hello ,", "context": None},
        {"id": "c", "channel": "mirakl", "text": "Bonjour", "context": {"operator": "fnac"}},
        {"id": "d", "channel": "mirakl", "text": "\u200b", "context": {"proactive": True}},
        {"id": "e", "channel": "email", "text": "\ud800", "attachments": []},
        {"id": "f", "channel": "corner_shop", "text": "Hello."},
        {"id": "g", "channel": "corner_shop", "text": "Hello."},
    ]
    stdin = "\n".join(map(json.dumps, lines)) + "\n\n"
    assert call("check", "--batch", stdin=stdin) == 0
    out, err = capsys.readouterr()
    answers = [json.loads(line) for line in out.splitlines()]
    assert [(answer["id"], answer["verdict"]) for answer in answers] == [
        ("a", "block"),
        ("b", "warn"),
        ("c", "ok"),
        ("d", "block"),
        ("e", "block"),
        ("f", "block"),
        ("g", "block"),
    ]
    assert all(set(answer) == {"id", "verdict", "findings", "ms"} for answer in answers)
    assert err.count("no rule pack for corner_shop") == 1
    assert "mirakl" not in err


def test_a_bad_line_of_a_batch_is_told_and_the_rest_goes_on(
    call: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps({"id": "good", "channel": "email", "text": "Hello."}).encode()
    bad = [
        b"{",
        b"[]",
        b'{"channel": "email"}',
        b'{"channel": "../email", "text": "x"}',
        b'{"channel": "email", "text": "x", "attachments": [{"size": 1}]}',
        b'{"channel": "email", "text": "x", "context": {"values": {"a": 1}}}',
        b"\xff",
        b"[" * 100_000,
        b'"' + b"a" * (MOST_BYTES + 10),
    ]
    stdin = b"\n".join(part for line in bad for part in (line, good))
    assert call("check", "--batch", stdin=stdin) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["line"] for answer in answers[::2]] == [1 + 2 * n for n in range(len(bad))]
    assert all(answer["error"]["code"] == "usage" for answer in answers[::2])
    assert [answer["id"] for answer in answers[1::2]] == ["good"] * len(bad)


def test_rules_are_listed(call: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("rules", "list", "--json") == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"everywhere", "email"} <= {rule["channel"] for rule in listed}
    assert call("rules", "list", "--channel", "email") == 0
    out = capsys.readouterr().out
    assert "email.from_identity" in out
    assert "everywhere." not in out
    with pytest.raises(UsageError, match="no_such_channel"):
        call("rules", "list", "--channel", "no_such_channel")


_PACK = """
[pack]
channel = "corner_shop"
version = "1"
review_days = 30

[[rule]]
id = "corner_shop.nothing_empty"
says.en = "Say something."
severity = "block"
gate = "text"
check.detector = "empty_text"
fix = "none"
source = "-"
source_kind = "house"
checked_on = 2026-11-21

[[rule.example]]
expect = "block"
text = ""
[[rule.example]]
expect = "EXPECTED"
text = "Hello."
"""


def test_rules_are_tried_on_their_examples(
    call: Any, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    home.mkdir(parents=True)
    (home / "own.toml").write_text(_PACK.replace("EXPECTED", "ok"))
    assert call("rules", "test", "--channel", "corner_shop") == 0
    assert "2 examples, all as expected" in capsys.readouterr().err
    (home / "own.toml").write_text(_PACK.replace("EXPECTED", "warn"))
    assert call("rules", "test", "--channel", "corner_shop") == 1
    out, err = capsys.readouterr()
    assert "corner_shop.nothing_empty, example 2 expects warn; the rule says ok" in out
    assert "2 examples, 1 fail" in err
    assert call("rules", "test", "--channel", "corner_shop", "--json") == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["said"], one["good"]) for one in told] == [("block", True), ("ok", False)]


def test_an_example_that_is_no_case_fails(
    call: Any, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    home.mkdir(parents=True)
    more = '[[rule.example]]\nexpect = "ok"\ntext = 3\n[[rule.example]]\nexpect = "ok"\n'
    more += 'text = "Hello."\ncontext.mood = "good"\n'
    (home / "own.toml").write_text(_PACK.replace("EXPECTED", "ok") + more)
    assert call("rules", "test", "--channel", "corner_shop") == 1
    out = capsys.readouterr().out
    assert "text must be a text" in out
    assert "nothing reads mood" in out


def test_the_severities_of_a_shop_make_no_example_wrong(
    call: Any, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    home.mkdir(parents=True)
    (home / "own.toml").write_text(_PACK.replace("EXPECTED", "ok"))
    (home / "severity.toml").write_text('[severity]\n"corner_shop.nothing_empty" = "hint"\n')
    assert call("rules", "test", "--channel", "corner_shop") == 0


@pytest.mark.parametrize(
    "rule_id", ["email.attachment_size", "everywhere.could_not_check", "everywhere.no_pack"]
)
def test_a_rule_is_explained(call: Any, capsys: pytest.CaptureFixture[str], rule_id: str) -> None:
    assert call("rules", "explain", rule_id) == 0
    out = capsys.readouterr().out
    for word in (rule_id, "says (fr)", "source", "checked on", "2026-11-2"):
        assert word in out
    assert call("rules", "explain", rule_id, "--json") == 0
    assert json.loads(capsys.readouterr().out)["id"] == rule_id


def test_an_unknown_rule_is_refused(call: Any) -> None:
    with pytest.raises(UsageError, match=r"email\.nothing"):
        call("rules", "explain", "email.nothing")


def test_the_age_of_packs_is_told(
    call: Any, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    home.mkdir(parents=True)
    (home / "old.toml").write_text(
        '[pack]\nchannel = "attic"\nversion = "1"\nreview_days = 30\n'
        '[[rule]]\nid = "attic.dust"\nsays.en = "Dust."\nseverity = "hint"\ngate = "text"\n'
        'check.detector = "empty_text"\nfix = "none"\nsource = "-"\nsource_kind = "house"\n'
        "checked_on = 2020-01-01\n"
    )
    assert call("rules", "age") == 1
    assert "was due on 2020-01-31" in capsys.readouterr().out
    assert call("rules", "age", "--json") == 1
    aged = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {pack["channel"]: pack["stale"] for pack in aged}["attic"] is True
    assert call("check", "--channel", "attic", stdin="Hello") == 0
    assert "rule pack attic was due" in capsys.readouterr().err


@pytest.mark.skipif(
    importlib.util.find_spec("deskterm.__main__") is None, reason="there is no program to run yet"
)
def test_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deskterm", "check", "--channel", "email", "--json"],
        input="Hello {{name}}",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["verdict"] == "block"
