"""What was learned is kept when messages are read in another way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deskterm.macros.features import Features
from deskterm.macros.learning import PICKS, TWICE_AFTER, UNIT
from deskterm.macros.library import load_library
from deskterm.macros.making import make
from deskterm.macros.ranking import Situation
from deskterm.service.reading.suggester import Suggester
from deskterm.service.relearning import relearn
from deskterm.store import learning, relearning
from deskterm.store.connect import connect
from deskterm.store.transaction import Transaction
from tests.support.desk import TestDesk

FINE = "Your parcel left on Monday and arrives tomorrow."


@dataclass
class Words:
    """Reads each word as a feature, after a prefix that is its key."""

    key: str = "one"
    read: list[str] = field(default_factory=list)

    def features(self, situation: Situation) -> Features:
        self.read.append(situation.text)
        return Features({f"{self.key}:{word}": 0.5 for word in situation.text.split()})


@pytest.fixture
def words(desk: TestDesk) -> Words:
    found = Words()
    desk.reads = lambda: found
    return found


def answer(desk: TestDesk, body: str, macro: str, **more: object) -> str:
    ref = desk.open(body=body, subject="Hm")
    desk.one("ticket.reply", ref, text=FINE, macro=macro, **more)
    return ref


def counts(desk: TestDesk) -> Mapping[tuple[str, str], int]:
    rows = desk.rows("SELECT macro, feature, weight FROM macro_counts WHERE weight != 0")
    return {(row[0], row[1]): row[2] for row in rows}


def again(desk: TestDesk, words: Words) -> bool:
    return relearn(words, lambda: connect(desk.path), desk.write)


def test_messages_are_read_anew_under_another_key(desk: TestDesk, words: Words) -> None:
    answer(desk, "flomp grindel", "stock")
    answer(desk, "flomp", "stock", rewritten=True)
    answer(desk, "zorblax", "invoice")
    before = counts(desk)
    assert again(desk, words)
    assert counts(desk) == before
    assert relearning.key_of(desk.reading) == "one"
    words.key = "two"
    assert again(desk, words)
    assert counts(desk) == {
        (macro, feature.replace("one:", "two:")): weight
        for (macro, feature), weight in before.items()
    }
    words.read.clear()
    assert again(desk, words)
    assert words.read == []  # they fit


def test_who_suggests_takes_up_what_was_learned_anew(desk: TestDesk, tmp_path: Path) -> None:
    library = load_library()
    old = Suggester(library, make(library))
    desk.reads = lambda: old
    answer(desk, "Zorblax wumpet grindel flomp", "stock")
    asked = Situation("Zorblax wumpet")
    assert [each.macro for each in old.rank(desk.reading, asked, 3)] == ["stock"]
    lexicon = tmp_path / "lexicon.toml"
    lexicon.write_text('[wishes]\nen = ["wumpet", "blirp"]\n', encoding="utf-8")
    few = type(library)({name: library.macros[name] for name in ("stock", "invoice")})
    new = Suggester(few, make(few, lexicon))
    said = Situation("grindel blirp")
    before = new.rank(desk.reading, said, 3)
    assert relearn(new, lambda: connect(desk.path), desk.write)
    (found,) = new.rank(desk.reading, said, 3)
    assert found.macro == "stock"
    assert found.score > (before[0].score if before else 0)
    assert "c:wishes" in {feature for _, feature in counts(desk)}


def test_what_messages_taught_that_are_gone_is_kept(desk: TestDesk, words: Words) -> None:
    first = answer(desk, "flomp", "stock")
    answer(desk, "grindel", "stock")
    row, gone = desk.ticket(first)["id"], "UPDATE macro_picks SET message_row = 1"
    desk.write(lambda tx: tx.execute(f"{gone} WHERE ticket_id = ?", (row,)))
    whole = counts(desk)["stock", PICKS]
    words.key = "two"
    assert again(desk, words)
    learned = counts(desk)
    assert learned["stock", "two:grindel"] > 0
    assert learned["stock", "one:flomp"] > 0
    assert learned["stock", PICKS] == pytest.approx(whole, rel=0.02)


def test_a_pick_in_between_is_not_lost(desk: TestDesk, words: Words) -> None:
    answer(desk, "flomp", "stock")
    words.key = "two"
    found = relearning.relearned(desk.reading, "two", lambda message, weight: {PICKS: weight})
    answer(desk, "grindel", "stock")
    assert not desk.write(lambda tx: relearning.put(tx, found))
    late = iter(["zorblax"])

    def write(job: object) -> bool:
        for body in late:  # just once
            answer(desk, body, "invoice")
        assert callable(job)
        done: bool = desk.write(job)
        return done

    assert relearn(words, lambda: connect(desk.path), write)
    assert {macro for macro, _ in counts(desk)} == {"stock", "invoice"}


def test_newer_uses_count_more_and_taking_one_back_leaves_the_others(
    desk: TestDesk, words: Words
) -> None:
    answer(desk, "flomp", "stock")
    after_one = counts(desk)

    def many(tx: Transaction) -> None:
        sql = "UPDATE macro_counts SET weight = ? WHERE feature = ?"
        tx.execute(sql, (round(1.5 * TWICE_AFTER * UNIT), PICKS))

    desk.write(many)  # as if it had been used so often that the next one counts twice
    before = counts(desk)
    ref = answer(desk, "flomp", "stock")
    assert counts(desk)["stock", "one:flomp"] == 3 * after_one["stock", "one:flomp"]
    desk.do("app.undo")
    assert counts(desk) == before
    desk.one("ticket.reply", ref, text=FINE, macro="stock")
    assert learning.count(desk.reading, "stock", "one:flomp") == 3 * UNIT / 2
