"""The checks of a spec, one slip each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from deskterm.contract import (
    AccountField,
    ConnectorSpec,
    RateHint,
    ReadBack,
    StreamSpec,
    TextLimits,
)
from deskterm.contract.testing import ContractViolation, spec_checks
from tests.support.fake_channel import TOKEN_SPEC
from tests.support.fake_relay import RELAY_SPEC

Check = Callable[[ConnectorSpec], None]


def fields(*more: AccountField) -> ConnectorSpec:
    return replace(TOKEN_SPEC, fields=(*TOKEN_SPEC.fields, *more))


SLIPS: list[tuple[str, Check, ConnectorSpec]] = [
    ("is not \\[a-z\\]", spec_checks.check_identity, replace(TOKEN_SPEC, id="9lives")),
    ("title", spec_checks.check_identity, replace(TOKEN_SPEC, title=" ")),
    ("neither", spec_checks.check_identity, replace(TOKEN_SPEC, session="", mail_face="")),
    ("burst", spec_checks.check_identity, replace(TOKEN_SPEC, rate=RateHint(burst=0))),
    ("rate", spec_checks.check_identity, replace(TOKEN_SPEC, rate=RateHint(per_second=0))),
    ("text limit", spec_checks.check_identity, replace(TOKEN_SPEC, text_limits=TextLimits(0))),
    ("twice", spec_checks.check_fields, fields(AccountField("shop", "Shop"))),
    ("name", spec_checks.check_fields, fields(AccountField("Shop-2", "Shop"))),
    ("label", spec_checks.check_fields, fields(AccountField("site", ""))),
    ("sounds", spec_checks.check_fields, fields(AccountField("consumer_secret", "Secret"))),
    ("default", spec_checks.check_fields, fields(AccountField("x", "X", "secret", default="a"))),
    ("choices", spec_checks.check_fields, fields(AccountField("x", "X", "choice"))),
    ("choices", spec_checks.check_fields, fields(AccountField("x", "X", choices=("a",)))),
    (
        "no choice",
        spec_checks.check_fields,
        fields(AccountField("x", "X", "choice", default="c", choices=("a", "b"))),
    ),
    ("no port", spec_checks.check_fields, fields(AccountField("x", "X", "port", default="70000"))),
    ("mailbox", spec_checks.check_fields, replace(TOKEN_SPEC, mail_face="x:Y")),
    ("mailbox", spec_checks.check_fields, fields(AccountField("mailbox", "Mailbox"))),
    (
        "required",
        spec_checks.check_fields,
        replace(RELAY_SPEC, fields=(AccountField("mailbox", "Mailbox"),)),
    ),
    (
        "twice",
        spec_checks.check_streams,
        replace(TOKEN_SPEC, streams=(StreamSpec("a"), StreamSpec("a"))),
    ),
    (
        "without a rest",
        spec_checks.check_streams,
        replace(TOKEN_SPEC, streams=(StreamSpec("a", every=timedelta(0)),)),
    ),
    (
        "overlap",
        spec_checks.check_streams,
        replace(TOKEN_SPEC, streams=(StreamSpec("a", style="time", overlap=timedelta(0)),)),
    ),
    ("no stream", spec_checks.check_streams, replace(TOKEN_SPEC, streams=())),
    (
        "find_sent",
        spec_checks.check_capabilities,
        replace(TOKEN_SPEC, read_back=ReadBack(reliable=True), capabilities=frozenset()),
    ),
    ("another spec", spec_checks.check_capabilities, replace(TOKEN_SPEC, title="Other")),
    (
        "no Session",
        spec_checks.check_capabilities,
        replace(TOKEN_SPEC, session="tests.support.fake_channel:FakeChannel"),
    ),
    ("package.module", spec_checks.check_names_load, replace(TOKEN_SPEC, session="os.path")),
    (
        "does not load",
        spec_checks.check_names_load,
        replace(TOKEN_SPEC, mail_face="tests.no_such_module:Face"),
    ),
    (
        "has no claims",
        spec_checks.check_names_load,
        replace(TOKEN_SPEC, mail_face="tests.support.fake_channel:FakeChannel"),
    ),
    (
        "rules.toml",
        spec_checks.check_names_load,
        replace(TOKEN_SPEC, rule_pack="tests.support"),
    ),
]


@pytest.mark.parametrize(("words", "check", "spec"), SLIPS)
def test_a_slip_is_named(words: str, check: Check, spec: ConnectorSpec) -> None:
    with pytest.raises(ContractViolation, match=words):
        check(spec)


@pytest.mark.parametrize("kind", ["path", "url"])
def test_a_field_that_only_says_where_a_secret_is_is_no_secret(kind: str) -> None:
    spec_checks.check_fields(fields(AccountField("token_place", "Place", kind)))  # type: ignore[arg-type]


def test_a_module_that_holds_nothing_but_the_contract_is_light() -> None:
    spec_checks.check_spec_is_light(TOKEN_SPEC, "deskterm.contract")


@pytest.mark.parametrize(
    ("module", "words"),
    [("tests.support.fake_channel", "httpx"), ("tests.no_such_module", "cannot be imported")],
)
def test_a_heavy_module_is_named(module: str, words: str) -> None:
    with pytest.raises(ContractViolation, match=words):
        spec_checks.check_spec_is_light(TOKEN_SPEC, module)
