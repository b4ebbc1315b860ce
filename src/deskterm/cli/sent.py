"""What became of a reply or a new message, in words."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from deskterm.cli.output import local_time, note, say, tell
from deskterm.i18n import heard, language

_SHORT = 8  # characters of an id that are shown


def say_outcome(outcome: Mapping[str, object], zone: ZoneInfo) -> None:
    """Where it stands now, and what the rules said. `zone`: of the times that are said."""
    who = outcome.get("ticket") or "new message"
    kind = outcome.get("outcome")
    if kind == "held":
        if "send_at" in outcome:
            tell(f"{who}: leaves at {local_time(str(outcome['send_at']), zone)}")
        else:
            tell(f"{who}: goes out in {outcome['hold_s']:g} s")
        tell(f"'deskterm undo' takes it back; item {outcome['item']}")
        again = outcome.get("typed_again")
        if isinstance(again, Mapping):
            make = f"'deskterm macro new --from-typed {str(again['id'])[-_SHORT:]}'"
            tell(f"typed {again['times']} times: {make} makes it a macro")
    elif kind == "blocked":
        tell(f"{who}: not sent, a rule forbids it. It was kept as a draft.")
    else:
        tell(f"{who}: not sent yet. It was kept as a draft.")
        note("Send it with --reason '…' if you are sure.")
    if outcome.get("says"):
        tell(f"  {heard(str(outcome['says']))}")
    findings = outcome.get("findings")
    for finding in findings if isinstance(findings, list) else []:
        say(f"  {finding['severity']}: {_says(finding)} ({finding['rule']})")
        if finding["excerpt"]:
            tell(f"    at {finding['start']}: {finding['excerpt']}")


def _says(finding: Mapping[str, object]) -> object:
    others = finding.get("says_in")
    own = others.get(language()) if isinstance(others, Mapping) else None
    return own or finding["says"]
