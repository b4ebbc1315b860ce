"""The order of arrival does not matter: any pages, any repeats give the same tickets."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.arrival import Arrival
from tests.support.desk import TestDesk, a_mail, running


def conversation(name: str, customer: str, length: int, *, only_nearest: bool) -> list[Arrival]:
    """A talk between customer and shop; every third mail is ours."""
    mails: list[Arrival] = []
    for n in range(length):
        before = [f"{name}{k}" for k in range(n)]
        mails.append(
            a_mail(
                f"{name}{n}",
                f"mail {n} of {name}",
                after=before[-1:] if only_nearest else before,
                at=n * 7,
                sender=f"{customer}@mail.example",
                ours=n % 3 == 1,
                subject=f"About {name}" if n == 0 else f"Re: About {name}",
            )
        )
    return mails


TALKS = [
    conversation("lamp", "marta", 4, only_nearest=False),
    conversation("chair", "marta", 3, only_nearest=False),
    conversation("table", "jean", 5, only_nearest=False),
    conversation("shelf", "jean", 1, only_nearest=False),
    conversation("stool", "anja", 4, only_nearest=True),
]
ALL = [mail for talk in TALKS for mail in talk]


@st.composite
def pages(draw: st.DrawFn) -> list[list[Arrival]]:
    order = draw(st.permutations(ALL))
    repeats = draw(st.lists(st.sampled_from(ALL), max_size=6))
    for repeat in repeats:
        order.insert(draw(st.integers(0, len(order))), repeat)
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=8)))
    edges = [0, *cuts, len(order)]
    return [order[a:b] for a, b in pairwise(edges) if a < b]


def grouping(desk: TestDesk) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for ticket, remote in desk.rows("SELECT ticket_id, remote_id FROM messages"):
        groups.setdefault(ticket, set()).add(remote)
    return {frozenset(group) for group in groups.values()}


WANTED = {frozenset(mail.remote_id for mail in talk) for talk in TALKS}


@settings(max_examples=100)
@given(pages())
def test_any_order_of_arrival_gives_the_same_tickets(given_pages: list[list[Arrival]]) -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as desk:
        for page in given_pages:
            desk.arrive(*page)
        assert grouping(desk) == WANTED
        assert len(desk.rows("SELECT * FROM tickets")) == len(TALKS)
        rows = desk.rows("SELECT id FROM messages ORDER BY received_at, id")
        assert [r[0] for r in rows] == sorted(r[0] for r in rows)
        for ticket in desk.rows("SELECT * FROM tickets"):
            newest = desk.rows(
                "SELECT max(received_at) FROM messages WHERE ticket_id = ?", ticket["id"]
            )[0][0]
            assert ticket["last_message_at"] == newest
        assert desk.chain_is_whole()
