"""The door is the same over a socket and within one process."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskterm.domain.errors import OfficeSilent
from deskterm.office.door import Door, OfficeGone, OfficeRefused
from deskterm.office.local import LocalOffice
from deskterm.office.protocol import ChangeNote, FrameError
from tests.office.conftest import Serving
from tests.support.toy_office import SECRET, ToyHandler, until

Publish = Callable[[int], None]


@pytest.fixture(params=["socket", "local"])
def doors(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[Door, Publish]]:
    if request.param == "socket":
        serving: Serving = request.getfixturevalue("serving")
        with serving.client() as client:
            yield client, serving.server.publish
    else:
        handler = ToyHandler(folder / "journal")
        with LocalOffice(handler, revision=lambda: handler.revision) as local:
            yield local, local.publish


@pytest.fixture
def door(doors: tuple[Door, Publish]) -> Door:
    return doors[0]


def test_a_call_is_answered_with_result_and_revision(door: Door) -> None:
    params = {"text": "né", "list": [1, {"a": None}]}
    assert door.call("echo", params).result == params
    first = door.call("add", {}, seen=0)
    assert (first.result, first.revision) == ({"seen": 0}, 1)
    assert door.call("add", {}).revision == 2


def test_a_refusal_arrives_in_its_own_words(door: Door) -> None:
    with pytest.raises(OfficeRefused) as caught:
        door.call("refuse", {})
    error = caught.value
    assert (error.title, error.explanation, error.advice) == ("No", "It was kept", "Ask again")
    assert error.code == "toy_no"
    assert door.call("echo", {}).result == {}


@pytest.mark.parametrize("command", ["fault", "strange", "unheard"])
def test_a_fault_is_marked_logged_without_text_and_survived(
    door: Door, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(OfficeRefused) as caught:
        door.call(command, {"text": SECRET})
    assert caught.value.code == "internal"
    mark = caught.value.advice.split()[-1].rstrip(".")
    assert f"mark {mark}" in caplog.text
    assert "Error" in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in str(caught.value)
    assert door.call("echo", {}).result == {}


def test_an_answer_that_is_too_large_is_said_in_words(door: Door) -> None:
    with pytest.raises(OfficeRefused) as caught:
        door.call("big", {"size": 17 * 1024 * 1024})
    assert caught.value.code == "too_large"
    assert len(str(door.call("big", {"size": 3_000_000}).result["text"])) == 3_000_000


def test_a_call_that_cannot_travel_is_not_sent(door: Door, folder: Path) -> None:
    with pytest.raises(FrameError):
        door.call("echo", {"text": "x" * (17 * 1024 * 1024)})
    with pytest.raises(TypeError):
        door.call("echo", {"text": object()})
    assert not (folder / "journal").exists()
    assert door.call("echo", {}).result == {}


def test_silence_has_an_end_and_a_code(door: Door) -> None:
    with pytest.raises(OfficeSilent) as caught:
        door.call("never", {}, timeout_s=0.05)
    assert caught.value.code == "office_silent"


def test_progress_begins_the_waiting_anew(door: Door, folder: Path) -> None:
    timeout_s = 0.5
    steps: list[object] = []
    began = time.monotonic()

    def look(values: object) -> None:
        steps.append(values)
        if time.monotonic() - began > 1.5 * timeout_s:
            (folder / "gate").touch()

    params = {"until": str(folder / "gate")}
    answer = door.call("report", params, on_progress=look, timeout_s=timeout_s)
    assert {"step": 1} in steps
    assert {"step": 2} in steps
    assert int(str(answer.result["steps"])) >= len(steps)


def test_notes_begin_with_the_present_and_coalesce(doors: tuple[Door, Publish]) -> None:
    door, publish = doors
    door.call("add", {})
    assert door.notes(5) == ChangeNote(1)
    assert door.notes(0) is None
    for revision in range(2, 50):
        publish(revision)
    newest = None
    heard = 0
    while newest != ChangeNote(49):
        newest = door.notes(5)
        assert newest is not None
        heard += 1
    assert heard <= 48
    assert door.notes(0) is None


def test_one_thread_waits_for_notes_while_another_calls(doors: tuple[Door, Publish]) -> None:
    door, publish = doors
    assert door.notes(5) == ChangeNote(0)
    heard: list[ChangeNote | None] = []
    waiter = threading.Thread(target=lambda: heard.append(door.notes(10)))
    waiter.start()
    for _ in range(20):
        door.call("echo", {})
    assert not heard
    publish(7)
    waiter.join()
    assert heard == [ChangeNote(7)]


@pytest.mark.parametrize("act", ["call", "notes"])
def test_closing_frees_a_thread_that_waits(door: Door, act: str, folder: Path) -> None:
    assert door.notes(5) is not None
    ended: list[Exception] = []
    started = threading.Event()

    def wait() -> None:
        try:
            started.set()
            if act == "call":
                door.call("never", {}, timeout_s=20)
            else:
                door.notes(20)
        except OfficeGone as gone:
            ended.append(gone)

    waiter = threading.Thread(target=wait)
    waiter.start()
    started.wait(5)
    if act == "call":
        until((folder / "journal").exists)
    door.close()
    waiter.join(5)
    assert [type(e) for e in ended] == [OfficeGone]
    with pytest.raises(OfficeGone):
        door.call("echo", {})
    with pytest.raises(OfficeGone):
        door.notes(0)
