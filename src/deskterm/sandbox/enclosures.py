"""What customers and the shop attach to their messages."""

from __future__ import annotations

from random import Random

from deskterm.sandbox.casting import Scene
from deskterm.sandbox.model import FileOf, Order
from deskterm.sandbox.papers import bank_statement, invoice_pdf, tracking_log
from deskterm.sandbox.pictures import draw, draw_box
from deskterm.sandbox.shop import LUMEN_AND_OAK, Shop

_WITH_PHOTO = {"damaged": 0.55, "wrong_item": 0.35, "missing_item": 0.15, "warranty": 0.3}
_WITH_INVOICE = {"warranty": 0.2}
_WITH_LINES = {"payment": 0.35, "wismo": 0.12}
_OF_THE_BOX = frozenset(("wrong_item", "missing_item"))
_NAMES = ("IMG_{}.png", "photo-{}.png", "PXL_{}.png")


def enclosed_with(
    rng: Random, scene: Scene, order: Order | None, shop: Shop = LUMEN_AND_OAK
) -> tuple[tuple[FileOf, ...], str]:
    """What comes with a first message, and the pool of phrases that mentions it; empty if none."""
    if order is None:
        return (), ""
    chance = rng.random()
    if chance < _WITH_PHOTO.get(scene.reason, 0):
        return (photo_of(rng, scene),), "photo"
    if chance > 1 - _WITH_INVOICE.get(scene.reason, 0):
        return (invoice_of(order, shop),), "invoice"
    if chance < _WITH_LINES.get(scene.reason, 0):
        if scene.reason == "payment":
            return (_text("statement.txt", bank_statement(order, shop)),), "file"
        if scene.state in ("late", "lost"):
            return (_text("tracking.txt", tracking_log(order)),), "file"
    return (), ""


def photo_of(rng: Random, scene: Scene) -> FileOf:
    """A photo of what arrived."""
    name = rng.choice(_NAMES).format(rng.randint(1000, 9999))
    boxed = scene.reason in _OF_THE_BOX
    content = draw_box(rng) if boxed else draw(rng, scene.wares[0].kind)
    return FileOf(name, "image/png", content)


def invoice_of(order: Order, shop: Shop = LUMEN_AND_OAK) -> FileOf:
    """The invoice for an order."""
    return FileOf(f"invoice-{order.ref}.pdf", "application/pdf", invoice_pdf(order, shop))


def _text(name: str, content: bytes) -> FileOf:
    return FileOf(name, "text/plain", content)
