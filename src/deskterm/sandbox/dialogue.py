"""Whole conversations, message by message."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from deskterm.sandbox.casting import Scene
from deskterm.sandbox.chance import chance
from deskterm.sandbox.enclosures import enclosed_with, invoice_of, photo_of
from deskterm.sandbox.facts import about_one_change, facts_of
from deskterm.sandbox.grammar import day, of_name
from deskterm.sandbox.letters import Letter, LetterWriter, paragraph
from deskterm.sandbox.model import Conversation, FileOf, Language, Message, Order
from deskterm.sandbox.moments import OURS, Beat
from deskterm.sandbox.people import first_name
from deskterm.sandbox.phrasebook import Facts, Phrasebook
from deskterm.sandbox.reasons import ABOUT_ONE_CHANGE, BEFORE_BUYING, REASONS, Ask
from deskterm.sandbox.shop import Agent, Shop
from deskterm.sandbox.styles import capital

CHANNEL = "email"
_IN_HTML = 0.12  # share of customers whose mail program writes HTML as well
_HOLIDAY_DAYS = (3, 14)


@dataclass
class DialogueWriter:
    """Writes the conversations of a world, oldest first."""

    seed: int
    shop: Shop
    books: Mapping[Language, Phrasebook]
    orders: Sequence[Order]
    letters: LetterWriter = field(default_factory=LetterWriter)

    def write(self, number: int, scene: Scene) -> Conversation:
        """The conversation of a scene. What it says depends on the seed and its number."""
        book = self.books[scene.customer.language]
        order = None if scene.order is None else self.orders[scene.order]
        address = scene.customer.addresses[scene.mailbox]
        rng = chance(self.seed, "words", number)
        facts = facts_of(
            book,
            facts_source(self.seed, number),
            scene.customer,
            address,
            scene.wares,
            order,
            scene.state,
            scene.moments[0],
        )
        facts["shop"] = self.shop.name
        if scene.reason in ABOUT_ONE_CHANGE:
            facts = about_one_change(rng, facts)
        if scene.other:
            facts |= {"other": scene.other, "de_other": of_name(scene.other)}
        talk = _Talk(book, rng, scene, order, facts, self.shop, address)
        files, pool = enclosed_with(rng, scene, order)
        letter = self.letters.write(book, rng, facts, scene, pool)
        return Conversation(
            number=number,
            channel=CHANNEL,
            customer=scene.customer,
            reason=scene.reason,
            language=book.language,
            mood=scene.mood,
            subject=letter.subject,
            order=order,
            messages=talk.messages(letter, files),
        )


def facts_source(seed: int, number: int) -> Random:
    """What the facts of a conversation are drawn from, now and when it goes on later."""
    return chance(seed, "facts", number)


@dataclass
class _Talk:
    """One conversation while it is being written."""

    book: Phrasebook
    rng: Random
    scene: Scene
    order: Order | None
    facts: dict[str, str]
    shop: Shop
    address: str
    asked: Ask | None = None
    salutation: str = ""
    told: int = 0
    papers: tuple[FileOf, ...] = ()

    def messages(self, letter: Letter, files: tuple[FileOf, ...]) -> tuple[Message, ...]:
        """Every message of the scene, the letter first."""
        agent = self.rng.choice(self.shop.staff)
        self.facts |= {"agent": agent.first_name, "ae": "e" if agent.is_woman else ""}
        in_html = self.rng.random() < _IN_HTML
        beats = list(zip(self.scene.beats, self.scene.moments, strict=True))
        first = self._theirs(beats[0][1], letter.text, files, in_html=in_html)
        written = [first]
        for beat, at in beats[1:]:
            if beat in OURS:
                written.append(self._ours(at, self._reply(beat, letter), agent))
                continue
            self._remember(written[-1].at, at)
            if beat == "away":
                written.append(self._automatic(at))
                continue
            files = self._asked_for() if beat == "given" else ()
            written.append(self._theirs(at, self._answer(beat), files, in_html=in_html))
        return tuple(written)

    def _theirs(
        self, at: datetime, text: str, files: tuple[FileOf, ...], *, in_html: bool
    ) -> Message:
        markup = as_html(text) if in_html else ""
        name = self.scene.customer.name
        return Message(at, False, name, self.address, text, files, html=markup)

    def _ours(self, at: datetime, text: str, agent: Agent) -> Message:
        papers, self.papers = self.papers, ()
        return Message(at, True, agent.name, self.shop.address, text, papers)

    def _remember(self, before: datetime, at: datetime) -> None:
        """Let a message of another day say when the one before was written."""
        self.facts.pop("written", None)
        if before.date() != at.date():
            self.facts["written"] = day(before, self.book.language, at)

    def _automatic(self, at: datetime) -> Message:
        back = at + timedelta(days=self.rng.randint(*_HOLIDAY_DAYS))
        facts = self.facts | {"back": day(back, self.book.language, at)}
        text = f"{self._say('away.text', facts)}\n\n{self.scene.customer.name}"
        customer = self.scene.customer.name
        return Message(at, False, customer, self.address, text, automatic=True)

    def _reply(self, beat: Beat, letter: Letter) -> str:
        self.salutation = self.salutation or self._say("shop.greeting")
        if beat == "close":
            said = [self._say("shop.close")]
        elif beat == "ask":
            self.asked = self._question(letter)
            lead = self._news() if self.asked == "confirm" else self._say("ask.lead")
            said = [lead, self._say(f"ask.{self.asked}")]
        else:
            chatty = self.order is not None and self.rng.random() < 0.4
            more = self._say("shop.nothing_more") if chatty else ""
            said = [self._news(), more if self.scene.mood != "grateful" else ""]
        body = paragraph(self.book, said, self.salutation)
        parting = f"{self._say('shop.parting')}\n{self.facts['agent']}\n{self.shop.name}"
        return f"{self.salutation}\n\n{body}\n\n{parting}"

    def _question(self, letter: Letter) -> Ask:
        if self.order is not None and not letter.names_order:
            return "number"
        asks = REASONS[self.scene.reason].asks
        answerable = [ask for ask in asks if self.book.fitting(f"given.{ask}", self.facts)]
        return self.rng.choice(answerable) if answerable else "confirm"

    def _news(self) -> str:
        """What the shop has to say, at first about the matter and then about its progress."""
        self.told += 1
        if self.told > 1:
            settled = self.asked == "confirm" and self.told == 2
            return self._say("shop.done" if settled else "shop.update")
        if self.scene.reason == "invoice" and self.order is not None:
            self.papers = (invoice_of(self.order, self.shop),)
        pool = f"{self.scene.reason}.tell"
        return self.book.say_of_state(self.rng, pool, self.scene.state, self.facts)

    def _asked_for(self) -> tuple[FileOf, ...]:
        return (photo_of(self.rng, self.scene),) if self.asked == "photo" else ()

    def _answer(self, beat: Beat) -> str:
        angry = self.scene.mood == "angry"
        before = self.scene.reason in BEFORE_BUYING
        pool = {
            "given": f"given.{self.asked}",
            "more": "later.more_before" if before else "later.more",
            "still": "later.still",
            "thanks": "later.calmed" if angry else "later.thanks",
        }.get(beat, "later.chase_angry" if angry else "later.chase")
        said = self._say(pool)
        answers = beat != "chase" and self.rng.random() < 0.55
        salutation = self._say("greeting.reply") if answers else ""
        return later_message(salutation, said, self._signature(), self.rng)

    def _signature(self) -> str:
        return first_name(self.scene.customer) if self.rng.random() < 0.7 else ""

    def _say(self, pool: str, facts: Facts | None = None) -> str:
        return self.book.say(self.rng, pool, self.facts if facts is None else facts)


def later_message(salutation: str, said: str, name: str, rng: Random) -> str:
    """A message that goes on with a conversation: short, with or without frills."""
    line = capital(said)
    if salutation and rng.random() < 0.5:
        return "\n".join(filter(None, (salutation, line, name)))
    return "\n\n".join(filter(None, (salutation, line, name)))


def as_html(text: str) -> str:
    """The same text as a mail program writes it in HTML."""
    blocks = html.escape(text, quote=False).split("\n\n")
    body = "\n".join("<p>" + block.replace("\n", "<br>\n") + "</p>" for block in blocks)
    return f'<html><body><div dir="ltr">\n{body}\n</div></body></html>\n'
