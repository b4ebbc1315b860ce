"""Frames: what is written is read back, and nothing else is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.office.protocol import (
    MAX_FRAME,
    Answer,
    Call,
    ChangeNote,
    Failure,
    Frame,
    FrameError,
    FrameReader,
    Hello,
    Progress,
    Subscribe,
    decode,
    encode,
    new_call_id,
)

FRAMES: list[Frame] = [
    Hello(),
    Subscribe(),
    Call("a1", "ticket.resolve", {"ids": [1, 2], "text": "né\n\u2028 {}"}, 4),
    Call("a1", "ticket.resolve", {}, None),
    Answer("a1", 5, {"deep": {"list": [None, True, 1.5]}}),
    Failure("", "t", "e", "a", "c", 0),
    Failure("a1", "t", "e", "a", "c", 7),
    ChangeNote(9),
    Progress("a1", {"done": 3}),
]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: type(frame).__name__)
def test_each_frame_is_one_line_and_comes_back(frame: Frame) -> None:
    line = encode(frame)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line) == frame


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), _json, max_size=4), st.integers(1, 40))
def test_any_parameters_survive_any_cutting(params: dict[str, object], step: int) -> None:
    call = Call(new_call_id(), "echo", params)
    stream = encode(call) + encode(ChangeNote(1)) + encode(call)
    reader = FrameReader()
    frames = [f for at in range(0, len(stream), step) for f in reader.feed(stream[at : at + step])]
    assert frames == [call, ChangeNote(1), call]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"GET / HTTP/1.1\n",
        b"\xff\xfe\n",
        b"[]\n",
        b"{}\n",
        b'"call"\n',
        b'{"call":[]}\n',
        b'{"unheard":{}}\n',
        b'{"note":{"revision":1},"more":{}}\n',
        b'{"note":{}}\n',
        b'{"note":{"revision":1,"ids":[1]}}\n',
        b'{"note":{"revision":-1}}\n',
        b'{"note":{"revision":true}}\n',
        b'{"note":{"revision":1.0}}\n',
        b'{"note":{"revision":"1"}}\n',
        b'{"note":{"revision":9223372036854775808}}\n',
        b'{"note":{"revision":NaN}}\n',
        b'{"progress":{"id":"a","values":{"x":Infinity}}}\n',
        b'{"progress":{"id":"a","values":{"x":1e999}}}\n',
        b'{"progress":{"id":"","values":{}}}\n',
        b'{"call":{"id":"a","command":"b","params":{}}}\n',
        b'{"call":{"id":"a","command":"b","params":[],"seen":null}}\n',
        b'{"call":{"id":"a","command":"b c","params":{},"seen":null}}\n',
        b'{"call":{"id":"a","command":"b\\u001b[2J","params":{},"seen":null}}\n',
        b'{"call":{"id":"a\\n","command":"b","params":{},"seen":null}}\n',
        b'{"call":{"id":"' + b"a" * 65 + b'","command":"b","params":{},"seen":null}}\n',
        b'{"progress":{"id":"a","values":' + b'{"x":' * 100_000 + b"1" + b"}" * 100_000 + b"}}\n",
        b'{"note":{"revision":' + b"9" * 5000 + b"}}\n",
    ],
    ids=lambda line: line[:24].decode(errors="replace"),
)
def test_anything_else_is_refused_without_being_quoted(line: bytes) -> None:
    with pytest.raises(FrameError) as caught:
        decode(line)
    assert "2J" not in str(caught.value)
    assert "aaaa" not in str(caught.value)


def test_a_hello_of_a_later_version_may_say_more() -> None:
    line = b'{"hello":{"protocol":7,"program":"deskterm/9","mood":"good"}}\n'
    assert decode(line) == Hello(7, "deskterm/9")


@pytest.mark.parametrize("value", [object(), float("nan"), b"bytes", {1, 2}])
def test_what_is_not_json_does_not_travel(value: object) -> None:
    with pytest.raises(TypeError):
        encode(Call("a", "echo", {"value": value}))


def test_bytes_that_were_never_text_are_named_at_the_sender() -> None:
    with pytest.raises(FrameError, match="no text"):
        encode(Call("a", "echo", {"text": b"\xe9".decode(errors="surrogateescape")}))


@pytest.mark.parametrize("half", ["\\ud800", "\\uDFFF", "\\uDC00\\uD800"])
def test_half_a_character_is_refused_by_the_reader(half: str) -> None:
    line = '{"call":{"id":"a","command":"echo","params":{"text":"%s"},"seen":null}}'
    with pytest.raises(FrameError, match="no text"):
        decode((line % half).encode())
    whole = decode((line % "\\ud83d\\ude00 \\\\ud800").encode())
    assert isinstance(whole, Call)
    assert whole.params == {"text": "\N{GRINNING FACE} \\ud800"}


def test_the_largest_frame_passes_and_one_byte_more_does_not() -> None:
    empty = len(encode(Call("a", "echo", {"text": ""})))
    largest = Call("a", "echo", {"text": "x" * (MAX_FRAME - empty)})
    line = encode(largest)
    assert len(line) == MAX_FRAME
    assert list(FrameReader().feed(line)) == [largest]
    with pytest.raises(FrameError) as caught:
        encode(Call("a", "echo", {"text": "x" * (MAX_FRAME - empty + 1)}))
    assert caught.value.code == "too_large"
    with pytest.raises(FrameError):
        decode(b" " + line)


def test_an_endless_line_is_given_up() -> None:
    reader = FrameReader()
    chunk = b"x" * (1024 * 1024)
    for _ in range(MAX_FRAME // len(chunk) - 1):
        assert list(reader.feed(chunk)) == []
    with pytest.raises(FrameError) as caught:
        list(reader.feed(chunk))
    assert caught.value.code == "too_large"


def test_call_ids_differ_and_fit() -> None:
    ids = {new_call_id() for _ in range(100)}
    assert len(ids) == 100
    line = encode(Call(ids.pop(), "echo", {}))
    assert set(json.loads(line)["call"]) == {"id", "command", "params", "seen"}
    decode(line)
