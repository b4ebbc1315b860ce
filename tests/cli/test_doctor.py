"""`deskterm doctor` names what is broken in files, and the rest of them is used."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from keyring.backends import null

from deskterm.cli.main import run
from deskterm.cli.workplace import Workplace
from deskterm.config.paths import Home
from deskterm.i18n import languages, say, speak, speaking
from messages import files

Look = Callable[[], dict[str, list[tuple[bool, str]]]]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shop folder of a new workspace; what is spoken afterwards is what was before."""
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path))
    monkeypatch.setenv("DESKTERM_SECRETS", "env")
    (tmp_path / "config").mkdir()
    with speaking("en"):
        yield tmp_path / "config"


@pytest.fixture
def look(capsys: pytest.CaptureFixture[str]) -> Look:
    """Calls the doctor; what it says by topic, and whether that is good."""

    def called() -> dict[str, list[tuple[bool, str]]]:
        run(["doctor", "--json"])
        found: dict[str, list[tuple[bool, str]]] = {}
        for line in map(json.loads, capsys.readouterr().out.splitlines()):
            found.setdefault(line["topic"], []).append((line["good"], line["text"]))
        return found

    return called


def usable(said: list[tuple[bool, str]]) -> int:
    """How many macros can be used, as the doctor says."""
    (good, text) = said[0]
    assert good
    return int(text.split()[0])


@pytest.mark.usefixtures("config")
def test_a_new_workspace_is_in_order(look: Look) -> None:
    said = look()
    assert [text for lines in said.values() for good, text in lines if not good] == []
    assert usable(said["macros"]) > 0
    assert said["language"] == [(True, "en")]


@pytest.mark.parametrize(
    ("broken", "line", "words"),
    [
        ('[[macro]]\nid = "bad"\ntitle.en = "Bad"\nbody.en = "{{order.reff}}"\n', 8, "order.reff"),
        ("[[macro]\n", 5, "bad.toml"),
    ],
    ids=["field", "toml"],
)
def test_a_broken_macro_is_named_and_the_others_are_used(
    config: Path, look: Look, broken: str, line: int, words: str
) -> None:
    (config / "macros").mkdir()
    before = usable(look()["macros"])
    good = '[[macro]]\nid = "own"\ntitle.en = "Own"\nbody.en = "Hello {{order.ref}}"\n'
    file = config / "macros" / "bad.toml"
    file.write_text(good + broken, encoding="utf-8")
    (config / "macros" / "good.toml").write_text(good.replace("own", "more"), encoding="utf-8")
    said = look()["macros"]
    assert any(not good and f"{file}:{line}:" in text and words in text for good, text in said)
    assert usable(said) > before


def test_a_broken_fact_is_named(config: Path, look: Look) -> None:
    (config / "facts.toml").write_text('shop = "Lorenz"\nreturn_days = [1\n', encoding="utf-8")
    assert any(not good and "facts.toml:" in text for good, text in look()["macros"])


def test_a_broken_view_is_named_and_the_others_are_used(config: Path, look: Look) -> None:
    (config / "views.toml").write_text('[vip]\nquery = "tag:vip"\n[bad]\nquery = "(a"\n')
    ((good, text),) = look()["views"]
    assert not good
    assert "views.toml, line 4: A bracket is not closed" in text
    own, _ = Workplace(Home.find(os.environ), "default").views
    assert list(own.views) == ["vip"]


def shipped(folder: Path, translations: dict[str, str]) -> Path:
    """A French catalogue in place of the one that is shipped."""
    catalog = Catalog("fr")
    for message, text in translations.items():
        catalog.add(message, text)
    file = folder / "fr" / "LC_MESSAGES" / "deskterm.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(files.compiled(catalog))
    return file


@pytest.fixture
def locale(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues; French is wanted."""
    (config / "settings.toml").write_text('[console]\nlanguage = "fr"\n')
    monkeypatch.setattr(languages, "LOCALE", tmp_path / "locale")
    languages.translator.cache_clear()
    yield tmp_path / "locale"
    languages.translator.cache_clear()


def test_a_broken_translation_is_named_and_said_in_english(locale: Path, look: Look) -> None:
    words = {"{name} owns {ref}": "{nom} a {ref}", "Resolve": "Résoudre", "Quit": "Quitter {"}
    file = shipped(locale, words)
    said = look()["language"]
    assert [good for good, _ in said] == [False, False]
    told = " ".join(text for _, text in said)
    assert str(file) in told
    assert "'{name} owns {ref}'" in told
    assert "'Quit'" in told
    speak("fr")
    assert (say("Quit"), say("Resolve")) == ("Quit", "Résoudre")


@pytest.mark.parametrize("content", [b"", b"no catalogue", None], ids=["empty", "other", "cut"])
def test_a_broken_catalogue_is_named_and_english_is_spoken(
    locale: Path, look: Look, content: bytes | None
) -> None:
    file = shipped(locale, {"Resolve": "Résoudre"})
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if content is None else content)
    ((good, text),) = look()["language"]
    assert not good
    assert f"{file} cannot be read" in text
    speak("fr")
    assert say("Resolve") == "Resolve"


# Rules


def test_the_rules_in_force_are_named(config: Path, look: Look) -> None:
    assert config.is_dir()
    ((good, text),) = look()["rules"]
    assert good
    assert {"everywhere", "email"} <= {*text.split(", ")}


def test_a_broken_file_of_rules_is_named_with_what_it_stops(config: Path, look: Look) -> None:
    (config / "rules").mkdir()
    file = config / "rules" / "own.toml"
    file.write_text('[pack]\nchannel = "ebay"\nversion = 3\n', encoding="utf-8")
    ((good, text),) = look()["rules"]
    assert not good
    assert f"{file}:3: pack: version must be a text" in text
    assert "sends nothing on ebay" in text
    file.write_text("[pack", encoding="utf-8")
    assert "sends nothing on every channel" in look()["rules"][0][1]


def test_a_macro_that_the_rules_stop_is_named(config: Path, look: Look) -> None:
    (config / "macros").mkdir()
    text = '[[macro]]\nid = "own"\ntitle.en = "Own"\nbody.en = "Dear [name], it has left."\n'
    (config / "macros" / "own.toml").write_text(text, encoding="utf-8")
    wrong = [text for good, text in look()["macros"] if not good]
    assert any("own: may not leave by email" in text for text in wrong), wrong


def test_what_is_wrong_in_voice_and_playbooks_is_named(config: Path, look: Look) -> None:
    (config / "voice.toml").write_text('[fr]\nformality = "vous"\n', encoding="utf-8")
    (config / "playbooks").mkdir()
    (config / "playbooks" / "a.md").write_text("---\nreasons: lost\n---\n", encoding="utf-8")
    told = [text for good, text in look()["macros"] if not good]
    assert f"{config / 'voice.toml'}:2: fr.formality takes formal or familiar" in told
    assert f"{config / 'playbooks' / 'a.md'}:2: 'lost' is no contact reason" in told


@pytest.mark.usefixtures("config")
def test_a_keyring_that_keeps_nothing_is_wrong(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKTERM_SECRETS", "keyring")
    monkeypatch.setattr("keyring.get_keyring", null.Keyring)
    ((good, text),) = look()["secrets"]
    assert not good
    assert "switched off" in text
