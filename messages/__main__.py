"""`python3 dev.py messages`: brings the catalogues up to date with the source.

Writes the template, gives each language the messages that are new, drops those that are gone, and
compiles. Ends with 1 when a language lacks a translation, and names what it lacks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from deskterm.i18n.languages import TRANSLATED
from messages import files
from messages.source import messages_in

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Do it; returns the exit code."""
    fresh = files.template(messages_in(ROOT))
    files.TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    files.TEMPLATE.write_bytes(files.as_text(fresh))
    missing = 0
    for language in TRANSLATED:
        file = files.po_file(language)
        catalog = files.merged(files.read(file, language), fresh, language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(files.as_text(catalog))
        file.with_suffix(".mo").write_bytes(files.compiled(catalog))
        lacking = files.untranslated(catalog)
        missing += len(lacking)
        for _, message in lacking:
            sys.stderr.write(f"{language}: {message}\n")
        sys.stdout.write(f"{language}: {len(catalog)} messages, {len(lacking)} to translate\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
