"""Text is limited, and refused with the kind of identifier in it; the text itself is nowhere in the refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cases.texts import NOTE_LIMIT, screened
from backend.errors import Invalid

pytestmark = pytest.mark.pure


def refused(text: str, *, limit: int = NOTE_LIMIT) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(Invalid) as error:
        screened(text, at="/text", limit=limit)
    [fault] = error.value.faults
    assert fault.pointer == "/text"
    assert text.strip() == "" or text.strip() not in repr(error.value.faults)
    return fault.code, fault.values


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("JMBG 0101990710006", "jmbg"),
        ("ЈМБГ 0101990710006", "jmbg"),
        ("zvati na 064/123-4567", "mobile"),
        ("piše na ana.anic@example.org", "email"),
    ],
)
def test_an_identifier_is_named_by_its_kind(text: str, kind: str) -> None:
    code, kinds = refused(text)
    assert code == "identifier_found"
    assert any(kind in one for one in kinds)


def test_plain_sentences_in_both_scripts_pass_without_the_space_around() -> None:
    assert (
        screened("  Dogovoren razgovor o smeštaju. ", at="/t", limit=100) == "Dogovoren razgovor o smeštaju."
    )
    assert screened("Договорен разговор.\r\nСледи провера.", at="/t", limit=100).count("\n") == 1


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_nothing_is_not_a_text(text: str) -> None:
    assert refused(text) == ("required", ())


def test_a_text_ends_at_its_limit() -> None:
    assert screened("a" * 10, at="/text", limit=10)
    assert refused("a" * 11, limit=10) == ("max_length", ())


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x7fb", "a\ud800b"])
def test_control_characters_are_malformed(text: str) -> None:
    assert refused(text) == ("invalid", ())


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused_and_nothing_else_happens(text: str) -> None:
    try:
        kept = screened(text, at="/text", limit=150)
    except Invalid:
        return
    assert kept.strip() == kept
    assert 0 < len(kept) <= 150
