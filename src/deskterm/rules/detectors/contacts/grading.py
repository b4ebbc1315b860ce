"""How sure it is that labels are a host: True, False (perhaps), or None (surely not).

What every sentence may hold ("punto es", "reçu.La", "a dot it is") needs a further sign to count:
an at sign, a frame around the dot, a hyphen in the name, words such as "our site".
"""

from __future__ import annotations

from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.contacts.hosts import Host
from deskterm.rules.detectors.contacts.instructions import is_instructed
from deskterm.rules.detectors.contacts.marks import DOTS, ENDINGS_APART
from deskterm.rules.detectors.contacts.suffixes import (
    COMMON,
    FIRM,
    SHORT_HOSTS,
    is_ending,
    is_file_ending,
    is_known,
)
from deskterm.rules.detectors.contacts.words import (
    ABBREVIATIONS,
    ADDRESS_CUES,
    APPENDING,
    ARTICLES,
)
from deskterm.rules.detectors.shields import covered, shields
from deskterm.rules.detectors.shields.brands import carried
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

PATTERNS = Patterns(
    goes_on=r"[ ][^\W\d_A-Z]",
    sentence_on=r"[ ]\w|['’][^\W\d_]",
)
#: Words before a host in which a site is spoken of.
_CUE_REACH = 3
#: What may explain dotted words that nobody wrote apart.
_EXPLAINED = word_set(
    "file sentence_join name ip version price time date size percent own_domain own_value"
)
_WWW = word_set("www vvww wwvv vvvvvv ww")
_SHOPS = word_set("it es at be")
_FILES = word_set("file files fichier fichiers datei dateien archivo archivos extension")
_ALWAYS = ("com", "org")


def grade(host: Host, reading: Reading) -> bool | None:
    """Whether those labels of the text are a host."""
    ending = host.label(-1)
    named = len(ending) > 1 and ending.isalpha() and is_ending(ending)
    if host.label(0) in _WWW and (named or host.label(0) == "www"):
        return True
    if not named:
        return _grade_numbers(host, reading) if ending.isdecimal() else None
    if host.form == "plain":
        return _grade_plain(host, reading)
    instructed = is_instructed(reading, host.start, host.end)
    return _grade_disguised(host, reading.copy.text, instructed=instructed)


def _grade_numbers(host: Host, reading: Reading) -> bool | None:
    """An address of four numbers (RFC 791): sure with a path or a port behind it."""
    labels = [host.label(index) for index in range(len(host.labels))]
    if len(labels) != 4 or not all(label.isdecimal() and int(label) < 256 for label in labels):
        return None
    place, shielded = (host.start, host.end, reading.copy.text), reading.once(shields)
    if host.form != "plain" or covered(shielded, *place, {"ip"}):
        return None
    if host.has_path():
        return True
    return None if covered(shielded, *place) else host.addressed


def _grade_plain(host: Host, reading: Reading) -> bool | None:
    """A host with nothing but dots, as links are written and sentences with a blank forgotten."""
    text, left = reading.copy.text, host.label(-2)
    if covered(reading.once(shields), host.start, host.end, text, _EXPLAINED):
        return None
    if host.is_spelled() and _begins_sentence(host, text):
        return None
    if text[host.start - 1 : host.start] == "{" and text[host.end : host.end + 1] == "}":
        return None
    if host.addressed:
        return True
    if len(left) == 1 and len(host.labels) == 2:
        return True if f"{left}.{host.label(-1)}" in SHORT_HOSTS else None
    if all(len(host.label(index)) == 1 for index in range(len(host.labels) - 1)):
        long = host.label(-1) in FIRM and len(host.labels) > 4
        return True if long or host.has_path() else None
    if _is_forgotten_blank(host, text):
        return None
    if left.isdigit() and len(left) < 3:
        return None
    return True if host.masked or host.has_path() else _grade_bare(host, text)


def _begins_sentence(host: Host, text: str) -> bool:
    """Whether the ending is the first word of a sentence: "positions A-B-C.It fits"."""
    written = text[host.end - len(host.label(-1)) : host.end]
    goes_on = PATTERNS["goes_on"].match(text, host.end) is not None
    return goes_on and written[0].isupper() and not written.isupper() and is_known(written)


