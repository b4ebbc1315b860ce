"""Photos of unhappy parcels: small PNG files, drawn from coloured shapes with the grain of a phone.

A picture has one byte a pixel: the upper six bits are a colour, the lower two the grain. Both are
put together as whole numbers of some hundred thousand bits, which is what makes it quick.
PNG: W3C Recommendation, third edition; here with a palette (colour type 3) and no filter.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from deskterm.sandbox.products import Kind

WIDTH, HEIGHT = 400, 300
SIGNATURE = b"\x89PNG\r\n\x1a\n"

_GRAINS = (-9, -3, 3, 9)  # how much lighter the four grains of a colour are
_SHADES = 12  # of wall and floor, from the window to the corner
_WALL, _FLOOR, _PAINT = 0, _SHADES, 2 * _SHADES
_COLOURS = {
    "wood": (156, 112, 70),
    "oak": (218, 182, 132),
    "dark": (52, 44, 40),
    "brass": (196, 160, 84),
    "glow": (250, 236, 190),
    "crack": (38, 30, 28),
    "glass": (198, 220, 222),
    "clay": (190, 98, 68),
    "linen": (226, 214, 192),
    "stain": (140, 128, 112),
    "card": (186, 146, 98),
    "tape": (214, 190, 150),
    "label": (244, 244, 240),
    "shadow": (96, 80, 66),
}
_INK = {name: _PAINT + place for place, name in enumerate(_COLOURS)}
_WALLS = ((206, 204, 196), (188, 202, 190), (196, 204, 214), (222, 206, 190))
_FABRICS = ((126, 148, 122), (58, 74, 110), (196, 160, 70), (178, 110, 110))


class Canvas:
    """A picture in the making. `ink` is a name of a colour; coordinates are pixels."""

    def __init__(self) -> None:
        horizon = HEIGHT * 2 // 3
        rows = [_WALL + row * _SHADES // horizon for row in range(horizon)]
        rows += [_FLOOR + row * _SHADES // (HEIGHT - horizon) for row in range(HEIGHT - horizon)]
        self._pixels = bytearray(b"".join(bytes([shade]) * WIDTH for shade in rows))

    def block(self, left: float, top: float, right: float, bottom: float, ink: str) -> None:
        """A rectangle."""
        self.slope((left, right), top, (left, right), bottom, ink)

    def slope(
        self,
        upper: tuple[float, float],
        top: float,
        lower: tuple[float, float],
        bottom: float,
        ink: str,
    ) -> None:
        """A shape between two horizontal edges, each from left to right."""
        height = max(1.0, bottom - top)
        for row in range(int(top), int(bottom)):
            part = (row - top) / height
            left = upper[0] + (lower[0] - upper[0]) * part
            right = upper[1] + (lower[1] - upper[1]) * part
            self._line(row, left, right, ink)

    def disc(self, x: float, y: float, wide: float, high: float, ink: str) -> None:
        """An ellipse around (x, y) with these half axes."""
        self.hull(x, y - high, y, wide, high, ink)

    def hull(self, x: float, top: float, y: float, wide: float, high: float, ink: str) -> None:
        """What is below `top` of an ellipse around (x, y) with these half axes."""
        for row in range(int(top), int(y + high) + 1):
            reach = wide * max(0.0, 1 - ((row - y) / high) ** 2) ** 0.5
            self._line(row, x - reach, x + reach, ink)

    def crack(self, rng: Random, x: float, top: float, bottom: float, ink: str = "crack") -> None:
        """A jagged line from top to bottom."""
        lean = rng.uniform(-0.4, 0.4)
        for row in range(int(top), int(bottom)):
            x += lean + rng.choice((-1.6, -0.6, 0.0, 0.6, 1.6))
            if rng.random() < 0.06:
                lean = rng.uniform(-1.2, 1.2)
            self._line(row, x - 1, x + rng.choice((1, 2)), ink)

    def png(self, rng: Random) -> bytes:
        """The picture as a file, with grain and in the light of this room."""
        size = len(self._pixels)
        grain = int.from_bytes(rng.randbytes(size)) & int.from_bytes(b"\x03" * size)
        pixels = (int.from_bytes(self._pixels) << 2 | grain).to_bytes(size)
        rows = (b"\0" + pixels[start : start + WIDTH] for start in range(0, size, WIDTH))
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        chunks = (
            (b"IHDR", header),
            (b"PLTE", _palette(rng)),
            (b"IDAT", zlib.compress(b"".join(rows), 1)),
            (b"IEND", b""),
        )
        return SIGNATURE + b"".join(_chunk(name, body) for name, body in chunks)

    def _line(self, row: int, left: float, right: float, ink: str) -> None:
        if not 0 <= row < HEIGHT:
            return
        start, end = max(0, int(left)), min(WIDTH, int(right))
        if start < end:
            place = row * WIDTH
            self._pixels[place + start : place + end] = bytes([_INK[ink]]) * (end - start)


def draw(rng: Random, kind: Kind) -> bytes:
    """A photo of a thing of this kind that has come to harm, 20 to 60 KB."""
    canvas = Canvas()
    _DRAWN[kind](canvas, rng)
    return canvas.png(rng)


def draw_box(rng: Random) -> bytes:
    """A photo of a parcel."""
    canvas = Canvas()
    _box(canvas, rng)
    return canvas.png(rng)


def _lamp(canvas: Canvas, rng: Random) -> None:
    x, top = rng.randint(150, 250), rng.randint(40, 70)
    canvas.disc(x + 8, 262, 62, 12, "shadow")
    canvas.disc(x, 256, 52, 11, "brass")
    canvas.block(x - 4, top + 88, x + 4, 254, "brass")
    canvas.slope((x - 34, x + 34), top, (x - 78, x + 78), top + 96, "glow")
    canvas.crack(rng, x + rng.randint(-25, 25), top, top + 96)
    canvas.slope((x + 34, x + 46), top + 70, (x + 20, x + 60), top + 97, "dark")


def _chair(canvas: Canvas, rng: Random) -> None:
    x = rng.randint(150, 230)
    canvas.disc(x + 10, 268, 78, 12, "shadow")
    canvas.slope((x - 48, x - 38), 60, (x - 54, x - 42), 264, "oak")
    canvas.slope((x + 38, x + 48), 60, (x + 42, x + 54), 205, "oak")
    canvas.slope((x + 60, x + 122), 250, (x + 66, x + 130), 261, "oak")
    for top in (70, 100, 130):
        canvas.block(x - 46, top, x + 46, top + 14, "oak")
    canvas.slope((x - 52, x + 52), 165, (x - 68, x + 68), 190, "clay")
    canvas.crack(rng, x + rng.randint(-20, 20), 165, 190)


def _table(canvas: Canvas, rng: Random) -> None:
    x = rng.randint(180, 220)
    canvas.disc(x, 272, 150, 12, "shadow")
    canvas.slope((x - 120, x + 120), 110, (x - 160, x + 160), 160, "oak")
    canvas.block(x - 160, 160, x + 160, 172, "dark")
    for leg in (-148, -92, 84, 140):
        canvas.block(x + leg, 172, x + leg + 12, 268, "oak")
    canvas.crack(rng, x + rng.randint(-80, 80), 110, 172)


def _bowl(canvas: Canvas, rng: Random) -> None:
    x, rim = rng.randint(170, 230), 140
    canvas.disc(x + 6, 262, 62, 12, "shadow")
    canvas.block(x - 30, 240, x + 30, 264, "clay")
    canvas.hull(x, rim, rim, 104, 110, "clay")
    canvas.disc(x, rim, 104, 26, "linen")
    canvas.disc(x, rim - 1, 95, 20, "dark")
    canvas.crack(rng, x + rng.randint(-50, 30), rim + 27, 244)
    chip = x + rng.choice((-70, 48))
    canvas.slope((chip, chip + 26), rim + 8, (chip + 9, chip + 15), rim + 44, "dark")


def _cloth(canvas: Canvas, rng: Random) -> None:
    x = rng.randint(80, 110)
    canvas.slope((x, x + 220), 90, (x - 40, x + 260), 260, "linen")
    for row in range(100, 260, 24):
        lean = (row - 90) * 40 / 170
        canvas.block(x - lean, row, x + 220 + lean, row + 6, "clay")
    if rng.random() < 0.5:
        canvas.disc(x + rng.randint(60, 160), 180, rng.randint(26, 44), 22, "stain")
        return
    tear = x + rng.randint(60, 150)
    for _ in range(6):
        canvas.crack(rng, tear + rng.randint(-3, 3), 130, 150 + rng.randint(0, 60), "dark")


def _mirror(canvas: Canvas, rng: Random) -> None:
    x = rng.randint(170, 230)
    canvas.disc(x, 140, 104, 114, "brass")
    canvas.disc(x, 140, 94, 104, "glass")
    for _ in range(rng.randint(3, 5)):
        canvas.crack(rng, x + rng.randint(-18, 18), rng.randint(60, 110), rng.randint(150, 205))


def _box(canvas: Canvas, rng: Random) -> None:
    x = rng.randint(110, 150)
    canvas.disc(x + 95, 268, 130, 14, "shadow")
    canvas.slope((x + 20, x + 170), 90, (x, x + 190), 120, "tape")
    canvas.block(x, 120, x + 190, 265, "card")
    canvas.block(x + 84, 92, x + 106, 265, "tape")
    canvas.block(x + 120, 150, x + 176, 200, "label")
    for row in (160, 170, 180):
        canvas.block(x + 128, row, x + 128 + rng.randint(20, 40), row + 4, "dark")
    canvas.disc(x + rng.randint(36, 48), rng.randint(160, 230), 30, 18, "dark")


_DRAWN: Mapping[Kind, Callable[[Canvas, Random], None]] = MappingProxyType(
    {
        "light": _lamp,
        "seat": _chair,
        "table": _table,
        "kitchen": _bowl,
        "textile": _cloth,
        "decor": _mirror,
    }
)


def _palette(rng: Random) -> bytes:
    wall, fabric = rng.choice(_WALLS), rng.choice(_FABRICS)
    colours = [_lit(wall, 1.12 - 0.025 * shade) for shade in range(_SHADES)]
    colours += [_lit(_COLOURS["wood"], 0.85 + 0.03 * shade) for shade in range(_SHADES)]
    painted = _COLOURS | {"clay": fabric}
    colours += list(painted.values())
    return bytes(
        max(0, min(255, part + grain)) for colour in colours for grain in _GRAINS for part in colour
    )


def _lit(colour: tuple[int, int, int], light: float) -> tuple[int, int, int]:
    red, green, blue = colour
    return round(red * light), round(green * light), round(blue * light)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
