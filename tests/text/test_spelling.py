"""Dictionaries of Hunspell: words, affixes before and behind, and files that are none."""

from __future__ import annotations

import time

import pytest

from deskterm.text.spelling import Dictionary

ENGLISH = b"""\
SET UTF-8
PFX U Y 1
PFX U 0 un .
SFX D Y 3
SFX D 0 d e
SFX D y ied [^aeiou]y
SFX D 0 ed [^ey]
SFX S Y 1
SFX S 0 s .
NEEDAFFIX !
FORBIDDENWORD F
"""
WORDS = b"6\nlike/DUS po:verb\ncarry/D\nparcel/S\nkilo\nstem/S!\nparceled/F\n"
FRENCH = """\
SET ISO8859-1
FLAG long
AF 2
AF aabb # 1
AF q' # 2
PFX q' Y 1
PFX q' 0 qu' [aeiou]
SFX aa Y 1
SFX aa er ant/2 er
SFX bb Y 1
SFX bb 0 ai er
""".encode("latin-1")


def english() -> Dictionary:
    return Dictionary.read(ENGLISH, WORDS)


@pytest.mark.parametrize(
    "word",
    ["like", "Like", "LIKE", "liked", "unlike", "unliked", "carried", "parcels", "kilo-parcel"],
)
def test_words_and_their_forms_are_known(word: str) -> None:
    assert english().knows(word)


@pytest.mark.parametrize("word", ["lke", "carryed", "uncarry", "stem", "parceled", "kilo-parsel"])
def test_others_are_not(word: str) -> None:
    assert not english().knows(word)


def test_a_form_of_a_word_that_needs_an_affix_is_known() -> None:
    assert english().knows("stems")


def test_suffixes_give_prefixes_and_flags_have_numbers_and_two_letters() -> None:
    french = Dictionary.read(FRENCH, "2\naimer/1\nété\n".encode("latin-1"))
    assert french.knows("aimant")
    assert french.knows("qu’aimant")
    assert french.knows("aimerai")
    assert french.knows("été")
    assert not french.knows("qu'aimer")


def test_near_words_have_one_mistake_less() -> None:
    assert english().near("parcle", 3) == ["parcel"]
    assert "carried" in english().near("caried", 3)
    assert english().near("zzzzzz", 3) == []


@pytest.mark.parametrize("affixes", [b"SET NO-SUCH\n", b"COMPOUNDFLAG x\n"])
def test_what_cannot_be_judged_is_refused(affixes: bytes) -> None:
    with pytest.raises(ValueError, match=r"encoding|builds"):
        Dictionary.read(affixes, b"0\n")


def test_strange_files_end_in_time() -> None:
    begun = time.monotonic()
    strange = Dictionary.read(b"SFX A 0 [ [[[^\nSFX B\nAF x\n" + b"[" * 50_000, b"/" * 50_000)
    assert not strange.knows("a" * 60)
    assert strange.knows("a" * 5_000)
    assert time.monotonic() - begun < 5
