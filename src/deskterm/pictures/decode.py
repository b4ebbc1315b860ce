"""From the bytes of a picture to a few pixels. Runs in the picture process and nowhere else."""

from __future__ import annotations

import warnings
from typing import BinaryIO, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from deskterm.pictures.frame import Form, Frame

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
"""What is decoded at all: each further decoder is one more that a stranger can reach."""

MOST_PIXELS: Final = 80_000_000
"""Of the picture as it was sent; looked at before anything of it is decoded."""

MOST_COLOURS: Final = 128
_GROUND: Final = (128, 128, 128)
"""What shows through where a picture is transparent."""


class TooLarge(Exception):
    """More pixels than a picture may have."""


class Unknown(Exception):
    """No picture, or one of another kind."""


class Damaged(Exception):
    """It says it is a picture, but cannot be decoded to its end."""


def shrink(source: BinaryIO, width: int, height: int, form: Form) -> Frame:
    """Decode a picture and make it fit; the first frame of one that moves.

    Args:
        source: the file, from its beginning.
        width: most pixels across.
        height: most pixels down.
        form: what is wanted.

    Raises:
        TooLarge: it has more than 80 million pixels.
        Unknown: it is none of the kinds that are decoded.
        Damaged: it is cut off or broken.
    """
    Image.MAX_IMAGE_PIXELS = None  # ours is looked at below, before any decoding
    warnings.simplefilter("ignore")
    try:
        picture = Image.open(source, formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Unknown from error
    except (OSError, ValueError, SyntaxError, ArithmeticError) as error:
        raise Damaged from error
    size = picture.size
    if size[0] * size[1] > MOST_PIXELS:
        raise TooLarge
    try:
        return _fitted(picture, size, (width, height), form)
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError) as error:
        raise Damaged from error


def _fitted(
    picture: Image.Image, size: tuple[int, int], room: tuple[int, int], form: Form
) -> Frame:
    picture.draft("RGB", room)  # JPEG can be decoded smaller; others take no notice
    picture.thumbnail((max(room), max(room)), reducing_gap=2.0)  # either way round
    turned = ImageOps.exif_transpose(picture)
    pixels = Image.new("RGB", turned.size, _GROUND)
    coloured = turned.convert("RGBA")
    pixels.paste(coloured, mask=coloured)
    pixels.thumbnail(room)
    if form == "rgb":
        return Frame(size, pixels.size, b"", pixels.tobytes())
    few = pixels.quantize(MOST_COLOURS)
    return Frame(size, few.size, bytes(few.getpalette("RGB") or ()), few.tobytes())
