"""Writing: what is typed is kept, looked at and found again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskterm.domain.errors import DesktermError
from deskterm.i18n import speaking
from deskterm.viewmodel.copies import Rescue
from tests.support.desk import MARTA, TestDesk, a_mail, running
from tests.support.writing import DeskOffice, MemoryCopies, Writing

FINE = "It left on Monday and arrives tomorrow."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with running(tmp_path) as made:
        yield made


@pytest.fixture
def writing(desk: TestDesk) -> Writing:
    return Writing(desk, desk.open())


# Keeping


def test_a_pause_in_typing_saves_once(writing: Writing) -> None:
    for text in ("H", "He", "Hel"):
        writing.type(text, pause=0.3)
    assert writing.drafts() == []
    writing.timers.advance(0.3)
    assert writing.drafts() == [("reply", "Hel", "open")]
    assert writing.saving == "saved"
    writing.timers.advance(60)
    assert writing.office.done() == ["draft.save"]


def test_what_is_typed_is_in_the_emergency_copy_within_300_ms(writing: Writing) -> None:
    writing.office.at_once = False
    for number in range(20):
        writing.type("x" * (number + 1), pause=0.1)
        if number >= 3:
            (text,) = writing.copies.texts
            assert len(str(text)) >= number - 2
    writing.timers.advance(0.3)
    assert writing.copies.texts == ["x" * 20]


def test_the_copy_goes_when_the_office_has_the_text(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type("Hello", pause=0.7)
    assert writing.saving == "saving"
    assert writing.copies.texts == ["Hello"]
    writing.type("Hello you", pause=0.3)
    writing.office.answer_all()
    assert writing.copies.texts == ["Hello you"]
    assert writing.saving == "typing"
    writing.timers.advance(0.6)
    writing.office.answer_all()
    assert writing.copies.texts == []
    assert writing.drafts() == [("reply", "Hello you", "open")]


def test_saves_do_not_pile_up_while_the_office_is_away(writing: Writing) -> None:
    writing.office.at_once = False
    for number in range(50):
        writing.type(f"text {number}", pause=1)
    assert writing.office.done() == ["draft.save"]
    assert len(writing.office.log) < 5


def test_a_save_that_fails_says_so_and_is_tried_again(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type("Hello", pause=0.7)
    while writing.office.waiting[0].is_trial:
        writing.office.answer()
    writing.office.refuse(DesktermError("The disk is full", code="disk_full"))
    assert writing.saving == "failed"
    assert "The disk is full" in writing.composer.words
    assert writing.copies.texts == ["Hello"]
    writing.timers.advance(5)
    writing.office.answer_all()
    assert writing.saving == "saved"
    assert writing.copies.texts == []


def test_a_copy_that_cannot_be_written_is_told(writing: Writing) -> None:
    writing.copies.broken = True
    writing.type("Hello", pause=0.3)
    assert "No space left" in writing.composer.words
    writing.timers.advance(0.3)
    assert writing.saving == "saved"


def test_leaving_saves_at_once(writing: Writing) -> None:
    writing.type("Hello")
    writing.composer.leave()
    assert writing.drafts() == [("reply", "Hello", "open")]
    assert [ended.how for ended in writing.ended] == ["left"]
    assert writing.copies.texts == []
    writing.composer.leave()
    assert len(writing.ended) == 1


def test_what_was_typed_during_a_save_is_saved_after_leaving(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type("Hello", pause=0.7)
    writing.type("Hello you")
    writing.composer.leave()
    assert writing.copies.texts == ["Hello you"]
    writing.office.answer_all()
    assert writing.drafts() == [("reply", "Hello you", "open")]
    assert writing.copies.texts == []


def test_a_text_that_was_emptied_leaves_no_draft(writing: Writing) -> None:
    writing.type("Hello", pause=1)
    writing.type("", pause=1)
    assert writing.drafts() == [("reply", "", "discarded")]
    writing.type("Again", pause=1)
    assert [state for _, _, state in writing.drafts()] == ["discarded", "open"]


def test_looking_into_a_composer_and_leaving_writes_nothing(desk: TestDesk) -> None:
    ref = desk.open()
    before = desk.snapshot()
    writing = Writing(desk, ref)
    writing.timers.advance(10)
    writing.composer.leave()
    assert desk.snapshot() == before
    assert writing.copies.texts == []


def test_a_draft_comes_back_with_its_header(desk: TestDesk) -> None:
    ref = desk.open()
    first = Writing(desk, ref)
    first.type("Hello")
    first.composer.set_header("cc", "jean@mail.example")
    first.composer.attach("/tmp/label.pdf")
    first.composer.leave()
    again = Writing(desk, ref)
    assert again.composer.content.text == "Hello"
    assert again.composer.content.cc == "jean@mail.example"
    again.type("Hello again", pause=1)
    assert again.drafts() == [("reply", "Hello again", "open")]


def test_two_consoles_on_one_draft_lose_nothing(desk: TestDesk) -> None:
    ref = desk.open()
    Writing(desk, ref).type("Start", pause=1)
    one, two = Writing(desk, ref), Writing(desk, ref)
    desk.clock.advance(1)
    one.type("Start by one", pause=1)
    desk.clock.advance(1)
    two.type("Start by two", pause=1)
    assert two.replaced == ["Start by two\n\nStart by one"]
    two.timers.advance(5)
    ((_, body, _),) = desk.rows("SELECT kind, body, state FROM drafts WHERE state = 'open'")
    assert "by one" in body
    assert "by two" in body


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 1 << 30))
def test_whatever_happens_nothing_older_than_300_ms_is_lost(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Random typing, answers, refusals, then the console is killed and another one comes."""
    dice = random.Random(seed)
    with running(tmp_path_factory.mktemp("desk")) as desk:
        writing = Writing(desk, desk.open(), at_once=False)
        text, typed_at = "", 0.0
        for number in range(dice.randrange(1, 25)):
            match dice.randrange(4):
                case 0 | 1:
                    text += f"w{number} "
                    writing.type(text)
                    typed_at = writing.timers.now
                case 2:
                    if writing.office.waiting:
                        if dice.random() < 0.3:
                            writing.office.refuse(DesktermError("no", code="busy"))
                        else:
                            writing.office.answer()
                case _:
                    desk.clock.advance(1)
            writing.timers.advance(dice.choice([0.05, 0.3, 0.7]))
        if writing.timers.now < typed_at + 0.3:
            writing.timers.advance(0.3)
        # What was handed over may or may not still be done.
        if dice.random() < 0.5:
            while writing.office.waiting:
                writing.office.answer()
        copies = MemoryCopies()
        copies.kept = dict(writing.copies.kept)
        Rescue(copies, DeskOffice(desk)).start()
        bodies = [row[0] for row in desk.rows("SELECT body FROM drafts WHERE state = 'open'")]
        assert text.strip() == "" or any(text in body or text.strip() == body for body in bodies)
        assert copies.kept == {}


