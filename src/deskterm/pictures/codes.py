"""What the QR codes in a picture say: `python -m deskterm.pictures.codes < picture > answer`.

One process for one picture, with as little memory and time as the picture process has. The answer
is a list of texts as JSON; the exit code says why there is none. With `--draw` it goes the other
way: a text in, a picture of a code that says it out.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from typing import Final

from deskterm.pictures.worker import DAMAGED, TOO_LARGE, UNKNOWN, confine

MOST_PIXELS_ACROSS: Final = 3_000
"""Larger pictures are looked at in this size; a code that a telephone can read is still legible."""

MOST_CODES: Final = 20
MOST_CHARACTERS: Final = 500
"""Of a code's text that are told."""


def main(arguments: list[str]) -> int:
    """Answer with the texts; the exit code says why not."""
    confine()
    if arguments == ["--draw"]:
        sys.stdout.buffer.write(drawn(sys.stdin.read(MOST_CHARACTERS)))
        sys.stdout.flush()
        return 0
    from deskterm.pictures.decode import Damaged, TooLarge, Unknown, shrink

    side = MOST_PIXELS_ACROSS
    try:
        frame = shrink(sys.stdin.buffer, side, side, "rgb")
        texts = read_codes(frame.pixels, frame.size)
    except TooLarge:
        return TOO_LARGE
    except Unknown:
        return UNKNOWN
    except (Damaged, MemoryError, ValueError):
        return DAMAGED
    sys.stdout.write(json.dumps(texts))
    sys.stdout.flush()
    return 0


def read_codes(pixels: bytes, size: tuple[int, int]) -> list[str]:
    """The texts of the QR codes among bare pixels of three bytes each."""
    import zxingcpp

    view = zxingcpp.ImageView(pixels, *size, zxingcpp.ImageFormat.RGB)
    found = zxingcpp.read_barcodes(view, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return [code.text[:MOST_CHARACTERS] for code in found[:MOST_CODES]]


def drawn(text: str) -> bytes:
    """A picture in grey that holds a code (PNG, W3C third edition)."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    image = code.to_image(scale=4)
    height, width = image.shape
    pixels = memoryview(image).tobytes()  # type: ignore[arg-type] # its stub leaves this out
    rows = (pixels[at : at + width] for at in range(0, width * height, width))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(b"\0" + b"\0".join(rows))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, content) for name, content in parts)


def _part(name: bytes, content: bytes) -> bytes:
    whole = name + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
