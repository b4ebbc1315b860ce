"""The encrypted file."""

from __future__ import annotations

import base64
import json
import os
import stat
import threading
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.config.secrets import Secret
from deskterm.config.secrets_file import FILE_MAX, Cost, FileSecrets
from deskterm.domain.errors import DesktermError
from tests.config.plain_user import plain_user

CHEAP = Cost(n=2**4, r=8, p=1)


class Person:
    """Answers for the passphrase and counts how often that was needed."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.asked: list[bool] = []

    def __call__(self, *, new: bool) -> Secret | None:
        self.asked.append(new)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return None if answer is None else Secret(answer)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secrets.sealed"


def store(path: Path, *answers: str | None) -> FileSecrets:
    return FileSecrets(path, Person(*answers or ("right",)), CHEAP)


def refused(store: FileSecrets, code: str) -> DesktermError:
    with pytest.raises(DesktermError) as caught:
        store.get("shop", "password")
    assert caught.value.code == code
    assert caught.value.advice
    return caught.value


def test_what_is_kept_comes_back(path: Path) -> None:
    first = store(path)
    first.set("shop", "password", Secret("hünter2"))
    first.set("shop", "token", Secret("t"))
    again = store(path)
    assert again.get("shop", "password") == Secret("hünter2")
    assert again.get("shop", "nothing") is None
    again.delete("shop", "password")
    again.delete("shop", "password")
    assert first.get("shop", "password") is None
    assert first.get("shop", "token") == Secret("t")


def test_the_file_is_private_and_shows_nothing(path: Path) -> None:
    kept = store(path)
    kept.set("shop-of-sam", "password", Secret("hunter2"))
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"hunter2" not in file.read_bytes()
        assert b"sam" not in file.read_bytes()
    assert kept.describe() == f"encrypted file: {path}"


def test_each_writing_has_a_nonce_of_its_own(path: Path) -> None:
    kept = store(path)
    nonces = set()
    for _ in range(5):
        kept.set("shop", "password", Secret("same"))
        nonces.add(json.loads(path.read_bytes())["nonce"])
    assert len(nonces) == 5


def test_a_person_is_asked_once_a_session(path: Path) -> None:
    person = Person("right")
    kept = FileSecrets(path, person, CHEAP)
    for number in range(3):
        kept.set("shop", "password", Secret(str(number)))
        kept.get("shop", "password")
    assert person.asked == [True]
    person = Person("right")
    FileSecrets(path, person, CHEAP).get("shop", "password")
    assert person.asked == [False]


def test_nobody_is_asked_where_there_is_no_file(path: Path) -> None:
    person = Person(None)
    kept = FileSecrets(path, person, CHEAP)
    assert kept.get("shop", "password") is None
    kept.delete("shop", "password")
    assert person.asked == []
    assert not path.exists()


def test_a_wrong_passphrase_opens_nothing_and_can_be_tried_again(path: Path) -> None:
    store(path).set("shop", "password", Secret("hunter2"))
    before = path.read_bytes()
    kept = store(path, "wrong", "right")
    refused(kept, "secrets_locked")
    assert kept.get("shop", "password") == Secret("hunter2")
    with pytest.raises(DesktermError):
        store(path, "wrong").set("shop", "password", Secret("x"))
    assert path.read_bytes() == before


@pytest.mark.parametrize("answer", [None, "", "  "])
def test_no_passphrase_writes_nothing(path: Path, answer: str | None) -> None:
    with pytest.raises(DesktermError) as caught:
        store(path, answer).set("shop", "password", Secret("x"))
    assert caught.value.code == "secrets_locked"
    assert not path.exists()


@pytest.mark.parametrize("part", ["sealed", "nonce", "salt", "n", "r", "p"])
def test_any_change_is_noticed(path: Path, part: str) -> None:
    kept = store(path)
    kept.set("shop", "password", Secret("hunter2"))
    document = json.loads(path.read_bytes())
    where = document if part in document else document["scrypt"]
    if isinstance(where[part], int):
        where[part] *= 2
    else:
        raw = bytearray(base64.b64decode(where[part]))
        raw[0] ^= 1
        where[part] = base64.b64encode(bytes(raw)).decode()
    path.write_text(json.dumps(document))
    with pytest.raises(DesktermError):
        store(path).get("shop", "password")
    if part in ("sealed", "nonce"):
        refused(kept, "secrets_damaged")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b"x" * (FILE_MAX + 1),
        b'{"format": "deskterm-secrets-1", "scrypt": 3}',
    ],
)
def test_another_file_in_its_place_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(store(path), "secrets_damaged")
    with pytest.raises(DesktermError):
        store(path).set("shop", "password", Secret("x"))
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "value"), [("n", 2**40), ("n", 3), ("r", 2**20), ("p", 0), ("n", 2.0)]
)
def test_a_file_cannot_ask_for_boundless_work(path: Path, name: str, value: float) -> None:
    store(path).set("shop", "password", Secret("x"))
    document = json.loads(path.read_bytes())
    document["scrypt"][name] = value
    path.write_text(json.dumps(document))
    refused(store(path), "secrets_damaged")


def test_a_cut_while_writing_leaves_the_old_secrets(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store(path)
    kept.set("shop", "password", Secret("old"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DesktermError, match="No space"):
            kept.set("shop", "password", Secret("new"))
    assert kept.get("shop", "password") == Secret("old")


def test_a_read_only_folder_is_said() -> None:
    with plain_user() as folder:
        kept = store(folder / "secrets.sealed")
        kept.set("shop", "password", Secret("x"))
        (folder / "secrets.sealed").chmod(0)
        refused(kept, "secrets_locked")
        folder.chmod(0o500)
        with pytest.raises(DesktermError, match="Permission denied"):
            store(folder / "new.sealed").set("shop", "password", Secret("x"))


def test_two_programs_lose_nothing_of_each_other(path: Path) -> None:
    store(path).set("shop", "first", Secret("x"))
    stores = [store(path), store(path)]

    def fill(number: int) -> None:
        for each in range(20):
            stores[number].set("shop", f"f{number}_{each}", Secret("x"))

    threads = [threading.Thread(target=fill, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = store(path)
    assert all(kept.get("shop", f"f{n}_{each}") for n in range(2) for each in range(20))


def test_the_usual_cost_is_dear_enough_and_works(tmp_path: Path) -> None:
    home = Home.find({"DESKTERM_HOME": str(tmp_path)})
    home.prepare()
    cost = Cost()
    assert cost.is_sane()
    assert 128 * cost.n * cost.r >= 100_000_000, "bytes of memory for each guess"
    FileSecrets(home.secrets_file, Person("right")).set("shop", "password", Secret("x"))
    assert json.loads(home.secrets_file.read_bytes())["scrypt"]["n"] == cost.n
