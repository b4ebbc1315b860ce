"""Accounts in other networks: a name after an app's, "DM us", "our Facebook page", "per WhatsApp".

An app is also a thing that products know ("supports WhatsApp calls"). It counts only where the
sentence speaks of us, asks to write or follow there, or gives a name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import islice, takewhile

from deskterm.rules.detectors.base import Reading, any_of, holds_any, scan
from deskterm.rules.detectors.contacts import networks as words
from deskterm.rules.detectors.contacts.finds import Find, few, unread
from deskterm.rules.detectors.contacts.instructions import is_instructed
from deskterm.rules.detectors.contacts.naming import told_name
from deskterm.rules.detectors.contacts.suffixes import is_known
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.text.patterns import Patterns


def _halves(names: Iterable[str]) -> str:
    """A pattern of the two words that make up each of those names, with a sign between them."""
    return "|".join(name.replace(" ", r"[.·•*_~=+|-]") for name in names)


PATTERNS = Patterns(
    app=rf"(?<![^\W_])(?:{any_of((*words.APPS, *words.AMBIGUOUS))}|{words.LEET})(?![^\W_])",
    # Its letters set apart by other signs than blanks, "W.h.a.t.s.A.p.p"; its halves, "Insta.gram".
    lettered=r"(?<![^\W_])[^\W\d_](?:[ ]?[^\w\s]{1,2}[ ]?[^\W\d_]){3,10}(?![^\W_])",
    halved=rf"(?<![^\W_])(?:{_halves(words.HALVES)})(?![^\W_])",
    name=(
        r"[ ]{0,2}(?P<cue>[:=>–—→➡➜➔⇒👉⬇↓▶☞»(/-]{1,2}"
        r"|(?:is|id|name|user(?:name)?|handle|account|compte|nom|konto"
        r"|cuenta|nombre|nome|profil|profile|perfil|profilo|pseudo|est|ist|es|nick|called"
        r"|hei(?:ss|ß)t|s['’]appelle|se[ ]llama|si[ ]chiama)[ ]{0,2}:?)?"
        r"[ ]{0,2}(?P<quote>[\"'«“„]?)[ ]?(?P<at>@?)[ ]?(?P<name>[a-z0-9][a-z0-9_.-]{2,40})"
    ),
    # A call, and the name at the end of its sentence: "… on Snap, easier for us: atelier_mimosa".
    later=(
        r"[^.!?;:\n]{0,40}?[:,–—(][ ]?(?:[a-z']{1,8}[ ]){0,2}@?"
        r"(?P<name>[a-z0-9]{2,20}(?:_[a-z0-9]{2,20}){1,3})"
        r"(?![^\W_]|\.\w)(?P<last>[ ]?[.!)]?[ ]?(?:\n|\Z))?"
    ),
    onwards=r"[^\n.!?;]{0,25}[>→➡➜➔⇒▶»]",
    formed=r"[_\d]|[a-z]\.[a-z]",
    amount=r"\d[\d.,-]{0,12}[a-z]{0,4}\Z",
    at=r"(?<![\w@./+-])@(?P<name>[a-z0-9_][a-z0-9_.]{2,40})(?![\w@])",
)
_REACH = 9
_STOPS = frozenset(".!?;")
_CLAUSE_ENDS = frozenset(",:;–—-")
_BESIDE = ("/", "(")
_LEAST_BESIDE, _LEAST_SIGNS, _LEAST_LETTERS = 8, 3, 3
_SHORT = words.ABBREVIATED | {"insta"}
_NAMING = ("id", "handle", "user", "nick", "pseudo")


def accounts(reading: Reading) -> Iterator[Find]:
    """Names of accounts, and calls to write to us in another network."""
    tokens = reading.once(tokens_of)
    for place in few(_apps(tokens)):
        if place is None:
            yield unread(0, len(tokens.text), "social")
            return
        start, end, app = place
        around = Around(tokens, start, end)
        here = around.next_is_shop() and reading.draft.channel.startswith("tiktok")
        if not here and not around.is_denied():
            yield from _surest(
                _named(reading, around, app, start, end),
                _told(reading, around, start, end),
                _named_later(reading, around, start, end),
                _called(reading, around, app, start, end),
            )
    if "@" in tokens.text:
        yield from _handles(tokens)
    yield from _direct_messages(tokens)


def _apps(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """Where apps are named, also letter by letter."""
    if holds_any(tokens.text, words.SIGNS) or not words.SHORT_APPS.isdisjoint(tokens.vocabulary):
        for match in scan(PATTERNS["app"], tokens.text):
            yield match.start(), match.end(), match[0]
    yield from spelled(tokens, words.WHOLE)
    vocabulary = tokens.vocabulary
    if not (words.FIRST_HALVES.isdisjoint(vocabulary) or words.LAST_HALVES.isdisjoint(vocabulary)):
        for match in scan(PATTERNS["halved"], tokens.text):
            yield match.start(), match.end(), match[0]


def spelled(tokens: Tokens, names: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Where one of those names stands letter by letter: "W h a t s a p p", "W.h.a.t.s.A.p.p"."""
    for index in tokens.apart:
        if tokens.words[index] in names:
            yield tokens.starts[index], tokens.ends[index], tokens.words[index]
    if sum(len(word) == 1 and word.isalpha() for word in tokens.vocabulary) >= _LEAST_LETTERS:
        for match in scan(PATTERNS["lettered"], tokens.text):
            if "".join(filter(str.isalpha, match[0])) in names:
                yield match.start(), match.end(), match[0]


