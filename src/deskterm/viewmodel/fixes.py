"""Rewrites that findings offer: a rule names one, the composer does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from deskterm.viewmodel.findings import Finding

#: Name of a rewrite, and what it makes of the place that was found.
Rewrites = Mapping[str, Callable[[str], str]]


def apply_fixes(text: str, findings: Iterable[Finding], rewrites: Rewrites) -> tuple[str, int]:
    """Rewrite every place that has a fix, from the end on, so that places stay right.

    Of places that overlap the later one counts. Returns the text and how many places changed.
    """
    count, begin = 0, len(text) + 1
    for one in sorted(findings, key=lambda f: f.start, reverse=True):
        rewrite = rewrites.get(one.fix)
        if rewrite is None or not one.has_place or one.end > begin:
            continue
        fixed = rewrite(text[one.start : one.end])
        if fixed != text[one.start : one.end]:
            text = text[: one.start] + fixed + text[one.end :]
            count += 1
        begin = one.start
    return text, count
