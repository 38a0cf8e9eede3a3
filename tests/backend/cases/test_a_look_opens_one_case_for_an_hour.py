"""Break-glass opens every class of one case to one person, until the hour is over or the person ends it."""

from typing import Any

import psycopg
import pytest
from django.db.models import Q

from audit.acts import act
from backend.cases.break_glass import LASTS, case_to_open, database_now, end, request
from backend.cases.models import BreakGlass, Case, CaseFacts, Note
from backend.cases.notes import add_note
from backend.cases.reading import read_facts
from backend.cases.reveal import NOTE, name_of, reveal
from backend.cases.standing import standing
from backend.cases.steps import put_closed
from backend.encryption.vault import destroy
from backend.errors import Conflict, Gone, Invalid
from backend.reference.lists import codes
from backend.teams.models import Membership, SharingAgreement, User
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, branches, visible_to
from tests.backend.cases.looks import REASON, WHY, begun, look, over
from tests.backend.cases.papers import Open, codes_of, entries, overwrite
from tests.world import BUILDER, Town, actor, ago, national, saved, seat

VIEW = "case.view_coded"


def sees(user: Any, case: Case) -> bool:
    return visible_to(actor(user), Case.objects.filter(pk=case.pk), VIEW).exists()


def test_who_sees_nothing_looks_at_everything(town: Town, opened: Open) -> None:
    case = opened(items={"sex": "1", "labour": "2"}, needs=("housing",), flags=("overdose",))
    assert not sees(town.nurse, case)
    row = look(town.nurse, case)
    assert sees(town.nurse, case)
    read = read_facts(actor(town.nurse), case)
    assert set(read.data_classes) == set(codes("data_classes"))
    assert read.items == {"sex": "1", "labour": "2"}
    assert ([need.code for need in read.needs], read.flags) == (["housing"], ("overdose",))
    assert read.purpose == "break_glass"
    [reason] = read.standing.reasons
    assert (reason.reason, reason.until, reason.source_id) == ("break_glass", row.ends_at, row.pk)


def test_it_lasts_sixty_minutes_by_the_clock_of_the_database(town: Town, opened: Open) -> None:
    before = database_now()
    row = look(town.nurse, opened())
    assert row.starts_at is not None
    assert row.ends_at is not None
    assert before <= row.starts_at <= database_now()
    assert row.ends_at - row.starts_at == LASTS
    assert LASTS.total_seconds() == 3600


