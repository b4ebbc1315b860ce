"""Attachments of the simulated shop are real files."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

import pytest

from deskterm.sandbox.model import FileOf
from deskterm.sandbox.pictures import HEIGHT, SIGNATURE, WIDTH
from tests.sandbox.worlds import SEEDS, files_of, messages_of, world_of


def every_file() -> list[FileOf]:
    """The attachments of all worlds."""
    return [file for seed in SEEDS for file in files_of(world_of(seed))]


def of_type(mime: str) -> list[FileOf]:
    """Every attachment of a type; there are some."""
    found = [file for file in every_file() if file.mime == mime]
    assert found
    return found


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG file, each with its check sum compared."""
    place = len(SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        name, body = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        (found,) = struct.unpack_from(">I", png, place + 8 + length)
        assert found == zlib.crc32(name + body)
        yield name, body
        place += 12 + length


def test_every_kind_of_file_occurs() -> None:
    assert {file.mime for file in every_file()} == {"image/png", "application/pdf", "text/plain"}
    endings = {"image/png": ".png", "application/pdf": ".pdf", "text/plain": ".txt"}
    assert all(file.filename.endswith(endings[file.mime]) for file in every_file())


def test_photos_are_png_files_with_a_picture_in_them() -> None:
    for file in of_type("image/png"):
        assert file.content.startswith(SIGNATURE)
        assert 20_000 <= len(file.content) <= 60_000
        parts = dict(chunks(file.content))
        assert list(parts) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
        header = struct.unpack(">IIBBBBB", parts[b"IHDR"])
        assert header == (WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        rows = zlib.decompress(parts[b"IDAT"])
        assert len(rows) == HEIGHT * (WIDTH + 1)
        assert not any(rows[:: WIDTH + 1]), "no row is filtered"
        assert max(rows) < len(parts[b"PLTE"]) // 3, "every pixel has a colour"


def test_no_two_photos_are_alike() -> None:
    photos = [file.content for file in of_type("image/png")]
    assert len(set(photos)) == len(photos)


def test_invoices_are_pdf_files_whose_table_is_right() -> None:
    for file in of_type("application/pdf"):
        content = file.content
        assert content.startswith(b"%PDF-1.4\n")
        assert content.endswith(b"%%EOF\n")
        start = re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", content)
        assert start
        table = content[int(start[1]) :]
        assert table.startswith(b"xref\n0 6\n0000000000 65535 f \n")
        offsets = [int(line) for line in re.findall(rb"(\d{10}) 00000 n \n", table)]
        assert len(offsets) == 5
        for number, offset in enumerate(offsets, start=1):
            assert content[offset:].startswith(b"%d 0 obj\n" % number)
        stream = re.search(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", content, re.DOTALL)
        assert stream
        assert int(stream[1]) == len(stream[2])


@pytest.mark.parametrize("seed", SEEDS)
def test_an_invoice_names_its_order(seed: int) -> None:
    for conversation in world_of(seed).conversations:
        for message in conversation.messages:
            for file in message.attachments:
                if file.mime == "application/pdf":
                    assert conversation.order is not None
                    assert conversation.order.ref.encode() in file.content
                    assert conversation.order.ref in file.filename


def test_text_files_are_lines_of_text() -> None:
    for file in of_type("text/plain"):
        assert len(file.content.decode("ascii").splitlines()) >= 2


def test_the_shop_sends_invoices_and_customers_photos() -> None:
    ours = [
        file.mime
        for seed in SEEDS
        for message in messages_of(world_of(seed))
        if message.ours
        for file in message.attachments
    ]
    assert set(ours) == {"application/pdf"}
