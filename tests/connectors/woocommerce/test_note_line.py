"""A message on an order, on the whole line: checked, held, mailed by the shop once, and settled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.folders import make_private
from deskterm.config.paths import Home
from deskterm.config.secrets import nobody_to_ask, open_secrets
from deskterm.config.settings import load
from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import DesktermError
from deskterm.office.office import Office, OfficeParts
from deskterm.store import outbox
from deskterm.sync.connectors import Connectors
from deskterm.sync.ports import SyncPolicy
from tests.connectors.woocommerce.far_side import SECRET, FarSide
from tests.support.office_here import OfficeHere

TEXT = "Hello, your lamp has been sent today. Kind regards, Ana"


@pytest.fixture
async def office(side: FarSide, tmp_path: Path) -> AsyncIterator[OfficeHere]:
    env = {
        "DESKTERM_HOME": str(tmp_path / "home"),
        "DESKTERM_SECRETS": "env",
        "DESKTERM_SECRET_SHOP_CONSUMER_SECRET": SECRET,
    }
    home = Home.find(env, "default")
    home.prepare()
    make_private(home.attachments, "folder of attachments")
    home.settings_file.write_text("hold_s = 0\n")
    settings, _ = load(home, strict=False)
    parts = OfficeParts(
        home=home,
        settings=settings,
        connectors=Connectors.installed(()),
        secrets=open_secrets(settings, env, home, nobody_to_ask),
        clock=SystemClock(),
        zone=ZoneInfo("Europe/Paris"),
        agent="anna",
        policy=SyncPolicy(rest_s=0.0, patience_s=0.0),
    )
    here = OfficeHere(Office(parts, lambda _: None))
    here.office.start(sync=False)
    try:
        await here.do("account.add", name="shop", channel="woocommerce", fields=side.fields)
        await here.sync()
        yield here
    finally:
        await here.office.stop()


def mailed(side: FarSide, order_id: int) -> list[str]:
    return [each.text for each in side.shop.orders[order_id].remarks if each.to_customer]


def item(office: OfficeHere, uid: object) -> Mapping[str, object]:
    return dict(office.office.read(lambda c: outbox.item_by_uid(c, str(uid))))


async def test_a_message_on_an_order_is_mailed_by_the_shop_once(
    side: FarSide, office: OfficeHere
) -> None:
    order_id = max(side.shop.orders)
    number, before = side.shop.orders[order_id].order.ref, mailed(side, order_id)
    new = {"account": "shop", "to": number, "text": TEXT, "reason": "it is meant"}
    tried = await office.do("ticket.new", **new, dry_run=True)
    assert tried["outcome"] == "held"
    held = await office.do("ticket.new", **new)
    await office.send()
    assert item(office, held["item"])["state"] == "sent"
    assert mailed(side, order_id) == [*before, TEXT]
    more = await office.do(
        "ticket.reply", tickets=[held["ticket"]], text=f"{TEXT} PS", reason="it is meant"
    )
    await office.send()
    done = more["done"]
    assert isinstance(done, list)
    assert item(office, done[0]["item"])["state"] == "sent"
    again = await office.do("ticket.new", **{**new, "text": f"{TEXT} PPS"})
    assert again["ticket"] == held["ticket"], "what is written on an order is one ticket"
    await office.send()
    assert mailed(side, order_id) == [*before, TEXT, f"{TEXT} PS", f"{TEXT} PPS"]


async def test_a_lost_answer_is_unknown_and_never_written_twice(
    side: FarSide, office: OfficeHere
) -> None:
    order_id = max(side.shop.orders)
    number, before = side.shop.orders[order_id].order.ref, mailed(side, order_id)
    await side.place.misbehaviour.order("lose_answer", times=1)
    new = {"account": "shop", "to": number, "text": TEXT, "reason": "it is meant"}
    held = await office.do("ticket.new", **new)
    await office.send()
    assert item(office, held["item"])["state"] in ("unknown", "settling")
    assert mailed(side, order_id) == [*before, TEXT]


async def test_what_is_no_order_is_said(office: OfficeHere) -> None:
    for to, code in (("4711-nothing", "no_order"), ("", "usage")):
        with pytest.raises(DesktermError) as refusal:
            await office.do("ticket.new", account="shop", to=to, text=TEXT)
        assert refusal.value.code == code


async def test_the_rules_stand_before_a_note_too(side: FarSide, office: OfficeHere) -> None:
    order_id = max(side.shop.orders)
    number, before = side.shop.orders[order_id].order.ref, mailed(side, order_id)
    stopped = await office.do("ticket.new", account="shop", to=number, text="TODO check stock")
    assert stopped["outcome"] == "blocked"
    await office.send()
    assert mailed(side, order_id) == before
