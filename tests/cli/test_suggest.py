"""`deskterm suggest --batch`, called as the command line calls it."""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli import suggest as suggest_command
from deskterm.domain.errors import UsageError

Ask = Callable[..., tuple[int, list[dict[str, Any]]]]


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path))
    return tmp_path / "config"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Gives lines to the command; gives its exit code and its answers."""

    def run(*given: object, words: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]]]:
        texts = [each if isinstance(each, str) else json.dumps(each) for each in given]
        stdin = io.TextIOWrapper(io.BytesIO("\n".join(texts).encode()), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", stdin)
        parser = argparse.ArgumentParser()
        parser.add_argument("--workspace", default="default")
        suggest_command.add(parser.add_subparsers())
        args = parser.parse_args(("suggest", "--batch", *words))
        code = args.run(args)
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def _macros(answer: dict[str, Any]) -> list[str]:
    return [each["macro"] for each in answer["suggestions"]]


def test_each_line_is_answered(ask: Ask) -> None:
    code, answers = ask(
        {"id": "a", "text": "Where is my parcel?", "order_state": "shipped"},
        {"id": 2, "text": "Je voudrais un remboursement", "subject": "Commande", "lang": "fr"},
        {"text": "What a lovely sonnet about the moon"},
    )
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", 2, None]
    assert _macros(answers[0])[0] == "order_status"
    assert "the order is on its way" in answers[0]["suggestions"][0]["reasons"]
    assert "refund_status" in _macros(answers[1])
    assert answers[2]["suggestions"] == []
    for answer in answers:
        assert answer["ms"] >= 0
        for suggestion in answer["suggestions"]:
            assert set(suggestion) == {"macro", "score", "sure", "reasons"}
            assert suggestion["reasons"]


def test_the_order_decides_between_macros(ask: Ask) -> None:
    texts = [
        {"text": "Where is my order?", "order_state": each} for each in ("processing", "stuck")
    ]
    _, answers = ask(*texts)
    assert "not_shipped_yet" in _macros(answers[0])
    assert "tracking_stuck" in _macros(answers[1])
    assert not {"not_shipped_yet"} & set(_macros(answers[1]))


def test_a_bad_line_does_not_end_the_rest(ask: Ask) -> None:
    code, answers = ask("nonsense", [1], {"text": ""}, {"text": 7}, {"id": 5, "text": "Refund?"})
    assert code == 1
    assert [answer["line"] for answer in answers[:4]] == [1, 2, 3, 4]
    assert all(answer["error"]["message"] for answer in answers[:4])
    assert answers[4]["id"] == 5


def test_grave_messages_get_nothing_cheerful(ask: Ask) -> None:
    text = "Thank you so much for nothing, my lawyer will sue you"
    _, (answer,) = ask({"text": text})
    assert answer["risks"] == ["legal"]
    assert "thanks_closing" not in _macros(answer)


def test_public_places_get_only_what_is_written_for_them(ask: Ask) -> None:
    text = "Where is my parcel? I ordered two weeks ago."
    _, (mail, review) = ask({"text": text}, {"text": text, "channel": "trustpilot"})
    assert "order_status" in _macros(mail)
    assert "order_status" not in _macros(review)


def test_macros_and_picks_of_a_file(ask: Ask, tmp_path: Path) -> None:
    macros, picks = tmp_path / "macros.jsonl", tmp_path / "picks.jsonl"
    rows = [
        {"id": "kiln", "title_en": "Kiln", "body_en": "The kiln is heated to glaze the clay."},
        {"id": "loom", "title_en": "Loom", "body_en": "The loom weaves the wool into cloth."},
    ]
    macros.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    picks.write_text(json.dumps({"text": "quasar pulsar", "label": "loom"}), encoding="utf-8")
    words = ("--macros", str(macros), "--no-seeds")
    _, (clay, stars) = ask({"text": "glaze clay kiln"}, {"text": "quasar"}, words=words)
    assert _macros(clay) == ["kiln"]
    assert _macros(stars) == []
    _, (stars,) = ask({"text": "quasar"}, words=(*words, "--picks", str(picks)))
    assert _macros(stars) == ["loom"]


def test_a_file_of_macros_is_taken_too(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    body = 'body.en = "The kiln is heated to glaze the clay."'
    file.write_text(f'[[macro]]\nid = "kiln"\ntitle.en = "Kiln"\n{body}\n', encoding="utf-8")
    _, (clay,) = ask({"text": "glaze clay kiln"}, words=("--macros", str(file)))
    assert _macros(clay) == ["kiln"]


@pytest.mark.parametrize("words", [("--limit", "0"), ("--macros", "none.jsonl")])
def test_what_cannot_be_used(ask: Ask, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        ask({"text": "x"}, words=words)


def test_the_same_lines_get_the_same_answers(ask: Ask) -> None:
    lines = [{"text": text} for text in ("refund please", "my vase is broken", "opening hours?")]
    first, second = ask(*lines)[1], ask(*lines)[1]
    for answer in (*first, *second):
        answer.pop("ms")
    assert first == second
