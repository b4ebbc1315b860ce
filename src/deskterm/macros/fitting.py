"""Where and to whom a macro is offered."""

from __future__ import annotations

from deskterm.macros.fill import holds
from deskterm.macros.model import Macro
from deskterm.macros.paths import Known


def is_offered(macro: Macro, known: Known) -> bool:
    """Whether a macro is for this agent, fits the channel, and all its conditions hold."""
    return (
        is_for(macro, known.agent)
        and macro.fits(known.channel)
        and all(holds(condition, known) for condition in macro.when)
    )


def is_for(macro: Macro, agent: str) -> bool:
    """Whether an agent may use it."""
    return not macro.only_for or agent.strip().casefold() in macro.only_for
