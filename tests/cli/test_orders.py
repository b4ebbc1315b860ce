"""Orders and customers on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli.main import run
from tests.packaging.test_cli_doc import SECTIONS
from tests.support.desk import TestDesk
from tests.support.orders import (
    PLACED,
    a_full_order,
    an_order,
    bring,
    count_stock,
    shop_account,
)

HOSTILE = "a\x1b]52;c;cm0gLXJm\x07b\u202ec"
NAMES_IT = (("LO-12345", "LO12345"),)
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestDesk]:
    for name, value in (("DESKTERM_HOME", str(tmp_path)), ("TZ", "Europe/Paris"), ("LANG", "C")):
        monkeypatch.setenv(name, value)
    folder = tmp_path / "data"
    folder.mkdir()
    desk = TestDesk(folder)
    yield desk
    desk.close()


@pytest.fixture
def call(desk: TestDesk, capsys: pytest.CaptureFixture[str]) -> Call:
    def call(*words: str) -> tuple[int, str]:
        code = run(words)
        return code, capsys.readouterr().out

    return call


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def told(path: str, found: dict[str, Any]) -> None:
    """The page of the command line tells the keys of this object, and of the objects in it."""
    for name, keys in SECTIONS[path].keys.items():
        for one in [found] if name is None else found[name]:
            assert set(one) == keys, name


def test_an_order_with_everything(desk: TestDesk, call: Call) -> None:
    account = shop_account(desk)
    bring(desk, account, a_full_order())
    count_stock(desk, account, "12", 3)
    ref = desk.open(order_refs=NAMES_IT)
    code, out = call("order", "lo 12345", "--json")
    (found,) = objects(out)
    assert code == 0
    told("order", found)
    assert found["total"] == {"amount": "67.40", "currency": "EUR"}
    assert (found["account"], found["channel"]) == ("shop", "woocommerce")
    assert found["tickets"] == [ref]
    assert [line["stock"] and line["stock"]["quantity"] for line in found["lines"]] == [None, 3]
    assert found["shipments"][0]["events"][0]["place"] == "Uppsala"
    assert found["fetched_at"] == "2026-11-03T08:00:00.000Z"
    assert call("order", "003411228812", "--json")[1] == out
    code, text = call("order", "LO-12345")
    assert code == 0
    for words in ("Processing", "67.40 EUR", "2 × Oak lamp", "stock 3", "DHL", "RMA-1", ref):
        assert words in text


def test_an_order_that_is_late_says_why(desk: TestDesk, call: Call) -> None:
    promised = datetime.now(UTC) - timedelta(days=5)
    bring(desk, shop_account(desk), an_order(promised_at=promised))
    (found,) = objects(call("order", "LO-12345", "--json")[1])
    assert (found["late"]["kind"], found["late"]["days"]) == ("not_shipped", 5)
    assert "and has not been sent" in call("order", "LO-12345")[1]


def test_no_such_order_and_no_such_customer(desk: TestDesk, call: Call) -> None:
    assert call("order", "LO-9") == (1, "")
    assert call("customer", "nobody@mail.example", "--json") == (1, "")


def test_a_customer_by_address_and_by_name(desk: TestDesk, call: Call) -> None:
    bring(desk, shop_account(desk), a_full_order(), an_order("LO-2"))
    ref = desk.open()
    for words in (["MARTA@mail.example"], ["mart"]):
        code, out = call("customer", *words, "--json")
        (found,) = objects(out)
        assert code == 0
        told("customer", found)
        assert (found["name"], found["order_count"], found["return_count"]) == ("Marta", 2, 1)
        assert [ticket["ref"] for ticket in found["tickets"]] == [ref]
        assert {order["ref"] for order in found["orders"]} == {"LO-12345", "LO-2"}
    code, text = call("customer", "marta")
    assert code == 0
    for part in ("Marta", "marta@mail.example", "LO-2", ref, "orders: 2"):
        assert part in text
    assert call("customer", "ma%a")[0] == 1


def test_show_names_the_orders_and_why(desk: TestDesk, call: Call) -> None:
    account = shop_account(desk)
    bring(desk, account, an_order(), an_order("LO-2", placed_at=PLACED + timedelta(days=1)))
    named = desk.open(order_refs=(*NAMES_IT, ("LO-9", "LO9")))
    guessed = desk.open(at=1)
    (found,) = objects(call("show", named, "--json")[1])
    assert found["orders"] == ["LO-12345", "LO-9"]
    (link,) = found["order_links"]
    assert (link["ref"], link["account"], link["method"]) == ("LO-12345", "shop", "named")
    assert link["reason"] == {"text": "LO-12345", "buyer": "same"}
    text = call("show", named)[1]
    assert "order LO-12345" in text
    assert "its number was written by the buyer" in text
    assert "orders: LO-9" in text
    assert "bought 4 days before, the last of 2" in call("show", guessed)[1]


def test_an_order_on_the_terminal_is_only_text(desk: TestDesk, call: Call) -> None:
    order = an_order(status_name=HOSTILE, customer_note=HOSTILE, payment_method=HOSTILE)
    bring(desk, shop_account(desk), order)
    ref = desk.open(order_refs=NAMES_IT)
    for words in (["order", "LO-12345"], ["show", ref], ["customer", "marta"]):
        for more in ([], ["--json"]):
            text = call(*words, *more)[1]
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