def test_when_the_hour_is_over_the_case_is_absent_again(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    row = look(town.nurse, case)
    begun(admin, row, ago(minutes=59))
    assert sees(town.nurse, case)
    over(admin, row)
    assert actor(town.nurse).looks  # the hint is still there and opens nothing
    assert not sees(town.nurse, case)
    with pytest.raises(NotFound):
        read_facts(actor(town.nurse), case)


def test_one_s_own_case_reads_as_before_when_the_hour_is_over(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    before = read_facts(actor(town.coordinator), case)
    row = look(town.coordinator, case)
    assert read_facts(actor(town.coordinator), case).purpose == "break_glass"
    over(admin, row)
    assert read_facts(actor(town.coordinator), case) == before


def test_the_person_ends_it_early_and_nobody_else_does(town: Town, opened: Open) -> None:
    case = opened()
    row = look(town.nurse, case)
    for other in (town.outreach, town.coordinator, town.lead):
        with pytest.raises(NotFound):
            end(actor(other), row)
    end(actor(town.nurse), row)
    assert not sees(town.nurse, case)
    with pytest.raises(Conflict) as refused:
        end(actor(town.nurse), row)
    assert refused.value.code == "look_over"


def test_it_opens_one_case_to_one_person(town: Town, opened: Open) -> None:
    case, other = opened(), opened()
    look(town.nurse, case)
    colleague = town.worker("member", town.clinic)
    assert not sees(town.nurse, other)
    assert not sees(colleague, case)
    by = actor(town.nurse)
    for model in (Case, CaseFacts, Note):
        rows = visible_to(by, model.objects.all(), VIEW)  # type: ignore[attr-defined]
        assert {getattr(row, "case_id", row.pk) for row in rows} <= {case.pk}


def test_its_parts_are_what_is_visible(town: Town, opened: Open) -> None:
    case = opened()
    look(town.nurse, case)
    for user in (town.nurse, town.coordinator, town.outreach):
        parts = branches(actor(user), Case.objects.filter(team=town.team), VIEW)
        found = [row.pk for part in parts for row in part]
        assert sorted(found) == [case.pk]


def test_a_note_opens_under_it_and_says_so(town: Town, opened: Open, admin: psycopg.Connection[Any]) -> None:
    case = opened()
    one = add_note(actor(town.outreach), case, organisation_id=town.society.id, text="Dogovoren prevoz.")
    row = look(town.nurse, case)
    by, name = actor(town.nurse), name_of(NOTE, one.id)
    [stub] = read_facts(by, case).standing.notes
    assert stub["id"] == str(one.id)
    with pytest.raises(Invalid) as refused:
        reveal(by, case, fields=[name], purpose="direct_work")
    assert codes_of(refused.value) == {("/purpose", "under_break_glass")}
    [shown] = reveal(by, case, fields=[name], purpose="break_glass")
    assert shown.text == "Dogovoren prevoz."
    said = [bytes(body).decode() for (body,) in admin.execute(
        "SELECT body FROM audit_entry WHERE object_id = %s AND verb IN ('case.read', 'case.revealed')", (str(case.pk),)
    )]  # fmt: skip
    assert len(said) == 2
    assert all(str(row.pk) in body and "break_glass" in body for body in said)


def test_the_purpose_is_never_just_claimed(town: Town, opened: Open) -> None:
    case = opened()
    one = add_note(actor(town.outreach), case, organisation_id=town.society.id, text="Dogovoren prevoz.")
    with pytest.raises(Invalid) as refused:
        reveal(actor(town.outreach), case, fields=[name_of(NOTE, one.id)], purpose="break_glass")
    assert codes_of(refused.value) == {("/purpose", "unknown_code")}


def test_without_a_live_seat_in_the_team_it_opens_nothing(town: Town, opened: Open) -> None:
    case = opened()
    look(town.nurse, case)
    seat(town.nurse, "member", organisation=town.clinic, team=Town().team)
    membership = Membership.objects.get(user=town.nurse, team=town.team)
    membership.valid_until = ago(minutes=1)
    saved(membership)
    assert not sees(town.nurse, case)
    with pytest.raises(NotFound):
        standing(actor(town.nurse), case, reading=True)


@pytest.mark.parametrize("what", ["agreement", "account"])
def test_it_ends_with_what_the_seat_rests_on(town: Town, opened: Open, what: str) -> None:
    case = opened()
    look(town.nurse, case)
    if what == "agreement":
        row: Any = SharingAgreement.objects.get(organisation=town.clinic, team=town.team)
        row.valid_until = ago(minutes=1)
    else:
        row = User.objects.get(pk=town.nurse.pk)
        row.is_active = False
    saved(row)
    assert not sees(town.nurse, case)


@pytest.mark.parametrize("who", ["partner_worker", "lead", "officer"])
def test_other_roles_find_no_case_to_open(town: Town, opened: Open, who: str) -> None:
    with pytest.raises(NotFound):
        look(getattr(town, who), opened())


def test_another_team_s_case_is_an_absent_one(town: Town, opened: Open) -> None:
    case = opened()
    for user in (Town().nurse, Town().coordinator, national("platform_admin")):
        with pytest.raises(NotFound):
            look(user, case)


def test_who_sees_a_case_and_may_not_ask_is_told_so(town: Town, opened: Open) -> None:
    case = opened(by=town.outreach)
    token = Actor(
        id=town.outreach.id,
        kind="token",
        seats=actor(town.outreach).seats,
        operations=frozenset({VIEW, "breakglass.request"}),
    )
    with pytest.raises(Forbidden):
        case_to_open(token, Q(pk=case.pk))
    with pytest.raises(Forbidden):
        request(Actor(id=None), case, reason=REASON, text=WHY)


def test_an_account_never_acts_for_a_machine(town: Town, opened: Open) -> None:
    case = opened()
    look(town.nurse, case)
    person = actor(town.nurse)
    machine = Actor(id=person.id, kind="token", seats=person.seats, acting_for=person.id)
    assert not visible_to(machine, Case.objects.filter(pk=case.pk), VIEW).exists()


def test_a_closed_case_opens_and_an_erased_one_is_gone(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    put_closed_by(case)
    look(town.nurse, case)
    assert sees(town.nurse, case)
    destroy(owner_id=case.pk)
    overwrite(admin, "cases_case", case.pk, status="erased")
    with pytest.raises(Gone):
        look(town.coordinator, case)
    with pytest.raises(NotFound):
        look(town.social_worker, case)


def put_closed_by(case: Case) -> None:
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason="needs_met", has_open_referral=False)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"text": "prekratko"}, ("/text", "min_length")),
        ({"text": "a" * 19 + " " * 40}, ("/text", "min_length")),
        ({"text": "a" * 1001}, ("/text", "max_length")),
        ({"text": "Osoba sa JMBG 0101990710006 ne diše."}, ("/text", "identifier_found")),
        ({"text": "Osoba\x00 ne diše, potrebno je znati."}, ("/text", "invalid")),
        ({"reason": "curiosity"}, ("/reason", "unknown_code")),
        ({"reason": ""}, ("/reason", "unknown_code")),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "-".join(value),
)
def test_reason_and_text_are_asked_for(
    town: Town, opened: Open, said: dict[str, str], fault: tuple[str, str]
) -> None:
    case = opened()
    with pytest.raises(Invalid) as refused:
        look(town.nurse, case, **said)
    assert codes_of(refused.value) == {fault}
    assert not BreakGlass.objects.filter(case=case).exists()
    assert not sees(town.nurse, case)


def test_the_same_case_is_not_opened_twice_at_once(town: Town, opened: Open) -> None:
    case = opened()
    look(town.nurse, case)
    with pytest.raises(Conflict) as refused:
        look(town.nurse, case)
    assert refused.value.code == "look_open"


def test_its_text_stands_nowhere_in_clear(town: Town, opened: Open, admin: psycopg.Connection[Any]) -> None:
    row = look(town.nurse, opened())
    for table in ("cases_breakglass", "cases_historicalbreakglass"):
        for (line,) in admin.execute(f"SELECT t::text FROM {table} t WHERE id = %s", (row.pk,)):
            assert WHY.encode().hex() not in line
            assert "diše" not in line
    bodies = admin.execute("SELECT body FROM audit_entry WHERE object_id = %s", (str(row.pk),)).fetchall()
    assert bodies
    assert all("diše" not in bytes(body).decode() for (body,) in bodies)
    assert ("breakglass.requested", "success") in entries(admin, row.pk)
