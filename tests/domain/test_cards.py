from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.cards import find_cards, mask_cards, mask_json, may_hold_card

# The schemes' public test numbers; no account stands behind any of them.
VISA = "4111111111111111"
VISA_LONG = "4000000000000000006"
MASTERCARD = "5555555555554444"
MASTERCARD_NEW = "2223003122003222"
AMEX = "378282246310005"
DISCOVER = "6011111111111117"
JCB = "3530111333300000"
DINERS = "30569309025904"
UNIONPAY = "6200000000000005"
MAESTRO = "6759649826438453"
ALL = [
    VISA,
    VISA_LONG,
    MASTERCARD,
    MASTERCARD_NEW,
    AMEX,
    DISCOVER,
    JCB,
    DINERS,
    UNIONPAY,
    MAESTRO,
]


def grouped(number: str, separator: str) -> str:
    sizes = {14: (4, 6, 4), 15: (4, 6, 5), 16: (4, 4, 4, 4), 19: (4, 4, 4, 4, 3)}[len(number)]
    groups = []
    for size in sizes:
        groups.append(number[:size])
        number = number[size:]
    return separator.join(groups)


def utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def with_check_digit(digits: str) -> str:
    """Append the Luhn digit, worked out in another way than the code under test does it."""
    total = 0
    for place, digit in enumerate(reversed(digits), start=1):
        value = int(digit) * (2 if place % 2 else 1)
        total += value // 10 + value % 10
    return f"{digits}{-total % 10}"


@pytest.mark.parametrize("number", ALL)
def test_every_scheme_is_found_in_one_piece(number: str) -> None:
    text = f"ma carte {number}, merci"
    assert find_cards(text) == [(9, 9 + len(number))]
    assert mask_cards(text) == f"ma carte {'*' * (len(number) - 4)}{number[-4:]}, merci"


@pytest.mark.parametrize("separator", [" ", "\u00a0", "\u202f", "-", "."])
@pytest.mark.parametrize("number", ALL)
def test_every_scheme_is_found_in_groups(number: str, separator: str) -> None:
    written = grouped(number, separator)
    masked = mask_cards(f"No: {written}.")
    assert masked.endswith(f"{written[-4:]}.")
    assert [c for c in masked if c == "*"] == ["*"] * (len(number) - 4)
    assert masked.count(separator) >= written.count(separator)


@pytest.mark.parametrize(
    "text",
    [
        f"{grouped(VISA, ' ')} 12/27 123",
        f"{grouped(VISA, ' ')} 1227 123",
        f"{grouped(VISA, ' ')} 1227",
        f"{grouped(VISA, ' ')} 123",
        f"2 {grouped(VISA, ' ')}",
        f"{VISA} 1227 123",
        f"4-{grouped(VISA, '-')}",
    ],
)
def test_date_and_security_code_beside_the_card(text: str) -> None:
    assert "1111" in mask_cards(text)
    assert len(find_cards(text)) == 1


def test_cards_one_after_the_other() -> None:
    text = f"{grouped(VISA, ' ')} {grouped(MASTERCARD, ' ')} 0128 {grouped(VISA, ' ')}"
    assert mask_cards(text) == "**** **** **** 1111 **** **** **** 4444 0128 **** **** **** 1111"


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",  # wrong check digit
        "9111111111111111",  # no scheme
        "4222222222222",  # 13 digits
        f"x{VISA}",
        f"{VISA}FR",
        f"_{VISA}",
        f"é{VISA}",
        f"1{VISA}",
        f"{VISA}0000",
        f"{grouped(VISA, ' ')}x",
        f"+{AMEX}",
        f"0.{VISA}",
        f"{VISA}-1",
        f"{MASTERCARD}-A",
        "4111 11111111 1111",
        "4111  1111  1111  1111",
        f"9405 {grouped(VISA, ' ')} 56",  # a parcel number of 22 digits in fours
        f"{grouped(VISA, ' ')} 9931 56",
        f"{grouped(VISA, ' ')} 1231 56",
        f"gid://shop.example/Variant/{VISA}",
        "113-4111111-1111111",
        "12-07745-33018",
        "4006381333931",  # EAN-13
        "+33 6 39 98 12 34",
        "2026-11-21 08:12:09",
    ],
)
def test_what_is_no_card_stays(text: str) -> None:
    assert find_cards(text) == []
    assert mask_cards(text) == text


