"""What an agent typed, from the parameters of a command and the draft it comes from."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from email.utils import getaddresses

from deskterm.domain.cards import mask_cards
from deskterm.domain.errors import UsageError
from deskterm.domain.mail import Address
from deskterm.service.act import Params, text_of
from deskterm.service.follow_up import FollowUp
from deskterm.store.drafts import NOTE, REPLY, Content


def content_of(params: Params, draft: sqlite3.Row | None, *, files: str = "attach") -> Content:
    """What is written: the draft, and over it whatever the parameters name.

    Args:
        files: the parameter that lists files.

    Raises:
        UsageError: a parameter is of the wrong kind.
    """
    content = Content.of(draft) if draft is not None else Content("")
    return Content(
        body=text_of(params, "text", content.body),
        kind=_kind(text_of(params, "kind", content.kind)),
        to=text_of(params, "to", content.to),
        cc=text_of(params, "cc", content.cc),
        subject=text_of(params, "subject", content.subject),
        files=_files(params, files, content.files),
        follow_up=FollowUp.of(params, content.follow_up).dump(),
    )


def masked(content: Content) -> Content:
    """The same with card numbers masked, as a draft is stored."""
    return replace(
        content,
        body=mask_cards(content.body),
        to=mask_cards(content.to),
        cc=mask_cards(content.cc),
        subject=mask_cards(content.subject),
    )


def addresses(text: str) -> tuple[Address, ...]:
    """Mail addresses as a person lists them (RFC 5322 3.4).

    Raises:
        UsageError: something else stands between them.
    """
    found = tuple(Address(name, addr) for name, addr in getaddresses([text]) if name or addr)
    for address in found:
        local, _, domain = address.addr.rpartition("@")
        if not local or not domain or any(c.isspace() for c in address.addr):
            raise UsageError(f"{text[:80]!r} is no list of mail addresses")
    return found


def as_line(found: tuple[Address, ...]) -> str:
    """Addresses as a person would list them."""
    return ", ".join(f"{a.name} <{a.addr}>" if a.name else a.addr for a in found)


def _kind(word: str) -> str:
    if word not in (REPLY, NOTE):
        raise UsageError(f"kind must be {REPLY} or {NOTE}, not {word[:40]!r}")
    return word


def _files(params: Params, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    names = params.get(name, list(known))
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise UsageError(f"{name} must be a list of paths")
    return tuple(names)
