"""What is told to somebody who does not look at the console, or comes back to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskterm.domain.clock import to_text
from deskterm.ui.terminal import notice_way
from deskterm.viewmodel.place import Place
from tests.support.console import Kept, Shop, console
from tests.support.screen import wait_until
from tests.ui.panes import NOW


@pytest.mark.parametrize(
    ("env", "way"),
    [
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "9"),
        ({"TERM": "xterm-kitty"}, "9"),
        ({"TERM": "foot-extra"}, "777"),
        ({"TERM": "foot", "TMUX": "/tmp/x"}, ""),
    ],
)
def test_a_notice_is_sent_only_where_it_is_known(env: dict[str, str], way: str) -> None:
    assert notice_way(env) == way


@pytest.mark.parametrize(("away", "is_told"), [(timedelta(hours=9), True), (timedelta(0), False)])
async def test_who_was_away_is_told_what_happened(away: timedelta, is_told: bool) -> None:
    shop = Shop()
    shop.happened = (12, 3, 1)
    kept = Kept(Place(left_at=to_text(NOW - away)).dump())
    app = console(shop, kept=kept)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.desk.status.counts is not None)
        if is_told:
            await wait_until(pilot, lambda: "12 new, 3 answered" in str(app.notices.words))
        else:
            await pilot.pause()
            assert app.notices.words is None
        app.leave()
    app.desk.places.flush()
    assert Place.load(kept.text).left_at == to_text(NOW)


async def test_a_broken_time_is_no_time() -> None:
    app = console(Shop(), kept=Kept(Place(left_at="yesterday").dump()))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.desk.status.counts is not None)
        assert app.notices.words is None