# A new console finds what another left


def test_what_a_killed_console_left_becomes_the_draft_again(writing: Writing) -> None:
    writing.type("Hello", pause=1)
    writing.type("Hello, it left on", pause=0.3)
    rescue = Rescue(writing.copies, DeskOffice(writing.desk))
    saved: list[str] = []
    rescue.saved.connect(saved.append)
    assert rescue.start() == 1
    assert saved == [writing.ref]
    assert writing.drafts() == [("reply", "Hello, it left on", "open")]
    assert writing.copies.kept == {}
    assert rescue.start() == 0


def test_what_cannot_be_saved_stays_where_it_is(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type("Hello", pause=0.3)
    (copy,) = writing.copies.kept.values()
    params = dict(copy["params"]) | {"tickets": ["zzzzzz"]}  # type: ignore[call-overload] # a mapping
    writing.copies.kept = {"x": {**copy, "params": params}}
    rescue = Rescue(writing.copies, DeskOffice(writing.desk))
    failed: list[str] = []
    rescue.failed.connect(lambda error: failed.append(error.code))
    rescue.start()
    assert failed == ["no_ticket"]
    assert list(writing.copies.kept) == ["x"]


@pytest.mark.parametrize("strange", [{}, {"version": 9, "params": {}}, {"version": 1, "params": 3}])
def test_a_strange_copy_is_left_alone(desk: TestDesk, strange: dict[str, object]) -> None:
    copies = MemoryCopies()
    copies.kept["x"] = strange
    assert Rescue(copies, DeskOffice(desk)).start() == 0
    assert list(copies.kept) == ["x"]


# The header


def test_the_header_follows_from_the_ticket_until_it_is_typed(writing: Writing) -> None:
    composer = writing.composer
    assert composer.header("to") == f"Marta <{MARTA}>"
    assert composer.header("subject") == "Re: My parcel"
    composer.set_header("to", "Jean <jean@mail.example>")
    assert composer.header("to") == "Jean <jean@mail.example>"
    composer.set_header("to", "")
    writing.timers.advance(1)
    assert composer.header("to") == f"Marta <{MARTA}>"


def test_an_address_that_is_none_is_told_while_typing(writing: Writing) -> None:
    writing.composer.set_header("cc", "jean at mail")
    writing.timers.advance(0.2)
    assert "no list of mail addresses" in str(writing.composer.header_problem)
    writing.composer.set_header("cc", MARTA)
    writing.timers.advance(0.2)
    assert writing.composer.header_problem is None


def test_a_file_that_is_not_there_is_told(writing: Writing) -> None:
    writing.composer.attach("/nowhere/label.pdf")
    writing.timers.advance(0.2)
    assert "label.pdf cannot be attached" in str(writing.composer.header_problem)
    writing.composer.detach("/nowhere/label.pdf")
    writing.timers.advance(0.2)
    assert writing.composer.header_problem is None


# Findings


def test_findings_come_after_a_pause_and_one_question_is_asked_at_a_time(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type("Dear {{name}}", pause=0.03)
    assert not writing.office.waiting
    writing.timers.advance(0.03)
    assert [asked.is_trial for asked in writing.office.waiting] == [True]
    writing.type("Dear {{name}}, it", pause=0.3)
    writing.type("Dear {{name}}, it left", pause=0.3)
    assert sum(asked.is_trial for asked in writing.office.waiting) == 1
    writing.office.answer_all()
    assert [asked.params["text"] for asked in writing.office.log if asked.is_trial][1:] == [
        "Dear {{name}}",
        "Dear {{name}}, it left",
    ]
    (found,) = writing.composer.findings.items
    assert (found.severity, found.excerpt) == ("block", "{{name}}")
    assert "{{name}}, it left"[: found.end - found.start] == "{{name}}"


def test_places_follow_what_is_typed_before_them(writing: Writing) -> None:
    writing.type("Dear {{name}}, hello", pause=0.3)
    writing.office.at_once = False
    for text in ("My dear {{name}}, hello", "My dear {{name}}, hello you", "{{name}}, hello you"):
        writing.type(text)
        (found,) = writing.composer.findings.items
        assert text[found.start : found.end] == "{{name}}"
    writing.type("{{nam}}, hello you")
    assert writing.composer.findings.items == ()


def test_findings_are_gone_through_and_told_in_full(writing: Writing) -> None:
    writing.type("Dear {{name}}, see {{link}}", pause=0.3)
    findings = writing.composer.findings
    assert findings.words == "2 forbidden"
    starts = [one.start for _ in range(3) if (one := findings.next())]
    assert starts == [5, 19, 5]
    one = findings.looked_at
    assert one is not None
    assert "Source:" in one.in_full
    assert str(one.rule) in one.in_full
    assert one.checked_on
    assert str(one.checked_on) in one.in_full
    assert "forbidden" in one.line


def test_hostile_words_of_a_finding_are_clean(writing: Writing) -> None:
    text = "Dear {{\x1b[31mname}}"
    writing.type(text, pause=0.3)
    assert writing.composer.findings.items
    for one in writing.composer.findings.items:
        assert "\x1b" not in one.line + one.in_full + one.excerpt


def test_findings_say_how_much_they_matter_by_word_and_sign(writing: Writing) -> None:
    writing.type("Bonjour ,\nvotre colis {{order.number}} est parti.", pause=0.1)
    signs = {str(one.excerpt): (one.sign, one.word) for one in writing.composer.findings.items}
    assert signs["{{order.number}}"] == ("X", "forbidden")
    assert signs["Bonjour ,"] == ("!", "warning")


def test_a_rule_in_full_says_what_kind_of_source_it_has(writing: Writing) -> None:
    writing.type("Dear {{name}}", pause=0.1)
    (one,) = writing.composer.findings.items
    assert "our default; the channel's own text was not read" in one.in_full
    assert "Here it counts" not in one.in_full
    lowered = {"rule": "r", "severity": "warn", "changed_from": "block", "source_kind": "law"}
    writing.composer.findings.take("Hello", [lowered])
    (one,) = writing.composer.findings.items
    assert "(law)" in one.in_full
    assert "Here it counts as “warning”; its pack says “forbidden”" in one.in_full


def test_what_a_fix_would_do_is_told_and_done(writing: Writing) -> None:
    writing.type("Dear {{name}}, card 4111 1111 1111 1111 was used.", pause=0.1)
    findings = writing.composer.findings
    assert [one.rewrite is not None for one in findings.items] == [False, True]
    told = "makes “**** **** **** 1111” of “4111 1111 1111 1111”"
    assert findings.offer == told
    assert writing.composer.apply_fixes(only_current=True) == 1
    assert writing.composer.content.text == "Dear {{name}}, card **** **** **** 1111 was used."
    assert writing.replaced == [writing.composer.content.text]
    writing.timers.advance(0.1)
    (left,) = findings.items
    assert (left.severity, left.rewrite) == ("block", None)
    assert findings.offer == ""
    assert writing.composer.apply_fixes(only_current=True) == 0


def test_the_finding_that_was_gone_to_is_the_one_that_is_mended(writing: Writing) -> None:
    writing.type("Dear {{name}}, card 4111 1111 1111 1111 was used.", pause=0.1)
    findings = writing.composer.findings
    findings.next()
    assert findings.offer == ""
    assert writing.composer.apply_fixes(only_current=True) == 0
    findings.next()
    assert findings.offer
    assert writing.composer.apply_fixes(only_current=True) == 1


def test_a_fix_follows_what_is_typed_before_it_and_goes_when_its_place_is_touched(
    writing: Writing,
) -> None:
    writing.type("Card 4111 1111 1111 1111 was used.", pause=0.1)
    writing.office.at_once = False
    writing.type("The card 4111 1111 1111 1111 was used.")
    assert writing.composer.apply_fixes() == 1
    assert writing.composer.content.text == "The card **** **** **** 1111 was used."
    writing.type("The card **** ***5 **** 1111 was used.")
    assert writing.composer.apply_fixes() == 0


def test_the_hint_of_the_channel_is_what_its_own_pack_says(desk: TestDesk) -> None:
    packs, hints = desk.packs, dict[str, str]()
    desk.packs = lambda channel: [replace(pack, hint=hints) for pack in packs(channel)]
    ref = desk.open()
    assert Writing(desk, ref).composer.hint == ""
    hints |= {"en": "No links.", "fr": "Pas de liens."}
    assert Writing(desk, ref).composer.hint == "No links."
    with speaking("fr"):
        assert Writing(desk, ref).composer.hint == "Pas de liens."


def test_a_note_is_not_looked_at(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open(), kind="note")
    writing.type("Dear {{name}}", pause=2)
    assert writing.office.done() == ["draft.save"]
    assert len(writing.office.log) == 1
    assert writing.drafts() == [("note", "Dear {{name}}", "open")]


# Reply and note


def test_a_reply_becomes_a_note_at_any_time_a_note_a_reply_only_while_empty(
    writing: Writing,
) -> None:
    composer = writing.composer
    writing.type("Dear {{name}}", pause=1)
    assert composer.toggle_note() is None
    assert (composer.kind, composer.findings.items) == ("note", ())
    writing.timers.advance(1)
    assert writing.drafts() == [("note", "Dear {{name}}", "open")]
    assert "does not become" in str(composer.toggle_note())
    writing.type("")
    assert composer.toggle_note() is None
    assert composer.kind == "reply"


def test_an_answer_that_comes_after_the_change_to_a_note_marks_nothing(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type("Dear {{name}}", pause=0.3)
    writing.composer.toggle_note()
    writing.office.answer_all()
    assert writing.composer.findings.items == ()


# Throwing away


def test_what_is_thrown_away_comes_back_by_undo(writing: Writing) -> None:
    writing.type("Hello")
    writing.composer.discard()
    assert [ended.how for ended in writing.ended] == ["discarded"]
    assert writing.drafts() == [("reply", "Hello", "discarded")]
    assert writing.copies.texts == []
    writing.desk.do("app.undo")
    assert writing.drafts() == [("reply", "Hello", "open")]


def test_throwing_away_waits_for_the_save_on_its_way(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type("Hello", pause=0.7)
    writing.composer.discard()
    assert writing.ended == []
    writing.office.answer_all()
    assert writing.drafts() == [("reply", "Hello", "discarded")]


def test_throwing_away_what_was_never_saved_asks_nobody(writing: Writing) -> None:
    writing.composer.discard()
    assert writing.office.done() == []
    assert [ended.how for ended in writing.ended] == ["discarded"]


# New messages


def test_a_new_message_is_kept_without_a_ticket(desk: TestDesk) -> None:
    writing = Writing(desk)
    writing.type("Hello Carl", pause=1)
    assert writing.composer.header_problem is None
    writing.composer.set_header("to", "carl@mail.example")
    writing.composer.set_header("subject", "Your lamp")
    writing.timers.advance(1)
    row = desk.rows("SELECT body, to_line, subject, ticket_id FROM drafts")[0]
    assert tuple(row) == ("Hello Carl", "carl@mail.example", "Your lamp", None)
    assert desk.rows("SELECT count(*) FROM tickets")[0][0] == 0
    assert "no ticket yet" in str(writing.composer.toggle_note())


def test_news_on_the_screen_count_once_the_agent_has_looked(desk: TestDesk) -> None:
    ref = desk.open()
    writing = Writing(desk, ref)
    desk.arrive(a_mail("b", "Never mind", after=["m0"], at=5))
    newest = desk.rows("SELECT max(id) FROM messages")[0][0]
    writing.composer.shows(newest)
    writing.type(FINE, pause=0.3)
    assert [one.rule for one in writing.composer.findings.items] == ["everywhere.answer_to_newest"]
    writing.review.begin()
    assert writing.verdict == "needs_reason"
    writing.review.leave()
    writing.review.begin()
    assert writing.verdict == "ready"
