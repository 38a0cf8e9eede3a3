"""Saving with kept words beside saving through Django's own compiler: the same row, the same history, the same end."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connections, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Now, Upper
from django.test.utils import CaptureQueriesContext

from audit.acts import act
from backend.cases.models import CaseFacts, Consent, Notification
from backend.imports.models import ImportRun
from backend.referrals.models import Question, Referral
from backend.teams.models import Membership
from backend.written import Written
from tests.backend.referrals.loops import Loop, opened
from tests.world import BUILDER, Town, ago, by_hand, make_user, saved

pytestmark = pytest.mark.database

# What is new in each row: its key, its moment, and the act that wrote it.
OWN = {
    "id",
    "created_at",
    "code",
    "number",
    "history_id",
    "history_date",
    "history_change_reason",
    "object_id",
}
NOON = ago(days=3).replace(hour=12, minute=0, second=0, microsecond=123456)


@pytest.fixture(scope="module")
def loop(database: None) -> Loop:
    return opened(Town())


def referral(loop: Loop, **values: Any) -> Referral:
    return Referral(
        case=loop.case,
        team=loop.town.team,
        code=f"R{uuid4().hex[:15]}",
        number=Referral.objects.filter(case=loop.case).count() + 1,
        spoken_name="tihi javor",
        requester_organisation=loop.town.centre,
        created_by=BUILDER.id,
        urgency="routine",
        handover_mode="standard",
        status="draft",
        **values,
    )


def consent(loop: Loop, **values: Any) -> Consent:
    given: dict[str, Any] = {"purposes": ["referral"], "data_classes": [], **values}
    return Consent(
        case=loop.case,
        team=loop.town.team,
        given_by="person",
        how="written",
        recorded_by=BUILDER.id,
        recorded_for=loop.town.centre,
        valid_until=NOON,
        **given,
    )


def run(loop: Loop, **values: Any) -> ImportRun:
    text = {"mapping_name": "plain", "mapping_text": "a: 'b'\n%s", **values}
    return ImportRun(
        team=loop.town.team, organisation=loop.town.centre, uploaded_by=BUILDER.id, dry_run=True, **text
    )


def notification(loop: Loop, **values: Any) -> Notification:
    return Notification(
        team=loop.town.team,
        organisation=loop.town.clinic,
        kind="referral_received",
        object_kind="referral",
        object_id=uuid4(),
        **values,
    )


def envelope(loop: Loop) -> Any:
    return CaseFacts.objects.filter(case=loop.case).first().envelope  # type: ignore[union-attr]


ROWS: dict[str, Callable[[Loop], models.Model]] = {
    "empty arrays": referral,
    "full arrays": lambda loop: referral(loop, data_classes=["needs", 'a"b', "{}", "NULL", ""]),
    "moments and days": lambda loop: referral(loop, due_at=NOON, look_again_on=date(2026, 2, 28)),
    "a sealed field": lambda loop: referral(loop, narrative=envelope(loop), narrative_revision=4),
    "text that looks like SQL": lambda loop: referral(loop, reason_code="DEFAULT", outcome_code="%s'; --\\"),
    "an array that is null": lambda loop: seat_of(loop, services=None),
    "an array of none": lambda loop: seat_of(loop, services=[]),
    "an array of two": lambda loop: seat_of(loop, services=["TX-OPC", "HR-DIC"]),
    "moments of the database": consent,
    "a moment given": lambda loop: consent(loop, recorded_at=NOON, valid_from=NOON, remark=envelope(loop)),
    "an empty object": run,
    "an object": lambda loop: run(loop, tables={"a": [1, None, "š"], "b": {}}, content=envelope(loop)),
    "null beside an empty text": lambda loop: notification(loop, service_code=None),
    "an empty text": lambda loop: notification(loop, service_code="", read_at=NOON),
}


def seat_of(loop: Loop, **values: Any) -> Membership:
    user = make_user()
    given = {"role": "member", "valid_from": NOON, "team": loop.town.team, **values}
    return Membership(user=user, organisation=loop.town.clinic, **given)


def stored(admin: psycopg.Connection, row: models.Model) -> list[dict[str, Any]]:
    """Return what the tables hold of `row` and of its history, without what is the row's own."""
    places = [(row._meta.db_table, "id", "id")]
    if hasattr(row, "history"):
        places.append((row.history.model._meta.db_table, "id", "history_date"))
    found = []
    for table, key, order in places:
        lines = admin.execute(
            f"SELECT to_jsonb(t) FROM {table} t WHERE {key} = %s ORDER BY {order}", [row.pk]
        )
        found += [{name: said for name, said in line.items() if name not in OWN} for (line,) in lines]
    return found


