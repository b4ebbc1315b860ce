"""Pictures for cases: an attachment with `qr` gets a picture that holds a code with this text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image


def draw_qr(text: str, path: Path) -> Path:
    """Write a picture with a QR code that says this."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    Image.fromarray(code).save(path)
    return path


def drawn(case: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The case with the picture of each code in that folder, and its path on the attachment."""
    files = case.get("attachments") or ()
    return {**case, "attachments": [_drawn(dict(file), folder) for file in files]}


def _drawn(file: dict[str, Any], folder: Path) -> dict[str, Any]:
    if "qr" in file:
        file["path"] = str(draw_qr(file.pop("qr"), folder / file["filename"]))
    return file
