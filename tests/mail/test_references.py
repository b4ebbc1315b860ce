"""Subjects and ids that tie mails together."""

from __future__ import annotations

import pytest

from deskterm.domain.mail import Envelope
from deskterm.mail.references import (
    has_reply_prefix,
    is_generic_subject,
    message_ids,
    normalise_subject,
    reply_references,
    reply_subject,
)


def envelope(
    message_id: str | None, references: tuple[str, ...] = (), in_reply_to: tuple[str, ...] = ()
) -> Envelope:
    return Envelope(
        message_id=message_id, in_reply_to=in_reply_to, references=references, sender=None,
        reply_to=(), to=(), cc=(), subject="", date=None, automatic=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    "subject",
    [
        "Colis abîmé", "Re: Colis abîmé", "RE : TR: Colis abîmé", "Re[2]: Fwd: Colis  abîmé",
        "Réf : Rép: Colis abîmé", "AW: WG: Colis abîmé", "Antw: Colis abîmé", "SV: VS: Colis abîmé",
        "[shop] Re: Colis abîmé", "Re: [shop] Re^3: Colis abîmé", "回复：Colis abîmé",
        "İlt: Ynt: Colis abîmé", "Továbbítás: Colis abîmé", "RES: ENC: R: I: Colis abîmé",
        "Re: Colis abi\u0302me\u0301",
    ],
)  # fmt: skip
def test_subjects_of_one_conversation_are_equal(subject: str) -> None:
    assert normalise_subject(subject) == "Colis abîmé"


def test_words_that_only_look_like_prefixes_stay() -> None:
    for subject in ("Retour : article", "Important: x", "Commande 1: x", "Re", "Re:"):
        assert normalise_subject(subject) == subject
        assert reply_subject(subject) in {f"Re: {subject}", "Re:"}


def test_prefixes_are_seen() -> None:
    assert has_reply_prefix("Re: x")
    assert has_reply_prefix("[shop] TR : x")
    assert not has_reply_prefix("Retour: x")
    assert not has_reply_prefix("x Re: y")


def test_generic_subjects_tie_nothing() -> None:
    for subject in ("Commande", "Re: Question ?", "", "(no subject)", "ok", "Order confirmation"):
        assert is_generic_subject(subject)
    for subject in ("Commande 100045", "Colis abîmé"):
        assert not is_generic_subject(subject)


def test_an_answer_says_re_once() -> None:
    assert reply_subject("Colis") == "Re: Colis"
    assert reply_subject("Re: Re: TR: Re: Colis") == "Re: Colis"
    assert reply_subject("") == "Re:"
    assert reply_subject("a\r\nBcc: x") == "Re: a Bcc: x"


def test_references_grow_by_the_parent() -> None:
    assert reply_references(envelope("<a1@x>", ("<a0@x>",))) == ("<a0@x>", "<a1@x>")
    assert reply_references(envelope("<a1@x>", (), ("<a0@x>",))) == ("<a0@x>", "<a1@x>")
    assert reply_references(envelope("<a1@x>", (), ("<b@x>", "<c@x>"))) == ("<a1@x>",)
    assert reply_references(envelope(None, ("<a0@x>",))) == ()


def test_long_chains_keep_both_ends() -> None:
    chain = tuple(f"<{n}@x>" for n in range(100))

    kept = reply_references(envelope("<last@x>", chain))

    assert kept[:20] == chain[:20]
    assert kept[-20:] == (*chain[-19:], "<last@x>")
    assert len(kept) == 40


def test_ids_that_do_not_fit_into_a_header_are_left_out() -> None:
    hostile = ("<" + "a" * 2_000 + "@x>", "<\x1b]0;x@x>", "<é@x>")

    assert reply_references(envelope("<a1@x>", hostile)) == ("<a1@x>",)


def test_ids_in_text() -> None:
    assert message_ids("see <a@x> and <b@x>, <a@x>") == ("<a@x>", "<b@x>")


def test_subjects_of_any_size_take_little_time() -> None:
    for piece in ("Re: ", "[a] ", "[", "Re[2", " ", "R"):
        normalise_subject(piece * 500_000)
        has_reply_prefix(piece * 500_000)
        reply_subject(piece * 500_000)
