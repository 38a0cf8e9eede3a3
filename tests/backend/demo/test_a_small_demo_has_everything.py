"""Fourteen cases are enough for a referral in every state, and everything went through the services."""

import json
from collections import Counter
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from backend.cases.models import Case, CaseFacts, Consent, Disclosure, Note
from backend.demo.accounts import accounts, towns
from backend.demo.people import by_key
from backend.demo.sign_in import PASSWORD, totp_secret
from backend.demo.town_rows import BUILDER, team_id
from backend.directory.models import Service
from backend.encryption.keyring import root_keys
from backend.reference.lists import codes
from backend.referrals.grants_check import orphans
from backend.referrals.models import Question, Referral, ReferralEvent
from backend.teams import second_factor
from backend.teams.actors import actor_for
from backend.teams.models import Memorandum, Municipality, Organisation, SharingAgreement, Team, User
from tests.backend.demo.conftest import CASES, Said

pytestmark = pytest.mark.xdist_group("demo")
Admin = psycopg.Connection[Any]


def entries(admin: Admin, verb: str) -> list[dict[str, Any]]:
    rows = admin.execute("SELECT body FROM audit_entry WHERE verb = %s AND outcome = 'success'", (verb,))
    return [json.loads(bytes(body)) for (body,) in rows]


def test_there_are_referrals_in_every_status(seeded: Said) -> None:
    assert set(Referral.objects.values_list("status", flat=True)) == set(codes("referral_statuses"))


def test_there_are_cases_in_every_status_that_this_version_reaches(seeded: Said) -> None:
    reached = set(codes("case_statuses")) - {"erased"}
    assert set(Case.objects.values_list("status", flat=True)) == reached
    assert Case.objects.filter(import_key__startswith="demo-").count() >= CASES


def test_the_teams_are_those_of_the_list_with_ids_that_are_the_same_everywhere(seeded: Said) -> None:
    assert {(team.slug, team.id) for team in Team.objects.all()} == {
        (slug, team_id(slug)) for slug in towns()
    }
    assert Municipality.objects.count() == len(codes("municipalities"))


def test_every_team_and_the_platform_have_a_root_key(seeded: Said) -> None:
    roots = root_keys()
    assert all(roots.generations(team_id(slug)) == [1] for slug in towns())
    assert roots.generations(None)


def test_sixty_organisations_offer_services_and_those_in_a_team_have_an_agreement(seeded: Said) -> None:
    assert Organisation.objects.exclude(name__startswith="Udruženje „Rub“").count() == 60
    assert not Organisation.objects.filter(services=None).exists()
    assert SharingAgreement.objects.count() == 6 * 7
    assert Memorandum.objects.filter(number__regex=r"^MS-\d+$").count() == 22
    assert Service.objects.filter(capacity_free=0).exists()
    assert Service.objects.filter(capacity_confirmed_at=None).exists()


def test_safe_houses_have_no_address(seeded: Said) -> None:
    assert set(Service.objects.filter(code="WV-SAF").values_list("address", flat=True)) == {""}


@pytest.mark.parametrize("account", accounts()[:13] + accounts()[-10:], ids=lambda one: one.username)
def test_an_account_has_the_roles_the_password_and_the_factor_that_are_told(
    seeded: Said, account: Any
) -> None:
    user = User.objects.get(username=account.username)
    seats = actor_for(user.id).seats
    assert {seat.role for seat in seats} == {account.role}
    assert len(seats) == max(len(account.teams), 1)
    assert {seat.steward for seat in seats} == {account.steward}
    assert user.check_password(PASSWORD)
    assert second_factor.kinds_of(user) == {"totp"}


def test_a_seed_is_sealed_and_is_the_one_that_is_told(seeded: Said, demo_admin: Admin) -> None:
    user = User.objects.get(username="loznica.koordinator")
    row = demo_admin.execute("SELECT data FROM mfa_authenticator WHERE user_id = %s", (user.pk,)).fetchone()
    assert row is not None
    assert totp_secret(user.username) not in json.dumps(row[0])
    assert second_factor.unseal(row[0]["secret"]) == totp_secret(user.username)