def _surest(*finds: Find | None) -> Iterator[Find]:
    """The first of those that is sure, else the first."""
    found = [find for find in finds if find is not None]
    yield from sorted(found, key=lambda find: not find.sure)[:1]


def _told(reading: Reading, around: Around, start: int, end: int) -> Find | None:
    """An account's name that the sentence tells."""
    place = told_name(reading.once(tokens_of).text, start, end, reading.copy.text)
    if place is None or (around.features() and not around.ours()):
        return None
    return Find(place[0], place[1], "social", place[2])


def _called(reading: Reading, around: Around, app: str, start: int, end: int) -> Find | None:
    """A call to go there, without an account's name."""
    sure = around.weigh()
    if sure is None:
        # Nobody sets a name's letters apart for nothing.
        written = reading.once(tokens_of).text[start:end]
        apart = sum(not sign.isalpha() for sign in written) >= _LEAST_SIGNS
        return Find(start, end, "social", around.leads(), masked=True) if apart else None
    if app in words.AMBIGUOUS:
        capital = reading.copy.text[start].isupper() or app in words.ABBREVIATED
        if not capital and not (app in words.RARE_WORDS and around.asks() and around.towards()):
            return None
        sure = sure and (around.asks() or around.towards() or around.next_is_us())
    return Find(start, end, "social", sure, masked=app not in words.KNOWN)


def _named(reading: Reading, around: Around, app: str, start: int, end: int) -> Find | None:
    """An account's name behind the app."""
    tokens = reading.once(tokens_of)
    match = PATTERNS["name"].match(tokens.text, end)
    if match is None:
        return None
    name, cue = match["name"].rstrip(".-"), (match["cue"] or "").strip()
    stop = match.start("name") + len(name)
    formed = PATTERNS["formed"].search(name) is not None and not PATTERNS["amount"].match(name)
    arrow = cue[-1:] in words.ARROWS
    if arrow and cue[-1] != ":":
        onwards = PATTERNS["onwards"].match(tokens.text, stop)
        if name in words.MENUS or onwards is not None:
            return None
    if match["at"] or (formed and (cue or not around.features())):
        return Find(start, stop, "social")
    if around.features() or name in words.ANSWERS:
        return None
    if match["quote"]:
        return Find(start, stop, "social", around.ours())
    if cue in _BESIDE:
        plain = len(name) < _LEAST_BESIDE or is_known(name) or name in words.KNOWN
        return None if plain or app not in _SHORT else Find(start, stop, "social")
    if arrow or cue.startswith(_NAMING) or (cue and around.ours()):
        if cue[:1].isalpha() and not cue.endswith(":") and not cue.startswith(_NAMING):
            return None
        sure = around.ours() or not is_known(name) or is_instructed(reading, start, stop)
        return Find(start, stop, "social", sure)
    return None


def _named_later(reading: Reading, around: Around, start: int, end: int) -> Find | None:
    """An account's name in the rest of the sentence, behind a call to go there."""
    match = PATTERNS["later"].match(reading.once(tokens_of).text, end)
    if match is None or not around.towards() or around.features():
        return None
    called = match["last"] is not None or around.ours() or around.asks()
    return Find(start, match.end("name"), "social") if called else None


