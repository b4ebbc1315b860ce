"""Telling whoever looks at a model that it has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

_P = ParamSpec("_P")


class Signal(Generic[_P]):
    """A list of functions that are called, in order, when something happened."""

    def __init__(self) -> None:
        self._listeners: list[Callable[_P, None]] = []

    def connect(self, listener: Callable[_P, None]) -> None:
        """Call `listener` from now on."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[_P, None]) -> None:
        """Do not call `listener` any more."""
        self._listeners.remove(listener)

    def emit(self, *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Call every listener."""
        for listener in tuple(self._listeners):
            listener(*args, **kwargs)
