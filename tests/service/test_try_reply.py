"""Trying a reply: what a look while writing says, and what is kept of it and of a reason."""

from __future__ import annotations

from dataclasses import replace

from deskterm.rules.model import RulePack
from tests.support.desk import MARTA, TestDesk, a_mail

FINE = "Your parcel left on Monday and arrives tomorrow."
CARD = "4111 1111 1111 1111"
HINT = {"en": "No links, no addresses.", "fr": "Ni liens ni adresses."}


def with_hint(desk: TestDesk) -> None:
    packs = desk.packs

    def hinted(channel: str) -> list[RulePack]:
        *shared, own = packs(channel)
        return [*shared, replace(own, hint=HINT)]

    desk.packs = hinted


def test_a_look_says_how_to_mend_it_and_what_the_channel_is_strict_about(desk: TestDesk) -> None:
    with_hint(desk)
    ref = desk.open()
    text = f"Card {CARD}, dear {{{{name}}}}."
    tried = desk.one("ticket.reply", ref, text=text, dry_run=True)
    assert (tried["outcome"], tried["hint"]) == ("blocked", HINT)
    findings = tried["findings"]
    assert isinstance(findings, list)
    by_rule = {one["rule"].partition(".")[2]: one for one in findings}
    assert by_rule["no_card_numbers"]["rewrite"] == {
        "start": 5,
        "end": 24,
        "instead": "**** **** **** 1111",
    }
    assert "rewrite" not in by_rule["no_placeholder"]
    assert by_rule["no_placeholder"]["source_kind"] == "house"
    assert by_rule["no_placeholder"]["changed_from"] is None


def test_nothing_is_kept_of_a_look(desk: TestDesk) -> None:
    ref = desk.open()
    before = desk.snapshot()
    for text in (f"Card {CARD}", FINE, "Dear {{name}}"):
        desk.one("ticket.reply", ref, text=text, dry_run=True)
    assert desk.snapshot() == before


def test_an_answer_that_is_kept_holds_no_part_of_the_text(desk: TestDesk) -> None:
    outcome = desk.one("ticket.reply", desk.open(), text=f"Card {CARD}")
    assert outcome["outcome"] == "blocked"
    assert all("rewrite" not in one for one in outcome["findings"])  # type: ignore[attr-defined] # a list
    assert CARD not in "\n".join(desk.snapshot())


def test_no_reason_passes_what_a_rule_forbids(desk: TestDesk) -> None:
    ref = desk.open()
    desk.arrive(a_mail("b", "Never mind", after=["m0"], at=5))
    first = desk.rows("SELECT min(id) FROM messages")[0][0]
    outcome = desk.one("ticket.reply", ref, text="Dear {{name}}", seen=first, reason="I know")
    assert outcome["outcome"] == "blocked"
    assert not desk.rows("SELECT 1 FROM outbox_items")
    assert not desk.rows("SELECT 1 FROM journal_entries WHERE field = 'override'")


def test_the_reason_for_passing_a_warning_is_in_the_journal_with_its_author(
    desk: TestDesk,
) -> None:
    ref = desk.open(sender=MARTA)
    desk.arrive(a_mail("b", "Never mind", after=["m0"], at=5))
    first = desk.rows("SELECT min(id) FROM messages")[0][0]
    sent = desk.one("ticket.reply", ref, text=FINE, seen=first, reason="She knows", agent="ben")
    assert sent["outcome"] == "held"
    rows = desk.rows(
        "SELECT e.author, v.old_value, v.new_value FROM journal_entries e"
        " JOIN journal_values v USING (seq) WHERE e.field = 'override'"
    )
    assert [tuple(row) for row in rows] == [("ben", "everywhere.answer_to_newest", "She knows")]
