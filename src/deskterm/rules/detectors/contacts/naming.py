"""Names of accounts told in a sentence: "Auf Pinterest heiße ich …", "same name on Insta"."""

from __future__ import annotations

from deskterm.rules.detectors.contacts.networks import ABBREVIATED, AMBIGUOUS
from deskterm.rules.detectors.contacts.suffixes import is_known
from deskterm.text.patterns import Patterns

#: Words that give a name, and words that only may: "we are", "c'est".
_SURE = (
    r"(?:(?:my|our)[ ](?:user)?(?:name|handle|nick)[ ]is|(?:i|we)[ ]go[ ]by|(?:i'?m|we'?re|i[ ]am"
    r"|we[ ]are)[ ]called|you'?ll[ ](?:know|find)[ ](?:me|us)[ ]as"
    r"|(?:je[ ]m'|on[ ]s')appelle|nous[ ]nous[ ]appelons|(?:mon|notre)[ ](?:nom|pseudo)"
    r"[ ](?:c'est|est)|sous[ ]le[ ](?:nom|pseudo)(?:[ ]de)?"
    r"|hei(?:ss|ß)en?(?:[ ](?:ich|wir))?|nenne[ ]ich[ ]mich|nennen[ ]wir[ ]uns"
    r"|(?:lautet|ist)[ ](?:mein|unser)[ ]name|unter[ ]dem[ ]namen"
    r"|me[ ]llamo|nos[ ]llamamos|(?:mi|nuestro)[ ](?:nombre|usuario)[ ]es|con[ ]el[ ]nombre"
    r"|mi[ ]chiamo|ci[ ]chiamiamo|(?:il[ ](?:mio|nostro)[ ])?nome(?:[ ]utente)?[ ]e|col[ ]nome)"
)
_PERHAPS = (
    r"(?:i'?m|i[ ]am|we'?re|we[ ]are|je[ ]suis|on[ ]est|nous[ ]sommes|bin[ ]ich|sind[ ]wir"
    r"|ich[ ]bin|wir[ ]sind|unter|soy|somos|sono|siamo)"
)
_ON = r"(?:on|over[ ]on|sur|auf|bei|en|su)"
_NAME = r"[ ]?:?[ ]?[\"'«“„]?(?P<name>[a-z0-9][a-z0-9_.-]{2,40})"
#: What belongs to somebody in a network.
_PLACE = (
    r"(?:page|profile?|account|group|channel|groupe|compte|chaine|seite|profil|gruppe|konto|kanal"
    r"|pagina|perfil|grupo|cuenta|canale?|profilo|gruppo)"
)
#: A name that is another one's too.
SAME = (
    r"(?:(?:same|identical)[ ](?:user|shop|account)?[ ]?(?:name|handle)|meme[ ](?:nom|pseudo)"
    r"|(?:gleiche|selbe)[rnm]?[ ](?:nutzer|shop|konto)?name[n]?|mismo[ ](?:nombre|usuario)"
    r"|stesso[ ]nome)"
)
PATTERNS = Patterns(
    ahead=rf"[ ]?,?[ ](?:(?P<sure>{_SURE})|(?P<perhaps>{_PERHAPS}))(?![^\W_]){_NAME}",
    behind=(
        rf"(?<![^\W_])(?:(?P<sure>{_SURE})|(?P<perhaps>{_PERHAPS}))(?![^\W_]){_NAME}[\"'»”“]?"
        rf"(?:[ ](?:bin[ ]ich|sind[ ]wir))?,?[ ]{_ON}[ ]\Z"
    ),
    # "Ich heiße auf Insta …", "our name on Insta is …"
    parted=(
        rf"(?<![^\W_])(?:(?P<sure>{_SURE})|(?:user)?name|handle|nom|pseudo|nutzername|nombre|usuario"
        rf"|nome(?:[ ]utente)?)[ ]{_ON}[ ]\Z"
    ),
    parted_ahead=rf"(?:[ ](?P<is>is|est|c'est|ist|lautet|es|e))?{_NAME}",
    alone=rf"(?:\A|[\n.!?;:][ ]?)(?P<name>[a-z0-9][a-z0-9_.-]{{7,40}})[ ]{_ON}[ ]\Z",
    same_behind=rf"(?<![^\W_]){SAME}(?![^\W_])[^.!?;\n]{{0,25}}\Z",
    same_ahead=rf"[^.!?;\n]{{0,25}}?(?<![^\W_]){SAME}(?![^\W_])",
    # "La pagina Facebook è Vinili del Porto"
    titled_place=rf"(?<![^\W_]){_PLACE}[ ](?:(?:di|de|d'|du|on|su|sur|von|auf|en)[ ])?\Z",
    titled=(
        rf"(?:[ -]{_PLACE})?(?:[ ]?,?[ ](?:(?P<called>is[ ]called|goes[ ]by|called|s'appelle|heißt"
        r"|heisst|nennt[ ]sich|lautet|se[ ]llama|si[ ]chiama)|is|est|c'est|es|e)"
        r"[ ][\"'«“„]?|[ ]?:[ ]?[\"'«“„][ ]?)(?=[^\W_])"
    ),
    title=(
        r"[A-ZÀ-Ý][\w'’-]{1,30}(?:[ ](?:(?:and|und|et|y|e|of|the|du|des?|la|le|les|del|dell[ao]|di"
        r"|am|im|von|van|&)[ ]){0,2}[A-ZÀ-Ý][\w'’-]{0,30}){0,3}"
    ),
    signing_in=r"(?<![^\W_])(?:log|sign|einlogg|anmeld|connect|inicia|acced)",
)
_REACH = 70
#: What ends a sentence; nothing ends it too.
_ENDS = frozenset(("", *".!?\n"))
_LEAST_NAME = 5
_PLACES = tuple(_PLACE[3:-1].replace("?", "").split("|"))


