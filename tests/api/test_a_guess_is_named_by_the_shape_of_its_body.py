"""From a pointer and the shape of the body to the row that was meant; what names no row gives none."""

from typing import Any

import pytest

from api.attempt import Target
from api.guesses import LONGEST, meant
from api.resources.case_shapes import CaseIn, RevealIn
from api.resources.referral_shapes import ReferralIn
from backend.cases.models import Consent, Note
from backend.teams.models import Organisation

pytestmark = pytest.mark.pure

KEY = "7a52c1de-4f0b-4c8e-9d35-2b6e90f1a874"


def test_a_field_of_the_body() -> None:
    assert meant(ReferralIn(data={"consent": KEY}), "/consent") == Target(Consent, KEY)


def test_a_row_of_a_list_in_it() -> None:
    consent = {"recipients": [{"organisation": "x"}, {"organisation": KEY}]}
    shape = CaseIn(data={"consent": consent})
    assert meant(shape, "/consent/recipients/1/organisation") == Target(Organisation, KEY)


def test_a_sealed_field_is_meant_by_the_id_of_what_it_stands_in() -> None:
    assert meant(RevealIn(data={"fields": [f"note:{KEY}"]}), "/fields/0") == Target(Note, KEY)


def test_no_more_is_kept_than_an_id_has() -> None:
    found = meant(RevealIn(data={"fields": ["x" * 900]}), "/fields/0")
    assert found is not None
    assert len(found.key) == LONGEST


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"consent": KEY}, ""),
        ({"consent": KEY}, "/"),
        ({"consent": KEY}, "/consent/0"),
        ({"consent": KEY}, "/no_such"),
        ({"consent": [KEY]}, "/consent"),
        ({"consent": 7}, "/consent"),
        ({}, "/consent"),
        ([], "/consent"),
        ("consent", "/consent"),
        (None, "/consent"),
        ({"urgency": "asap"}, "/urgency"),
        ({"data_classes": ["needs"]}, "/data_classes/0"),
        ({"data_classes": ["needs"]}, "/data_classes/9"),
        ({"data_classes": ["needs"]}, "/data_classes/x"),
    ],
    ids=str,
)
def test_what_names_no_row_gives_none(data: Any, pointer: str) -> None:
    assert meant(ReferralIn(data=data), pointer) is None


def test_without_a_shape_nothing_is_known() -> None:
    assert meant(None, "/consent") is None