def test_no_grant_is_without_a_live_reason(seeded: Said) -> None:
    assert list(orphans()) == []


def test_every_referral_has_a_basis_and_its_events_lead_to_its_status(seeded: Said) -> None:
    for referral in Referral.objects.exclude(status="draft"):
        assert referral.consent_id is not None
        last = ReferralEvent.objects.filter(referral=referral).order_by("-at").first()
        assert last is not None
        assert last.to_status == referral.status


def test_some_answers_were_reported_for_a_provider_without_accounts(seeded: Said) -> None:
    reported = ReferralEvent.objects.filter(side="requester_on_behalf")
    assert reported.exists()
    assert not reported.filter(channel="").exists()
    outside = reported.values_list("referral__recipient_organisation__has_accounts", flat=True)
    assert set(outside) == {False}


def test_there_are_questions_gaps_overdue_ones_and_acknowledgements(seeded: Said) -> None:
    assert Question.objects.filter(replied_at=None).exists()
    assert Question.objects.exclude(replied_at=None).exists()
    answers = Counter(
        Referral.objects.exclude(acknowledged_at=None).values_list("acknowledgement_answer", flat=True)
    )
    assert {"next_provider", "nothing_here", "wait", "need_met", ""} <= set(answers)
    assert Referral.objects.filter(status="accepted", due_at__lt=timezone.now()).exists()
    assert Referral.objects.exclude(replaces=None).exists()
    assert Referral.objects.filter(reason_code="consent-withdrawn", status="cancelled").exists()


def test_whoever_acts_is_the_one_whose_step_it_is(seeded: Said, demo_admin: Admin) -> None:
    """Teams, places and accounts are the builder's work; no case or referral is."""
    builders = {str(BUILDER.id)}
    for verb in ("case.opened", "case.proposed", "case.triaged", "referral.sent", "referral.accepted"):
        found = entries(demo_admin, verb)
        assert found, verb
        actors = {entry["actor_id"] for entry in found}
        assert actors.isdisjoint(builders), verb
    assert {entry["actor_id"] for entry in entries(demo_admin, "organisation.created")} == builders


@pytest.mark.parametrize(
    ("verb", "model"),
    [("referral.drafted", "draft"), ("referral.acknowledged", "acknowledgement"), ("referral.asked", "ask")],
)
def test_every_event_has_its_entry(seeded: Said, demo_admin: Admin, verb: str, model: str) -> None:
    events = ReferralEvent.objects.filter(verb=model) | ReferralEvent.objects.filter(kind=model)
    assert events.distinct().count() == len(entries(demo_admin, verb)) > 0


def test_every_case_has_its_entry_its_sealed_rows_and_its_consent(seeded: Said, demo_admin: Admin) -> None:
    opened = entries(demo_admin, "case.opened") + entries(demo_admin, "case.proposed")
    assert len(opened) == Case.objects.count()
    for case in Case.objects.all():
        assert CaseFacts.objects.filter(case=case).count() == 8
        assert Consent.objects.filter(case=case).exists()


def test_what_was_disclosed_is_listed(seeded: Said) -> None:
    accepted = Referral.objects.exclude(answered_at=None).filter(status="in-progress")
    assert accepted
    for referral in accepted:
        assert Disclosure.objects.filter(referral_id=referral.id).count() >= 2


def test_nothing_that_was_written_freely_stands_in_the_open(seeded: Said, demo_admin: Admin) -> None:
    held = [bytes(envelope) for envelope in Note.objects.values_list("envelope", flat=True)]
    assert all(b"Dolazi sama" not in envelope for envelope in held)


def test_every_town_finds_its_organisations_by_key(seeded: Said) -> None:
    teams = {team.slug: team for team in Team.objects.all()}
    found = by_key(Organisation.objects.all(), teams)
    assert {slug for slug, _key in found} == {*towns(), ""}
    assert all((slug, "csr") in found for slug in towns())


def test_the_first_run_says_how_far_it_is_and_who_can_sign_in(seeded: Said) -> None:
    assert f"of {CASES} cases" in seeded.err
    assert "loznica.koordinator" in seeded.out
    assert "already" not in seeded.err
