"""The server among clients that misbehave, die, sleep or do not read."""

from __future__ import annotations

import asyncio
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.office.client import OfficeClient
from deskterm.office.door import OfficeAbsent, OfficeGone, OtherProtocol
from deskterm.office.protocol import (
    MAX_FRAME,
    Answer,
    Call,
    ChangeNote,
    Failure,
    Hello,
    Progress,
    Subscribe,
    decode,
    encode,
    new_call_id,
)
from deskterm.office.server import OfficeServer
from tests.office.conftest import RawPeer, Serving
from tests.support.toy_office import ToyHandler, until

Connect = Callable[..., RawPeer]

CLIENT = """
import sys
from pathlib import Path
from deskterm.office.client import OfficeClient
client = OfficeClient.connect(Path(sys.argv[1]))
client.call("hold", {"until": sys.argv[2]}, call_id="killed", timeout_s=60)
"""


def test_the_socket_is_ours_alone_and_leaves_with_the_office(serving: Serving) -> None:
    path = serving.server.socket_path
    mode = path.stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600
    client = serving.client()
    serving.run(serving.server.stop())
    assert not path.exists()
    with pytest.raises(OfficeGone):
        client.call("echo", {})
    client.close()
    with pytest.raises(OfficeAbsent):
        OfficeClient.connect(path)


def test_clients_are_counted_and_idleness_is_dated(serving: Serving, folder: Path) -> None:
    server = serving.server
    began = server.idle_since
    assert began is not None
    with serving.client() as one, serving.client():
        assert server.clients == 2
        assert server.idle_since is None
        caller = threading.Thread(target=_hold_until_gone, args=[one, folder / "gate"])
        caller.start()
        until((folder / "journal").exists)
    caller.join()
    until(lambda: server.clients == 0)
    assert server.idle_since is None, "a call is still running"
    (folder / "gate").touch()
    until(lambda: server.idle_since is not None)
    assert server.idle_since != began


def _hold_until_gone(client: OfficeClient, gate: Path) -> None:
    with pytest.raises(OfficeGone):
        client.call("hold", {"until": str(gate)}, timeout_s=20)


def test_a_client_killed_in_the_middle_of_a_call(serving: Serving, folder: Path) -> None:
    gate = folder / "gate"
    process = subprocess.Popen([sys.executable, "-c", CLIENT, serving.server.socket_path, gate])
    until(lambda: "begun killed" in serving.handler.lines)
    with serving.client() as other:
        process.kill()
        process.wait()
        until(lambda: serving.server.clients == 1)
        assert other.call("echo", {"n": 1}).result == {"n": 1}
        assert "done killed" not in serving.handler.lines
        gate.touch()
        until(lambda: "done killed" in serving.handler.lines)
        assert other.call("echo", {"n": 2}).result == {"n": 2}


def test_a_call_is_done_though_its_client_is_gone_before_it_is_accepted(
    serving: Serving, folder: Path
) -> None:
    call = Call("left", "add", {})
    busy, go_on = threading.Event(), threading.Event()

    def hold_the_loop() -> None:
        busy.set()
        go_on.wait(20)

    serving.soon(hold_the_loop)
    assert busy.wait(20)
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(serving.server.socket_path))
        client.sendall(encode(Hello()) + encode(call))
    go_on.set()
    until(lambda: "done left" in serving.handler.lines)


def test_calls_of_one_client_run_in_order_and_of_two_side_by_side(
    serving: Serving, folder: Path, raw: Connect
) -> None:
    peer = raw(hello=Hello())
    hold = Call("first", "hold", {"until": str(folder / "gate")})
    peer.socket.sendall(encode(hold) + encode(Call("second", "add", {})))
    until(lambda: "begun first" in serving.handler.lines)
    with serving.client() as other:
        other.call("add", {}, call_id="aside")
    assert serving.handler.lines == ["begun first", "begun aside", "done aside"]
    (folder / "gate").touch()
    answers = [peer.read(), peer.read()]
    assert [a.id for a in answers if isinstance(a, Answer)] == ["first", "second"]
    assert serving.handler.lines[-3:] == ["done first", "begun second", "done second"]


def test_a_repeated_call_joins_the_one_that_runs(
    serving: Serving, folder: Path, raw: Connect
) -> None:
    call = encode(Call("same", "report", {"until": str(folder / "gate")}))
    one, two = raw(hello=Hello()), raw(hello=Hello())
    one.socket.sendall(call)
    until(lambda: "begun same" in serving.handler.lines)
    two.socket.sendall(call)
    assert isinstance(two.read(), Progress)
    (folder / "gate").touch()
    ends = []
    for peer in (one, two):
        while isinstance(frame := peer.read(), Progress):
            pass
        ends.append(frame)
    assert isinstance(ends[0], Answer)
    assert ends[0] == ends[1]


