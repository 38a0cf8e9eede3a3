"""Who changed what, readable without the log: author by plain id, verb and id of the act in the reason."""

from uuid import UUID, uuid4

import pytest
from django.db import connections, models
from simple_history.models import HistoricalRecords

from audit.acts import act
from tests.audit.conftest import Reader
from tests.audit.lamps import Lamp
from tests.audit.people import NOBODY, Person


def create(lamp: Lamp, by: Person) -> None:
    with act(by, "lamp.created") as current:
        lamp.save()
        current.on(lamp)


def test_each_row_says_who_and_under_which_verb(unsaved_lamp: Lamp, team: UUID, read_log: Reader) -> None:
    builder, painter = Person(), Person(kind="token", acting_for=uuid4())
    create(unsaved_lamp, builder)
    with act(painter, "lamp.painted", unsaved_lamp):
        unsaved_lamp.colour = "red"
        unsaved_lamp.save()
    created, painted = unsaved_lamp.history.order_by("history_date")
    assert (created.history_user_id, painted.history_user_id) == (builder.id, painter.id)
    assert (created.history_type, painted.history_type) == ("+", "~")
    entries = read_log(team)
    reasons = [created.history_change_reason, painted.history_change_reason]
    assert reasons == [f"{entry.verb} {entry.id}" for entry in entries]
    assert [change.field for change in painted.diff_against(created).changes] == ["colour"]


def test_the_inner_act_signs_what_it_changes(unsaved_lamp: Lamp) -> None:
    with act(Person(), "lamp.serviced") as outer:
        with act(Person(), "lamp.created") as inner:
            unsaved_lamp.save()
        unsaved_lamp.save()
    reasons = unsaved_lamp.history.order_by("history_date").values_list("history_change_reason", flat=True)
    assert list(reasons) == [f"lamp.created {inner.id}", f"lamp.serviced {outer.id}"]


def test_nobody_is_an_author_without_an_id(unsaved_lamp: Lamp) -> None:
    create(unsaved_lamp, NOBODY)
    row = unsaved_lamp.history.get()
    assert row.history_user_id is None
    assert row.history_user is None


@pytest.mark.parametrize("attribute", ["_history_user", "_change_reason"])
def test_an_attribute_cannot_forge_the_author(unsaved_lamp: Lamp, attribute: str) -> None:
    by = Person()
    setattr(unsaved_lamp, attribute, uuid4())
    create(unsaved_lamp, by)
    row = unsaved_lamp.history.get()
    assert row.history_user == row.history_user_id == by.id
    assert row.history_change_reason.startswith("lamp.created ")


def test_a_request_on_the_thread_cannot_forge_the_author(unsaved_lamp: Lamp) -> None:
    by = Person()
    HistoricalRecords.context.request = type("Request", (), {"user": Person()})()
    try:
        create(unsaved_lamp, by)
    finally:
        del HistoricalRecords.context.request
    assert unsaved_lamp.history.get().history_user_id == by.id


def test_the_author_is_a_plain_column() -> None:
    """No foreign key: removing an account never blanks who did what."""
    author = Lamp.history.model._meta.get_field("history_user_id")
    assert type(author) is models.UUIDField
    assert not author.is_relation
    assert type(Lamp.history.model._meta.pk) is models.UUIDField


def test_a_history_adds_exactly_these_columns() -> None:
    own = {field.column for field in Lamp._meta.concrete_fields}
    history = {field.column for field in Lamp.history.model._meta.concrete_fields}
    assert history - own == {
        "history_id",
        "history_date",
        "history_change_reason",
        "history_type",
        "history_user_id",
    }


def test_the_longest_verb_fits_the_reason(unsaved_lamp: Lamp) -> None:
    verb = "lamp." + "x" * 55
    with act(Person(), verb) as current:
        unsaved_lamp.save()
    assert unsaved_lamp.history.get().history_change_reason == f"{verb} {current.id}"


def test_a_rolled_back_act_leaves_no_history(unsaved_lamp: Lamp) -> None:
    def fall() -> None:
        with act(Person(), "lamp.created"):
            unsaved_lamp.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fall()
    assert Lamp.history.count() == 0
    assert not connections["default"].in_atomic_block
