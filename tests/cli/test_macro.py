"""`deskterm macro`, called as the command line calls it."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskterm.cli import macro as macro_command
from deskterm.domain.errors import UsageError
from tests.cli.test_people import Terminal

Call = Callable[..., int]
_GOOD = '[[macro]]\nid = "own"\ntitle.en = "Own"\nbody.en = "Hello {{order.ref}}"\n'
_BAD = '[[macro]]\nid = "bad"\ntitle.en = "Bad"\nbody.en = "Hello {{order.reff}}"\n'
_PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop folder of a workspace of its own."""
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path))
    (tmp_path / "config" / "macros").mkdir(parents=True)
    return tmp_path / "config"


@pytest.fixture
def call() -> Call:
    """Parses a command line and runs it; gives the exit code."""

    def run(*words: str) -> int:
        parser = argparse.ArgumentParser()
        parser.add_argument("--workspace", default="default")
        macro_command.add(parser.add_subparsers())
        args = parser.parse_args(words)
        code = args.run(args)
        assert isinstance(code, int)
        return code

    return run


def _told(heading: str, of: str = "") -> set[str]:
    """The keys of JSON that the page tells under a heading."""
    section = _PAGE.partition(f"### `deskterm {heading}`")[2].partition("\n##")[0]
    name = f"JSON of `{of}`" if of else "JSON"
    found = re.search(rf"^{name}: ((?:`\w+`,?\s)+)", section, re.MULTILINE)
    assert found
    return set(re.findall(r"`(\w+)`", found[1]))


def test_list(call: Call, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config / "macros" / "own.toml").write_text(_GOOD + _BAD, encoding="utf-8")
    assert call("macro", "list") == 0
    out, err = capsys.readouterr()
    assert "order_status" in out
    assert re.search(r"^own +Own \(en\)$", out, re.MULTILINE)
    assert "own.toml:8:7: bad: there is no field 'order.reff'" in err


def test_list_as_json(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("macro", "list", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 36
    assert all(set(row) == _told("macro list") for row in rows)
    invoice = next(row for row in rows if row["id"] == "invoice")
    assert invoice["channels"] == ["chat", "marketplace", "sms"]
    assert invoice["titles"]["fr"] == "Votre facture"


def test_show(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("macro", "show", "invoice", "--lang", "fr") == 0
    out = capsys.readouterr().out
    assert "Votre facture" in out
    assert "fr, marketplace" in out
    assert "{{order.ref}}" in out
    assert "Here is the invoice" not in out


def test_show_as_json(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("macro", "show", "tracking_stuck", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == _told("macro show ID")
    for name in ("texts", "variables", "actions"):
        assert shown[name]
        assert all(set(one) == _told("macro show ID", name) for one in shown[name])


@pytest.mark.parametrize("words", [("nobody",), ("invoice", "--lang", "de")])
def test_show_what_there_is_not(call: Call, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        call("macro", "show", *words)


def test_lint_the_shop(call: Call, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("macro", "lint") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "nothing is wrong" in err
    (config / "macros" / "own.toml").write_text(_BAD, encoding="utf-8")
    (config / "facts.toml").write_text("return_days = 7\n", encoding="utf-8")
    assert call("macro", "lint") == 1
    out = capsys.readouterr().out
    assert "facts.toml:1: return_days must be 14 or more" in out
    assert "own.toml:4:7: bad:" in out


def test_lint_files(call: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(_GOOD.replace("{{order.ref}}", "{{>thanks_closing}}"), encoding="utf-8")
    bad.write_text(_BAD, encoding="utf-8")
    assert call("macro", "lint", str(good)) == 0
    capsys.readouterr()
    assert call("macro", "lint", str(good), str(bad), str(tmp_path / "none.toml")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        f"{bad}:4:7",
        str(tmp_path / "none.toml"),
    ]


def test_lint_asks_the_rules_of_a_channel(
    call: Call, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = config / "macros" / "own.toml"
    text = '[[macro]]\nid = "own"\ntitle.en = "Own"\nbody.en = """\nHello,\n'
    text += "{% if order.ref == empty %}Which?{% else %}Mail us: shop at example dot org{% endif %}"
    file.write_text(f'{text}"""\n', encoding="utf-8")
    assert call("macro", "lint", str(file), "--channel", "email") == 0
    assert capsys.readouterr().out == ""
    assert call("macro", "lint", str(file), "--channel", "amazon", "--channel", "email") == 1
    said = capsys.readouterr().out.splitlines()
    assert all(line.startswith(f"{file}:6:") for line in said)
    assert any(": own: may not leave by amazon in en: " in line for line in said)
    assert not any("by email" in line for line in said)


def test_lint_tells_what_needs_a_reason_and_goes_on(
    call: Call, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = config / "macros" / "own.toml"
    text = "Your parcel is on its way and comes soon. " * 10
    body = f'[[macro]]\nid = "own"\ntitle.en = "Own"\nbody.en = "{text}"\n'
    file.write_text(body, encoding="utf-8")
    assert call("macro", "lint", str(file), "--channel", "sms") == 0
    out, err = capsys.readouterr()
    assert "own: needs a reason on sms in en: " in out
    assert "nothing is wrong; rules of sms" in err


def test_lint_of_a_channel_without_rules_is_wrong(
    call: Call, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (config / "rules").mkdir()
    (config / "rules" / "own.toml").write_text("[pack", encoding="utf-8")
    assert call("macro", "lint", "--channel", "email") == 1
    assert "own.toml:1: " in capsys.readouterr().out


# Replies made from one


class Shop(Terminal):
    """A workspace with one ticket, about which no order is known."""

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "deskterm", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    made = Shop(tmp_path_factory.mktemp("shop"))
    yield made
    made.end()


@pytest.fixture(scope="module")
def ref(shop: Shop) -> str:
    """The ticket."""
    return str(json.loads(shop.run("list", "is:unresolved", "--json"))["ref"])


def test_a_reply_is_made_from_a_macro(shop: Shop, ref: str) -> None:
    done = json.loads(shop.run("reply", ref, "--macro", "thanks_closing", "--json"))
    assert done["outcome"] == "held"
    assert "that made my day" in shop.run("show", ref)
    shop.run("undo")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--macro", "nosuch"), "There is no macro 'nosuch'"),
        (("--macro", "order_status"), "The macro needs order.ref"),
        (("--macro", "exchange"), "--answer 'instead=…'"),
        (("--macro", "holding_reply", "--text", "Hello"), "either --text or --macro"),
        (("--text", "Hello", "--answer", "a=b"), "--answer belongs to --macro"),
        (("--macro", "holding_reply", "--answer", "a"), "NAME=TEXT"),
    ],
)
def test_what_cannot_be_filled_in_is_not_sent(
    shop: Shop, ref: str, words: tuple[str, ...], said: str
) -> None:
    done = shop.call("reply", ref, *words)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr
