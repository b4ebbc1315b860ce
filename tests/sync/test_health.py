"""The line about an account, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from deskterm.sync.health import Health, one_line

AT = datetime(2026, 11, 2, 13, 32, tzinfo=UTC)
PARIS = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (Health(), "Up to date"),
        (Health("paused", "the shop is away", AT, 5), "Paused until 14:32: the shop is away"),
        (Health("retrying", "503", AT, 1), "Trying again at 14:32: 503"),
        (Health("sign_in", "password refused"), "Sign in again: password refused"),
        (Health("broken", "odd answer", AT, 3), "Broken, next try at 14:32: odd answer"),
    ],
)
def test_it_says_what_is_and_until_when(health: Health, words: str) -> None:
    assert health.words(PARIS) == words


@pytest.mark.parametrize(
    ("health", "needs_us"),
    [
        (Health("sign_in"), True),
        (Health("asks", token="t"), True),
        (Health("paused"), True),
        (Health("paused", until=AT), False),
        (Health("broken"), False),
        (Health(), False),
    ],
)
def test_it_says_whether_a_person_is_needed(health: Health, needs_us: bool) -> None:
    assert health.needs_us is needs_us


def test_words_from_outside_become_one_short_line() -> None:
    assert one_line("  a\n\n b\t c ") == "a b c"
    assert len(one_line("x " * 100_000)) <= 300