class Around:
    """The words of the sentence around an app's name."""

    def __init__(self, tokens: Tokens, start: int, end: int) -> None:
        first, last = _index(tokens, start), _index(tokens, end - 1)
        self._before = list(_sentence(tokens, range(first - 1, max(-1, first - 2 * _REACH), -1), 1))
        ahead = range(last + 1, min(len(tokens), last + 2 * _REACH))
        self._after = list(_sentence(tokens, ahead, 0))
        self._words = frozenset(self._before) | frozenset(self._after)

    def is_denied(self) -> bool:
        """Whether its clause says that we are not there: "we do not use WhatsApp"."""
        clause = set(takewhile(lambda word: word not in _CLAUSE_ENDS, self._before))
        denied = not words.DENIALS.isdisjoint(clause)
        behind = takewhile(lambda word: word not in _CLAUSE_ENDS, self._after)
        absent = frozenset(islice(behind, 4))
        denied = denied or not (
            words.DENIALS.isdisjoint(absent) or words.PRESENT.isdisjoint(absent)
        )
        return denied and self._words.isdisjoint(words.DENIED_DOUBTS)

    def ours(self) -> bool:
        """Whether it is ours or about us: "our Facebook page", "écrivez-nous"."""
        near = self._before[:5] + self._after[:7]
        return not words.OURS.isdisjoint(near) or any(
            word.endswith(words.US_ENDINGS) and word.startswith(words.ASKING_BEGINNINGS)
            for word in self._words
        )

    def is_about_us(self) -> bool:
        """Whether it speaks of us: "we are", "find us", "retrouvez-nous"."""
        return self.ours() or not words.US.isdisjoint(self._words)

    def leads(self) -> bool:
        """Whether it is named as the way, with an article between: "sur le réseau bleu"."""
        return not words.LEADING.isdisjoint(self._before[:3])

    def asks(self) -> bool:
        """Whether it asks to write, follow, look or go on."""
        return not words.ASKING.isdisjoint(self._words) or any(
            word.startswith(words.ASKING_BEGINNINGS) and len(word) > 5 for word in self._words
        )

    def features(self) -> bool:
        """Whether it speaks of what a product can do."""
        return not words.FEATURES.isdisjoint(self._words) or any(
            word.startswith(words.FEATURE_BEGINNINGS) for word in self._words
        )

    def towards(self) -> bool:
        """Whether it is named as the way: "via WhatsApp"."""
        return bool(self._before) and self._before[0] in words.TOWARDS

    def next_is_us(self) -> bool:
        """Whether it is a verb of its own: "WhatsApp us"."""
        return bool(self._after) and self._after[0] in words.OURS

    def next_is_shop(self) -> bool:
        """Whether it is a marketplace: "TikTok Shop"."""
        return self._after[:1] == ["shop"]

    def is_product(self) -> bool:
        """Whether what follows is something that a product has: "our Facebook app"."""
        return bool(self._after) and (
            self._after[0] in words.FEATURES or self._after[0].startswith(words.FEATURE_BEGINNINGS)
        )

    def weigh(self) -> bool | None:
        """Whether it surely calls elsewhere (None: surely not)."""
        before, ahead = frozenset(self._before), frozenset(self._after[:7])
        if self._before[:1] and self._before[0] in words.OURS and not self.is_product():
            return True
        towards, ours, asks = self.towards(), self.ours(), self.asks()
        us = ours or not words.US.isdisjoint(self._words) or {"on", "est"} <= before
        place = not words.PLACES.isdisjoint(self._after[:2] + self._before[:2])
        if self.features() and not (ours and asks and towards):
            return False if (place or towards) and (ours or (us and asks)) else None
        better = not words.BETTER.isdisjoint(self._words)
        there = towards and not words.BEING.isdisjoint(before)
        calls = (
            ours
            or (us and (asks or place or there))
            or (towards and (asks or better or not words.NUMBERS.isdisjoint(self._words)))
            or (there and not words.SHOPS.isdisjoint(before))
            or (better and not words.USING.isdisjoint(before))
            or not words.COMPARING.isdisjoint(ahead)
        )
        if calls:
            return words.DENIALS.isdisjoint(ahead) or ours
        return False if towards and us else None


def _index(tokens: Tokens, place: int) -> int:
    return bisect_right(tokens.starts, place) - 1


def _sentence(tokens: Tokens, places: range, beyond: int) -> Iterator[str]:
    """The words and signs at those places, as far as the sentence goes."""
    for place in places:
        if tokens.words[place] in _STOPS or "\n\n" in tokens.gap(place + beyond):
            return
        word = tokens.words[place]
        named = word == "message" and tokens.word(place - 1) in words.DETERMINERS
        if not named and not (word == "look" and tokens.word(place + 1) in words.LOOKS):
            yield word


def _handles(tokens: Tokens) -> Iterator[Find]:
    """`@name` by itself: sure where words ask to follow or write."""
    for match in few(scan(PATTERNS["at"], tokens.text)):
        if match is None:
            yield unread(0, len(tokens.text), "social")
            return
        name = match["name"].strip("._")
        if len(name) < 3 or not any(map(str.isalpha, name)) or name[0].isdecimal():
            continue
        index = _index(tokens, match.start())
        near = (*tokens.before(index, 5), *tokens.after(index + 1, 3))
        cued = not words.HANDLE_CUES.isdisjoint(near) or not words.KNOWN.isdisjoint(near)
        if cued or len(name) > 3:
            yield Find(match.start(), match.start("name") + len(name), "social", cued)


def _direct_messages(tokens: Tokens) -> Iterator[Find]:
    """ "DM us", "envoyez-nous un MP": no app needs a name."""
    for index in few(tokens.where(words.DIRECT)):
        if index is None:
            yield unread(0, len(tokens.text), "social")
            return
        if tokens.word(index - 1)[:1].isdecimal():
            continue
        before = tuple(tokens.before(index, 5))
        behind = next(tokens.after(index, 1), "")
        sent = any(
            one in words.SENDING or one.startswith(words.SENDING_BEGINNINGS) for one in before
        )
        us = not words.US.isdisjoint(before) or any(
            one.endswith(words.US_ENDINGS) for one in before
        )
        if behind in words.OURS or (sent and us):
            yield Find(tokens.starts[index], tokens.ends[index], "social")
