"""Things to be done a while after something else, by name."""

from __future__ import annotations

from collections.abc import Callable

from deskterm.viewmodel.ports import Timers


class Pauses:
    """Named timers: setting one again begins it anew."""

    def __init__(self, timers: Timers) -> None:
        self._timers = timers
        self._cancel: dict[str, Callable[[], None]] = {}

    def after(
        self, name: str, seconds: float, act: Callable[[], None], *, restart: bool = True
    ) -> None:
        """Call `act` in so many seconds; without `restart` not later than was set before."""
        if name in self._cancel:
            if not restart:
                return
            self.stop(name)

        def due() -> None:
            self._cancel.pop(name, None)
            act()

        self._cancel[name] = self._timers.after(seconds, due)

    def stop(self, *names: str) -> None:
        """Forget these; without a name all."""
        for name in names or tuple(self._cancel):
            cancel = self._cancel.pop(name, None)
            if cancel is not None:
                cancel()
