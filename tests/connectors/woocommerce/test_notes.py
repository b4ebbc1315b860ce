"""Notes to the customer: written once, found again, and as the real shop takes and gives them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskterm.contract import NotFound, Refused, Reply, SignInNeeded, Unclear
from deskterm.contract.testing.trouble import probe_for
from deskterm.sandbox.stories import Remark
from deskterm.sandbox.web import Request, Response
from deskterm_connectors.woocommerce.orders import WooCommerceSession
from deskterm_connectors.woocommerce.sandbox_json import notes_json
from tests.connectors.woocommerce.far_side import FarSide
from tests.connectors.woocommerce.wordpress_schema import differences, shape

SPECS = Path(__file__).parents[4] / "shared" / "specs" / "woocommerce"
real = pytest.mark.skipif(not SPECS.is_dir(), reason="the recorded answers of a shop are not here")
ROUTE = "/wc/v3/orders/(?P<order_id>[\\d]+)/notes"


def reply(side: FarSide, text: str = "Bonjour, la lampe part demain.") -> Reply:
    at = datetime.now(UTC).replace(microsecond=0)
    return Reply("key", "k7m2q9", str(max(side.shop.orders)), text, at)


def posted(side: FarSide) -> list[Request]:
    return [request for request in side.asked if request.method == "POST"]


async def test_what_is_written_is_shown_as_it_was_typed(
    side: FarSide, session: WooCommerceSession
) -> None:
    typed = reply(side, "taille < 40 & > 36\n<script>alert(1)</script>")
    await session.send(typed)
    note = side.shop.orders[int(typed.thread_remote_id)].remarks[-1]
    assert note.text == "taille &lt; 40 &amp; &gt; 36\n&lt;script&gt;alert(1)&lt;/script&gt;"
    assert (note.to_customer, note.author) == (True, "admin")
    found = await session.find_sent(probe_for(typed))
    assert found is not None
    assert found.sent_at == note.at


async def test_a_shop_that_cannot_mail_has_not_sent_it(
    side: FarSide, session: WooCommerceSession
) -> None:
    side.shop.cannot_mail = True
    with pytest.raises(Refused) as refusal:
        await session.send(reply(side))
    assert refusal.value.code == "mail_failed"


@pytest.mark.parametrize("text", ["", " \n ", "x" * 60_001, "é" * 30_001])
async def test_what_the_shop_would_take_and_nobody_could_read_is_refused(
    side: FarSide, session: WooCommerceSession, text: str
) -> None:
    with pytest.raises(Refused):
        await session.send(reply(side, text))
    assert posted(side) == []


async def test_an_order_that_is_not_there_gets_no_note(
    side: FarSide, session: WooCommerceSession
) -> None:
    with pytest.raises(NotFound):
        await session.send(replace(reply(side), thread_remote_id="999999"))
    for order in ("", "../13", "1\n2"):
        with pytest.raises(Refused):
            await session.send(replace(reply(side), thread_remote_id=order))


@pytest.mark.parametrize(
    "answer",
    [
        Response(500, b"{}"),
        Response(502, b"<html>"),
        Response(201, b"<html>"),
        Response(200, b"[]"),
    ],
)
async def test_an_answer_that_nobody_can_trust_is_unclear_and_asked_once(
    side: FarSide, session: WooCommerceSession, answer: Response
) -> None:
    side.between = lambda request: answer if request.method == "POST" else None
    with pytest.raises(Unclear):
        await session.send(reply(side))
    assert len(posted(side)) == 1


async def test_the_same_words_of_before_or_inside_are_not_ours(
    side: FarSide, session: WooCommerceSession
) -> None:
    wanted = reply(side)
    order, at = int(wanted.thread_remote_id), wanted.started_at
    side.shop.remark(order, Remark(at - timedelta(hours=1), "admin", wanted.text, to_customer=True))
    side.shop.remark(order, Remark(at, "admin", wanted.text))
    assert await session.find_sent(probe_for(wanted)) is None


def recorded(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((SPECS / "observed" / f"{name}.json").read_text())
    return found


@real
async def test_the_request_is_one_that_a_real_shop_describes(
    side: FarSide, session: WooCommerceSession
) -> None:
    index = json.loads((SPECS / "wc_v3_route_index.json").read_text())["routes"]
    (endpoint,) = [e for e in index[ROUTE]["endpoints"] if e["methods"] == ["POST"]]
    await session.send(reply(side))
    (request,) = posted(side)
    assert request.path.endswith(recorded("note_customer")["request"].rsplit("/", 1)[1])
    body = json.loads(request.body)
    assert set(body) <= set(endpoint["args"])
    assert [*differences(body, {"type": "object", "properties": endpoint["args"]})] == []
    needed = {name for name, arg in endpoint["args"].items() if arg["required"]}
    assert needed <= set(body)


@real
async def test_the_simulated_answer_is_like_the_recorded_one(
    side: FarSide, session: WooCommerceSession
) -> None:
    theirs = recorded("note_customer")
    await session.send(reply(side))
    ours = notes_json(side.shop.orders[max(side.shop.orders)])[0]
    assert {p for p in shape(theirs["body"]) if "_links" not in p} == set(shape(ours))
    assert [type(ours[key]) for key in ours] == [type(theirs["body"][key]) for key in ours]


@real
async def test_recorded_answers_are_understood(side: FarSide, session: WooCommerceSession) -> None:
    def replay(name: str) -> None:
        wanted = recorded(name)
        body = json.dumps(wanted["body"]).encode()
        side.between = lambda request: (
            Response(wanted["status"], body) if request.method == "POST" else Response(200, b"[]")
        )

    replay("note_customer")
    assert (await session.send(reply(side))).remote_id == "note:51"
    replay("auth_readonly_write")
    with pytest.raises(SignInNeeded):
        await session.send(reply(side))
    notes = json.dumps(recorded("notes_list")["body"]).encode()
    sent = json.dumps(recorded("note_customer")["body"]).encode()
    side.between = lambda request: (
        Response(201, sent) if request.method == "POST" else Response(200, notes)
    )
    with pytest.raises(Refused, match="could not send it"):
        await session.send(reply(side))
    at = datetime(2026, 11, 21, 20, 51, 26, tzinfo=UTC)
    wanted = replace(reply(side, "Bonjour Camille, nous vous renvoyons une lampe."), started_at=at)
    found = await session.find_sent(probe_for(wanted))
    assert found is not None
    assert found.remote_id == "note:51"
