"""Nothing gets into the outbox that the rules did not let pass, by any way through the code."""

from __future__ import annotations

import ast
import dataclasses
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_type_hints

import pytest

from deskterm.domain.checked import CheckedReply
from deskterm.domain.errors import DesktermError
from deskterm.rules.library import packs_for
from deskterm.rules.model import Draft, Facts, RulePack, body_digest
from deskterm.rules.passing import let_pass
from deskterm.store import outbox
from tests.support.desk import TestDesk
from tests.support.manual_clock import ManualClock

_ROOT = Path(__file__).parents[2]
_SOURCES = [*(_ROOT / "src").rglob("*.py"), *(_ROOT / "connectors").rglob("*.py")]
_FACTS = Facts(now=ManualClock().now())
_WRITES = re.compile(r"(?i)(?:insert|replace)\s[^;]{0,40}\binto\s+outbox_items\b")


@cache
def _trees() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((f.relative_to(_ROOT), ast.parse(f.read_text(encoding="utf-8"))) for f in _SOURCES)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _texts(tree: ast.Module) -> str:
    """Every text that a module holds, one a line, with parts of one statement joined."""
    parts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            held = [v.value for v in node.values if isinstance(v, ast.Constant)]
            parts.append("".join(map(str, held)))
    return ";\n".join(parts)


# The way in


def test_one_place_writes_into_the_outbox() -> None:
    found = {str(path) for path, tree in _trees() if _WRITES.search(_texts(tree))}
    assert found == {"src/deskterm/store/outbox.py"}
    (store,) = [tree for path, tree in _trees() if str(path) in found]
    functions = [n for n in ast.walk(store) if isinstance(n, ast.FunctionDef)]
    assert [f.name for f in functions if _WRITES.search(ast.unparse(f))] == ["put"]


def test_that_place_takes_only_what_passed() -> None:
    assert get_type_hints(outbox.put)["item"] is outbox.NewItem
    fields = get_type_hints(outbox.NewItem)
    assert fields["checked"] is CheckedReply
    assert not {"body", "text", "check_digest", "check_verdict", "overridden"} & set(fields)


def test_only_the_rules_make_what_passed() -> None:
    makers, sealed = set(), set()
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) == "CheckedReply":
                makers.add(str(path))
            named = isinstance(node, ast.Name | ast.Attribute) and _name(node) == "SEAL"
            if named or (isinstance(node, ast.alias) and node.name == "SEAL"):
                sealed.add(str(path))
    assert makers == {"src/deskterm/rules/passing.py"}
    assert sealed == {"src/deskterm/rules/passing.py", "src/deskterm/domain/checked.py"}


def test_the_text_that_waits_is_never_rewritten() -> None:
    """No statement sets it, and no step of an item brings one along."""
    sets = re.compile(r"(?is)update\s+outbox_items\s+set[^;]*\b(?:body|check_digest)\s*=")
    for path, tree in _trees():
        assert not sets.search(_texts(tree)), path
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in ("step", "_moved"):
                words = [str(kw.arg) for kw in node.keywords]
                words += [str(n.value) for n in ast.walk(node) if isinstance(n, ast.Constant)]
                assert not {*words} & {"body", "check_digest", "check_verdict"}, path


def test_nothing_is_made_by_hand() -> None:
    made = let_pass(Draft("Hello.", "email"), _FACTS, packs_for("email"))
    with pytest.raises(TypeError):
        CheckedReply("{{a}}", "d", "ok", frozenset(), (), object())
    with pytest.raises((TypeError, ValueError)):
        replace(made, text="{{a}}")  # type: ignore[call-arg] # what must not work
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.text = "{{a}}"  # type: ignore[misc] # what must not work


def test_what_is_no_checked_reply_is_not_held(desk: TestDesk) -> None:
    ref = desk.open()
    uid = desk.one("ticket.reply", ref, text="It left today.")["item"]
    held = desk.item(uid)

    class Alike:
        text, digest, verdict = "{{a}}", body_digest("{{a}}"), "ok"
        overridden, packs = frozenset[str](), ("email 1",)

    item = outbox.NewItem(
        ticket_id=held["ticket_id"],
        thread_id=held["thread_id"],
        account_id=held["account_id"],
        author="anna",
        checked=Alike(),  # type: ignore[arg-type] # what must not work
        subject="s",
        recipients=held["recipients"],
        attachments="[]",
        key="k",
        group_uid="g",
        hold_s=1,
        hold_until=held["hold_until"],
    )
    with pytest.raises(TypeError):
        desk.write(lambda tx: outbox.put(tx, item))
    assert [row[0] for row in desk.rows("SELECT uid FROM outbox_items")] == [uid]


# What passes


def test_what_passes_is_exactly_what_was_checked() -> None:
    packs = packs_for("email")
    made = let_pass(Draft("Hello.", "email"), _FACTS, packs)
    assert (made.text, made.digest) == ("Hello.", body_digest("Hello."))
    assert (made.verdict, made.overridden) == ("ok", frozenset())
    assert made.packs == tuple(f"{pack.channel} {pack.version}" for pack in packs)


def test_a_block_passes_with_no_reason() -> None:
    draft = Draft("Hello {{name}}", "email")
    for despite in (False, True):
        with pytest.raises(DesktermError, match="no_placeholder") as caught:
            let_pass(draft, _FACTS, packs_for("email"), despite_warnings=despite)
        assert caught.value.code == "blocked"


def test_a_warning_passes_with_a_reason_and_is_kept() -> None:
    draft = Draft("Hello ,", "email")
    with pytest.raises(DesktermError, match="no_empty_value") as caught:
        let_pass(draft, _FACTS, packs_for("email"))
    assert caught.value.code == "needs_reason"
    made = let_pass(draft, _FACTS, packs_for("email"), despite_warnings=True, also=["more"])
    assert made.verdict == "warn"
    assert made.overridden == {"everywhere.no_empty_value", "more"}


# No rules


def test_without_a_pack_of_its_channel_nothing_is_sent(desk: TestDesk) -> None:
    ref = desk.open()
    desk.packs = lambda channel: [p for p in packs_for(channel) if p.channel != "email"]
    for reason in ("", "I know better"):
        stopped = desk.one("ticket.reply", ref, text="It left today.", reason=reason)
        assert stopped["outcome"] == "blocked"
        findings = stopped["findings"]
        assert isinstance(findings, list)
        assert "everywhere.no_pack" in {finding["rule"] for finding in findings}
    assert not desk.rows("SELECT 1 FROM outbox_items")


def test_a_reply_that_waits_does_not_leave_without_rules(desk: TestDesk) -> None:
    ref = desk.open()
    uid = desk.one("ticket.reply", ref, text="It left today.")["item"]
    assert desk.gate(uid) is None
    desk.packs = lambda channel: []
    assert "everywhere.no_pack" in str(desk.gate(uid))


def test_the_item_tells_with_which_rules_it_was_checked(desk: TestDesk) -> None:
    ref = desk.open()
    uid = desk.one("ticket.reply", ref, text="It left today.")["item"]
    packs: list[RulePack] = list(packs_for("email"))
    assert desk.item(uid)["checked_by"] == ", ".join(f"{p.channel} {p.version}" for p in packs)