def told_name(text: str, start: int, end: int, written: str) -> tuple[int, int, bool] | None:
    """Where such a name is told beside that app of a folded text, and whether it is sure.

    Args:
        written: the text before it was folded.
    """
    begin = max(0, start - _REACH)
    for place, found in (
        (end, PATTERNS["ahead"].match(text, end)),
        (start, PATTERNS["behind"].search(text, begin, start)),
    ):
        if found is None:
            continue
        name = found["name"].rstrip(".-")
        if found["sure"] or (len(name) >= _LEAST_NAME and not is_known(name)):
            stop = found.start("name") + len(name)
            return (start, stop, True) if place == end else (found.start("name"), end, True)
    behind = _parted(text, begin, start, end)
    if behind is not None:
        return start, behind, True
    titled = _titled(text, begin, start, end, written)
    if titled is not None:
        return start, titled, True
    same = PATTERNS["same_behind"].search(text, begin, start)
    same = same or PATTERNS["same_ahead"].match(text, end)
    if same is not None:
        near = text[begin : min(len(text), end + _REACH)]
        if PATTERNS["signing_in"].search(near) is None:
            return min(start, same.start()), max(end, same.end()), True
        return None
    alone = PATTERNS["alone"].search(text, begin, start)
    ends = text[end : end + 2].strip(" ")[:1] in _ENDS
    if alone and ends and not is_known(alone["name"]):
        # What begins with a capital is mostly the first word of a sentence.
        small = written[alone.start("name")].islower()
        return (alone.start("name"), end, False) if small else None
    return None


def _parted(text: str, begin: int, start: int, end: int) -> int | None:
    """The end of a name that the app stands before: "mein Name auf Insta ist …"."""
    before = PATTERNS["parted"].search(text, begin, start)
    ahead = PATTERNS["parted_ahead"].match(text, end) if before else None
    if before is None or ahead is None or not (before["sure"] or ahead["is"]):
        return None
    name = ahead["name"].rstrip(".-")
    return None if is_known(name) else ahead.start("name") + len(name)


def _titled(text: str, begin: int, start: int, end: int, written: str) -> int | None:
    """The end of a page's name with capitals: "the Facebook page is Harbour Vinyl"."""
    if text[start:end] in AMBIGUOUS and text[start:end] not in ABBREVIATED:
        return None
    said = PATTERNS["titled"].match(text, end)
    title = PATTERNS["title"].match(written, said.end()) if said else None
    if said is None or title is None:
        return None
    place = said[0].strip(" -").startswith(_PLACES)
    if not place and PATTERNS["titled_place"].search(text, begin, start) is None:
        return None
    # One word with a capital may only be stressed: "the Facebook page is Optional".
    return title.end() if said["called"] or " " in title[0] else None
