"""The parser process: a mail may cost itself, never its neighbours and never the sync."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import ParsedMail
from deskterm.mail.fallback import parse_full
from deskterm.mail.wire import BadFrame, decode_mail, encode_mail
from deskterm.sync.parser_process import MailParser
from tests.mail.mails import Maker, multipart, plain

#: A worker that gives in to some mails; all else is the real one.
_FRAGILE = """
import os, signal, sys
from deskterm.mail import worker
real = worker.parse_full
def parse(raw):
    if b"DIE" in raw:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"HANG" in raw:
        while True:
            signal.pause()
    if b"EAT" in raw:
        bytearray(2 << 30)
        raise SystemExit("there was more memory than allowed")
    if b"LIE" in raw:
        worker._write(sys.stdout.buffer, b"[1, 2, 3]")
    if b"HUGE" in raw:
        os.write(1, b"\\xff" * 8)
    if b"EXIT" in raw:
        sys.exit(3)
    return real(raw)
worker.parse_full = parse
worker.main()
"""


def html(text: str) -> bytes:
    """A mail that the light parser leaves to the worker."""
    return plain(f"<p>{text}</p>", Subject=text, Content_Type="text/html")


@pytest.fixture
def parser() -> Iterator[MailParser]:
    with MailParser() as parser:
        yield parser


@pytest.fixture
def fragile() -> Iterator[MailParser]:
    with MailParser(seconds=3, command=("-P", "-c", _FRAGILE)) as parser:
        yield parser


def test_mails_come_back_in_their_order(parser: MailParser) -> None:
    raws = [plain("one\n"), html("two"), plain("three\n"), html("four")]

    assert [mail.text for mail in parser.parse_many(raws)] == ["one\n", "two", "three\n", "four"]
    assert parser.parse_many([]) == []


def test_light_mail_needs_no_process(parser: MailParser) -> None:
    parser.parse_many([plain("one\n")])

    assert parser.worker_pid is None


def test_one_process_serves_many_batches(parser: MailParser) -> None:
    parser.parse_many([html("one")])
    first = parser.worker_pid
    parser.parse_many([html("two")] * 20)

    assert first is not None
    assert parser.worker_pid == first


def test_what_comes_through_the_process_is_what_the_full_parser_gives(parser: MailParser) -> None:
    maker = Maker(seed=7)
    raws = [maker.mutated() for _ in range(300)]
    raws.append(
        multipart(
            "mixed",
            ("Content-Type: text/html", b'<img src="https://x.example/i.png">hi'),
            ("Content-Type: application/octet-stream; name=all", bytes(range(256)) * 2_000),
        )
    )

    assert parser.parse_many(raws) == [parse_full(raw) for raw in raws]


@pytest.mark.parametrize("word", ["DIE", "HANG", "EXIT", "LIE", "HUGE"])
def test_a_mail_that_kills_the_worker_costs_only_itself(fragile: MailParser, word: str) -> None:
    raws = [html("before"), html(word), html("after"), plain("light\n"), html("last")]

    mails = fragile.parse_many(raws)

    lost = mails.pop(1)
    assert lost.unreadable is not None
    assert lost.text == ""
    assert lost.envelope.subject == word
    assert [mail.text for mail in mails] == ["before", "after", "light\n", "last"]
    assert [mail.unreadable for mail in mails] == [None] * 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the address space limit")
def test_memory_is_limited(fragile: MailParser) -> None:
    eaten, fine = fragile.parse_many([html("EAT"), html("fine")])

    assert eaten.unreadable is not None
    assert fine.text == "fine"


def test_a_worker_killed_between_batches_is_replaced_without_loss(parser: MailParser) -> None:
    parser.parse_many([html("one")])
    pid = parser.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    assert [mail.text for mail in parser.parse_many([html("two"), html("three")])] == [
        "two",
        "three",
    ]
    assert parser.worker_pid != pid


def test_closing_ends_the_process_and_allows_a_new_start() -> None:
    parser = MailParser()
    parser.parse_many([html("one")])
    pid = parser.worker_pid
    assert pid is not None
    parser.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

    assert parser.parse_many([html("two")])[0].text == "two"
    parser.close()
    parser.close()


def test_a_hanging_mail_is_given_up_in_time(fragile: MailParser) -> None:
    began = time.monotonic()

    (lost,) = fragile.parse_many([html("HANG")])

    assert lost.unreadable == "too complex: it took too long to read"
    assert time.monotonic() - began < 60


def test_a_mail_over_the_size_limit_is_not_even_sent(parser: MailParser) -> None:
    (lost,) = parser.parse_many([html("big") + b"x" * 50_000_001])

    assert lost.unreadable == "too complex: the mail is larger than 50 MB"
    assert lost.envelope.subject == "big"
    assert parser.worker_pid is None


@pytest.mark.parametrize(
    "command",
    [("-c", "raise SystemExit(1)"), ("-c", "import os; os.write(1, bytes(8) + b'x' * 9)")],
)
def test_a_broken_installation_is_told_and_blames_no_mail(command: tuple[str, ...]) -> None:
    parser = MailParser(command=command)

    with pytest.raises(DesktermError) as caught:
        parser.parse_many([html("one")])

    assert caught.value.code == "parser_missing"
    assert parser.worker_pid is None


def test_mails_survive_the_wire() -> None:
    maker = Maker(seed=5)
    for _ in range(200):
        mail = parse_full(maker.mail())
        assert decode_mail(encode_mail(mail)) == mail


@pytest.mark.parametrize(
    "frame", [b"", b"\x00" * 8, b"\xff" * 8, b"\x00" * 7 + b"\x02{}", b"x" * 90]
)
def test_other_frames_are_refused(frame: bytes) -> None:
    with pytest.raises(BadFrame):
        decode_mail(frame)


def test_a_cut_frame_is_refused() -> None:
    mail: ParsedMail = parse_full(
        multipart("mixed", ("Content-Type: application/octet-stream", b"content"))
    )

    with pytest.raises(BadFrame):
        decode_mail(encode_mail(mail)[:-1])
