"""Settings: what is read, and what is said about a file that is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.config.paths import Home
from deskterm.config.settings import Settings, describe, load
from deskterm.domain.errors import DesktermError


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.find({"DESKTERM_HOME": str(tmp_path)})
    home.prepare()
    return home


def write(home: Home, text: str | bytes) -> None:
    home.settings_file.write_bytes(text if isinstance(text, bytes) else text.encode())
    home.settings_file.chmod(0o600)


def problem(home: Home, text: str | bytes) -> DesktermError:
    write(home, text)
    with pytest.raises(DesktermError) as caught:
        load(home)
    assert caught.value.code == "settings"
    assert str(home.settings_file) in str(caught.value)
    assert caught.value.advice
    return caught.value


def test_no_file_gives_the_defaults(home: Home) -> None:
    assert load(home) == Settings()
    assert (Settings().hold_s, Settings().office.idle_s) == (10.0, 60.0)


def test_what_is_set_is_read(home: Home) -> None:
    write(
        home,
        'agent_name = "Zoé"\nhold_s = 20\norder_patterns = ["SHOP-#{5,8}"]\n'
        'trusted_connectors = ["acme"]\noffice.idle_s = 5.5\n[secrets]\nstore = "command"\n'
        'command = ["pass", "show", "{account}"]\n',
    )
    settings = load(home)
    assert (settings.agent_name, settings.hold_s, settings.office.idle_s) == ("Zoé", 20.0, 5.5)
    assert isinstance(settings.hold_s, float)
    assert settings.trusted_connectors == ("acme",)
    assert settings.secrets.command == ("pass", "show", "{account}")
    assert settings.mail == Settings().mail
    assert settings.order_patterns == ("SHOP-#{5,8}",)


def test_settings_do_not_change_under_way() -> None:
    with pytest.raises(AttributeError):
        Settings().hold_s = 1.0  # type: ignore[misc]  # that it cannot be done is the point


@pytest.mark.parametrize(
    ("text", "line", "nearest"),
    [
        ("# note\nhold = 3\n", 2, "hold_s"),
        ("\n\n[office]\nidle = 3\n", 4, "office.idle_s"),
        ("idle_s = 3\n", 1, "office.idle_s"),
        ("[offise]\nidle_s = 3\n", 1, "office"),
        ("[office]\nidle_s = 3\n[office.more]\nx = 1\n", 3, "office"),
        ("'hold-s' = 3\n", 1, "hold_s"),
    ],
)
def test_an_unknown_name_has_a_line_and_a_neighbour(
    home: Home, text: str, line: int, nearest: str
) -> None:
    error = problem(home, text)
    assert f"line {line}:" in error.explanation
    assert f"the nearest is {nearest}" in error.explanation


def test_a_name_like_no_other_is_still_refused(home: Home) -> None:
    assert "no other has a name like it" in problem(home, "zzzzqqqq = 1").explanation


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('hold_s = "10"', "hold_s"),
        ("hold_s = true", "hold_s"),
        ("hold_s = -1", "hold_s"),
        ("hold_s = nan", "hold_s"),
        ("hold_s = inf", "hold_s"),
        ("hold_s = 1979-05-27", "hold_s"),
        ("hold_s = {}", "hold_s"),
        ("agent_name = 3", "agent_name"),
        ('agent_name = "a\\u001bb"', "agent_name"),
        ("sync.import_batch = 1.5", "sync.import_batch"),
        ("sync.import_batch = 0", "sync.import_batch"),
        (f"sync.import_batch = {'9' * 400}", "sync.import_batch"),
        ('trusted_connectors = "acme"', "trusted_connectors"),
        ("trusted_connectors = [1]", "trusted_connectors"),
        ('secrets.store = "memory"', "secrets.store"),
        ('secrets.store = "Keyring"', "secrets.store"),
        ('order_patterns = ["(a+)+"]', "order_patterns"),
        ("office = 3", "office"),
    ],
)
def test_a_wrong_value_names_its_key_and_line(home: Home, text: str, key: str) -> None:
    error = problem(home, f"# first\n{text}\n")
    assert f"The setting {key} " in error.title
    assert "line 2:" in error.explanation


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hold_s = 3\nagent_name = \n", 2),
        ("hold_s = 3\nhold_s = 4\n", 2),
        ("\n[office\n", 2),
        (b"hold_s = 3\nagent_name = '\xff'\n", 2),
    ],
)
def test_broken_toml_names_the_line(home: Home, text: str | bytes, line: int) -> None:
    assert f"line {line}:" in problem(home, text).explanation


@pytest.mark.parametrize("text", ["[" * 50_000, "x = " + "[" * 50_000, "#" * 1_000_001])
def test_a_monstrous_file_is_refused_in_words(home: Home, text: str) -> None:
    assert "settings" in problem(home, text).title


def test_a_folder_in_the_files_place(home: Home) -> None:
    home.settings_file.mkdir()
    with pytest.raises(DesktermError, match="cannot be read"):
        load(home)


def test_several_mistakes_are_told_together(home: Home) -> None:
    error = problem(home, "hold = 3\nagent_name = 3\n")
    assert "2 mistakes" in error.title
    assert "line 1" in error.explanation
    assert "line 2" in error.explanation


def test_the_rest_goes_on_where_the_caller_asks(home: Home) -> None:
    write(home, 'hold_s = "x"\nagent_name = "Sam"\nnonsense = 1\n')
    settings, problems = load(home, strict=False)
    assert settings == Settings(agent_name="Sam")
    assert len(problems) == 2
    write(home, "= =")
    settings, problems = load(home, strict=False)
    assert settings == Settings()
    assert len(problems) == 1


@pytest.mark.parametrize("guarded", ['trusted_connectors = ["x"]', 'secrets.command = ["x"]'])
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_others_can_write_decides_nothing_that_runs(
    home: Home, guarded: str, what: str
) -> None:
    write(home, f'agent_name = "Sam"\n{guarded}\n')
    (home.settings_file if what == "file" else home.config).chmod(0o777)
    settings, problems = load(home, strict=False)
    assert settings == Settings(agent_name="Sam")
    assert len(problems) == 1
    assert f"other users can write to the {what}" in problems[0].explanation
    assert "chmod go-w" in problems[0].advice


def test_a_file_of_somebody_else_decides_nothing_that_runs(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, 'hold_s = 3\nsecrets.store = "env"\n')
    real = os.fstat

    def foreign(handle: int) -> os.stat_result:
        values = list(real(handle))
        values[4] = 4242
        return os.stat_result(values)

    monkeypatch.setattr(os, "fstat", foreign)
    settings, problems = load(home, strict=False)
    assert settings == Settings(hold_s=3.0)
    assert "belongs to user id 4242" in problems[0].explanation


def test_a_readable_file_is_fine(home: Home) -> None:
    write(home, 'trusted_connectors = ["acme"]')
    home.settings_file.chmod(0o644)
    home.config.chmod(0o755)
    assert load(home).trusted_connectors == ("acme",)


def test_every_setting_is_described() -> None:
    rows = {key: (kind, default, doc) for key, kind, default, doc in describe()}
    assert rows["hold_s"][:2] == ("number from 0 to 600", 10.0)
    assert rows["office.idle_s"][1] == 60.0
    assert all(doc and not doc.endswith(".") for _, _, doc in rows.values())


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    home = Home.find({"DESKTERM_HOME": str(tmp_path_factory.getbasetemp() / "any")})
    home.prepare()
    write(home, text.encode(errors="surrogatepass"))
    settings, problems = load(home, strict=False)
    assert problems or isinstance(settings, Settings)
    assert all(each.code == "settings" for each in problems)