@pytest.mark.parametrize(
    "bytes_in",
    [
        b"\x00\xff\x00\xff\n",
        b"GET / HTTP/1.1\r\n\r\n",
        encode(Call("a", "echo", {})),
        encode(Hello()) + b"{}\n",
        encode(Hello()) + encode(ChangeNote(3)),
        encode(Hello()) + encode(Hello()),
    ],
    ids=["bytes", "http", "no-hello", "no-frame", "wrong-side", "two-hellos"],
)
def test_garbage_ends_its_connection_in_words_and_no_other(
    serving: Serving, raw: Connect, bytes_in: bytes
) -> None:
    with serving.client() as client:
        peer = raw()
        peer.socket.sendall(bytes_in)
        frame = peer.read()
        if isinstance(frame, Hello):
            frame = peer.read()
        assert isinstance(frame, Failure)
        assert (frame.id, frame.code) == ("", "frame")
        assert peer.read() is None
        assert client.call("echo", {}).result == {}
    until(lambda: serving.server.clients == 0)


def test_an_endless_frame_ends_its_connection(serving: Serving, raw: Connect) -> None:
    peer = raw(hello=Hello())
    peer.socket.sendall(b"x" * MAX_FRAME)
    frame = peer.read()
    assert isinstance(frame, Failure)
    assert frame.code == "too_large"
    assert peer.read() is None


def test_an_older_or_newer_console_is_refused_in_words(raw: Connect) -> None:
    peer = raw()
    peer.socket.sendall(encode(Hello(2, "deskterm/9.9")))
    assert peer.read() == Hello()
    frame = peer.read()
    assert isinstance(frame, Failure)
    assert frame.code == "office_protocol"
    assert "deskterm/9.9" in frame.explanation
    assert peer.read() is None


def test_an_older_or_newer_office_is_refused_in_words(folder: Path) -> None:
    answering = _Answering(folder / "other", encode(Hello(2, "deskterm/9.9")))
    with answering as path, pytest.raises(OtherProtocol) as caught:
        OfficeClient.connect(path)
    assert caught.value.code == "office_protocol"
    assert "deskterm/9.9" in str(caught.value)


def test_something_else_in_the_office_s_place_is_refused_in_words(folder: Path) -> None:
    answering = _Answering(folder / "other", b"220 mail.example.org ESMTP\r\n")
    with answering as path, pytest.raises(DesktermError) as caught:
        OfficeClient.connect(path)
    assert caught.value.code == "frame"


