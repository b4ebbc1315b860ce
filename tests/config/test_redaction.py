"""Secrets do not get into text that people read."""

from __future__ import annotations

import base64
import json
import logging
import re
import time
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.config.redaction import MASK, Redactor
from deskterm.config.secrets import Secret

CANARY = 'c4n?ry/+ "é\\ñ"&=%'


@pytest.fixture
def redactor() -> Redactor:
    redactor = Redactor()
    redactor.learn(Secret(CANARY))
    return redactor


@pytest.mark.parametrize(
    "form",
    [
        CANARY,
        quote(CANARY),
        quote(CANARY, safe=""),
        re.sub("%..", lambda match: match[0].lower(), quote(CANARY, safe="")),
        quote_plus(CANARY),
        json.dumps(CANARY)[1:-1],
        json.dumps(CANARY, ensure_ascii=False)[1:-1],
        repr(CANARY)[1:-1],
        base64.b64encode(CANARY.encode()).decode(),
        base64.urlsafe_b64encode(CANARY.encode()).decode().rstrip("="),
        CANARY.encode().hex(),
    ],
)
def test_every_form_of_a_live_secret_is_masked(redactor: Redactor, form: str) -> None:
    assert redactor.redact(f"before {form} after").removeprefix("before ").startswith(MASK)
    assert form not in redactor.redact(f"x{form}x")


@pytest.mark.parametrize("user", ["a", "ab", "abc", "sam@shop.example"])
def test_a_secret_inside_an_encoded_sign_in_is_masked(redactor: Redactor, user: str) -> None:
    for clear in (f"{user}:{CANARY}", f"\0{user}\0{CANARY}", f"{user}:{CANARY}\n"):
        encoded = base64.b64encode(clear.encode()).decode()
        left = redactor.redact(encoded)
        assert MASK in left
        tail = left.split(MASK)[1].rstrip("=")
        assert len(tail) <= 2


@given(st.text(min_size=4, max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_value_survives_in_the_ways_it_travels(value: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.learn(Secret(value))
    for form in (value, json.dumps(value)[1:-1], urlencode({"k": value})[2:]):
        masked = redactor.redact(before + form + after)
        assert MASK in masked
        if form not in before + MASK + after:
            assert form not in masked


def test_a_very_short_value_masks_no_ordinary_words() -> None:
    redactor = Redactor()
    redactor.learn(Secret("a"))
    assert redactor.redact("a banana") == "a banana"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Basic dXNlcjpodW50ZXIy", "dXNlcjpodW50ZXIy"),
        ("{'authorization': 'Token hunter2'}", "hunter2"),
        ("sent Bearer ey.J0.hunter2", "ey.J0.hunter2"),
        ("got Atza|IwEB-hunter2", "IwEB"),
        ("got Atzr|IwEB-hunter2", "IwEB"),
        ("grant=x&refresh_token=hunter2&client=1", "hunter2"),
        ('{"access_token": "hun\\"ter2", "id": 3}', "ter2"),
        ('{"password":"two words"}', "words"),
        ("password=hunter2", "hunter2"),
        ("client_secret: hunter2", "hunter2"),
        ("X-Api-Key: hunter2", "hunter2"),
        ("a1 LOGIN sam@shop.example hunter2", "hunter2"),
        ('a1 LOGIN "sam" "two words"', "words"),
        ("a1 AUTHENTICATE PLAIN AHNhbQBodW50ZXIy", "AHNhbQBodW50ZXIy"),
        ("AUTH XOAUTH2 AHNhbQBodW50ZXIy", "AHNhbQBodW50ZXIy"),
        ("imaps://sam:hunter2@mail.example", "hunter2"),
        ("Set-Cookie: session=hunter2; Path=/", "hunter2"),
    ],
)
def test_a_secret_nobody_told_of_is_masked_by_its_shape(text: str, secret: str) -> None:
    masked = Redactor().redact(text)
    assert secret not in masked
    assert MASK in masked


@pytest.mark.parametrize(
    "text",
    [
        "account support synchronised, 12 new",
        "the password was refused",
        "GET https://api.example/orders/1?page=2 gave 200",
        "secrets are in keyring.backends.SecretService.Keyring",
    ],
)
def test_ordinary_lines_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text) == text


@pytest.mark.parametrize(
    "pump",
    ["a", "password", "://", "://a:", "LOGIN ", "Bearer ", '"', 'password="\\', "AUTH PLAIN ", " "],
)
def test_the_time_is_linear(redactor: Redactor, pump: str) -> None:
    text = pump * (40_000 // len(pump))
    start = time.perf_counter()
    redactor.redact(text)
    assert time.perf_counter() - start < 2.0


def record(message: object, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("deskterm.x", logging.INFO, __file__, 1, message, args, info)


def test_arguments_of_a_record_are_masked(redactor: Redactor) -> None:
    line = record("token for %s is %r", "shop", CANARY)
    assert redactor.filter(line)
    assert line.getMessage() == f"token for shop is '{MASK}'"


def test_a_record_that_cannot_be_formatted_shows_nothing(redactor: Redactor) -> None:
    line = record("%d items", CANARY)
    assert redactor.filter(line)
    assert CANARY not in line.getMessage()


def test_a_traceback_keeps_its_place_and_loses_its_text(redactor: Redactor) -> None:
    try:
        int("Dear shop, where is my parcel?")
    except ValueError as error:
        line = record("failed", error=error)
    assert redactor.filter(line)
    text = logging.Formatter("%(message)s").format(line)
    assert "ValueError" in text
    assert "test_redaction.py" in text
    assert "parcel" not in text
