"""How much of a mail is read. Beyond a limit the raw mail is kept and only its headers are shown.

Parsing costs of standard parsers grow faster than the mail in several places (parts, nesting,
parameters, encoded words), so the limits are counted before or while a mail is taken apart.
"""

from __future__ import annotations

MAIL_BYTES = 50_000_000
HEAD_BYTES = 256 * 1024
HEADER_BYTES = 32 * 1024
PARTS = 200
DEPTH = 20
ADDRESSES = 500
TEXT_BYTES = 2 * 1024 * 1024

#: HTML elements open at once, and the size in characters of one tag, above which the HTML is
#: not given to an HTML parser: tree building slows down quadratically with both.
HTML_OPEN_TAGS = 1_000
HTML_TAG_LENGTH = 20_000


class TooComplex(Exception):
    """A limit was passed; the message says which one, in words for a person."""
