"""Whatever is added to a case comes out of the export by itself, or stands here with its reason."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey, UUIDField

from backend.cases.models import Case
from backend.encryption import places
from backend.reference.lists import codes
from backend.rights.gathering import LEFT_OUT, OF_OTHERS, PEOPLE, SILENT, column_of, tables
from backend.rights.reading_text import LISTS, NOT_READ, words

pytestmark = pytest.mark.pure
TABLES = {model for model, _column in tables()}
# Ids that name no person: of rows, needs, and what stands behind them.
OF_ROWS = {
    "id",
    "copied_from",
    "history_id",
    "merged_into",
    "need_id",
    "referral_id",
    "source_id",
}


def test_every_sealed_column_of_a_case_is_exported() -> None:
    for column in places.columns(owner=places.CASE):
        left_out = places.remembered(column.model).__name__ in OF_OTHERS
        assert column.model in TABLES or left_out, f"{column.name} would be held and not given"


def test_every_table_with_a_case_is_exported_or_has_its_reason() -> None:
    for model in apps.get_models():
        named = places.remembered(model)
        if column_of(model) and model not in TABLES:
            assert named._meta.label in LEFT_OUT or named.__name__ in OF_OTHERS, model


def test_the_case_itself_and_its_history_are_in_it() -> None:
    assert Case in TABLES
    assert Case.history.model in TABLES


def test_an_id_is_of_a_row_or_of_somebody_who_works() -> None:
    for model in TABLES:
        for field in model._meta.concrete_fields:
            if isinstance(field, UUIDField) and not isinstance(field, ForeignKey):
                assert field.attname in PEOPLE | OF_ROWS, f"{model.__name__}.{field.attname}: whose id is it?"


def test_every_table_and_column_has_its_word_in_both_languages() -> None:
    for model in TABLES:
        table = model._meta.db_table.partition("_")[2]
        names = {field.name for field in model._meta.concrete_fields} - SILENT - NOT_READ
        for name in (table, *names):
            assert set(words().get(name, {})) == {"en", "sr"}, f"{model.__name__}.{name}"


def test_every_list_that_a_column_names_is_there() -> None:
    for lists in LISTS.values():
        for one in lists:
            assert codes(one)
