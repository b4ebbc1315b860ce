"""A host as it stands in a text, in disguise or not, and what speaks for it being one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deskterm.rules.detectors.contacts.chains import Label
from deskterm.rules.detectors.contacts.marks import SLASHES, Form
from deskterm.rules.detectors.contacts.tokens import Tokens
from deskterm.rules.detectors.contacts.words import ADDRESS_CUES
from deskterm.text.patterns import Patterns

PATTERNS = Patterns(
    path=r"(?::\d{2,5})?[/?#][^\s<>\"«»]{1,150}",
    port=r":\d{2,5}(?!\w)",
    said_path=rf"[ ](?:{'|'.join(sorted(SLASHES))})[ ][^\s<>\"]{{1,60}}",
)
#: Signs of the sentence that a link at its end is followed by.
TRAILING = ".,;:!?)]}'’*_"
_CUE_REACH = 4


@dataclass(frozen=True, slots=True)
class Host:
    """Labels that may be a host.

    Attributes:
        addressed: an at sign stands before them.
        hinted: a word stands before them that may be an at sign's name.
    """

    tokens: Tokens
    labels: Sequence[Label]
    addressed: bool = False
    hinted: bool = False

    def label(self, index: int) -> str:
        """The words of that label."""
        first, last, _ = self.labels[index]
        words = self.tokens.words
        return words[first] if first == last else "".join(words[first : last + 1])

    @property
    def name(self) -> str:
        """All labels with dots between."""
        return ".".join(map(self.label, range(len(self.labels))))

    @property
    def form(self) -> Form:
        """How the last dot is written."""
        mark = self.labels[-1].mark
        return mark.form if mark else "plain"

    @property
    def start(self) -> int:
        """Its first place in the copy."""
        return self.tokens.starts[self.labels[0].first]

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.tokens.ends[self.labels[-1].last]

    @property
    def masked(self) -> bool:
        """Whether a dot is in disguise, or a word written letter by letter."""
        forms = {label.mark.form for label in self.labels[1:] if label.mark}
        return forms != {"plain"} or self.is_spelled()

    def has_path(self) -> bool:
        """Whether a path or a port follows."""
        text, end = self.tokens.text, self.end
        return any(PATTERNS[name].match(text, end) for name in ("path", "port"))

    def has_evidence(self) -> bool:
        """Whether more than a dot and an ending speaks for a host."""
        words = [self.label(index) for index in range(len(self.labels) - 1)]
        return (
            self.addressed
            or len(words) > 1
            or any(not word.isalpha() for word in words)
            or any(label.mark and label.mark.form == "framed" for label in self.labels[1:])
            or self.is_spelled()
            or self.tokens.word(self.labels[-1].last + 1) in SLASHES
            or not ADDRESS_CUES.isdisjoint(self.tokens.before(self.labels[0].first, _CUE_REACH))
        )

    def is_spelled(self) -> bool:
        """Whether a word of it is written letter by letter."""
        apart = self.tokens.apart
        return bool(apart) and any(label.first in apart for label in self.labels)

    def whole_end(self) -> int:
        """The place behind its path."""
        end = self.end
        for name in ("path", "port", "said_path"):
            match = PATTERNS[name].match(self.tokens.text, end)
            if match:
                end += len(match[0].rstrip(TRAILING))
        return end
