"""The `{names}` in a message (Python's format strings)."""

from __future__ import annotations

from string import Formatter

_FORMATTER = Formatter()


def names_in(message: str) -> frozenset[str]:
    """The names of a message's placeholders.

    Raises:
        ValueError: the braces are not in order, or a placeholder looks into its value.
    """
    names = set()
    for _, name, _, conversion in _FORMATTER.parse(message):
        if name is None:
            continue
        if not name.isidentifier() or conversion:
            raise ValueError(f"{{{name}}} is not a plain name")
        names.add(name)
    return frozenset(names)


def are_sound(source: tuple[str, ...], translation: str) -> bool:
    """Whether a translation has the placeholders of its source. Of a source with a singular and a
    plural it has those of one of them.
    """
    try:
        return names_in(translation) in {names_in(each) for each in source}
    except ValueError:
        return False


def literals_of(message: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A message cut at its placeholders: the texts around them, one more than there are names, and
    the names in their order.
    """
    texts, names, text = [], [], ""
    for literal, name, _, _ in _FORMATTER.parse(message):
        text += literal
        if name is not None:
            texts.append(text)
            names.append(name)
            text = ""
    return (*texts, text), tuple(names)
