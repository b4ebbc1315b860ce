"""Playbooks read out."""

from __future__ import annotations

from pathlib import Path

from tests.support.desk import TestDesk
from tests.support.plain import PlainRoom


def test_the_playbook_that_fits_is_read_out(desk: TestDesk, tmp_path: Path) -> None:
    ref = desk.open()
    desk.do("ticket.reason", ref, reason="return")
    (tmp_path / "back.md").write_text(
        "---\ntitle: Goods come back\nreasons: return\n---\n1. Send a label.\n\nThe lamp waits.\n"
    )
    (tmp_path / "amber.md").write_text("# Amber lamps\nHandle with care.\n")
    room = PlainRoom(desk, playbooks=tmp_path)
    told = " ".join(room.session("playbooks", ref, "playbooks").split())
    assert "no ticket" in told.lower().partition("playbook, goods")[0]
    assert "Playbook, Goods come back" in told
    assert "contact reason: return" in told
    assert "1. Send a label." in told
    assert "Amber" not in told
    told = " ".join(room.session(ref, "playbooks lamp", "help playbooks").split())
    assert "2 places in all playbooks" in told
    assert told.index("Goods come back") < told.index("Amber lamps")
    assert "reads out what your shop does here" in told


def test_a_shop_without_playbooks_is_told_so(desk: TestDesk, tmp_path: Path) -> None:
    ref = desk.open()
    assert "no playbooks to show" in PlainRoom(desk).session(ref, "playbooks")
    told = PlainRoom(desk, playbooks=tmp_path / "none").session(ref, "playbooks")
    assert "There are no playbooks yet" in told
