"""Whoever must reach all that is sealed goes by the declarations: none is missing, and each says where it opens."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.checks import registry
from django.db import models

from backend.cases.models import CaseFacts, Consent, Note
from backend.encryption import checks
from backend.encryption.cipher import Place
from backend.encryption.fields import SealedField
from backend.encryption.places import CASE, ITSELF, TEAM, SealedPlace, columns, faults, remembered

OF_CASES = {
    "cases_casefacts.envelope",
    "cases_note.envelope",
    "cases_looktext.envelope",
    "cases_consent.remark",
    "referrals_referral.sealed_service",
    "referrals_referral.narrative",
    "referrals_referral.appointment",
    "referrals_question.note",
    "referrals_question.reply_note",
}


def model(*places: SealedPlace, **fields: Any) -> Any:
    """Something that looks like a model to whoever reads its declaration."""
    found = [named(name, field) for name, field in fields.items()]
    return SimpleNamespace(
        __name__="Paper", sealed_places=places, _meta=SimpleNamespace(concrete_fields=found)
    )


def named(name: str, field: Any) -> Any:
    field.set_attributes_from_name(name)
    return field


def found(*given: Any) -> list[str]:
    return list(faults(given))


def test_every_sealed_field_of_the_house_is_declared() -> None:
    assert checks.sealed_columns_are_declared() == []
    assert checks.sealed_columns_are_declared in registry.registry.get_checks()
    there = {
        f"{one._meta.db_table}.{field.column}"
        for one in apps.get_models()
        for field in one._meta.concrete_fields
        if isinstance(field, SealedField)
    }
    assert {one.name for one in columns()} == there
    assert {one.name for one in columns(owner=CASE) if not one.is_history} >= OF_CASES


def test_a_history_has_the_places_of_what_it_remembers() -> None:
    history: Any = CaseFacts.history.model
    assert remembered(history) is CaseFacts
    assert remembered(CaseFacts) is CaseFacts
    own = [one.place for one in columns() if one.model is CaseFacts]
    assert [one.place for one in columns() if one.model is history] == own
    assert [one.is_history for one in columns() if one.model is history] == [True]


def test_owners_are_cases_teams_and_uploads() -> None:
    assert {one.name for one in columns(owner=TEAM) if not one.is_history} >= {"review_reviewitem.answer"}
    assert {one.name for one in columns(owner=ITSELF)} == {"imports_importrun.content"}


def test_a_place_follows_from_the_row() -> None:
    case, record = uuid4(), uuid4()
    (place,) = CaseFacts.sealed_places
    assert place.columns == {"case_id", "id", "data_class", "revision"}
    row = {"case_id": case, "id": record, "data_class": "health", "revision": 7}
    assert place.of(row) == Place(case_id=case, record_id=record, label="case.health")
    assert place.revision_in(row) == 7
    (place,) = Note.sealed_places
    assert place.columns == {"case_id", "id", "revision"}


def test_what_nothing_counts_is_sealed_once_or_not_compared() -> None:
    (place,) = Consent.sealed_places
    assert place.revision_in({}) == 1
    assert SealedPlace("text", label="a", revision="counted").revision_in({"counted": 0}) is None


OWN = {"id": models.UUIDField, "case_id": models.UUIDField}


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((), "Paper.text: sealed, and in no `sealed_places`"),
        ((SealedPlace("other", label="a"),), "Paper.other: in `sealed_places`, and no SealedField"),
        ((SealedPlace("text", label="a.{kind}"),), "Paper.text: its place needs the column kind"),
        (
            (SealedPlace("text", label="a", owner="team_id"),),
            "Paper.text: its place needs the column team_id",
        ),
        (
            (SealedPlace("text", label="a"), SealedPlace("text", label="b")),
            "Paper: a field or a label stands twice in `sealed_places`",
        ),
    ],
    ids=["undeclared", "not sealed", "no column for the label", "no owner", "twice"],
)
def test_e004_a_declaration_that_does_not_hold(places: tuple[SealedPlace, ...], said: str) -> None:
    fields = {name: kind() for name, kind in OWN.items()}
    assert said in found(model(*places, text=SealedField(), **fields))


def test_e004_two_models_never_share_a_label() -> None:
    one, other = (
        model(SealedPlace("text", label="a"), text=SealedField(), id=OWN["id"](), case_id=OWN["case_id"]())
        for _ in range(2)
    )
    assert found(one) == []
    assert found(one, other) == ["Paper.text: Paper has the label a, too"]
