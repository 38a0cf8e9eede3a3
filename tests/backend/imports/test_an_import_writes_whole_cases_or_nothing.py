"""A file in, cases out: each row a case with consent and referral, or a refusal with its reason, and never a half."""

import zlib
from typing import Any

import psycopg
import pytest

from backend.cases.models import Case, Consent
from backend.database_roles import APP
from backend.directory.models import Service
from backend.encryption.models import WrappedKey
from backend.errors import Invalid
from backend.imports import rows
from backend.imports.models import ImportRun
from backend.imports.runs import process, process_queued
from backend.imports.uploads import upload
from backend.referrals.models import Referral
from permissions.actor import Actor
from permissions.scope import Forbidden
from tests.databases import Clones
from tests.world import BUILDER, Town, actor, ago, saved

MAPPING = """
version: 1
name: small
row_key: id
urgency: routine
given_by: person
items:
  sex: {column: sex, values: {m: "1", f: "2"}}
needs: [{code: housing, column: home, when: ["no"]}]
flags: [{code: homelessness, column: home, when: ["no"]}]
referral: {need: housing, column: home, values: {"no": SO-FOO, "yes": null}}
"""
FILE = b"id,sex,home\nA1,m,no\nA2,f,yes\nA3,x,no\n"


@pytest.fixture
def town() -> Town:
    made = Town()
    saved(Service(organisation=made.society, code="SO-FOO"))
    return made


def start(town: Town, content: bytes = FILE, *, dry_run: bool = False, **values: Any) -> ImportRun:
    by: Actor = values.get("by") or actor(town.coordinator)
    return upload(
        by,
        team=town.team,
        organisation=values.get("organisation", town.centre),
        mapping_text=values.get("mapping", MAPPING),
        content=content,
        dry_run=dry_run,
    )


def finished(run: ImportRun) -> ImportRun:
    assert process(run)
    run.refresh_from_db()
    return run


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.rows_in, run.accepted, run.unchanged, run.refused


def test_each_row_becomes_a_case_with_its_consent_and_referral(town: Town) -> None:
    run = finished(start(town))
    assert (run.status, counts(run)) == ("done", (3, 2, 0, 1))
    cases = Case.objects.filter(team=town.team)
    assert {case.holder_organisation_id for case in cases} == {town.centre.id}
    assert set(Consent.objects.filter(team=town.team).values_list("how", flat=True)) == {"imported"}
    referral = Referral.objects.get(team=town.team)
    assert (referral.status, referral.service_code) == ("requested", "SO-FOO")
    assert (referral.recipient_organisation, referral.need_id is not None) == (town.society, True)


def test_a_refused_row_is_named_with_column_and_code_and_leaves_nothing(town: Town) -> None:
    run = finished(start(town))
    refused = run.rows.get(outcome="refused")
    assert (refused.number, refused.reasons, refused.case_id) == (
        4,
        [{"column": "sex", "code": "value_unknown"}],
        None,
    )


def test_a_row_without_a_provider_takes_its_case_with_it() -> None:
    town = Town()
    run = finished(start(town, b"id,sex,home\nB1,m,no\n"))
    assert run.rows.get().reasons == [{"column": "SO-FOO", "code": "no_provider"}]
    assert not Case.objects.filter(team=town.team).exists()


def test_a_second_run_changes_nothing(town: Town) -> None:
    finished(start(town))
    before = list(Case.history.filter(team=town.team).values_list("history_id", flat=True))
    again = finished(start(town))
    assert counts(again) == (3, 0, 2, 1)
    assert list(Case.history.filter(team=town.team).values_list("history_id", flat=True)) == before


def test_the_same_key_twice_in_a_file_is_one_case(town: Town) -> None:
    run = finished(start(town, b"id,sex,home\nC1,m,yes\nC1,f,yes\n"))
    assert counts(run) == (2, 1, 1, 0)
    assert Case.objects.filter(team=town.team).count() == 1


