"""What may end a host: public suffixes, and which of them are also words of a language."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from deskterm.rules.detectors.wording import word_set
from deskterm.text.language import LANGUAGES, knows
from deskterm.text.loading import loading

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

#: Kept for examples (RFC 2606); they lead nowhere and are addresses all the same.
RESERVED = word_set("example test invalid")
#: Endings that no sentence has by chance.
FIRM = word_set(
    """
    com org fr uk eu biz nl ch lu pl cz pt gr hu fi ie ca au nz ru cn jp br mx ar jo kr tr ua xyz
    dev app io gg cc tk shop de
    """
) | (RESERVED - {"test", "invalid"})
#: Common endings that are also words: "punto info", "net weight", "a dot it is".
COMMON = FIRM | word_set(
    """
    it es be at me co us tv in no se dk ro is to la ly net info online site website store
    boutique email club live pro group world shopping sale outlet tech cloud page link life style
    fashion moda tienda maison paris berlin london koeln wien blog agency solutions services top
    vip art bio eco team space design digital market deals gift gifts toys jewelry shoes beauty
    one name mobi support help center care direct
    """
)
#: Single letters that are hosts of their own with these endings.
SHORT_HOSTS = word_set("t.me x.com m.me g.co b.link v.gd u.nu g.page t.co i.ibb k.kg")
_FILES = word_set("zip mov md sh py rs ps pub pl so cab ai")


@cache
@loading()
def _list() -> PublicSuffixList:
    """The list that comes with the library; nothing is asked over the network."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=True, accept_unknown=False)


def is_ending(label: str) -> bool:
    """Whether a label in lower case is a top-level domain."""
    return label in COMMON or label in RESERVED or _list().is_public(label)


def is_file_ending(label: str) -> bool:
    """Whether the ending is a kind of file as well."""
    return label in _FILES


def registered(host: str) -> str:
    """The part of a host in lower case that somebody registered: `example.co.uk`."""
    labels = host.rstrip(".").split(".")
    if labels[-1] in RESERVED:
        return ".".join(labels[-2:])
    return _list().privatesuffix(host) or host


def below(host: str, domains: Collection[str]) -> bool:
    """Whether a host is one of those domains or lies below one."""
    labels = host.split(".")
    return any(".".join(labels[first:]) in domains for first in range(len(labels)))


def is_known(word: str) -> bool:
    """Whether it is an everyday word of one of the languages."""
    low = word.lower()
    return any(knows(low, language) for language in LANGUAGES)
