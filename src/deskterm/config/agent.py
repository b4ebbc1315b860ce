"""Who works here, and in which time zone."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskterm.config.options import Settings


def agent_name(settings: Settings) -> str:
    """Who signs: the name from the settings, else the name of the login."""
    if settings.agent_name.strip():
        return settings.agent_name.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "agent"


def local_zone(env: Mapping[str, str]) -> ZoneInfo:
    """The agent's time zone: `TZ`, else the system's, else UTC."""
    name = env.get("TZ", "").lstrip(":")
    if not name:
        name = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
