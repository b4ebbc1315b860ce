"""Writes the page that lists all settings: `python -m deskterm.config.reference`."""

from __future__ import annotations

import sys

from deskterm.config.options import describe, known_settings
from deskterm.config.settings import shown_value

_HEAD = """\
# Settings

This page is made from the code by `python -m deskterm.config.reference > docs/settings.md`.

Settings stand in `settings.toml` in the shop folder: `$DESKTERM_HOME/config/` where that variable
is set, otherwise `~/.config/deskterm/` on Linux and `~/Library/Application Support/deskterm/` on
macOS. The file is TOML. Every setting has a default, so it may be missing or empty; names with a
dot stand in the table before the dot:

```toml
agent_name = "Sam"
hold_s = 20

[office]
idle_s = 120
```

An unknown name or a wrong value is reported with its file, line and the nearest known name.
"""

_FOOT = """\

Settings marked with * decide what runs with your rights. They count only while the file and its
folder belong to you (or to root) and nobody else can write to them.
"""


def page() -> str:
    """The page in Markdown."""
    guarded = {known.key for known in known_settings() if known.option.guarded}
    lines = [_HEAD, "| setting | type | default | meaning |", "| --- | --- | --- | --- |"]
    for key, kind, default, doc in describe():
        name = f"`{key}`" + (" *" if key in guarded else "")
        cells = (name, kind, f"`{shown_value(default)}`", doc)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n" + _FOOT


if __name__ == "__main__":
    sys.stdout.write(page())