def shown(row: Any) -> dict[str, Any]:
    """Return what Python knows of `row`; where the database is asked nothing back, what it would say."""
    known = type(row)._base_manager.get(pk=row.pk) if row.unseen else row
    return {
        field.attname: getattr(known, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in OWN
    }


def in_time(found: Any) -> Any:
    """Return rows with the moments of the database, which differ by moments, told by their kind."""
    now = ("recorded_at", "valid_from", "at", "asked_at", "user_id")
    return [{k: type(v).__name__ if k in now else v for k, v in line.items()} for line in found]


@pytest.fixture
def usual_way(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what takes our words away, so that Django compiles its own."""

    def take_away() -> None:
        monkeypatch.delattr(Written, "_do_insert")
        monkeypatch.delattr(Written, "_do_update")

    return take_away


@pytest.mark.parametrize("name", ROWS)
def test_a_new_row_and_its_history_are_those_of_django(
    loop: Loop, admin: psycopg.Connection, usual_way: Callable[[], None], name: str
) -> None:
    ours = saved(ROWS[name](loop))
    usual_way()
    usual = saved(ROWS[name](loop))
    assert in_time(stored(admin, ours)) == in_time(stored(admin, usual)) != []
    assert in_time([shown(ours)]) == in_time([shown(usual)])
    assert (ours._state.db, ours._state.adding) == ("default", False)
    again = type(ours)._base_manager.get(pk=ours.pk)
    assert shown(again) == shown(ours)


CHANGES: dict[str, dict[str, Any]] = {
    "a word": {"status": "requested"},
    "an array": {"data_classes": ["health"]},
    "an array that is emptied": {"data_classes": []},
    "a moment taken away": {"due_at": None},
    "a moment and a number": {"paused_at": NOON, "narrative_revision": 7},
    "nothing": {},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_second_save_is_that_of_django(
    loop: Loop, admin: psycopg.Connection, usual_way: Callable[[], None], name: str
) -> None:
    found = []
    for before in (lambda: None, usual_way):
        row = saved(referral(loop, data_classes=["needs", "social"], due_at=NOON))
        before()
        for field, value in CHANGES[name].items():
            setattr(row, field, value)
        saved(row)
        found.append(stored(admin, row))
        assert (row.version, len(found[-1])) == (2, 3)
    assert found[0] == found[1]


def test_only_the_named_fields_are_written(loop: Loop, admin: psycopg.Connection) -> None:
    row = saved(referral(loop))
    row.status, row.urgency = "requested", "stat"
    with act(BUILDER, "test.prepare"):
        row.save(update_fields=["status"])
    ((now, *_), fresh) = stored(admin, row), Referral.objects.get(pk=row.pk)
    assert (now["status"], now["urgency"], fresh.urgency) == ("requested", "routine", "routine")


def test_a_key_that_is_taken_is_refused_and_nothing_written(loop: Loop) -> None:
    first = saved(run(loop))
    with pytest.raises(IntegrityError), transaction.atomic():
        run(loop, id=first.pk, mapping_name="second").save(force_insert=True)
    assert ImportRun.objects.get(pk=first.pk).mapping_name == "plain"


def test_an_update_of_what_is_gone_says_so(loop: Loop) -> None:
    row = saved(notification(loop))
    with by_hand():
        Notification.objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError, match="did not affect any rows"):
        row.save(update_fields=["read_at"])


def test_what_is_not_found_to_change_is_added(loop: Loop) -> None:
    row = run(loop, created_at=NOON)
    row._state.adding = False
    row.save()
    row.mapping_name = "again"
    row.save()
    assert ImportRun.objects.filter(pk=row.pk).values_list("mapping_name", flat=True).get() == "again"


def test_what_the_database_sets_is_known_at_once(loop: Loop) -> None:
    row = run(loop)
    with CaptureQueriesContext(connections["default"]) as asked:
        row.save()
        assert abs(row.created_at - ago()) < timedelta(minutes=5)
    assert len(asked.captured_queries) == 1
    assert "RETURNING" in asked.captured_queries[0]["sql"]


def test_an_expression_goes_the_usual_way(loop: Loop) -> None:
    row = run(loop, failure=Upper(Value("loud")), finished_at=Now(), rows_in=3)
    row.save()
    row.refresh_from_db()
    assert (row.failure, row.finished_at == row.created_at) == ("LOUD", True)
    row.rows_in, row.mapping_name = F("rows_in") + 2, Concat(F("mapping_name"), Value("-new"))
    row.save()
    row.refresh_from_db()
    assert (row.rows_in, row.mapping_name) == (5, "plain-new")


def test_words_of_one_model_are_not_those_of_another(loop: Loop) -> None:
    """A kept text belongs to its class and to the fields that were given, in this order."""
    made = saved(referral(loop))
    asked = saved(
        Question(
            case=loop.case,
            team=loop.town.team,
            referral=made,
            question_code="cost",
            asked_by_side="target",
            asked_by=BUILDER.id,
        )
    )
    keys: list[UUID] = [saved(consent(loop, **given)).pk for given in ({}, {"recorded_at": NOON}, {})]
    moments = [Consent.objects.get(pk=key).recorded_at for key in keys]
    assert (moments[1], moments[0] > NOON, moments[2] > NOON) == (NOON, True, True)
    assert Question.objects.get(pk=asked.pk).referral_id == made.pk


def test_what_is_rolled_back_was_not_written(loop: Loop) -> None:
    row = run(loop)
    with transaction.atomic():
        row.save()
        assert ImportRun.objects.filter(pk=row.pk).exists()
        transaction.set_rollback(True)
    assert not ImportRun.objects.filter(pk=row.pk).exists()
