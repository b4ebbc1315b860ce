"""`deskterm macro new`, `export` and `import`, called as the command line calls them."""

from __future__ import annotations

import argparse
import csv
import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli import macro as macro_command
from deskterm.domain.errors import UsageError
from deskterm.macros.library import load_library
from deskterm.macros.model import Library

Call = Callable[..., int]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop's folder of macros, which is not there yet."""
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "config" / "macros"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    def run(*words: str, stdin: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        parser = argparse.ArgumentParser()
        parser.add_argument("--workspace", default="default")
        macro_command.add(parser.add_subparsers())
        args = parser.parse_args(("macro", *words))
        code = args.run(args)
        assert isinstance(code, int)
        return code

    return run


def own(folder: Path) -> Library:
    library = load_library(folder)
    assert [p for p in library.problems if p.skipped] == []
    return library


def test_a_new_macro_is_a_file(call: Call, folder: Path, capsys: Any) -> None:
    words = ("new", "Taille des chaussures", "--lang", "fr", "--reason", "size_help")
    assert call(*words, "--text", "-", stdin="Bonjour {{?taille}}\n") == 0
    (file,) = folder.glob("*.toml")
    assert capsys.readouterr().out.strip() == str(file)
    macro = own(folder).macros["taille_des_chaussures"]
    assert macro.title("fr") == "Taille des chaussures"
    assert macro.variants[0].source.strip() == "Bonjour {{?taille}}"
    assert macro.reason == "size_help"
    with pytest.raises(UsageError):
        call("new", "Again", "--id", "taille_des_chaussures")


@pytest.mark.parametrize(
    "words", [("X", "--id", "Not an id"), ("X", "--reason", "nothing"), ("X", "--text", "{{broken")]
)
def test_a_broken_new_macro_is_refused(call: Call, folder: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        call("new", *words)
    assert not list(folder.glob("*"))


def test_our_json_lines_lose_nothing(call: Call, folder: Path, tmp_path: Path, capsys: Any) -> None:
    assert call("export", "--all") == 0
    exported = capsys.readouterr().out
    file = tmp_path / "all.jsonl"
    file.write_text(exported, encoding="utf-8")
    assert call("import", str(file)) == 0
    bundled, taken = load_library().macros, own(folder).macros
    assert list(taken) == list(bundled)
    for name, macro in bundled.items():
        other = taken[name]
        assert other.file != macro.file
        for part in ("titles", "reason", "actions", "favours", "not_for", "needs", "asks"):
            assert getattr(other, part) == getattr(macro, part), (name, part)
        assert other.variables == macro.variables
        texts = {(v.channel, v.language): v.source.strip() for v in macro.variants}
        assert {(v.channel, v.language): v.source.strip() for v in other.variants} == texts


def test_a_macro_that_the_shop_has_is_refused(
    call: Call, folder: Path, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "two.jsonl"
    rows = [{"id": name, "title_en": "T", "body_en": "Hello"} for name in ("one", "two")]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    call("new", "One", "--text", "Mine")
    capsys.readouterr()
    assert call("import", str(file)) == 1
    assert "line 1: one: the shop has a macro of that id" in capsys.readouterr().err
    assert own(folder).macros["one"].variants[0].source.strip() == "Mine"
    assert "two" in own(folder).macros


def test_csv(call: Call, folder: Path, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "desk.csv"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Title", "Body", "Tags", "Language", "ID"])
    writer.writerow(["Refund", 'Hello {{customer.first_name}},\n"soon".', "refund, vip", "en", "r"])
    writer.writerow(["Remboursement", "Bonjour, c’est en cours.", "refund", "fr", "r"])
    writer.writerow(["Order", "Order {{order.ref}}", "", "", ""])
    writer.writerow(["No text", " ", "", "", ""])
    file.write_text("\ufeff" + text.getvalue(), encoding="utf-8")
    assert call("import", str(file), "--lang", "en") == 1
    assert "macro 4: It has no text" in capsys.readouterr().err
    macros = own(folder).macros
    assert macros["r"].languages == ("en", "fr")
    assert macros["r"].title("fr") == "Remboursement"
    assert [action.value for action in macros["r"].actions] == ["refund", "vip"]
    assert macros["order"].variants[0].source.strip() == "Order {{order.ref}}"


def _zendesk(*actions: tuple[str, object], **more: object) -> dict[str, object]:
    listed = [{"field": field, "value": value} for field, value in actions]
    return {"title": "Where is it", "active": True, "actions": listed, **more}


def test_zendesk(call: Call, folder: Path, tmp_path: Path, capsys: Any) -> None:
    html = "<p>Hello {{ticket.requester.first_name}},</p><p>see {{ticket.custom_field_7}}</p>"
    rows = [
        _zendesk(
            ("comment_value_html", html),
            ("current_tags", "wismo late"),
            ("status", "pending"),
            ("group_id", "7"),
        ),
        _zendesk(("comment_value", ["channel:all", "Hello {{ticket.id}}"]), title="Second"),
        _zendesk(("comment_value", "Off"), active=False),
        _zendesk(
            ("comment_value", "{% if ticket.tags contains 'x' %}a{% endif %}"), title="Liquid"
        ),
    ]
    file = tmp_path / "macros.json"
    file.write_text(json.dumps({"macros": rows}), encoding="utf-8")
    assert call("import", str(file)) == 1
    err = capsys.readouterr().err
    assert "Where is it: it sets group_id" in err
    assert "{{ticket.custom_field_7}} is asked from the agent now" in err
    assert "Liquid: its text cannot be read" in err
    macros = own(folder).macros
    first = macros["where_is_it"]
    assert "Hello {{customer.first_name}},\n\nsee {{?ticket custom field 7}}" in (
        first.variants[0].source
    )
    assert {(a.kind, a.value) for a in first.actions} == {
        ("tag", "wismo"),
        ("tag", "late"),
        ("status", "waiting_customer"),
    }
    assert macros["second"].variants[0].source.strip() == "Hello {{ticket.ref}}"
    assert not {"off", "liquid"} & set(macros)


def test_gorgias(call: Call, folder: Path, tmp_path: Path, capsys: Any) -> None:
    order = "{{ticket.customer.integrations.shopify.orders[0].name}}"
    actions = [
        {"name": "setResponseText", "arguments": {"body_text": f"Bonjour, commande {order}"}},
        {"name": "addTags", "arguments": {"tags": "retour,urgent"}},
        {"name": "setStatus", "arguments": {"status": "close"}},
        {"name": "http", "arguments": {}},
    ]
    file = tmp_path / "macros.json"
    rows = {"data": [{"name": "Retour", "language": "fr", "actions": actions}]}
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert call("import", str(file)) == 0
    assert "Retour: it does http" in capsys.readouterr().err
    macro = own(folder).macros["retour"]
    assert macro.variants[0].source.strip() == "Bonjour, commande {{order.ref}}"
    assert macro.languages == ("fr",)
    assert [a.value for a in macro.actions] == ["retour", "urgent", "resolved"]


@pytest.mark.parametrize("kind", ["csv", "zendesk", "gorgias"])
def test_what_goes_out_comes_in(
    call: Call, folder: Path, tmp_path: Path, capsys: Any, kind: str
) -> None:
    assert call("export", "order_status", "follow_up", "--format", kind) == 0
    file = tmp_path / "out"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert call("import", str(file), "--format", kind) == 0
    texts = {
        v.source.strip() for m in own(folder) for v in m.variants if m.file.startswith(str(folder))
    }
    bundled = load_library().macros
    for name in ("order_status", "follow_up"):
        wanted = {v.source.strip() for v in bundled[name].variants if not v.channel}
        assert wanted <= texts


def test_a_dry_run_writes_nothing(call: Call, folder: Path, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "one.csv"
    file.write_text("title,body\nHello,Hello there\n", encoding="utf-8")
    assert call("import", str(file), "--dry-run") == 0
    assert tomllib.loads(capsys.readouterr().out)["macro"][0]["id"] == "hello"
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "name,text\nx,y\n"),
        ("a.jsonl", "{not json}\n"),
        ("a.jsonl", "[1]\n"),
        ("a.bin", b"\xff\xfe\x00"),
    ],
)
def test_a_file_in_no_format_is_refused(
    call: Call, tmp_path: Path, name: str, content: str | bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError):
        call("import", str(file))


def test_a_macro_that_there_is_not(call: Call) -> None:
    with pytest.raises(UsageError):
        call("export", "nobody")
