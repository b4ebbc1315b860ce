"""The floor of the screen: a Textual app with one widget, which changes with every key.

`python -m benchmarks.minimal_app`
"""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

#: What stands on its screen once it can be used; the number of keys follows.
READY = "keys so far: "


class MinimalApp(App[None]):
    """Counts keys. The new text needs no new layout: one repaint a key."""

    def compose(self) -> ComposeResult:
        """One line."""
        self._keys = 0
        self._line = Static(f"{READY}0", markup=False)
        yield self._line

    def on_key(self, event: Key) -> None:
        """Count."""
        event.stop()
        self._keys += 1
        self._line.update(f"{READY}{self._keys}", layout=False)


if __name__ == "__main__":
    MinimalApp().run()
