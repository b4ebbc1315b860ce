"""Papers that travel with messages: an invoice as a PDF of one page, and lines in a text file.

PDF: ISO 32000-1, with a standard font (9.6.2.2) in WinAnsiEncoding, so that nothing is embedded.
"""

from __future__ import annotations

from datetime import timedelta

from deskterm.sandbox.grammar import money
from deskterm.sandbox.model import Order
from deskterm.sandbox.orders import total_cents
from deskterm.sandbox.shop import Shop

_TITLE = {"en": "Invoice", "fr": "Facture", "de": "Rechnung"}
_TOTAL = {"en": "Total, VAT included", "fr": "Total TTC", "de": "Summe inkl. MwSt."}
_LEFT, _TOP, _LEADING = 60, 780, 20  # points on a page of A4
_PAGE = "595 842"


def invoice_pdf(order: Order, shop: Shop) -> bytes:
    """The invoice for an order, in the customer's language."""
    language = order.customer.language
    lines = [
        shop.name,
        shop.address,
        "",
        f"{_TITLE[language]} {order.ref}",
        f"{order.placed_at:%Y-%m-%d}",
        f"{order.customer.name}, {order.customer.city}",
        "",
    ]
    for product, quantity in order.lines:
        price = money(product.price_cents * quantity, language)
        lines.append(f"{quantity} x {product.name[language]}   {price}")
    lines += ["", f"{_TOTAL[language]}: {money(total_cents(order), language)}"]
    return _one_page(lines)


def tracking_log(order: Order) -> bytes:
    """What the carrier's page says, as somebody copies it."""
    start = order.shipped_at or order.placed_at
    scans = ("Parcel data received", "Handed over to carrier", "In transit", "In transit: delay")
    lines = [f"{order.carrier} {order.tracking}", ""]
    lines += [
        f"{start + timedelta(hours=7 * place):%Y-%m-%d %H:%M}  {scan}"
        for place, scan in enumerate(scans)
    ]
    return ("\r\n".join(lines) + "\r\n").encode()


def bank_statement(order: Order, shop: Shop) -> bytes:
    """Two lines of a bank statement that should be one."""
    amount = f"-{total_cents(order) / 100:.2f} EUR"
    lines = [
        f"{order.placed_at + timedelta(days=days):%Y-%m-%d}  {shop.name.upper():<16}  {amount}"
        for days in (0, 1)
    ]
    return ("\r\n".join(lines) + "\r\n").encode()


def _one_page(lines: list[str]) -> bytes:
    shown = " T*\n".join(f"({_escaped(line)}) Tj" for line in lines)
    text = f"BT /F1 12 Tf {_LEADING} TL {_LEFT} {_TOP} Td\n{shown}\nET"
    stream = text.encode("cp1252", "replace")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE}] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page.encode("ascii"),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        font,
    )
    return _file_of(objects)


def _file_of(objects: tuple[bytes, ...]) -> bytes:
    """The objects of a file, numbered from one, with their cross-reference table (7.5.4)."""
    written = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return written + b"xref\n0 %d\n" % size + table + trailer % (size, len(written))


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
