"""Contacts in a text: e-mail addresses, telephone numbers, links and accounts, plain or disguised.

Words and signs are read once (`tokens`). Rows of words with dots and at signs between them are
addresses (`chains`, `addresses`), rows of figures telephone numbers (`phones`), names of apps with
the right words around them accounts (`social`). Shields take away what is surely something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.detectors.contacts import (
    addresses,
    backwards,
    dictated,
    grading,
    hosts,
    instructions,
    links,
    mailboxes,
    masking,
    naming,
    nicknames,
    numerals,
    phones,
    pieces,
    plans,
    selling,
    signature,
    social,
    theirs,
    tokens,
)
from deskterm.rules.detectors.contacts.finds import Find, merged
from deskterm.rules.detectors.contacts.suffixes import below
from deskterm.rules.detectors.wording import word_set
from deskterm.rules.model import Parameter
from deskterm.text.patterns import JoinedPatterns

PATTERNS = JoinedPatterns(
    {
        f"{module.__name__.rpartition('.')[2]}_": module.PATTERNS
        for module in (
            *(tokens, hosts, grading, instructions, links, masking, numerals, phones, plans),
            *(
                backwards,
                dictated,
                mailboxes,
                naming,
                nicknames,
                selling,
                signature,
                social,
                theirs,
            ),
        )
    }
)
_KINDS = ("email", "phone", "link", "social")
#: The mark that makes a digit a keycap, and how many such digits are no slip.
_KEYCAP, _LEAST_ODD = "\u20e3", 2
#: Hosts on which accounts are: a link there counts as an account where links are not asked for.
_NETWORKS = word_set(
    """
    t.me telegram.me wa.me whatsapp.com instagram.com instagr.am facebook.com fb.com fb.me m.me
    messenger.com tiktok.com youtube.com youtu.be x.com twitter.com snapchat.com discord.gg
    discord.com linkedin.com pinterest.com line.me linktr.ee wechat.com viber.com signal.me
    threads.net skype.com
    """
)


def contacts(reading: Reading) -> tuple[Find, ...]:
    """Every contact of the text; ask for them with `reading.once(contacts)`."""
    urls = list(links.schemed(reading))
    claimed = [(start, end) for start, end, _ in urls]
    found = [find for _, _, find in urls if find is not None]
    found += links.bare_www(reading)
    found += addresses.addresses(reading, claimed)
    found += mailboxes.unsigned(reading.once(tokens.tokens_of))
    found += mailboxes.provided(reading)
    found += instructions.instructed(reading)
    found += dictated.dictated(reading)
    found += dictated.described(reading)
    found += backwards.backwards(reading)
    claimed += [(find.start, find.end) for find in found if find.sure]
    numbers = [*phones.phones(reading, claimed)]
    claimed += [(find.start, find.end) for find in numbers if find.sure]
    found += filter(None, (theirs.judged(reading, number) for number in numbers))
    found += pieces.told(reading, claimed)
    found += phones.vanity(reading)
    found += social.accounts(reading)
    found += nicknames.nicknamed(reading)
    return tuple(_with_hidden(reading, find) for find in merged(found))


def _with_hidden(reading: Reading, find: Find) -> Find:
    """The find as masked where the writer's signs are others than they look."""
    start, end = reading.copy.span(find.start, find.end)
    written, seen = reading.draft.text[start:end], reading.copy.text[find.start : find.end]
    plain = "".join(written.split()) == "".join(seen.split()) or written.isascii()
    if plain:
        return find
    return replace(find, masked=True, sure=find.sure or _has_odd_digits(find, written))


def _has_odd_digits(find: Find, written: str) -> bool:
    """Whether a number stands there in digits that no keyboard has: `②⓪①`, `2️⃣0️⃣1️⃣`.

    Nobody writes an order so; who does hides a telephone number.
    """
    odd = sum(char == _KEYCAP or (not char.isascii() and char.isnumeric()) for char in written)
    return find.kind == "phone" and odd >= _LEAST_ODD


def _contact(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    kinds, carriers = _asked(parameters), parameters["carriers"]
    begins = reading.once(signature.signature_start) if parameters["signature"] else 0
    for find in reading.once(contacts):
        kind = _kind(find, kinds)
        if kind is None or find.start < begins or (find.carrier and carriers == "ok"):
            continue
        if parameters["selling"] and not selling.is_sold_at(reading, find):
            continue
        sure = find.sure and not (find.carrier and carriers == "ask")
        yield _match(reading, find, kind, sure=sure)


def _masked(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    kinds = _asked(parameters)
    masked = [find for find in reading.once(contacts) if find.masked and _kind(find, kinds)]
    for find in merged((*masked, *masking.hints(reading))):
        yield _match(reading, find, find.kind, sure=find.sure)


def _asked(parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    kinds = parameters["kinds"]
    return kinds if isinstance(kinds, tuple) and kinds else _KINDS


def _kind(find: Find, asked: tuple[str, ...]) -> str | None:
    if find.kind in asked:
        return find.kind
    is_account = find.kind == "link" and "social" in asked and below(find.host, _NETWORKS)
    return "social" if is_account else None


def _match(reading: Reading, find: Find, kind: str, *, sure: bool) -> Match:
    place = reading.copy.span(find.start, find.end)
    return Match(*place, sure=sure, details=(("kind", kind),))


def _mismatch(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    for find in links.mismatched(reading):
        yield reading.mark(find.start, find.end)


def _shortener(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    for find in reading.once(contacts):
        if find.kind == "link" and links.is_shortener(find.host):
            yield reading.mark(find.start, find.end, sure=find.sure)


_DETAILS = frozenset({"kind"})
DETECTORS: Mapping[str, Detector] = {
    "contact": Detector(
        _contact,
        "text",
        parameters={"kinds": _KINDS, "carriers": "ask", "signature": False, "selling": False},
        details=_DETAILS,
    ),
    "contact_masking": Detector(_masked, "text", parameters={"kinds": _KINDS}, details=_DETAILS),
    "link_mismatch": Detector(_mismatch, "text"),
    "shortener": Detector(_shortener, "text"),
}
