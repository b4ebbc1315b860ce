"""One subcommand's output is another's input; and what shells complete."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_people import Terminal


class Piped(Terminal):
    """A workspace, with text on stdin."""

    def pipe(self, stdin: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "deskterm", *words],
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Piped]:
    shop = Piped(tmp_path_factory.mktemp("piped"))
    yield shop
    shop.end()


@pytest.fixture
def listed(shop: Piped) -> str:
    """What `list --json` prints of the one ticket."""
    return shop.run("list", "is:unresolved", "--json")


def test_what_is_listed_is_shown(shop: Piped, listed: str) -> None:
    ref = json.loads(listed)["ref"]
    for stdin in (listed, f"{ref}\n", listed + listed):
        done = shop.pipe(stdin, "show", "-", "--json")
        assert done.stdout.count("\n") == 1, done.stderr
        assert json.loads(done.stdout)["ref"] == ref
    assert json.loads(shop.pipe("Hello\n", "search", "-", "--json").stdout)["ref"] == ref


def test_what_is_listed_is_acted_upon_and_undone(shop: Piped, listed: str) -> None:
    ref = json.loads(listed)["ref"]
    for words in (("do", "resolve", "--json"), ("tag", "-", "--tag", "vip", "--json")):
        done = shop.pipe(listed, *words)
        assert [one["ticket"] for one in json.loads(done.stdout)["done"]] == [ref], done.stderr
        shop.run("undo")
    assert shop.pipe("", "do", "resolve", "-").returncode == 2


def test_a_reply_goes_to_the_one_that_stdin_names(shop: Piped, listed: str) -> None:
    done = shop.pipe(listed, "reply", "-", "--text", "Hello, it is on its way.", "--json")
    found = json.loads(done.stdout)
    assert found["ticket"] == json.loads(listed)["ref"]
    assert shop.pipe(listed, "reply", "-").returncode == 2
    other = shop.pipe(f"{listed}abc234\n", "reply", "-", "--text", "Hello")
    assert (other.returncode, "Nothing was sent" in other.stderr) == (2, True)


@pytest.mark.parametrize("line", ['{"status": "new"}', "{", '{"ref": 7}'])
def test_an_object_that_names_nothing_is_told(shop: Piped, line: str) -> None:
    done = shop.pipe(line, "show", "-")
    assert done.returncode == 2
    assert "names no ticket" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_the_subcommands(shop: Piped, shell: str) -> None:
    script = shop.run("completion", shell)
    for word in ("resolve", "customer", "outbox", "--json"):
        assert word.removeprefix("--") in script


def test_bash_completes(shop: Piped, tmp_path: Path) -> None:
    script = tmp_path / "completion"
    script.write_text(shop.run("completion", "bash"), "utf-8")
    asked = (
        f"source {script}; COMP_WORDS=(deskterm outb); COMP_CWORD=1; "
        '$(complete -p deskterm | sed "s/.*-F \\([^ ]*\\).*/\\1/"); echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", asked],
        env=shop.env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "outbox" in done.stdout.split(), done.stderr
