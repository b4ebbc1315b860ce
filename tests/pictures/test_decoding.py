"""Pictures of strangers, decoded in a process of their own."""

from __future__ import annotations

import base64
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from random import Random

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.pictures.decoded import decoded
from deskterm.pictures.frame import BadFrame, Frame
from deskterm.pictures.graphics import kitty, kitty_gone, sixel
from tests.support.pictures import LOWER, UPPER, picture, png

ROOM = (64, 64)


def near(found: bytes, colour: tuple[int, int, int]) -> bool:
    """JPEG and WebP keep colours only nearly."""
    return all(abs(one - other) < 12 for one, other in zip(found, colour, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_picture_becomes_pixels(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(picture(kind))
    frame = decoded(file, ROOM, "rgb")
    assert (frame.original, frame.size) == ((40, 20), (40, 20))
    assert near(frame.pixels[:3], UPPER)
    assert near(frame.pixels[-3:], LOWER)


def test_a_large_picture_is_made_smaller_and_keeps_its_shape(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(picture("JPEG", (2_000, 1_000)))
    frame = decoded(file, ROOM, "few")
    assert (frame.original, frame.size) == ((2_000, 1_000), (64, 32))
    assert len(frame.pixels) == 64 * 32
    assert near(frame.colours[3 * frame.pixels[0] :][:3], UPPER)


def test_a_photo_stands_upright(tmp_path: Path) -> None:
    from PIL import Image

    image = Image.new("RGB", (40, 20), UPPER)
    exif = Image.Exif()
    exif[0x0112] = 6  # Exif 2.32: the camera was turned by a quarter
    image.save(tmp_path / "file", "JPEG", exif=exif)
    assert decoded(tmp_path / "file", ROOM, "rgb").size == (20, 40)


SOUND = picture("PNG", (400, 300))
HOSTILE = {
    "cut off": SOUND[: len(SOUND) // 2],
    "only a head": SOUND[:33],
    "huge, and says so": png(60_000, 60_000, zlib.compress(b"\0" * 100)),
    "huge on one side": png(2**31 - 1, 1, b""),
    "without data": png(4_000, 4_000, b""),
    "a bomb": png(8_900, 8_900, zlib.compress(b"\0" * 10_000_000)[:-40]),
    "wrong type": b"#!/bin/sh\necho no picture\n",
    "empty": b"",
    "PostScript, which Pillow would hand to another program": b"%!PS-Adobe-3.0 EPSF-3.0\n"
    b"%%BoundingBox: 0 0 10 10\n",
    "a JPEG of noise": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_costs_only_itself(tmp_path: Path, name: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(HOSTILE[name])
    with pytest.raises(DesktermError) as caught:
        decoded(file, ROOM, "rgb")
    assert caught.value.code == "picture"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DesktermError, match="cannot be shown"):
        decoded(tmp_path / "none", ROOM, "rgb")


def test_the_console_does_not_load_the_decoder() -> None:
    program = (
        "import sys, deskterm.pictures.decoded, deskterm.pictures.graphics, deskterm.ui.picture;"
        "sys.exit('PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# What comes over the pipe


def frame(width: int = 2, height: int = 2) -> Frame:
    return Frame((40, 20), (width, height), b"", bytes(range(3 * width * height)))


def test_a_frame_comes_over_the_pipe_as_it_was() -> None:
    assert Frame.load(frame().dump(), ROOM) == frame()


HEAD = struct.Struct(">IIHHH")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        frame().dump()[:-1],
        frame().dump() + b"\x1b",
        frame(65, 1).dump(),
        HEAD.pack(1, 1, 0, 1, 0),
        HEAD.pack(1, 1, 1, 1, 4) + b"\0" * 5,
        HEAD.pack(1, 1, 1, 1, 3) + b"\0\0\0" + b"\x01",
    ],
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(BadFrame):
        Frame.load(data, ROOM)


# Bytes for the terminal


def test_kitty_gets_the_pixels_in_pieces() -> None:
    noise = Random(1).randbytes(3 * 60 * 60)
    data = kitty(Frame((60, 60), (60, 60), b"", noise), 8, 4)
    pieces = re.findall(r"\x1b_G([^;]*);([A-Za-z0-9+/=]*)\x1b\\", data)
    assert "".join(f"\x1b_G{control};{payload}\x1b\\" for control, payload in pieces) == data
    assert len(pieces) > 1
    assert all(len(payload) <= 4_096 for _, payload in pieces)
    first = dict(each.split("=") for each in pieces[0][0].split(","))
    assert first["a"] == "T"
    assert (first["s"], first["v"], first["c"], first["r"]) == ("60", "60", "8", "4")
    assert [control[-1] for control, _ in pieces] == ["1"] * (len(pieces) - 1) + ["0"]
    payload = base64.b64decode("".join(payload for _, payload in pieces))
    assert zlib.decompress(payload) == noise
    assert f"i={first['i']}," in kitty_gone()


def _painted(data: str, width: int, height: int) -> list[list[int]]:
    """What a terminal paints of sixel data: the number of the colour of each pixel."""
    body = data.split("q", 1)[1].removesuffix("\x1b\\").split(";", 3)[3]
    body = body.removeprefix(re.match(r"\d*", body)[0])  # type: ignore[index] # always matches
    rows = [[-1] * width for _ in range(height)]
    x = y = colour = 0
    token = re.compile(r"#(\d+)(;2;\d+;\d+;\d+)?|!(\d+)([?-~])|([?-~])|(\$)|(-)")
    end = 0
    for found in token.finditer(body):
        assert found.start() == end
        end = found.end()
        if found[1]:
            colour = int(found[1])
        elif found[6]:
            x = 0
        elif found[7]:
            x, y = 0, y + 6
        else:
            bits, count = ord(found[4] or found[5]) - 63, int(found[3] or 1)
            for column in range(x, x + count):
                for bit in range(6):
                    if bits >> bit & 1:
                        rows[y + bit][column] = colour
            x += count
    assert end == len(body)
    return rows


def test_sixel_paints_each_pixel_in_its_colour() -> None:
    width, height = 23, 14
    places = [(x, y) for y in range(height) for x in range(width)]
    pixels = bytes((x * 7 + y * y) % 5 if x < 18 else 4 for x, y in places)
    colours = bytes([0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255])
    data = sixel(Frame((1, 1), (width, height), colours, pixels))
    assert data.startswith('\x1bP0;1;0q"1;1;23;14#0;2;0;0;0#1;2;100;100;100#2;2;100;0;0')
    assert re.fullmatch(r"[ -~]*", data[2:-2])
    assert [value for row in _painted(data, width, height) for value in row] == list(pixels)
