"""An envelope that was changed in the database is answered with one code, written down, and told to who watches.

Each kind of change to each column that is opened over HTTP, in one town. The change is made by a superuser, whom
nothing in the database stops.
"""

import random
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import pytest

from backend.cases.models import BreakGlass, Consent, Notification
from backend.encryption.envelope import revision_of
from backend.keys.envelopes import Found
from tests.api.audit import Audit
from tests.api.client import Answer, browser_for, client_for
from tests.backend.encryption.mutations import BY_HAND, SWAPS, Taken, donors
from tests.backend.keys.filled import Filled, all_of, filled
from tests.world import Town

pytestmark = pytest.mark.database
V1 = "/api/v1"
Ask = Callable[[], Answer]


class Column(NamedTuple):
    """One envelope that a request opens."""

    found: Found
    ask: Ask

    def put(self, admin: psycopg.Connection, envelope: bytes) -> None:
        column = self.found.column
        text = (
            f"UPDATE {column.table} SET {column.place.field} = %s WHERE {column.model._meta.pk.column} = %s"
        )
        admin.execute(
            "SET session_replication_role = replica"
        )  # a ledger's own triggers stop even a superuser
        admin.execute(text, (envelope, self.found.key))  # type: ignore[arg-type]


def taken(one: Found) -> Taken:
    place = one.column.place.of(one.row)
    revision = revision_of(one.envelope)
    return Taken(
        place.case_id, place.record_id, place.label, revision, one.envelope, history=one.column.is_history
    )


def columns(made: Filled, found: list[Found]) -> dict[str, Column]:
    """One envelope of each column that is opened over HTTP, with the request that opens it."""
    town, case, referral = made.loop.town, made.case, made.referral
    worker, outreach = browser_for(town.social_worker), browser_for(town.outreach)
    consent = Consent.objects.get(case=case, remark__isnull=False)
    look = BreakGlass.objects.get(case=case)

    def revealed(at: str, field: str) -> Ask:
        return lambda: worker.post(f"{at}/reveal", {"fields": [field], "purpose": "direct_work"})

    at, referred = f"{V1}/cases/{case.id}", f"{V1}/referrals/{referral.id}"
    asked: dict[str, tuple[UUID, Ask]] = {
        "cases_casefacts.envelope": (case.id, lambda: worker.get(at)),
        "cases_historicalcasefacts.envelope": (case.id, lambda: worker.get(f"{at}/history")),
        "cases_note.envelope": (made.note.id, revealed(at, f"note:{made.note.id}")),
        "cases_consent.remark": (consent.id, revealed(at, f"consent_remark:{consent.id}")),
        "referrals_referral.narrative": (referral.id, revealed(referred, "narrative")),
        "referrals_referral.appointment": (referral.id, lambda: worker.get(referred)),
        "referrals_referral.sealed_service": (
            made.hidden.id,
            lambda: worker.get(f"{V1}/referrals/{made.hidden.id}"),
        ),
        "referrals_question.note": (referral.id, lambda: worker.get(referred)),
        "referrals_question.reply_note": (referral.id, lambda: worker.get(referred)),
        "cases_looktext.envelope": (look.pk, lambda: outreach.get(f"{V1}/break-glass/{look.pk}")),
    }
    return {name: Column(chosen(found, name), ask) for name, (_, ask) in asked.items()}


def chosen(found: list[Found], name: str) -> Found:
    """Return the newest envelope of a column: of facts, those that were changed once."""
    among = [one for one in found if one.column.name == name]
    return max(
        among, key=lambda one: (revision_of(one.envelope), one.row.get("data_class") == "basic_profile")
    )


def changes(own: Taken, among: list[Taken]) -> dict[str, bytes]:
    """One change of each kind that there is for this envelope."""
    draw = random.Random(6)
    made = {kind: change(own, draw) for kind, change in BY_HAND.items()}
    swapped = {kind: donors(kind, own, among) for kind in SWAPS}
    return made | {kind: draw.choice(found).envelope for kind, found in swapped.items() if found}


def test_every_kind_of_change_to_every_column_gives_the_one_code(
    town: Town, admin: psycopg.Connection, audit: Audit
) -> None:
    made, other = filled(town), filled(town)
    found = all_of([made.case.id])
    among = [taken(one) for one in (*found, *all_of([other.case.id]))]
    seen, wrong, count = set(), [], 0
    for name, column in columns(made, found).items():
        assert column.ask().status == 200, name
        for kind, envelope in changes(taken(column.found), among).items():
            column.put(admin, envelope)
            answer = column.ask()
            seen.add(kind)
            count += 1
            if (answer.status, answer.json.get("code")) != (503, "integrity_failure"):
                wrong.append((name, kind, answer.status))
        column.put(admin, column.found.envelope)
        assert column.ask().status == 200, name
    assert wrong == []
    assert seen == {*BY_HAND, *SWAPS}
    entries = audit.entries(verb="integrity.failed", outcome="failed", object_id=str(made.case.id))
    assert len(entries) == count
    assert {entry["log"] for entry in entries} == {town.team.id}


def test_the_entry_names_object_place_and_who_asked(
    town: Town, admin: psycopg.Connection, audit: Audit
) -> None:
    made = filled(town)
    column = columns(made, all_of([made.case.id]))["cases_note.envelope"]
    column.put(admin, b"\x01\x01")
    answer = column.ask()
    assert answer.code == "integrity_failure"
    assert "Retry-After" not in answer.headers
    assert str(made.note.id).encode() not in answer.raw
    [entry] = audit.entries(verb="integrity.failed")
    assert (entry["actor_id"], entry["code"]) == (town.social_worker.id, "integrity_failure")
    facts: dict[str, Any] = entry["said"]["facts"]
    assert facts == {"place": "note.text", "record": str(made.note.id), "asked_for": facts["asked_for"]}
    assert audit.entries(verb="case.revealed", outcome="success") == []


def test_lead_officer_and_coordinator_are_told_once(town: Town, admin: psycopg.Connection) -> None:
    made = filled(town)
    column = columns(made, all_of([made.case.id]))["cases_casefacts.envelope"]
    column.put(admin, column.found.envelope[:-1])
    for _ in range(3):
        assert column.ask().code == "integrity_failure"
    told = Notification.objects.filter(kind="integrity.failed", object_id=made.case.id)
    assert sorted(told.values_list("audience", flat=True)) == [
        "coordinator",
        "data_protection_officer",
        "municipal_lead",
    ]
    for person in (town.lead, town.officer):
        heard = browser_for(person).get(f"{V1}/notifications").json["results"]
        assert [row["kind"] for row in heard if row["object_id"] == str(made.case.id)] == ["integrity.failed"]
    nurse = client_for(town.nurse).get(f"{V1}/notifications").json["results"]
    assert "integrity.failed" not in {row["kind"] for row in nurse}


def test_a_damaged_wrapped_key_is_said_in_the_same_way(
    town: Town, keys_admin: psycopg.Connection, audit: Audit
) -> None:
    made = filled(town)
    keys_admin.execute(
        "UPDATE encryption_wrappedkey SET wrapped = set_byte(wrapped, 20, (get_byte(wrapped, 20) + 1) %% 256)"
        " WHERE owner_id = %s",
        (made.case.id,),
    )
    answer = browser_for(town.social_worker).get(f"{V1}/cases/{made.case.id}")
    assert (answer.status, answer.code) == (503, "integrity_failure")
    [entry] = audit.entries(verb="integrity.failed")
    assert entry["said"]["facts"]["place"] == "key"
