"""What became of a reply or a new message, in words."""

from __future__ import annotations

from collections.abc import Mapping

from deskterm.cli.output import note, say


def say_outcome(outcome: Mapping[str, object]) -> None:
    """Where it stands now, and what the rules said."""
    who = outcome.get("ticket") or "new message"
    kind = outcome.get("outcome")
    if kind == "held":
        say(f"{who}: goes out in {outcome['hold_s']:g} s")
        say(f"'deskterm undo' takes it back; item {outcome['item']}")
    elif kind == "blocked":
        say(f"{who}: not sent, a rule forbids it. It was kept as a draft.")
    else:
        say(f"{who}: not sent yet. It was kept as a draft.")
        note("Send it with --reason '…' if you are sure.")
    if outcome.get("says"):
        say(f"  {outcome['says']}")
    findings = outcome.get("findings")
    for finding in findings if isinstance(findings, list) else []:
        say(f"  {finding['severity']}: {finding['says']} ({finding['rule']})")
        if finding["excerpt"]:
            say(f"    at {finding['start']}: {finding['excerpt']}")