def _is_forgotten_blank(host: Host, text: str) -> bool:
    """Whether a sentence begins at the ending: "after 6pm.No signature", "anti-slip.It's soft".

    Hosts are written in one case; nobody gives the ending alone a capital.
    """
    begin = host.end - len(host.label(-1))
    written, left = text[begin : host.end], text[begin - 2 : begin - 1]
    sentence = written[0].isupper() and written[1:].islower() and is_known(written)
    follows = PATTERNS["sentence_on"].match(text, host.end) is not None
    if not (sentence and follows) or left.isupper():
        return False
    return ADDRESS_CUES.isdisjoint(host.tokens.before(host.labels[0].first, _CUE_REACH))


def _grade_bare(host: Host, text: str) -> bool | None:
    """Words with nothing but dots between them and no path."""
    ending, written = host.label(-1), text[host.end - len(host.label(-1)) : host.end]
    title = written[0].isupper() and not written.isupper()
    if ending in _ALWAYS or (ending in FIRM and not title):
        return not (text[host.start].isupper() and carried(text, host.start, host.end))
    if host.has_evidence():
        return not title or ending in COMMON
    if host.label(-2) in ABBREVIATIONS or is_file_ending(ending):
        return None
    known, common = _is_known(host, text), ending in COMMON
    goes_on = PATTERNS["goes_on"].match(text, host.end) is not None
    if title:
        begins = goes_on and text[host.end - len(ending) - 2].islower()
        return None if begins or known or not common else False
    if common:
        # Shields know a forgotten blank; what they leave is a host where shops have theirs.
        usual = len(ending) > 2 or ending in _SHOPS
        return usual or not (known and goes_on and is_known(ending))
    return None if known else False


def _grade_disguised(host: Host, text: str, *, instructed: bool) -> bool | None:
    """A host with a dot that is spelled, framed, apart or another sign."""
    ending, form, mark = host.label(-1), host.form, host.labels[-1].mark
    if form == "before" and ending in FIRM and _is_appended(host):
        return True
    if mark is None or (host.label(-2) in ARTICLES and not host.addressed):
        return None
    if form in ("before", "after"):
        return _grade_half_apart(host, text)
    if form == "loose":
        return _grade_loose(host, text, instructed=instructed)
    common = ending in COMMON
    plain_word = ending in DOTS[mark.name] if form == "said" else is_known(ending)
    evidence = host.has_evidence() or (host.hinted and not plain_word)
    if form == "framed":
        return True if common or evidence else None
    if ending in FIRM and not (plain_word and form == "said"):
        return True
    if instructed and common:
        return True
    if evidence:
        return True if common and form != "comma" else None
    if form != "said" or not common or _is_known(host, text):
        return None
    # What ends a sentence so is no sentence: "lampesdurand point es."
    last = not host.tokens.is_word(host.labels[-1].last + 1)
    return True if last and len(ending) == 2 else (None if plain_word else False)


def _grade_half_apart(host: Host, text: str) -> bool | None:
    """A blank on one side of the dot only, as at the end of a sentence: `shop. com`, `shop .fr`."""
    ending = host.label(-1)
    if ending not in ENDINGS_APART or not text[host.end - len(ending) : host.end].islower():
        return None
    if host.addressed:
        return True
    if ending not in FIRM or ending == "de":
        return None
    return not _is_known(host, text) or host.has_evidence()


def _grade_loose(host: Host, text: str, *, instructed: bool) -> bool | None:
    """Commas between blanks, as dots are told to be read: `shop , com`."""
    ending = host.label(-1)
    if host.addressed or instructed:
        return True if ending in COMMON else None
    if ending not in FIRM or ending == "de":
        return None
    if any(not host.label(index).isalpha() for index in range(len(host.labels) - 1)):
        return True
    return None if _is_known(host, text) else False


def _is_appended(host: Host) -> bool:
    """Whether words tell to put the ending behind a name: "our name plus .fr"."""
    before = host.tokens.before
    first = host.labels[-1].first
    return not APPENDING.isdisjoint(before(first, 3)) and _FILES.isdisjoint(before(first, 8))


def _is_known(host: Host, text: str) -> bool:
    """Whether the label before the ending is an everyday word, as it is written."""
    first, last, _ = host.labels[-2]
    return is_known(text[host.tokens.starts[first] : host.tokens.ends[last]])
