"""Other digits, full width, invisible letters, mixed scripts: what a reader would read is what is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.guard import check

ZERO_WIDTH = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\ufe0f",
    "\u202a",
    "\u3164",
]
DIGIT_ZEROS = {
    "Arabic-Indic": 0x0660,
    "Persian": 0x06F0,
    "Devanagari": 0x0966,
    "Bengali": 0x09E6,
    "full width": 0xFF10,
    "bold": 0x1D7CE,
    "monospace": 0x1D7F6,
    "segmented": 0x1FBF0,
}
MOBILE = "0601234567"


def kinds(text: str) -> set[str]:
    return {finding.kind for finding in check(text) if finding.action == "block"}


@pytest.mark.parametrize("zero", DIGIT_ZEROS.values(), ids=DIGIT_ZEROS.keys())
def test_digits_of_other_scripts_are_digits(zero: int) -> None:
    assert kinds("".join(chr(zero + int(digit)) for digit in MOBILE)) == {"mobile"}


def test_digits_of_many_scripts_in_one_number() -> None:
    zeros = list(DIGIT_ZEROS.values())
    mixed = "".join(chr(zeros[i % len(zeros)] + int(digit)) for i, digit in enumerate(MOBILE))
    assert kinds(mixed) == {"mobile"}


@pytest.mark.parametrize(
    "number", ["⓪⑥⓪①②③④⑤⑥⑦", "⁰⁶⁰¹²³⁴⁵⁶⁷", "₀₆₀₁₂₃₄₅₆₇", "0️⃣6️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣", "0\u03326\u03320\u03321234567"]
)
def test_decorated_digits_are_digits(number: str) -> None:
    assert kinds(number) == {"mobile"}


@pytest.mark.parametrize("hidden", ZERO_WIDTH, ids=[f"U+{ord(letter):04X}" for letter in ZERO_WIDTH])
@pytest.mark.parametrize(
    "identifier", [MOBILE, "primer@example.org", "0101001770001", "www.example.org/neko"]
)
def test_invisible_letters_do_not_split_an_identifier(hidden: str, identifier: str) -> None:
    text = f"a {hidden.join(identifier)} b"
    (finding,) = check(text)
    assert finding.action == "block"
    assert text[finding.start : finding.end].replace(hidden, "") == identifier


@pytest.mark.parametrize(
    "text",
    [
        "ｐｒｉｍｅｒ＠ｅｘａｍｐｌｅ．ｏｒｇ",
        "primer＠example.org",
        "primer﹫example.org",
        "PRIMER@EXAMPLE.ORG",
        "primеr@еxample.org",  # Cyrillic е
        "пример@пример.срб",
        "džon.đorđević@primer.rs",
        "𝓹𝓻𝓲𝓶𝓮𝓻@example.org",
        "primér@example.org",
        "primer+oznaka@pod.example.org",
        "(primer@example.org)",
    ],
)
def test_an_address_is_an_address_in_any_letters(text: str) -> None:
    assert kinds(text) == {"email"}


@pytest.mark.parametrize(
    "text", ["cena je 3 @ komad", "@", "a@", "@ b", "a @ b", "a@b", "primer@", "@@@@", "5@5"]
)
def test_a_lone_sign_is_no_address(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "‒", "–", "—", "−", "﹣", "－"])
def test_every_dash_joins(dash: str) -> None:
    assert kinds(dash.join(("060", "123", "4567"))) == {"mobile"}


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f", "\u3000", "\t", "\n", "\r\n", "\u2800"])
def test_every_space_joins(space: str) -> None:
    assert kinds(space.join(("060", "123", "4567"))) == {"mobile"}


@pytest.mark.parametrize(
    "text", ["ЈМБГ 9999999999999", "ЈМБG 9999999999999", "јмбг 9999999999999", "JМБГ: 9999999999999"]
)
def test_a_word_of_context_counts_in_mixed_scripts(text: str) -> None:
    assert kinds(text) == {"jmbg"}


@given(
    st.text(alphabet="0123456789 .-/()", min_size=1, max_size=60), st.sampled_from(list(DIGIT_ZEROS.values()))
)
def test_other_digits_never_change_what_is_found(text: str, zero: int) -> None:
    other = "".join(chr(zero + int(letter)) if letter.isdigit() else letter for letter in text)
    assert check(other) == check(text)


@given(st.text(alphabet="01236 .-/jmbgčЂ@", min_size=1, max_size=40), st.sampled_from(ZERO_WIDTH))
def test_invisible_letters_never_change_how_much_is_found(text: str, hidden: str) -> None:
    plain = [(finding.kind, finding.action) for finding in check(text)]
    assert [(finding.kind, finding.action) for finding in check(hidden.join(text))] == plain


def test_the_same_note_in_both_scripts_gives_the_same_findings() -> None:
    latin = "Javio se Petar Primerović, mob. 060 000 0000, stanuje u ulici Izmišljenoj br. 12"
    cyrillic = "Јавио се Петар Примеровић, моб. 060 000 0000, станује у улици Измишљеној бр. 12"
    assert [(f.kind, f.action) for f in check(latin)] == [(f.kind, f.action) for f in check(cyrillic)]
    assert {finding.kind for finding in check(latin)} == {"person_name", "mobile", "address"}
