"""Small made-up mails for tests of the transport."""

from __future__ import annotations


def a_mail(number: int, *, message_id: str | None = "", size: int = 0) -> bytes:
    """A customer's mail. `message_id`: empty makes one, None leaves the header out.

    `size`: bytes of further text.
    """
    header = f"Message-ID: <m{number}@mail.example>\r\n" if message_id == "" else ""
    if message_id:
        header = f"Message-ID: {message_id}\r\n"
    filler = ("All work and no parcel makes a dull day. " * (size // 41))[:size]
    lines = "\r\n".join(filler[i : i + 76] for i in range(0, len(filler), 76))
    return (
        f"From: Customer {number} <customer{number}@example.org>\r\n"
        "To: Shop <help@shop.example>\r\n"
        f"Subject: Where is order {number}?\r\n"
        "Date: Mon, 02 Nov 2026 09:00:00 +0100\r\n"
        f"{header}"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "\r\n"
        f"Hello, where is my parcel number {number}?\r\n{lines}\r\n"
    ).encode()