def test_the_key_of_a_row_is_kept_as_an_hmac_only(town: Town) -> None:
    finished(start(town, b"id,sex,home\nKARTON-77,m,yes\n"))
    (kept,) = Case.objects.filter(team=town.team).values_list("import_key", flat=True)
    assert len(kept) == 64
    assert "KARTON" not in kept


def test_a_dry_run_says_what_would_be_and_keeps_none_of_it(town: Town) -> None:
    keys = set(WrappedKey.objects.values_list("owner_id", flat=True))
    run = finished(start(town, dry_run=True))
    assert counts(run) == (3, 2, 0, 1)
    assert not Case.objects.filter(team=town.team).exists()
    left = set(
        WrappedKey.objects.exclude(owner_id__in=keys).filter(team_id=town.team.id).values_list("owner_id")
    )
    assert left == set()


def test_the_file_is_sealed_while_it_waits_and_gone_when_it_is_done(
    town: Town, admin: psycopg.Connection[Any]
) -> None:
    run = start(town, b"id,sex,home\nD1,m,yes\n")
    query = "SELECT content, mapping_text FROM imports_importrun WHERE id = %s"
    waiting = admin.execute(query, (run.id,)).fetchone()
    assert waiting is not None
    assert b"D1" not in bytes(waiting[0])
    finished(run)
    done = admin.execute(query, (run.id,)).fetchone()
    assert done is not None
    assert done[0] is None
    assert not WrappedKey.objects.filter(owner_id=run.id).exists()


@pytest.mark.parametrize("stop_after", [0, 1, 2])
def test_a_killed_run_goes_on_where_it_stopped(
    town: Town, stop_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(town)
    real = rows.write
    calls = 0

    def killed(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > stop_after:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(rows, "write", killed)
    if stop_after < 2:
        with pytest.raises(KeyboardInterrupt):
            process(run)
    else:
        process(run)
    monkeypatch.setattr(rows, "write", real)
    run.refresh_from_db()
    assert Case.objects.filter(team=town.team).count() == run.accepted == min(stop_after, 2)
    process_queued(BUILDER)
    run.refresh_from_db()
    assert (run.status, counts(run)) == ("done", (3, 2, 0, 1))
    assert Case.objects.filter(team=town.team).count() == 2


def test_rights_are_judged_again_when_the_run_begins(town: Town) -> None:
    run = start(town)
    membership = town.coordinator.memberships.get()
    membership.valid_until = ago(seconds=1)
    saved(membership)
    run = finished(run)
    assert (run.status, run.failure, run.accepted) == ("failed", "forbidden", 0)


def test_a_member_may_not_import(town: Town) -> None:
    with pytest.raises(Forbidden):
        start(town, by=actor(town.social_worker))


def test_the_coordinator_of_another_team_may_not_import(town: Town) -> None:
    with pytest.raises(Invalid):
        start(town, by=actor(Town().coordinator))


@pytest.mark.parametrize(
    ("content", "mapping", "pointer", "code"),
    [
        (b"id,sex\n", MAPPING, "/file", "column_missing"),
        (b"id,sex,home,ime\n", MAPPING, "/file", "column_unknown"),
        (b"\xff", MAPPING, "/file", "not_utf8"),
        (FILE, "]", "/mapping", "bad_mapping"),
        (FILE, "#" * 70_000, "/mapping", "too_large"),
    ],
)
def test_a_file_or_mapping_that_does_not_fit_is_refused_at_once(
    town: Town, content: bytes, mapping: str, pointer: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        start(town, content, mapping=mapping)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(pointer, code)]
    assert not ImportRun.objects.filter(team=town.team).exists()


def test_two_processes_never_work_on_one_run(town: Town, database: Clones) -> None:
    run = start(town)
    with psycopg.connect(database.main.url(APP), autocommit=True) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(%s)", (zlib.crc32(f"spona import {run.id}".encode()),))
        assert not process(run)
        # The server lets go of a closed connection's locks a moment after the close: unlock first.
        elsewhere.execute("SELECT pg_advisory_unlock_all()")
    assert finished(run).accepted == 2
