"""The words between a console and the office: one JSON object a line (RFC 8259, UTF-8).

A frame is an object with exactly one key, its kind, e.g.
`{"call":{"id":"9f…","command":"ticket.resolve","params":{},"seen":41}}`. Both sides begin with
a `hello`; its shape is the one thing that no later version of the protocol may change, so that
programs of different versions can tell each other so in words.

    console -> office   hello, subscribe, call
    office -> console   hello, progress, answer, failure, note
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from deskterm import __version__
from deskterm.domain.errors import DesktermError

PROTOCOL: Final = 1
PROGRAM: Final = f"deskterm/{__version__}"
MAX_FRAME: Final = 16 * 1024 * 1024
"""Bytes of a frame, its line feed included."""

_ID = re.compile(r"[!-~]{1,64}")
_NAME = re.compile(r"[!-~]{1,100}")
_PROGRAM = re.compile(r"[ -~]{1,100}")


class FrameError(DesktermError):
    """What came, or what was to go, is not a frame of this protocol."""

    def __init__(
        self, title: str, explanation: str = "", advice: str = "", *, code: str = "frame"
    ) -> None:
        super().__init__(title, explanation, advice, code=code)


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame of each side."""

    protocol: int = PROTOCOL
    program: str = PROGRAM


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Asks for change notes; the first, with the present revision, comes at once."""


@dataclass(frozen=True, slots=True)
class Call:
    """One command for the office.

    Args:
        id: made once per act and kept when the call is repeated, so that it is done once.
        command: name in the command table.
        params: JSON values.
        seen: the revision on which the person decided, or None where that does not matter.
    """

    id: str
    command: str
    params: Mapping[str, object]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A call was done; `revision` is the database's after it."""

    id: str
    revision: int
    result: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Failure:
    """A call was refused, in words. An empty `id` speaks about the connection itself."""

    id: str
    title: str
    explanation: str
    advice: str
    code: str
    revision: int


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """Something changed up to `revision`. Says nothing else, so that notes may coalesce."""

    revision: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A long call is alive and this far; several may coalesce into the newest."""

    id: str
    values: Mapping[str, object]


Frame = Hello | Subscribe | Call | Answer | Failure | ChangeNote | Progress


def new_call_id() -> str:
    """128 random bits as text: the id of one act, kept over every repetition of its call."""
    return os.urandom(16).hex()


def _is_text(value: object) -> bool:
    return type(value) is str


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_id_or_empty(value: object) -> bool:
    return value == "" or _is_id(value)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_program(value: object) -> bool:
    return isinstance(value, str) and _PROGRAM.fullmatch(value) is not None


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**63


def _is_count_or_none(value: object) -> bool:
    return value is None or _is_count(value)


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)


_Fields = Mapping[str, Callable[[object], bool]]

_SHAPES: Final[Mapping[str, tuple[type[Frame], _Fields]]] = {
    "hello": (Hello, {"protocol": _is_count, "program": _is_program}),
    "subscribe": (Subscribe, {}),
    "call": (
        Call,
        {"id": _is_id, "command": _is_name, "params": _is_object, "seen": _is_count_or_none},
    ),
    "answer": (Answer, {"id": _is_id, "revision": _is_count, "result": _is_object}),
    "failure": (
        Failure,
        {
            "id": _is_id_or_empty,
            "title": _is_text,
            "explanation": _is_text,
            "advice": _is_text,
            "code": _is_text,
            "revision": _is_count,
        },
    ),
    "note": (ChangeNote, {"revision": _is_count}),
    "progress": (Progress, {"id": _is_id, "values": _is_object}),
}
_KINDS: Final = {shape: (kind, fields) for kind, (shape, fields) in _SHAPES.items()}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot travel in a frame")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError("a number out of range")
    return value


def _no_constant(_: str) -> object:
    raise ValueError("NaN and Infinity are not JSON")


# Text is written as it is rather than escaped: half of the bytes for French, a third for
# Japanese, and a lone surrogate (bytes that were never text) is caught where it comes from.
_write_json = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
).encode
_read_json = json.JSONDecoder(parse_float=_finite, parse_constant=_no_constant).decode


def encode(frame: Frame) -> bytes:
    """Write a frame as one line, line feed included. Fields are checked by who reads it.

    Raises:
        FrameError: the text is not text, or the frame is over `MAX_FRAME` (code `too_large`).
        TypeError: a value inside is not JSON.
    """
    kind, fields = _KINDS[type(frame)]
    try:
        line = _write_json({kind: {name: getattr(frame, name) for name in fields}}).encode() + b"\n"
    except UnicodeEncodeError:
        raise FrameError(
            "The text holds bytes that are no text",
            "Nothing was changed.",
            "Save it as UTF-8 and try again.",
        ) from None
    except (ValueError, RecursionError):
        raise TypeError(
            "a value without a JSON form: NaN, infinite, circular or too deep"
        ) from None
    if len(line) > MAX_FRAME:
        raise _too_large()
    return line


def decode(line: bytes) -> Frame:
    """Read one line, with or without its line feed.

    Raises:
        FrameError: not a frame of this protocol. Says nothing of what stood in it.
    """
    if len(line) > MAX_FRAME:
        raise _too_large()
    try:
        outer = _read_json(line.decode())
    except (ValueError, RecursionError):
        raise FrameError("A frame is not JSON") from None
    if type(outer) is not dict or len(outer) != 1:
        raise FrameError("A frame is not an object with one key")
    [(kind, body)] = outer.items()
    shape = _SHAPES.get(kind)
    if shape is None or type(body) is not dict:
        raise FrameError("A frame is of no known kind")
    if b"\\ud" in line or b"\\uD" in line:
        _must_be_text(body)
    cls, fields = shape
    if kind == "hello":
        body = {name: value for name, value in body.items() if name in fields}
    _check(kind, body, fields)
    return cls(**body)


def _must_be_text(body: object) -> None:
    """Refuse half of a surrogate pair, which JSON can spell and UTF-8 cannot (RFC 8259 8.2)."""
    try:
        _write_json(body).encode()
    except UnicodeEncodeError:
        raise FrameError("A frame holds what is no text") from None


def _check(kind: str, body: Mapping[str, object], fields: _Fields) -> None:
    if body.keys() != fields.keys():
        raise FrameError(f"A {kind} frame must have the fields {', '.join(fields) or 'none'}")
    for name, fits in fields.items():
        if not fits(body[name]):
            raise FrameError(f"The field {name!r} of a {kind} frame does not fit")


def _too_large() -> FrameError:
    return FrameError(
        "Too much at once",
        f"A message between a program and the office holds at most {MAX_FRAME >> 20} MiB; "
        "nothing was changed.",
        "Do it in smaller parts.",
        code="too_large",
    )


class FrameReader:
    """Cuts a stream of bytes into frames; holds at most one unfinished frame."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._searched = 0

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Yield each frame that `data` completes.

        Raises:
            FrameError: at the first thing that is not a frame, or has grown past `MAX_FRAME`.
                The stream cannot be trusted after that.
        """
        if not self._rest and data.find(b"\n") == len(data) - 1 >= 0:
            yield decode(data)
            return
        self._rest += data
        while (end := self._rest.find(b"\n", self._searched)) >= 0:
            line = bytes(self._rest[: end + 1])
            del self._rest[: end + 1]
            self._searched = 0
            yield decode(line)
        self._searched = len(self._rest)
        if self._searched >= MAX_FRAME:
            raise _too_large()
