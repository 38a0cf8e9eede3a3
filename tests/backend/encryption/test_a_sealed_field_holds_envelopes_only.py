"""The model field refuses everything but an envelope, compares nothing, and prints nothing."""

from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.test.utils import isolate_apps

from backend.encryption.cipher import open_envelope, seal
from backend.encryption.envelope import Envelope
from backend.encryption.fields import SealedField
from tests.backend.encryption.samples import KEY, NARRATIVE, PLACE

ENVELOPE = seal(key=KEY, place=PLACE, revision=7, value=NARRATIVE)


@pytest.fixture
def record() -> Any:
    """A model class with one sealed field, unknown to the rest of the process."""
    with isolate_apps("backend.encryption"):

        class Record(models.Model):
            content = SealedField(null=True)

            class Meta:
                app_label = "encryption"

        yield Record


@pytest.mark.parametrize("kind", [bytes, memoryview, Envelope])
def test_an_envelope_is_accepted_in_every_form_a_driver_gives(kind: Any) -> None:
    assert SealedField().get_prep_value(kind(ENVELOPE)) == bytes(ENVELOPE)


@pytest.mark.parametrize(
    "plain",
    ["heroin", "", b"", b"heroin", ENVELOPE.hex(), bytes(ENVELOPE)[:-1], bytes(160), 7, {"drug": "heroin"}],
)
def test_plain_content_is_refused_before_it_reaches_the_database(plain: Any) -> None:
    for door in (
        SealedField().get_prep_value,
        SealedField().to_python,
        lambda v: SealedField().clean(v, None),
    ):
        with pytest.raises(ValidationError) as caught:
            door(plain)
        assert caught.value.code == "not_sealed" or plain in ("", b"")
        assert "heroin" not in str(caught.value)


def test_a_text_default_is_refused_at_start(record: Any) -> None:
    field = SealedField(default="heroin")
    field.set_attributes_from_name("content")
    assert "fields.E170" in {error.id for error in field._check_str_default_value()}


def test_null_means_no_row_yet() -> None:
    assert SealedField(null=True).get_prep_value(None) is None
    assert SealedField(null=True).from_db_value(None, None, None) is None


def test_what_comes_from_the_database_prints_as_sealed_and_opens() -> None:
    loaded = SealedField().from_db_value(bytes(ENVELOPE), None, None)
    assert repr(loaded) == "<sealed, revision 7, 160 bytes>"
    assert loaded is not None
    assert open_envelope(key=KEY, place=PLACE, envelope=loaded) == NARRATIVE


@pytest.mark.parametrize(
    "lookup", ["exact", "in", "contains", "startswith", "gt", "regex", "iexact", "range"]
)
def test_nothing_can_be_searched_in_it(record: Any, lookup: str) -> None:
    with pytest.raises(FieldError):
        record.objects.filter(**{f"content__{lookup}": ENVELOPE})


def test_it_can_be_asked_whether_it_is_there(record: Any) -> None:
    assert "IS NULL" in str(record.objects.filter(content__isnull=True).query)


def test_a_dump_holds_the_envelope_and_nothing_else(record: Any) -> None:
    dump = serializers.serialize("json", [record(pk=1, content=ENVELOPE)])
    assert "heroin" not in dump
    assert "AQE" in dump  # base64 of format 1, suite 1


def test_migrations_name_the_field_without_its_content(record: Any) -> None:
    _name, path, args, options = record._meta.get_field("content").deconstruct()
    assert (path, args, options) == ("backend.encryption.fields.SealedField", [], {"null": True})


def test_forms_and_admin_pages_never_offer_it() -> None:
    assert SealedField().editable is False
