"""The first message of a conversation, put together from phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from deskterm.sandbox.casting import Scene
from deskterm.sandbox.facts import spelled
from deskterm.sandbox.phrasebook import Facts, Phrasebook
from deskterm.sandbox.styles import Style, capital, choose_style, with_slips

_NAMES_ORDER = 0.68  # how many customers name the order of their own accord
_OF_STATE = 0.75  # share of messages that speak of the state of the order
_TRIES = 12
_SAME_SUBJECTS = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """A first message. `names_order`: one can see from it which order is meant."""

    subject: str
    text: str
    names_order: bool


@dataclass
class LetterWriter:
    """Writes first messages, no two of them alike, and subjects that few share."""

    texts: set[str] = field(default_factory=set)
    subjects: Counter[str] = field(default_factory=Counter)

    def write(
        self,
        book: Phrasebook,
        rng: Random,
        facts: Facts,
        scene: Scene,
        enclosed: str = "",
    ) -> Letter:
        """A first message for the scene.

        Args:
            enclosed: name of the pool that speaks of what is attached, if anything is.
        """
        known = dict(facts)
        if scene.order is not None and rng.random() < _NAMES_ORDER:
            known["ref"] = spelled(rng, facts["the_ref"])
        style = choose_style(rng, scene.mood)
        if scene.relation or scene.mailbox or enclosed:
            style = "plain" if style == "short" else style
        for _ in range(_TRIES):
            text = _text(book, rng, known, scene, style, enclosed)
            if text not in self.texts:
                break
            style = "long"
        self.texts.add(text)
        subject = self._subject(book, rng, known, scene, style)
        said = f"{subject} {text}".casefold()
        named = any(known[name].casefold() in said for name in ("ref", "tracking") if name in known)
        return Letter(subject, text, named)

    def _subject(
        self, book: Phrasebook, rng: Random, facts: Facts, scene: Scene, style: Style
    ) -> str:
        for _ in range(_TRIES):
            subject = capital(book.say(rng, f"{scene.reason}.subject", facts))
            if self.subjects[subject.casefold()] < _SAME_SUBJECTS:
                break
        self.subjects[subject.casefold()] += 1
        return subject.lower() if style == "lower" else subject


def greeting(book: Phrasebook, rng: Random, at: datetime, facts: Facts) -> str:
    """A salutation that suits the hour."""
    hour = "morning" if 5 <= at.hour < 11 else "evening" if at.hour >= 18 else "any"
    pool = hour if rng.random() < 0.4 else "any"
    return book.say(rng, f"greeting.{pool}", facts)


def paragraph(book: Phrasebook, sentences: Sequence[str], salutation: str = "") -> str:
    """Sentences in a row. In German the first goes on in small letters after a comma."""
    kept = [sentence for sentence in sentences if sentence]
    goes_on = book.language == "de" and salutation.endswith(",")
    return " ".join(
        sentence if goes_on and not place else capital(sentence)
        for place, sentence in enumerate(kept)
    )


def _text(
    book: Phrasebook, rng: Random, facts: Facts, scene: Scene, style: Style, enclosed: str
) -> str:
    if style == "short":
        return _note(book, rng, facts, scene)
    salutation = greeting(book, rng, scene.moments[0], facts)
    what, why = _what(book, rng, facts, scene), _why(book, rng, facts, scene, enclosed)
    wish = _wish(book, rng, facts, scene)
    if style == "emoji":
        wish = [*wish, book.say(rng, f"emoji.{scene.mood}", facts)]
    if style == "long":
        stories = _stories(book, rng, facts)
        what, why = [*what, *stories[:3]], [*stories[3:], *why]
    blocks = [paragraph(book, what, salutation), paragraph(book, why), paragraph(book, wish)]
    if style != "long" and rng.random() < 0.5:
        blocks = [" ".join(filter(None, blocks[:2])), blocks[2]]
    if style == "slips":
        blocks = [with_slips(rng, block) for block in blocks]
    text = "\n\n".join(filter(None, (salutation, *blocks, _ending(book, rng, facts, scene))))
    return _without_capitals(text, facts) if style == "lower" else text


def _note(book: Phrasebook, rng: Random, facts: Facts, scene: Scene) -> str:
    """A message of one line, with a name under it or not."""
    line = book.say(rng, f"{scene.reason}.short", facts)
    if rng.random() < 0.5:
        return line
    return f"{line}\n\n{facts['first'] if rng.random() < 0.6 else facts['name']}"


def _what(book: Phrasebook, rng: Random, facts: Facts, scene: Scene) -> list[str]:
    opening = book.say(rng, f"mood.{scene.mood}.opening", facts) if rng.random() < 0.3 else ""
    pool = f"{scene.reason}.core"
    return [opening, book.say_of_state(rng, pool, scene.state, facts, _OF_STATE)]


def _stories(book: Phrasebook, rng: Random, facts: Facts) -> list[str]:
    """What has little to do with the matter, and is told all the same."""
    stories = book.fitting("ramble.line", facts)
    return [story.fill(facts) for story in rng.sample(stories, rng.randint(5, 8))]


def _why(book: Phrasebook, rng: Random, facts: Facts, scene: Scene, enclosed: str) -> list[str]:
    sentences = []
    if rng.random() < 0.55:
        sentences.append(book.say(rng, f"{scene.reason}.detail", facts))
    if enclosed:
        sentences.append(book.say(rng, f"attached.{enclosed}", facts))
    if scene.relation:
        sentences.append(book.say(rng, f"bond.{scene.relation}", facts))
    if scene.mailbox:
        sentences.append(book.say(rng, "mailbox.other", facts))
    return sentences


def _wish(book: Phrasebook, rng: Random, facts: Facts, scene: Scene) -> list[str]:
    ask = book.say(rng, f"{scene.reason}.ask", facts) if rng.random() < 0.72 else ""
    line = book.say(rng, f"mood.{scene.mood}.line", facts) if rng.random() < 0.42 else ""
    return [ask, line]


def _ending(book: Phrasebook, rng: Random, facts: Facts, scene: Scene) -> str:
    closing = book.say(rng, f"mood.{scene.mood}.closing", facts) if rng.random() < 0.88 else ""
    chance = rng.random()
    name = facts["name"] if chance < 0.65 else facts["first"] if chance < 0.93 else ""
    phone = facts.get("phone", "") if rng.random() < 0.1 else ""
    return "\n".join(filter(None, (closing, name, phone if name else "")))


def _without_capitals(text: str, facts: Facts) -> str:
    """All in small letters, but for what was pasted."""
    text = text.lower()
    if tracking := facts.get("tracking"):
        text = text.replace(tracking.lower(), tracking)
    return text
