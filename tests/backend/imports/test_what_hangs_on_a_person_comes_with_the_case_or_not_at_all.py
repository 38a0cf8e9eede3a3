"""A person with referral and events is one case, written whole; what cannot come in is refused row by row."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from backend.cases.models import Case, Consent
from backend.directory.models import Service
from backend.encryption.models import WrappedKey
from backend.errors import Conflict
from backend.imports import rows
from backend.imports.errors import RowRefused
from backend.imports.models import ImportRun
from backend.imports.providers import Providers
from backend.imports.runs import process, process_queued
from backend.imports.uploads import upload
from backend.referrals.imported import KIND
from backend.referrals.models import Referral, ReferralEvent
from backend.teams.models import Organisation, SharingAgreement
from tests.backend.imports.packed import HOMES, MAPPING, PEOPLE, SENT, VISITS, zipped
from tests.world import BUILDER, Town, actor, ago, make_organisation, saved

NO_NEED = MAPPING.replace('when: ["no"]}]\nflags', "when: [never]}]\nflags")


@pytest.fixture
def town() -> Town:
    made = Town()
    provide(made)
    return made


def provide(town: Town, code: str = "SO-FOO", **values: Any) -> Organisation:
    organisation = make_organisation("cso", team=town.team, has_accounts=False, **values)
    saved(Service(organisation=organisation, code=code))
    return organisation


def start(town: Town, *, dry_run: bool = False, mapping: str = MAPPING, **tables: Any) -> ImportRun:
    return upload(
        actor(town.coordinator),
        team=town.team,
        organisation=town.centre,
        mapping_text=mapping,
        content=zipped(**tables),
        dry_run=dry_run,
    )


def done(town: Town, **values: Any) -> ImportRun:
    run = start(town, **values)
    assert process(run)
    run.refresh_from_db()
    assert (run.status, run.people) == ("done", run.people_done), run.failure
    return run


def outcomes(run: ImportRun) -> dict[str, list[str]]:
    """Return outcome or reasons of each row, in the order of its table."""
    found: dict[str, list[str]] = {}
    for row in run.rows.order_by("table", "number"):
        why = "; ".join(f"{reason['column']}: {reason['code']}" for reason in row.reasons)
        found.setdefault(row.table, []).append(why or row.outcome)
    return found


def told(town: Town) -> Sequence[tuple[str, str, date | None]]:
    events = ReferralEvent.objects.filter(team=town.team, kind=KIND).order_by("at")
    return [(one.verb, one.reason_code, one.happened_on) for one in events]


def test_a_person_comes_in_with_all_that_hangs_on_them(town: Town) -> None:
    run = done(town)
    assert outcomes(run) == {
        "people": ["accepted"] * 2,
        "homes": ["accepted"] * 2,
        "sent": ["accepted"],
        "visits": ["accepted"] * 2,
    }
    referral = Referral.objects.get(team=town.team)
    assert (referral.status, referral.service_code, referral.need_id is not None) == (
        "in-progress",
        "SO-FOO",
        True,
    )
    assert told(town) == [
        ("assigned", "", date(2020, 2, 28)),
        ("attended", "", date(2020, 2, 29)),
        ("missed", "detained", None),
    ]


def test_counts_are_kept_by_table_and_add_up(town: Town) -> None:
    run = done(town, visits=VISITS + "A,perhaps,,1,x\n")
    assert run.tables == {
        "people": {"rows_in": 2, "accepted": 2},
        "homes": {"rows_in": 2, "accepted": 2},
        "sent": {"rows_in": 1, "accepted": 1},
        "visits": {"rows_in": 3, "accepted": 2, "refused": 1},
    }
    assert (run.rows_in, run.accepted, run.unchanged, run.refused) == (8, 7, 0, 1)


def test_a_referral_that_nobody_came_to_is_accepted_and_not_begun(town: Town) -> None:
    done(town, visits=VISITS.replace("yes", "no"))
    referral = Referral.objects.get(team=town.team)
    assert (referral.status, referral.first_contact_at) == ("accepted", None)


def test_a_death_ends_the_referral_by_the_step_that_is_there_for_it(town: Town) -> None:
    done(town, visits=VISITS + "A,no,dead,9,three\n")
    referral = Referral.objects.get(team=town.team)
    assert (referral.status, referral.reason_code) == ("failed", "deceased")
    verbs = ReferralEvent.objects.filter(referral=referral).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["send", "accept", "start", "assigned", "attended", "missed", "missed", "fail"]


def test_a_refused_person_takes_everything_with_them(town: Town) -> None:
    run = done(town, people=PEOPLE.replace("A,m", "A,x"))
    assert outcomes(run) == {
        "people": ["sex: value_unknown", "accepted"],
        "homes": [": case_refused", "accepted"],
        "sent": [": case_refused"],
        "visits": [": case_refused"] * 2,
    }
    assert not Referral.objects.filter(team=town.team).exists()


def test_a_person_who_lacks_a_joined_row_is_refused_by_the_name_of_the_table(town: Town) -> None:
    run = done(town, homes="id,home\nB,no\nB,yes\n")
    found = outcomes(run)
    assert found["people"] == ["homes: row_missing", "homes: row_repeated"]
    assert found["homes"] == [": case_refused"] * 2
    assert not Case.objects.filter(team=town.team).exists()


def test_rows_that_hang_on_nobody_are_refused(town: Town) -> None:
    run = done(town, sent=SENT + "X,kitchen,1\n", visits=VISITS + "X,yes,,1,one\n", homes=HOMES + "Y,no\n")
    found = outcomes(run)
    assert (found["sent"][1], found["visits"][2], found["homes"][2]) == ("id: row_key_unknown",) * 3
    assert (run.rows_in, run.accepted, run.refused) == (10, 7, 3)


def test_what_happened_to_somebody_who_was_sent_nowhere_is_refused(town: Town) -> None:
    run = done(town, visits=VISITS + "B,yes,,1,one\n")
    assert outcomes(run)["visits"] == ["accepted", "accepted", ": no_referral"]
    assert outcomes(run)["people"] == ["accepted", "accepted"]


def test_a_person_named_twice_is_one_case(town: Town) -> None:
    run = done(town, people=PEOPLE + "A,f,red\n")
    assert outcomes(run)["people"] == ["accepted", "accepted", "id: row_key_repeated"]
    assert Case.objects.filter(team=town.team).count() == 2


def test_without_a_provider_that_has_no_accounts_the_person_is_refused() -> None:
    town = Town()
    saved(Service(organisation=town.society, code="SO-FOO"))
    run = done(town)
    assert outcomes(run)["people"] == ["SO-FOO: no_provider", "accepted"]
    assert outcomes(run)["visits"] == [": case_refused"] * 2


def test_a_second_run_changes_nothing(town: Town) -> None:
    done(town, visits=VISITS + "B,yes,,1,one\n")
    before = told(town), list(Case.history.filter(team=town.team).values_list("history_id", flat=True))
    run = done(town, visits=VISITS + "B,yes,,1,one\n")
    assert outcomes(run) == {
        "people": ["unchanged"] * 2,
        "homes": ["unchanged"] * 2,
        "sent": ["unchanged"],
        "visits": ["unchanged", "unchanged", ": no_referral"],
    }
    after = told(town), list(Case.history.filter(team=town.team).values_list("history_id", flat=True))
    assert after == before


def test_what_comes_later_for_a_person_who_is_in_is_refused_and_not_passed_over(town: Town) -> None:
    done(town)
    before = told(town)
    run = done(town, visits=VISITS + "A,yes,,30,three\n")
    assert outcomes(run)["people"] == ["unchanged"] * 2
    assert outcomes(run)["visits"] == [": case_came_before"] * 3
    assert outcomes(run)["sent"] == [": case_came_before"]
    assert told(town) == before


def test_a_dry_run_keeps_none_of_it(town: Town) -> None:
    keys = set(WrappedKey.objects.filter(team_id=town.team.id).values_list("owner_id", flat=True))
    run = done(town, dry_run=True)
    assert (run.rows_in, run.accepted) == (7, 7)
    assert set(run.rows.values_list("case_id", flat=True)) == {None}
    assert not Case.objects.filter(team=town.team).exists()
    assert set(WrappedKey.objects.filter(team_id=town.team.id).values_list("owner_id", flat=True)) == keys


def test_the_consent_covers_the_classes_of_the_reasons(town: Town) -> None:
    done(town, visits=VISITS + "A,no,ward,3,three\n")
    consent = Consent.objects.get(case__in=Referral.objects.filter(team=town.team).values("case"))
    assert {"justice_transition", "health"} <= set(consent.data_classes)


def test_a_step_that_fails_takes_the_whole_person_with_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_values: object) -> None:
        raise Conflict("illegal_transition")

    monkeypatch.setattr(rows, "start", refuse)
    run = done(town)
    assert outcomes(run)["people"] == [": illegal_transition", "accepted"]
    assert Case.objects.filter(team=town.team).count() == 1
    assert not Referral.objects.filter(team=town.team).exists()


@pytest.mark.parametrize("place", ["start", "fail"])
def test_a_run_that_is_cut_off_in_the_middle_of_a_person_begins_that_person_anew(
    town: Town, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_args: object, **_values: object) -> None:
        raise KeyboardInterrupt

    run = start(town, visits=VISITS + "A,no,dead,9,three\n")
    with monkeypatch.context() as patch:
        patch.setattr(rows, place, cut)
        with pytest.raises(KeyboardInterrupt):
            process(run)
    run.refresh_from_db()
    assert (run.status, run.people, run.people_done, run.rows_in) == ("running", 2, 0, 0)
    assert not Case.objects.filter(team=town.team).exists()
    process_queued(BUILDER)
    run.refresh_from_db()
    assert (run.status, run.people_done, run.accepted) == ("done", 2, 8)
    assert len(told(town)) == 4


def test_a_broken_row_stops_the_run_before_anybody_is_written(town: Town) -> None:
    run = start(town, visits=VISITS + "A,yes,,1,one,more\n")
    assert process(run)
    run.refresh_from_db()
    assert (run.status, run.failure, run.people_done) == ("failed", "row_too_long: visits: 4", 0)


def test_a_provider_is_looked_for_once_and_asked_each_time_whether_it_may(town: Town) -> None:
    providers = Providers(start(town))
    first = providers.of("SO-FOO", on_behalf=True)
    assert providers.of("SO-FOO", on_behalf=True) is first
    first.organisation.is_active = False
    saved(first.organisation)
    with pytest.raises(RowRefused):
        providers.of("SO-FOO", on_behalf=True)
    other = provide(town)
    assert providers.of("SO-FOO", on_behalf=True).organisation == other


def test_a_service_that_is_switched_off_is_offered_by_nobody_any_more(town: Town) -> None:
    providers = Providers(start(town))
    service = providers.of("SO-FOO", on_behalf=True)
    service.is_active = False
    saved(service)
    with pytest.raises(RowRefused):
        providers.of("SO-FOO", on_behalf=True)


def test_a_provider_with_accounts_is_forgotten_when_its_agreement_ends() -> None:
    town = Town()
    saved(Service(organisation=town.clinic, code="TX-OPC"))
    providers = Providers(start(town))
    assert providers.of("TX-OPC").organisation == town.clinic
    agreement = SharingAgreement.objects.get(organisation=town.clinic)
    agreement.valid_until = ago(seconds=1)
    saved(agreement)
    with pytest.raises(RowRefused) as refused:
        providers.of("TX-OPC")
    assert [(reason.column, reason.code) for reason in refused.value.reasons] == [("TX-OPC", "no_provider")]
