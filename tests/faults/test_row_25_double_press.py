"""Fault table, row 25, the desk's part: double press, key repeat, undo against send, two drafts."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState
from deskterm.store import outbox
from tests.support.desk import TestDesk, running

FINE = "Your parcel left on Monday and arrives tomorrow."


def pressed(desk: TestDesk, ref: str, press: int, **params: object) -> str:
    try:
        outcome = desk.one("ticket.reply", ref, call_id=f"press-{press}", **params)
    except DesktermError as error:
        return error.code
    return str(outcome["outcome"])


def test_a_key_that_repeats_sends_one_draft_once(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        ref = desk.open()
        uid = desk.one("draft.save", ref, text=FINE)["draft"]
        with ThreadPoolExecutor(10) as pool:
            ends = Counter(pool.map(lambda n: pressed(desk, ref, n, draft=uid), range(30)))
        assert ends == {"held": 1, "already_sent": 29}
        assert len(desk.rows("SELECT * FROM outbox_items")) == 1
        assert desk.chain_is_whole()


def test_without_a_draft_the_same_text_is_held_once(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        ref = desk.open()
        with ThreadPoolExecutor(10) as pool:
            ends = Counter(pool.map(lambda n: pressed(desk, ref, n, text=FINE), range(30)))
        assert ends == {"held": 1, "needs_reason": 29}
        assert len(desk.rows("SELECT * FROM outbox_items")) == 1


def test_the_same_call_sent_twice_is_one_call(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        ref = desk.open()
        with ThreadPoolExecutor(10) as pool:
            ends = Counter(pool.map(lambda _: pressed(desk, ref, 1, text=FINE), range(30)))
        assert ends == {"held": 30}
        assert len(desk.rows("SELECT * FROM outbox_items")) == 1


def test_undo_at_the_last_moment_or_send_but_never_both(tmp_path: Path) -> None:
    with running(tmp_path) as desk, ThreadPoolExecutor(2) as pool:
        for n in range(20):
            ref = desk.open(sender=f"c{n}@mail.example", subject=f"s{n}")
            uid = desk.one("ticket.reply", ref, text=FINE)["item"]
            desk.queue(uid)
            item = desk.item(uid)

            def leave(item: object = item) -> bool:
                return desk.write(
                    lambda tx: outbox.begin_attempt(tx, item, "digest")  # type: ignore[arg-type] # a row
                )

            def undo() -> bool:
                try:
                    desk.do("app.undo")
                except DesktermError:
                    return False
                return True

            left, undone = (f.result(10) for f in (pool.submit(leave), pool.submit(undo)))
            assert left != undone
            wanted = DeliveryState.SENDING if left else DeliveryState.WITHDRAWN
            assert desk.item(uid)["state"] == wanted
            if left:
                desk.do("ticket.take", ref)


def test_two_drafts_in_one_thread_leave_in_their_order(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        ref = desk.open()
        texts = [f"{FINE} Part {n}." for n in range(3)]
        for n, agent in enumerate(["anna", "bob", "carol"]):
            draft = desk.one("draft.save", ref, text=texts[n], agent=agent)["draft"]
            desk.do("ticket.reply", ref, draft=draft, agent=agent)
        left = []
        while waiting := outbox.in_states(desk.reading, [DeliveryState.HELD]):
            first = [i for i in waiting if outbox.is_first_of_thread(desk.reading, i)]
            assert len(first) == 1
            left.append(first[0]["body"])
            desk.clock.advance(60)
            desk.sent(first[0]["uid"], f"smtp-{len(left)}")
        assert left == texts
        bodies = desk.rows("SELECT body FROM messages WHERE direction = 'outbound' ORDER BY id")
        assert [row[0] for row in bodies] == texts
