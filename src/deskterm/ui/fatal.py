"""A fault in the program: the console ends in words, and what was typed is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rich.text import Text
from textual.app import App

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.words import error_words

#: Writes a report without values and says where it is.
Report = Callable[[BaseException], Path]


class EndsInWords(App[int]):
    """An app that, at a fault, keeps what was typed and says so, instead of showing a trace.

    A trace holds the values of variables, and those are words of customers.
    """

    report: Report | None = None

    def keep_what_was_typed(self) -> bool:
        """Write down, at once, what no office has yet. Returns whether there was something."""
        return False

    def _handle_exception(self, error: Exception) -> None:
        """Textual: a handler has failed. Called again for each error while the app ends."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self.panic(Text("\n".join(self._fault_words(error))))
            self._exception_event.set()

    def _fault_words(self, error: Exception) -> list[SafeText]:
        if isinstance(error, DesktermError):
            words = [error_words(error)]
        else:
            words = [say("deskterm: a fault in the program stopped the console")]
        try:
            if self.keep_what_was_typed():
                words.append(say("  What you had typed is kept and offered at the next start."))
            else:
                words.append(say("  Nothing that you typed was lost."))
        except Exception:  # noqa: BLE001 - the fault may be in the keeping; the end must come
            words.append(say("  What you had typed last could not be kept."))
        words.append(self._where_the_report_is(error))
        return words

    def _where_the_report_is(self, error: Exception) -> SafeText:
        kind = clean(type(error).__name__, multiline=False)
        if self.report is None:
            return say("  It was a {kind}.", kind=kind)
        try:
            path = clean(str(self.report(error)), multiline=False)
        except (DesktermError, OSError):
            return say("  It was a {kind}; no report could be written.", kind=kind)
        return say("  A report without texts is in {path}", path=path)
