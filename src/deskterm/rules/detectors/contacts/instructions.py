"""Words that tell how to undo a disguise: "without the dashes", "tout attaché", "comma = dot".

Such words alone are harmless ("type the code without the spaces"). They make an address of what
stands beside them and reads like one once the signs are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deskterm.rules.detectors.base import Reading, scan
from deskterm.rules.detectors.contacts.finds import Find, few
from deskterm.rules.detectors.contacts.suffixes import COMMON, FIRM
from deskterm.rules.detectors.contacts.tokens import tokens_of
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

_EN = (
    r"(?:spaces?|blanks?|gaps?|dash(?:es)?|hyphens?|stars?|asterisks?|underscores?|brackets?"
    r"|parenthes[ei]s|slash(?:es)?|strokes?|commas?|signs|symbols|quotes|emojis?)"
)
_FR = (
    r"(?:espaces?|blancs?|tirets?|etoiles?|asterisques?|parentheses|crochets|traits?|virgules?"
    r"|guillemets|slashs?|signes|symboles|emojis?)"
)
_DE = (
    r"(?:leerzeichen|leerstellen|abstand|abstande|binde-?striche?n?|striche?n?|sternchen"
    r"|unterstriche?n?|klammern|kommas?|schragstriche?n?|zeichen|emojis?)"
)
_ES = (
    r"(?:espacios?|guion(?:es)?|asteriscos?|parentesis|corchetes|barras?|comas?|signos|comillas"
    r"|emojis?)"
)
_IT = (
    r"(?:spazi|spazio|trattin[oi]|asterisc(?:hi|o)|parentesi|barre|virgole|segni|virgolette|emoji)"
)
PATTERNS = Patterns(
    undone=(
        r"(?<![^\W_])(?:"
        rf"(?:without|minus|no|ignore|skip|omit|drop|remove|delete|lose|(?:take|leave)[ ]out)[ ]"
        rf"(?:the[ ]|any[ ]|all[ ](?:the[ ])?){{0,1}}{_EN}"
        rf"|(?:sans|enleve[rz]|retire[rz]|supprime[rz]|ote[rz]|oublie[rz])[ ]"
        rf"(?:tous[ ]|toutes[ ])?(?:les[ ]|aucune?[ ])?{_FR}"
        rf"|ohne[ ](?:die[ ]|alle[ ]|jegliche[ ])?{_DE}"
        rf"|{_DE}[ ](?:weglassen|entfernen|loschen|raus|weg|ignorieren|wegdenken)"
        rf"|(?:sin|quit[ae]|elimin[ae]|borr[ae]|omit[ae])[ ](?:los[ ]|las[ ]|ningun[ ])?{_ES}"
        rf"|(?:senza|tolga|togli[ae]?|togliete|elimin[ai]|rimuov[ai])[ ]"
        rf"(?:gli[ ]|i[ ]|le[ ]|alcuno?[ ])?{_IT}"
        r"|(?:all[ ])?(?:in[ ]|as[ ])?one[ ]word|all[ ]together"
        r"|tout[ ](?:attache|colle|accole)|en[ ]un[ ](?:seul[ ])?mot"
        r"|zusammen(?:[ ]?geschrieben|[ ]?schreiben)?(?=[ ]?[).,!]|\Z|\n)|(?:in[ ])?einem[ ]wort"
        r"|todo[ ](?:junto|seguido)|(?:en[ ])?una[ ](?:sola[ ])?palabra"
        r"|tutto[ ](?:attaccato|unito)|(?:in[ ])?una[ ](?:sola[ ])?parola"
        r")(?![^\W_])"
    ),
    dotted=(
        r"(?<![^\W_])(?:"
        r"dots?[ ](?:instead[ ]of|for|where|in[ ]place[ ]of)|(?:comma|space|gap|dash)s?"
        r"[ ]?(?:=|is|are|means?|stands?[ ]for|for|into|with|by)[ ](?:a[ ]|the[ ])?dots?"
        r"|(?:with|put|add)[ ](?:a|the)[ ]dot"
        r"|points?[ ](?:a[ ]la[ ]place|au[ ]lieu)|(?:virgule|espace|tiret)s?"
        r"[ ]?(?:=|par|en|c'est)[ ](?:un[ ]|des[ ])?points?"
        r"|(?:avec|mettez|mettre|ajoutez)[ ](?:un|le)[ ]point"
        r"|punkte?[ ](?:statt|anstatt|anstelle)|(?:komma|leerzeichen)s?"
        r"[ ]?(?:=|durch|ist|steht[ ]fur)[ ](?:ein(?:en)?[ ])?punkte?|mit[ ](?:einem[ ])?punkt"
        r"|puntos?[ ](?:en[ ](?:vez|lugar)|donde)"
        r"|(?:coma|espacio)s?[ ]?(?:=|por|es)[ ](?:un[ ])?puntos?"
        r"|(?:con|ponga|pon)[ ](?:un|el)[ ]punto"
        r"|punt[oi][ ](?:al[ ]posto|invece)|(?:al[ ]posto|invece)[ ]della[ ]virgola"
        r"|(?:con|metta|metti)[ ](?:un|il)[ ]punto|virgol[ae][ ]?(?:=|con|per)[ ](?:un[ ])?punt[oi]"
        r")(?![^\W_])"
    ),
    noise=r"[\s\-_*~/|+()\[\]{}<>\"'«»,]",
    left=r"(?P<host>[a-z0-9][a-z0-9.@]{2,60}\.(?P<ending>[a-z]{2,8}))\Z",
    undotted=r"(?<![^\W_])(?P<name>[a-z0-9-]{4,40})[ ](?P<ending>[a-z]{2,8})\Z",
)
#: What words of both kinds speak of; a text without one of them tells nothing.
_UNDONE = word_set(
    """
    space spaces blank blanks gap gaps dash dashes hyphen hyphens star stars asterisk asterisks
    underscore underscores bracket brackets parentheses parenthesis slash slashes stroke strokes
    comma commas signs symbols quotes emoji emojis word together
    espace espaces blancs tiret tirets etoile etoiles asterisque asterisques crochets trait traits
    virgule virgules guillemets slashs signes symboles attache colle accole mot
    leerzeichen leerstellen abstand abstande binde bindestrich bindestriche bindestrichen strich
    striche strichen sternchen unterstrich unterstriche unterstrichen klammern komma kommas
    schragstrich schragstriche schragstrichen zeichen zusammen zusammengeschrieben
    zusammenschreiben wort
    espacio espacios guion guiones asterisco asteriscos corchetes barra barras coma comas signos
    comillas junto seguido palabra
    spazi spazio trattino trattini asterischi parentesi barre virgole segni virgolette attaccato
    unito parola
    """
)
_DOTTED = word_set("dot dots point points punkt punkte punto puntos punti virgola virgole")
_REACH_AHEAD, _REACH_BACK, _WINDOW = 60, 60, 60
_LEAST_NAME = 4
#: Endings that stand at the end of no sentence.
_SURE = FIRM - word_set("de") | word_set("net info it es at be")
#: Those of them that are words where no dot stands before.
_WORDS = word_set("net info it es at be ca nu shop app au ie io")


class Instruction(NamedTuple):
    """Where words say how to read an address, and whether they say that a dot belongs there."""

    start: int
    end: int
    dotted: bool


def instructions(reading: Reading) -> tuple[Instruction, ...]:
    """All of the text; ask for them with `reading.once(instructions)`."""
    tokens = reading.once(tokens_of)
    text, vocabulary = tokens.text, tokens.vocabulary
    found = [
        Instruction(*match.span(), name == "dotted")
        for name, words in (("undone", _UNDONE), ("dotted", _DOTTED))
        if not words.isdisjoint(vocabulary)
        for match in few(scan(PATTERNS[name], text))
        if match is not None
    ]
    return tuple(found)


def is_instructed(reading: Reading, start: int, end: int) -> bool:
    """Whether such words stand beside that place of the copy."""
    return any(
        start - _REACH_BACK <= one.end <= start or end <= one.start <= end + _REACH_AHEAD
        for one in reading.once(instructions)
    )


def instructed(reading: Reading) -> Iterator[Find]:
    """What stands right before such words and is an address once they are followed."""
    text = reading.once(tokens_of).text
    for one in reading.once(instructions):
        end = one.start
        while end and not text[end - 1].isalnum():
            end -= 1
        begin = _line_start(text, end)
        bare = PATTERNS["undotted"].search(text, begin, end) if one.dotted else None
        if bare is not None and bare["ending"] in _SURE - _WORDS:
            yield Find(*bare.span(), "link", masked=True)
            continue
        squeezed = PATTERNS["noise"].sub("", text[begin:end])
        match = PATTERNS["left"].search(squeezed)
        if match is None or match["ending"] not in COMMON:
            continue
        name = match["host"].rpartition(".")[0].rpartition(".")[2]
        if match["ending"] in _SURE and len(name) >= _LEAST_NAME:
            start = _start_of(text, begin, end)
            yield Find(start, end, "email" if "@" in name else "link", masked=True)


def _line_start(text: str, end: int) -> int:
    begin = max(0, end - _WINDOW)
    return max(begin, text.rfind("\n", begin, end) + 1, text.rfind(": ", begin, end) + 1)


def _start_of(text: str, begin: int, end: int) -> int:
    """Where the last word before the dot begins."""
    dot = max(text.rfind(".", begin, end), begin)
    while dot > begin and not text[dot - 1].isalnum():
        dot -= 1
    while dot > begin and not text[dot - 1].isspace():
        dot -= 1
    return dot