def iban(country: str, account: str) -> str:
    digits = "".join(str(int(c, 36)) for c in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


@pytest.mark.parametrize(
    ("country", "account"),
    [("DE", f"{VISA}55"), ("FR", f"3000{VISA}943"), ("ES", f"{VISA}0055")],
)
def test_iban_in_groups_is_no_card(country: str, account: str) -> None:
    number = iban(country, account)
    written = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    assert find_cards(f"IBAN {written} merci") == []
    assert find_cards(f"IBAN {number} merci") == []


def test_letters_in_front_do_not_hide_a_card_without_a_valid_iban() -> None:
    assert len(find_cards(f"AB-12, {grouped(VISA, ' ')}")) == 1
    assert len(find_cards(f"DE11 Konto, {grouped(VISA, ' ')}")) == 1


ORDER_LIKE = st.one_of(
    st.from_regex(r"[0-9]{3}-[0-9]{7}-[0-9]{7}", fullmatch=True),
    st.from_regex(r"[0-9]{2}-[0-9]{5}-[0-9]{5}", fullmatch=True),
    st.from_regex(r"[0-9]{8}", fullmatch=True),
    st.from_regex(r"[0-9]{12,13}", fullmatch=True),
    st.from_regex(r"[0-9]{20}([0-9]{2})?", fullmatch=True),
    st.from_regex(r"[A-Z]{2}[0-9]{9}[A-Z]{2}", fullmatch=True),
    st.from_regex(r"\+[0-9]{8,15}", fullmatch=True),
)


@given(ORDER_LIKE)
def test_order_parcel_bar_code_and_phone_numbers_stay(number: str) -> None:
    assert mask_cards(f"({number})") == f"({number})"


@given(st.from_regex(r"(4[0-9]{14}|5[1-5][0-9]{13}|35[3-8][0-9]{12})", fullmatch=True))
def test_any_card_of_a_scheme_is_masked(body: str) -> None:
    number = with_check_digit(body)
    for written in (number, grouped(number, " ")):
        assert find_cards(f"x {written} y") == [(2, 2 + len(written))]


@given(
    st.lists(
        st.one_of(
            st.sampled_from([VISA, AMEX, grouped(VISA, " "), grouped(AMEX, "-"), "\ud800"]),
            st.text(alphabet="0123456789 .-\u00a0aé/:\n", max_size=20),
            st.text(max_size=5),
        ),
        max_size=12,
    ).map("".join)
)
def test_masking_keeps_length_and_is_done_once(text: str) -> None:
    masked = mask_cards(text)
    assert len(masked) == len(text)
    assert len(masked.encode("utf-8", "surrogatepass")) == len(
        text.encode("utf-8", "surrogatepass")
    )
    assert all(a == b or (a.isdigit() and b == "*") for a, b in zip(text, masked, strict=True))
    assert find_cards(masked) == []
    if find_cards(text):
        assert may_hold_card(text)
        assert may_hold_card(utf8(text))


@pytest.mark.parametrize("filler", ["1", "4111 ", "1 ", "4111-", f"{VISA} ", "12 ", ".4", "DE11 4"])
def test_pumped_text_stays_quick(filler: str) -> None:
    text = filler * (200_000 // len(filler))
    assert len(mask_cards(text)) == len(text)


class TestJson:
    @pytest.mark.parametrize("ascii_only", [True, False])
    @pytest.mark.parametrize("separator", ["", " ", "\u00a0", "-"])
    def test_strings_keys_and_nesting(self, separator: str, ascii_only: bool) -> None:
        written = grouped(VISA, separator) if separator else VISA
        value = {"text": f"é\n{written}\t\"'", "list": [f"/{written}", {written: None}]}
        data = json.dumps(value, ensure_ascii=ascii_only).encode()
        masked = mask_json(data)
        assert len(masked) == len(data)
        assert json.loads(masked) == json.loads(
            json.dumps(value).replace(
                json.dumps(written)[1:-1], json.dumps(mask_cards(written))[1:-1]
            )
        )

    def test_numbers_become_strings_of_equal_length(self) -> None:
        data = f'{{"pan":{VISA}, "amex": [{AMEX}], "n": -{VISA}, "f": 0.{VISA}}}'.encode()
        masked = mask_json(data)
        assert len(masked) == len(data)
        value = json.loads(masked)
        assert value["pan"] == "**********1111"
        assert value["amex"] == ["*********0005"]
        assert value["f"] == float(f"0.{VISA}")

    def test_escaped_digits_are_seen(self) -> None:
        data = b'{"x":"\\u0034111111111111111"}'
        masked = mask_json(data)
        assert len(masked) == len(data)
        assert json.loads(masked) == {"x": "************1111"}

    def test_ids_survive_but_not_text_under_an_id_key(self) -> None:
        value = {"id": VISA, "orderId": int(VISA), "line_ids": [VISA], "valid": VISA}
        data = json.dumps({**value, "customer_id": f"card {VISA}"}).encode()
        back = json.loads(mask_json(data))
        assert {key: back[key] for key in ("id", "orderId", "line_ids")} == {
            key: value[key] for key in ("id", "orderId", "line_ids")
        }
        assert back["valid"] == "************1111"
        assert back["customer_id"] == "card ************1111"

    @given(
        st.recursive(
            st.one_of(
                st.none(),
                st.booleans(),
                st.integers(),
                st.floats(allow_nan=False, allow_infinity=False),
                st.text(max_size=20),
                st.sampled_from([VISA, int(VISA), f'"\\{VISA}\\', int(DINERS)]),
            ),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
            max_leaves=10,
        ),
        st.booleans(),
    )
    def test_valid_json_stays_valid_at_equal_length(self, value: object, ascii_only: bool) -> None:
        data = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        masked = mask_json(data)
        assert len(masked) == len(data)
        json.loads(masked.decode("utf-8", "surrogatepass"))

    @given(st.binary(max_size=60), st.binary(max_size=20))
    def test_any_bytes_keep_their_length(self, before: bytes, after: bytes) -> None:
        data = before + VISA.encode() + after
        assert len(mask_json(data)) == len(data)
