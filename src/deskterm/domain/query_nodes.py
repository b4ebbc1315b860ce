"""What a query is made of once it is read (`deskterm.domain.query`)."""

from __future__ import annotations

from typing import ClassVar, Final


class _Part:
    """A part of a query: equal to what is of its kind and says the same.

    Every start makes these classes, and dataclasses take five times as long to make.
    """

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(
            getattr(self, name) == getattr(other, name) for name in self.__match_args__
        )

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.__match_args__)))

    def __repr__(self) -> str:
        said = ", ".join(repr(getattr(self, name)) for name in self.__match_args__)
        return f"{type(self).__name__}({said})"


class Term(_Part):
    """`field:value`. A time is UTC text as `clock.to_text` writes it; `*` is taken off a prefix.

    `at` is the place of the value in the text, for errors found later; it makes no difference.
    """

    __slots__ = ("at", "field", "negated", "prefix", "value")
    __match_args__ = ("field", "value", "negated", "prefix")

    def __init__(
        self, field: str, value: str, *, negated: bool = False, prefix: bool = False, at: int = 0
    ) -> None:
        self.field: Final = field
        self.value: Final = value
        self.negated: Final = negated
        self.prefix: Final = prefix
        self.at: Final = at

    def negate(self) -> Term:
        """The opposite."""
        negated = not self.negated
        return Term(self.field, self.value, negated=negated, prefix=self.prefix, at=self.at)


class Words(_Part):
    """Words that must all be in the text."""

    __slots__ = __match_args__ = ("words",)

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words: Final = words


class Phrase(_Part):
    """Words that must stand in the text in this order, side by side."""

    __slots__ = __match_args__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text: Final = text


class And(_Part):
    """All of them; of none: everything."""

    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self.parts: Final = parts


class Or(_Part):
    """Any of them."""

    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self.parts: Final = parts


class Not(_Part):
    """Whatever the part is not."""

    __slots__ = __match_args__ = ("part",)

    def __init__(self, part: Node) -> None:
        self.part: Final = part


Node = Term | Words | Phrase | And | Or | Not
