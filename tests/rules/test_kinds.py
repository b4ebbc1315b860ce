"""Who began, what was agreed, which type of message it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from deskterm.rules.detectors.base import Ground
from tests.rules.looking import look
from tests.rules.support import FACTS

INITIATIVE: dict[str, Any] = {"kind": "initiative"}
SHAPES = Ground(order_numbers=(re.compile(r"(?<![\w-])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![\w-])"),))
OURS = "111-1111111-1111111"


def test_where_only_the_customer_begins_every_initiative_is_found() -> None:
    assert look("initiative_only", draft=INITIATIVE)
    assert look("initiative_only") == []
    assert look("initiative_only", draft={"kind": "automatic"}) == []


def test_some_types_of_message_may_begin() -> None:
    template = {**INITIATIVE, "message_type": "template"}
    assert look("initiative_only", draft=template, allowed=("template",)) == []
    assert look("initiative_only", draft=INITIATIVE, allowed=("template",))
    shipped = replace(FACTS, order_state="shipped")
    assert look("initiative_only", facts=shipped, draft=template, states=("processing",))
    assert look("initiative_only", draft=template, states=("processing",)) == []


@pytest.mark.parametrize(
    ("kind", "state", "parameters", "found"),
    [
        ("RESPONSE", "", {"allowed": ("RESPONSE",)}, False),
        ("OTHER", "", {"allowed": ("RESPONSE",)}, True),
        ("", "", {"allowed": ("RESPONSE",)}, False),
        ("", "", {"allowed": ("RESPONSE",), "required": True}, True),
        ("OLD", "", {"forbidden": ("OLD",)}, True),
        ("NEW", "", {"forbidden": ("OLD",)}, False),
        ("early", "processing", {"types": ("early",), "states": ("processing",)}, False),
        ("early", "shipped", {"types": ("early",), "states": ("processing",)}, True),
        ("early", "", {"types": ("early",), "states": ("processing",)}, False),
        ("late", "shipped", {"types": ("early",), "states": ("processing",)}, False),
    ],
)
def test_a_type_is_allowed_forbidden_or_too_late(
    kind: str, state: str, parameters: dict[str, Any], found: bool
) -> None:
    facts = replace(FACTS, order_state=state)
    matches = look("message_type", facts=facts, draft={"message_type": kind}, **parameters)
    assert bool(matches) is found


@pytest.mark.parametrize(("opted_out", "found"), [(True, True), (False, False), (None, False)])
def test_who_asked_for_silence_gets_it(opted_out: bool | None, found: bool) -> None:
    assert bool(look("opted_out", facts=replace(FACTS, opted_out=opted_out))) is found


def test_consent_that_was_not_given_is_sure_and_unknown_consent_only_asked_about() -> None:
    (refused,) = look("needs_consent", facts=replace(FACTS, consented=False))
    assert refused.sure
    assert look("needs_consent") == []
    (unknown,) = look("needs_consent", ask=True)
    assert not unknown.sure
    assert look("needs_consent", facts=replace(FACTS, consented=True), ask=True) == []


def test_an_initiative_names_its_order() -> None:
    facts = replace(FACTS, own_values=frozenset({OURS, "SKU-7"}))
    for text, found in (
        (f"About order {OURS}: which colour?", False),
        ("About your recent order: which colour?", True),
        ("About order 222-2222222-2222222: which colour?", True),
        ("About the SKU-7 you bought", True),
    ):
        matches = look("needs_order_number", text, facts, SHAPES, INITIATIVE)
        assert bool(matches) is found, text
        assert all(match.sure for match in matches)
    subject = {**INITIATIVE, "subject": f"Your order {OURS}"}
    assert look("needs_order_number", "Which colour?", facts, SHAPES, subject) == []
    assert look("needs_order_number", "Which colour?", facts, SHAPES) == []


def test_where_no_order_is_known_its_number_is_not_missed() -> None:
    assert look("needs_order_number", f"About {OURS}", FACTS, SHAPES, INITIATIVE) == []
    assert look("needs_order_number", "About it", FACTS, SHAPES, INITIATIVE) == []
    facts = replace(FACTS, own_values=frozenset({"W-100045"}))
    assert look("needs_order_number", "About w-100045", facts, draft=INITIATIVE) == []
