"""A denied attempt records which object was named. What somebody typed into an address is not copied."""

from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from audit.canonical import MALFORMED, claimed, coded

pytestmark = pytest.mark.pure


@given(some.uuids())
def test_a_uuid_is_kept_in_its_plain_form(identifier: UUID) -> None:
    assert claimed(str(identifier)) == str(identifier)
    assert claimed(identifier.hex.upper()) == str(identifier)
    assert claimed("{" + str(identifier) + "}") == str(identifier)


@pytest.mark.parametrize("code", ["LO-7K3M-9QXF-C", "LO-7K3M-9QXF-C-R01", "12", "70017", ""])
def test_a_code_is_kept(code: str) -> None:
    assert claimed(code) == code


@pytest.mark.parametrize(
    "typed",
    [
        "petar-petrovic",
        "Петар Петровић",
        "0101990710006",
        "JMBG0101990710006",
        "064123456789",
        "spona_pat_Zm9vYmFyYmF6",
        "a@b.rs",
        "' OR 1=1 --",
        "../../etc/passwd",
        "\x00",
        "\ud800",
        "A" * 41,
        "x" * 100_000,
        "12\n",
        f"{UUID(int=1)}\n{UUID(int=2)}",
    ],
)
def test_text_is_not(typed: str) -> None:
    assert claimed(typed) == MALFORMED


@given(some.text())
@example("\ud800")
def test_what_is_left_always_fits_an_entry(typed: str) -> None:
    assert coded("object_id", claimed(typed), limit=64) == claimed(typed)
