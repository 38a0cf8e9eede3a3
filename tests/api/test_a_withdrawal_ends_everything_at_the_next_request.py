"""A consent is withdrawn, over HTTP and from end to end: case, list, referral, notification, list of disclosures."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from backend.cases.models import Case, Disclosure, Notification
from backend.referrals.models import Referral
from backend.referrals.walls import as_the_database_sees
from backend.referrals.withdrawal import withdraw_consent
from tests.api.client import browser_for
from tests.api.referral_loop import Street, street
from tests.backend.referrals.loops import CLASSES
from tests.databases import Clones
from tests.walls import without_wall_one, without_wall_two
from tests.world import Town

AT = "/api/v1/cases"


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def withdraw(way: Street) -> None:
    answer = way.by("social_worker").post(f"/api/v1/consents/{way.loop.consent.id}/withdraw", {})
    assert answer.status == 200, answer.raw


def seen_by_nurse(way: Street, referral: Referral) -> tuple[int, list[str], str]:
    """Return the status of the case, the codes in the list of cases, and the access to the referral."""
    nurse = way.by("nurse")
    listed = [row["code"] for row in nurse.get(AT).json["results"]]
    return (
        nurse.get(f"{AT}/{way.loop.case.id}").status,
        listed,
        way.read(referral, by="nurse").json["access"],
    )


def test_the_next_request_finds_no_case_an_empty_list_and_the_stub(way: Street) -> None:
    referral = way.loop.started()
    assert seen_by_nurse(way, referral) == (200, [way.loop.case.code], "full")
    withdraw(way)
    assert seen_by_nurse(way, referral) == (404, [], "stub")
    for part in ("needs", "notes", "consents", "disclosures", "history", "access"):
        assert way.by("nurse").get(f"{AT}/{way.loop.case.id}/{part}").status in {403, 404}, part


@pytest.mark.parametrize("wall", ["one", "two"])
def test_each_wall_alone_ends_it(way: Street, database: Clones, wall: str) -> None:
    referral = way.loop.started()
    way.by("nurse")
    withdraw(way)
    with without_wall_two(database) if wall == "one" else without_wall_one():
        status, listed, access = seen_by_nurse(way, referral)
    assert (status, listed, access) == (404, [], "stub")


def test_the_recipient_is_told_by_ids_alone(way: Street) -> None:
    referral = way.loop.started()
    withdraw(way)
    told = way.by("nurse").get("/api/v1/notifications").json["results"][0]
    assert (told["kind"], told["object_id"]) == ("referral.cancelled", str(referral.id))
    row = Notification.objects.get(pk=told["id"])
    assert (row.object_kind, row.organisation_id) == ("referral", way.loop.town.clinic.id)


def test_the_list_of_disclosures_names_all_that_the_recipient_was_given(way: Street) -> None:
    referral = way.loop.started()
    withdraw(way)
    rows = Disclosure.objects.filter(referral_id=referral.id).order_by("at")
    assert [set(row.data_classes) for row in rows] == [{"basic_profile", "needs"}, set(CLASSES)]
    assert {(row.organisation_id, row.consent_id) for row in rows} == {
        (way.loop.town.clinic.id, way.loop.consent.id)
    }
    path = f"{AT}/{way.loop.case.id}/disclosures"
    shown = browser_for(way.loop.town.coordinator).get(path).json["results"]
    assert [row["data_classes"] for row in shown] == [["basic_profile", "needs"]], "what is open to who asks"


def test_who_reads_meanwhile_sees_all_of_before_or_all_of_after(way: Street, database: Clones) -> None:
    referral = way.loop.started()
    nurse = way.loop.town.nurse
    with unfinished(way), database.main.by_hand() as other:
        status = other.execute(
            "SELECT status FROM referrals_referral WHERE id = %s", [referral.id]
        ).fetchone()
        gone = other.execute(
            "SELECT count(*) FROM cases_withdrawal WHERE consent_id = %s", [way.loop.consent.id]
        ).fetchone()
        assert (status, gone) == (("in-progress",), (0,))
    with as_the_database_sees(nurse.id):
        assert Case._base_manager.filter(pk=way.loop.case.id).exists(), (
            "what was rolled back has not happened"
        )
    withdraw(way)
    with as_the_database_sees(nurse.id):
        assert not Case._base_manager.filter(pk=way.loop.case.id).exists(), "leaked"


@contextmanager
def unfinished(way: Street) -> Iterator[None]:
    """Withdraw in a transaction that is open in the block, and is rolled back after it."""
    with transaction.atomic():
        withdraw_consent(way.loop.centre, way.loop.consent)
        yield
        transaction.set_rollback(True)
    assert not connection.in_atomic_block


def test_the_second_named_has_its_turn_under_the_same_consent_once_the_first_declined(way: Street) -> None:
    town = way.loop.town
    consent = way.loop.agree(town.clinic, town.society, need_id=way.loop.need_id)
    there = {"recipient": str(town.society.id), "service_code": "HR-DIC", "consent": str(consent.id)}
    early = way.refer(**there)
    assert (early.status, early.code) == (409, "not_next_in_order")
    first = way.refer(consent=str(consent.id)).json["id"]
    assert way.refer(**there).code == "not_next_in_order", "the first has not answered yet"
    assert way.step(first, "reject", {"reason_code": "no-capacity"}, by="nurse").status == 200
    assert way.refer(**there).status == 201
