"""The rules of a channel as they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.i18n import speaking
from deskterm.rules.library import packs_for
from deskterm.rules.model import RulePack
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.rule_rows import RuleSheet, RuleView
from deskterm.text.clean import clean
from deskterm.viewmodel.rule_sheet import Rules, head, origin, sentence
from tests.support.desk import running


def view(rule: str, severity: str = "block", **changed: object) -> RuleView:
    fields: dict[str, object] = {
        "id": clean(rule),
        "severity": severity,
        "stated": severity,
        "says": {"en": "No links.", "fr": "Pas de liens."},
        "source": clean("Help page"),
        "source_kind": "official",
        "checked_on": date(2026, 11, 21),
        "at_draft": True,
    }
    return RuleView(**{**fields, **changed})  # type: ignore[arg-type] # a table of fields


def sheet(*rules: RuleView, overdue: tuple[str, ...] = (), has_own: bool = True) -> RuleSheet:
    hint = {"en": "Strict about links", "fr": "Strict sur les liens"}
    return RuleSheet(clean("ebay"), rules, hint, tuple(map(clean, overdue)), has_own)


def test_the_gravest_come_first_and_those_held_elsewhere_last() -> None:
    rules = Rules()
    rules.show(
        sheet(
            view("a.hint", "hint"),
            view("a.clock", at_draft=False),
            view("a.warn", "warn"),
            view("a.block"),
        )
    )
    assert [str(one.id) for one in rules.items] == ["a.block", "a.warn", "a.hint", "a.clock"]
    assert rules.title == "Rules · ebay"
    assert rules.words == "4 rules"
    assert rules.hint == "Strict about links"


def test_a_rule_says_everything_about_itself() -> None:
    rule = view("a.links", "warn", stated="block", source_kind="house", at_draft=False)
    assert head(rule) == "! warning · a.links"
    assert sentence(rule) == "No links."
    assert [str(line) for line in origin(rule)] == [
        "Source: Help page (our default; the channel's own text was not read), read on 2026-11-21",
        "Here it counts as “warning”; its pack says “forbidden”",
        "No text can show it; it is held elsewhere",
    ]
    with speaking("fr"):
        assert sentence(rule) == "Pas de liens."


def test_what_is_to_be_known_of_all_is_told() -> None:
    rules = Rules()
    rules.show(sheet(view("a.b"), overdue=("ebay",), has_own=False))
    assert rules.words == "1 rule · none of this channel's own yet · past their review: ebay"


def test_the_cursor_stays_within_the_rules() -> None:
    rules = Rules()
    moves: list[tuple[int, int]] = []
    rules.moved.connect(lambda old, new: moves.append((old, new)))
    rules.move_to(3)
    rules.show(sheet(view("a.b"), view("a.c")))
    for place in (5, 1, -3):
        rules.move_to(place)
    assert moves == [(0, 1), (1, 0)]


def test_the_sheet_of_an_account_is_what_its_replies_are_checked_against(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        reading = Reading(desk.path, "anna", UTC, desk.clock.now, packs_for=packs_for)
        found = reading.rules_of("support")
        assert found is not None
        ids = [str(rule.id) for rule in found.rules]
        assert ids.index("email.from_identity") < ids.index("everywhere.no_placeholder")
        assert len(ids) == len(set(ids))
        assert (found.channel, found.has_own, found.overdue) == ("email", True, ())
        assert reading.rules_of("nobody") is None
        assert Reading(desk.path, "anna", UTC, desk.clock.now).rules_of("support") is None
        reading.close()


def test_an_old_pack_and_a_broken_one_are_told(tmp_path: Path) -> None:
    def old(channel: str) -> list[RulePack]:
        return [
            replace(pack, rules=tuple(replace(r, checked_on=date(2020, 1, 1)) for r in pack.rules))
            for pack in packs_for(channel)
        ]

    def broken(channel: str) -> list[RulePack]:
        raise DesktermError("A file of rules cannot be used", channel, code="rules")

    with running(tmp_path) as desk:
        reading = Reading(desk.path, "anna", UTC, desk.clock.now, packs_for=old)
        found = reading.rules_of("support")
        assert found is not None
        assert set(found.overdue) >= {"email", "everywhere"}
        reading.close()
        reading = Reading(desk.path, "anna", UTC, desk.clock.now, packs_for=broken)
        with pytest.raises(DesktermError, match="cannot be used"):
            reading.rules_of("support")
        reading.close()
