"""What the demo writes freely goes through the same guard as everybody's text, and holds nobody's name."""

import pytest

from backend import guard
from backend.demo.accounts import accounts
from backend.demo.loops import ASKED, REPLIED
from backend.demo.places import organisations
from backend.demo.situations import COMMON, OUTSIDE
from backend.demo.stories import NOTES

pytestmark = pytest.mark.pure
NARRATIVES = [one.narrative for one in (*COMMON, *OUTSIDE) if one.narrative]


@pytest.mark.parametrize("text", [*NOTES, *NARRATIVES, ASKED, REPLIED])
def test_nothing_is_found_in_it(text: str) -> None:
    assert guard.check(text) == []


@pytest.mark.parametrize("text", [*NOTES, *NARRATIVES])
def test_it_fits_its_field(text: str) -> None:
    assert 0 < len(text) <= 1000


def test_questions_and_replies_fit_theirs() -> None:
    assert max(len(ASKED), len(REPLIED)) <= 280


@pytest.mark.parametrize("name", [one.name for one in organisations()])
def test_the_name_of_an_organisation_fits_its_field(name: str) -> None:
    assert 0 < len(name) <= 160


def test_accounts_are_called_by_their_work_not_by_a_name() -> None:
    assert all(len(account.display_name) <= 120 for account in accounts())
    assert not {account.display_name.split()[0] for account in accounts()} & {
        "Ana",
        "Marko",
        "Petar",
        "Jelena",
    }
