"""What customers write back to a reply that they get later on."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from deskterm.sandbox.chance import chance
from deskterm.sandbox.dialogue import facts_source, later_message
from deskterm.sandbox.facts import facts_of
from deskterm.sandbox.model import Answer, Conversation, Mood
from deskterm.sandbox.people import first_name
from deskterm.sandbox.phrasebook import Phrasebook
from deskterm.sandbox.products import Ware
from deskterm.sandbox.reasons import BEFORE_BUYING

MOST_ANSWERS = 3
_SILENT = 0.25  # share of content customers who do not say so
_AFTER_S = (20.0, 150.0)
# What a question of the shop is about, by words of its sentence; every group has to be there.
_TOPICS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "photo": (("photo", "picture", "foto", "bild"),),
    "number": (("order number", "number of your order", "numéro", "bestellnummer", "nummer"),),
    "address": (("address", "adresse", "anschrift"),),
    "choice": (
        ("refund", "money back", "rembours", "erstatt", "geld"),
        ("replace", "new one", "remplac", "renvoyer", "ersatz", "neu"),
    ),
    "bank": (("debit", "débit", "charged", "abgebucht", "buchung"),),
    "card": (("card", "carte", "karte"),),
    "name": (("which name", "quel nom", "welchen namen"),),
    "code": (("code",),),
    "when": (("by when", "pour quand", "bis wann"),),
    "use": (("use it", "usage", "wofür"),),
    "room": (("width", "height", "space", "largeur", "hauteur", "place", "breite", "platz"),),
}
# Facts without which there is no answer to a question.
_NEEDED = {"number": "the_ref", "bank": "total"}
_POLITE = ("anything else", "autre chose", "sonst noch")


def answer_to(
    seed: int,
    book: Phrasebook,
    wares: Mapping[str, Ware],
    conversation: Conversation,
    reply: str,
    number_of_replies: int,
) -> Answer | None:
    """What the customer says to the shop's `number_of_replies`-th reply, or None.

    After one to three answers everybody is content. The same arguments, the same answer.
    """
    number = conversation.number
    patience = chance(seed, "patience", number)
    answers = patience.choices(range(1, MOST_ANSWERS + 1), (55, 32, 13))[0]
    if number_of_replies > answers:
        return None
    rng = chance(seed, "answer", number, number_of_replies)
    facts = _facts(seed, book, wares, conversation)
    content = number_of_replies == answers
    topic = question_in(reply)
    pool, mood = _reaction(rng, conversation, topic, facts, content=content)
    if not pool:
        return None
    salutation = book.say(rng, "greeting.reply", facts) if rng.random() < 0.4 else ""
    name = first_name(conversation.customer) if rng.random() < 0.7 else ""
    text = later_message(salutation, book.say(rng, pool, facts), name, rng)
    return Answer(round(rng.uniform(*_AFTER_S), 1), text, mood)


def question_in(reply: str) -> str:
    """What a reply asks for: a topic, `anything` for another question, empty for none."""
    found = ""
    for said in reply.casefold().split("?")[:-1]:
        question = said.replace("!", ".").replace("\n", ".").rpartition(".")[2]
        for topic, groups in _TOPICS.items():
            if all(any(word in question for word in group) for group in groups):
                return topic
        if not any(words in question for words in _POLITE):
            found = "anything"
    return found


def _reaction(
    rng: Random,
    conversation: Conversation,
    topic: str,
    facts: Mapping[str, str],
    *,
    content: bool,
) -> tuple[str, Mood]:
    """The pool that the answer comes from and the mood it is given in; no pool for silence."""
    mood, reason = conversation.mood, conversation.reason
    if topic in _NEEDED and _NEEDED[topic] not in facts:
        topic = "anything"
    if topic and not (topic == "anything" and content):
        # An answer carries no files.
        return "given.photo_later" if topic == "photo" else f"given.{topic}", mood
    if content:
        if rng.random() < _SILENT:
            return "", mood
        return ("later.calmed", "calm") if mood == "angry" else ("later.thanks", "grateful")
    if mood == "angry" and rng.random() < 0.7:
        return "later.still", "angry"
    return "later.more_before" if reason in BEFORE_BUYING else "later.more", "calm"


def _facts(
    seed: int, book: Phrasebook, wares: Mapping[str, Ware], conversation: Conversation
) -> dict[str, str]:
    customer, order = conversation.customer, conversation.order
    first, last = conversation.messages[0], conversation.messages[-1]
    ware = wares[order.lines[0][0].sku] if order is not None else _meant(wares, conversation)
    other = next(each for each in wares.values() if each is not ware)
    address = customer.addresses[0] if last.ours else last.address
    state = order.state if order is not None else ""
    source = facts_source(seed, conversation.number)
    return facts_of(book, source, customer, address, (ware, other), order, state, first.at)


def _meant(wares: Mapping[str, Ware], conversation: Conversation) -> Ware:
    """The thing that a message without an order names; any if it names none."""
    said = f"{conversation.subject} {conversation.messages[0].text}".casefold()
    named = (ware for ware in wares.values() if ware.model.casefold() in said)
    return next(named, next(iter(wares.values())))
