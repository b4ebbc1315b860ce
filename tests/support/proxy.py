"""A line that can be cut: the sandbox's fault proxy, before a real server."""

from __future__ import annotations

from deskterm.sandbox.proxy import Proxy, running_proxy

__all__ = ["Proxy", "running_proxy"]
