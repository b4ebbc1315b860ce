"""Until when a ticket can be answered: looked for where the cursor rests, told in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.i18n import speaking
from deskterm.service.reading.reply_windows import ReplyWindowView
from deskterm.viewmodel.reply_window import (
    RESTS_S,
    SLOT,
    ReplyWindow,
    sign_of,
    state_of,
    words_of,
)
from deskterm.viewmodel.words import symbols
from tests.viewmodel.test_conversation import AT, Rig, Shelf

SAYS = {
    "en": "The 24 hours were over {closed} ago. Use a template.",
    "fr": "Les 24 heures sont passées depuis {closed}. Utilisez un modèle.",
}


def a_window(**left: float) -> ReplyWindowView:
    return ReplyWindowView(AT + timedelta(**left), "chat.window", SAYS)


@pytest.mark.parametrize(
    ("window", "state", "told"),
    [
        (None, "none", ""),
        (a_window(days=6, hours=5), "open", "reply within 6 days"),
        (a_window(hours=3, minutes=59), "open", "reply within 3 h"),
        (a_window(hours=2), "open", "reply within 2 h"),
        (a_window(minutes=119), "soon", "reply within 1 h"),
        (a_window(minutes=12, seconds=40), "soon", "reply within 12 min"),
        (a_window(seconds=40), "soon", "reply at once, the window closes"),
        (a_window(), "soon", "reply at once, the window closes"),
        (
            a_window(hours=-3),
            "closed",
            "window closed · The 24 hours were over 3 h ago. Use a template.",
        ),
    ],
)
def test_a_window_has_a_state_and_words(
    window: ReplyWindowView | None, state: str, told: str
) -> None:
    assert state_of(window, AT) == state
    assert words_of(window, AT) == told


def test_each_state_has_a_sign_of_its_own() -> None:
    for signs in (symbols(False), symbols(True)):
        assert len({sign_of("open", signs), sign_of("soon", signs), sign_of("closed", signs)}) == 3


def test_it_is_told_in_french() -> None:
    with speaking("fr"):
        assert words_of(a_window(hours=3), AT) == "répondre d’ici 3 h"
        late = words_of(a_window(days=-4), AT)
        assert late.startswith("délai passé · Les 24 heures sont passées depuis 4 jours.")


def test_what_a_shop_writes_into_its_rules_is_clean() -> None:
    hostile = ReplyWindowView(
        AT - timedelta(hours=1), "x.y", {"en": "Late\x1b]52;c;eA==\x07\u202e"}
    )
    assert words_of(hostile, AT).isprintable()


class Windows(Shelf):
    """A reading of windows too."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: dict[int, ReplyWindowView] = {}
        self.broken = False

    def reply_window(self, ticket_id: int) -> ReplyWindowView | None:
        if self.broken:
            raise DesktermError("A file of rules cannot be used")
        return self.windows.get(ticket_id)


class WindowRig(Rig):
    """A conversation with its window."""

    def __init__(self) -> None:
        super().__init__()
        self.shelf: Windows = Windows()
        self.readers.reading = self.shelf  # type: ignore[assignment] # the part that is used
        self.now = AT
        self.window = ReplyWindow(self.conversation, self.readers, self.timers, lambda: self.now)
        self.told: list[str] = []
        self.window.changed.connect(lambda: self.told.append(self.window.words))

    def rest(self) -> None:
        self.timers.advance(RESTS_S)
        self.readers.run()


@pytest.fixture
def rig() -> WindowRig:
    rig = WindowRig()
    for ticket_id in (1, 2, 3):
        rig.shelf.put(ticket_id, "Where is it?")
    rig.shelf.windows = {1: a_window(hours=3), 2: a_window(hours=-1)}
    return rig


def test_it_is_read_when_the_ticket_has_stood_for_a_moment(rig: WindowRig) -> None:
    rig.open(1)
    assert rig.window.state == "none"
    assert SLOT not in rig.readers.asked
    rig.rest()
    assert (rig.window.state, rig.told) == ("open", ["reply within 3 h"])
    rig.rest()
    assert rig.readers.asked.count(SLOT) == 1


def test_another_ticket_never_shows_the_window_of_the_one_before(rig: WindowRig) -> None:
    rig.open(1)
    rig.rest()
    rig.open(3)
    assert rig.window.words == ""
    rig.rest()
    assert rig.window.words == ""
    rig.open(2)
    rig.rest()
    assert rig.window.state == "closed"
    rig.conversation.close()
    assert rig.window.words == ""


def test_a_late_answer_about_the_ticket_before_is_dropped(rig: WindowRig) -> None:
    rig.open(1)
    rig.timers.advance(RESTS_S)
    rig.conversation.open(3, at_once=True)
    rig.readers.run("conversation")
    rig.readers.run()
    assert rig.window.state == "none"


def test_a_new_message_of_the_customer_opens_it_again(rig: WindowRig) -> None:
    rig.open(2)
    rig.rest()
    assert rig.window.state == "closed"
    rig.shelf.put(2, "Where is it?", "Hello?")
    rig.shelf.windows[2] = a_window(hours=23)
    rig.conversation.refresh()
    rig.readers.run()
    rig.rest()
    assert rig.window.words == "reply within 23 h"


def test_it_runs_down(rig: WindowRig) -> None:
    rig.open(1)
    rig.rest()
    rig.now = AT + timedelta(hours=2, minutes=30)
    rig.window.ages_changed()
    assert rig.told[-1] == "reply within 30 min"
    rig.now = AT + timedelta(hours=4)
    rig.window.ages_changed()
    assert rig.told[-1].startswith("window closed · The 24 hours were over 1 h ago.")


def test_without_a_window_no_minute_repaints_anything(rig: WindowRig) -> None:
    rig.open(3)
    rig.rest()
    rig.window.ages_changed()
    assert rig.told == []


def test_a_broken_file_of_rules_is_no_window(rig: WindowRig) -> None:
    rig.shelf.broken = True
    rig.open(1)
    rig.rest()
    assert rig.window.state == "none"