class _Answering:
    """Listens at a path and says the same to whoever comes first."""

    def __init__(self, path: Path, words: bytes) -> None:
        self._path = path
        self._words = words

    def __enter__(self) -> Path:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._path))
        self._listener.listen()
        self._thread = threading.Thread(target=self._answer)
        self._thread.start()
        return self._path

    def _answer(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(self._words)
            connection.recv(65536)

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        self._listener.close()


def test_a_subscriber_who_does_not_read_costs_nothing(serving: Serving, raw: Connect) -> None:
    sleeper = raw(hello=Hello())
    sleeper.socket.sendall(encode(Subscribe()))
    assert sleeper.read() == ChangeNote(0)
    last = 20_000

    async def publish_all() -> None:
        for revision in range(1, last + 1):
            serving.server.publish(revision)
            await asyncio.sleep(0)

    with serving.client() as client:
        serving.run(publish_all())
        assert client.call("echo", {}).result == {}
        assert client.notes(5) == ChangeNote(last)
    heard = 0
    while sleeper.read() != ChangeNote(last):
        heard += 1
    assert heard < last / 4, "notes to a sleeper were kept instead of coalesced"


def test_a_client_who_does_not_read_his_answers_gets_no_more_work_done(
    serving: Serving, raw: Connect
) -> None:
    sleeper = raw(hello=Hello())
    ids = [new_call_id() for _ in range(6)]
    for call_id in ids:
        sleeper.socket.sendall(encode(Call(call_id, "big", {"size": 2_000_000})))
    until(lambda: f"begun {ids[0]}" in serving.handler.lines)
    with serving.client() as client:
        for _ in range(20):
            client.call("echo", {}, call_id="other")
    begun = [line for line in serving.handler.lines if line != "begun other"]
    assert begun == [f"begun {ids[0]}"]
    answers = [sleeper.read() for _ in ids]
    assert [a.id for a in answers if isinstance(a, Answer)] == ids


def test_progress_for_a_client_who_does_not_read_coalesces(
    serving: Serving, raw: Connect, folder: Path
) -> None:
    sleeper = raw(hello=Hello())
    params = {"until": str(folder / "gate"), "fill": "x" * 1000}
    sleeper.socket.sendall(encode(Call("slow", "report", params)))
    until(lambda: "begun slow" in serving.handler.lines)
    with serving.client() as client:
        for _ in range(2000):
            client.call("echo", {}, call_id="other")
    (folder / "gate").touch()
    heard = 0
    while isinstance(frame := sleeper.read(), Progress):
        heard += 1
    assert isinstance(frame, Answer)
    assert heard < int(str(frame.result["steps"]))


def test_a_connection_without_hello_is_ended(
    serving: Serving, raw: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskterm.office.server.HELLO_S", 0.01)
    assert raw().read() is None


def test_another_user_is_refused_on_both_sides(
    serving: Serving, raw: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = os.geteuid() + 1
    monkeypatch.setattr("deskterm.office.server.peer_uid", lambda _: stranger)
    assert raw().read() is None
    monkeypatch.setattr("deskterm.office.client.peer_uid", lambda _: stranger)
    with pytest.raises(DesktermError) as caught:
        serving.client()
    assert caught.value.code == "office_stranger"


def test_stopping_lets_a_begun_call_end_and_begins_no_other(
    serving: Serving, raw: Connect, folder: Path
) -> None:
    peer = raw(hello=Hello())
    hold = encode(Call("first", "hold", {"until": str(folder / "gate")}))
    peer.socket.sendall(hold + encode(Call("second", "add", {})))
    until(lambda: "begun first" in serving.handler.lines)
    stopper = threading.Thread(target=lambda: serving.run(serving.server.stop()))
    stopper.start()
    until(lambda: not serving.server.socket_path.exists())
    (folder / "gate").touch()
    answer = peer.read()
    assert isinstance(answer, Answer)
    assert answer.id == "first"
    assert peer.read() is None
    stopper.join()
    assert "begun second" not in serving.handler.lines


def test_stopping_waits_for_no_client_who_does_not_read(serving: Serving, raw: Connect) -> None:
    sleeper = raw(hello=Hello())
    sleeper.socket.sendall(encode(Call("a", "big", {"size": 5_000_000})))
    until(lambda: "begun a" in serving.handler.lines)
    serving.run(serving.server.stop(grace_s=0.0))
    assert serving.server.clients == 0


@pytest.mark.parametrize("kind", ["missing", "open", "file", "long"])
def test_a_place_that_will_not_do_is_said_in_words(folder: Path, kind: str) -> None:
    path = folder / "socket"
    if kind == "missing":
        path = folder / "missing" / "socket"
    elif kind == "open":
        folder.chmod(0o777)
    elif kind == "file":
        path.write_text("kept")
    else:
        path = folder / ("x" * 100)
    server = OfficeServer(path, ToyHandler(folder / "journal"), revision=lambda: 0)
    with pytest.raises(DesktermError) as caught:
        asyncio.run(server.start())
    assert caught.value.code == "socket_path"
    if kind == "file":
        assert path.read_text() == "kept"


def test_what_a_dead_office_left_is_replaced(folder: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(folder / "socket"))
    left.close()
    with pytest.raises(OfficeAbsent):
        OfficeClient.connect(folder / "socket")
    serving = Serving(folder)
    with serving.client() as client:
        assert client.call("echo", {}).result == {}
    serving.close()


def test_a_late_answer_is_not_taken_for_the_next(folder: Path) -> None:
    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            assert connection.recv(65536)
            connection.sendall(encode(Hello()))
            late = decode(connection.recv(65536))
            next_one = decode(connection.recv(65536))
            assert isinstance(late, Call)
            assert isinstance(next_one, Call)
            connection.sendall(encode(Answer(late.id, 1, {"of": "late"})))
            connection.sendall(encode(Answer(next_one.id, 2, {"of": "next"})))
            connection.recv(1)

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket"))
        listener.listen()
        thread = threading.Thread(target=serve, args=[listener])
        thread.start()
        with OfficeClient.connect(folder / "socket") as client:
            with pytest.raises(DesktermError):
                client.call("add", {}, timeout_s=0.05)
            assert client.call("add", {}).result == {"of": "next"}
        thread.join()


def test_the_client_needs_no_event_loop() -> None:
    code = (
        "import sys, deskterm.office.client, deskterm.office.launch;"
        "sys.exit(bool({'asyncio', 'subprocess', 'httpx', 'sqlite3'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_client_who_leaves_before_his_answer_is_no_harm(serving: Serving, raw: Connect) -> None:
    peer = raw(hello=Hello())
    peer.socket.sendall(encode(Call("a", "big", {"size": 5_000_000})))
    until(lambda: "begun a" in serving.handler.lines)
    peer.close()
    until(lambda: serving.server.clients == 0)
    with serving.client() as client:
        assert client.call("echo", {}).result == {}
