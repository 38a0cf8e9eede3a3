"""A phrase noted for two cases is told to who coordinates, by a job; it is kept nowhere, and nobody else hears."""

from typing import Any
from uuid import UUID

import psycopg
import pytest

from backend.cases.duplicates import LONGEST, compare_new, find_by_phrase, normal, note_phrase
from backend.cases.models import Case, DuplicateHint, DuplicateTag, Notification
from backend.cases.notify import seen
from backend.encryption import vault
from backend.encryption.tags import tag
from backend.errors import Invalid
from backend.teams.models import User
from backend.work.schedule import JOBS
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, visible_to
from tests.backend.cases.barred import shut_out
from tests.backend.cases.papers import entries, overwrite
from tests.backend.referrals.loops import Loop, opened
from tests.databases import Clones
from tests.permissions.window import window
from tests.world import Town, actor

PHRASE = "Treći maj, Drina, crveni bicikl"
SAME = "  TREĆI   мај,Дрина\u200b, crveni Bicikl "
WORKER: Actor = next(job.actor for job in JOBS if job.name == "duplicates")


@pytest.fixture
def both(database: Any) -> list[Loop]:
    """Two cases of one town."""
    town = Town()
    return [opened(town), opened(town)]


def note(loop: Loop, phrase: str = PHRASE, by: User | None = None) -> None:
    note_phrase(actor(by or loop.town.social_worker), loop.case, phrase=phrase)


def hints(user: User, town: Town) -> set[frozenset[UUID]]:
    rows = visible_to(actor(user), DuplicateHint.objects.filter(team=town.team), "case.check_duplicate")
    return {frozenset((row.case_id, row.other_case_id)) for row in rows}


def told(user: User) -> list[UUID]:
    rows = seen(actor(user), Notification.objects.filter(kind="case.duplicate_hinted"))
    return list(rows.values_list("object_id", flat=True))


@pytest.mark.parametrize(
    "said", [SAME, "treci maj drina crveni bicikl", "ＴＲＥĆＩ maj; Drina / crveni-bicikl"]
)
def test_script_case_marks_and_spaces_do_not_matter(said: str) -> None:
    assert normal(said) == normal(PHRASE) == "treci maj drina crveni bicikl"


@pytest.mark.parametrize(
    ("said", "code"), [("ab cd", "min_length"), (" . ", "min_length"), ("x" * 201, "max_length")]
)
def test_a_phrase_is_neither_a_word_nor_a_story(said: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        normal(said)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert len(normal("x" * LONGEST)) == LONGEST


def test_who_coordinates_is_told_of_both_once_and_nobody_else(both: list[Loop]) -> None:
    first, second = both
    note(first)
    note(second, SAME)
    note(second)
    assert hints(first.town.coordinator, first.town) == set(), "not by the request"
    assert compare_new(WORKER) >= 3
    pair = {frozenset((first.case.id, second.case.id))}
    assert hints(first.town.coordinator, first.town) == pair
    [row] = DuplicateHint.objects.filter(team=first.town.team)
    assert told(first.town.coordinator) == [row.pk]
    assert told(first.town.social_worker) == []
    assert hints(first.town.social_worker, first.town) == hints(first.town.deputy, first.town) == set()
    note(first)
    compare_new(WORKER)
    assert DuplicateHint.objects.filter(team=first.town.team).count() == 1


def test_another_phrase_and_another_town_match_nothing(both: list[Loop]) -> None:
    elsewhere = opened(Town())
    note(both[0])
    note(both[1], "Treći maj, Drina, plavi bicikl")
    note(elsewhere)
    compare_new(WORKER)
    for loop in (both[0], elsewhere):
        assert hints(loop.town.coordinator, loop.town) == set()


def test_a_tag_is_of_the_team_s_key_and_says_nothing_else(
    both: list[Loop], admin: psycopg.Connection[Any]
) -> None:
    note(both[0])
    team = both[0].town.team.id
    [(kept,)] = admin.execute(
        "SELECT tag FROM cases_duplicatetag WHERE case_id = %s", [both[0].case.id]
    ).fetchall()
    assert bytes(kept) == tag(owner_id=team, phrase=normal(PHRASE))
    other = Town().team.id
    vault.create_key(owner_id=other, team_id=other)
    assert bytes(kept) != tag(owner_id=other, phrase=normal(PHRASE))


def test_no_person_reads_a_tag(both: list[Loop], database: Clones) -> None:
    note(both[0])
    with window(database) as shown:
        for user in (both[0].town.coordinator, both[0].town.social_worker):
            assert shown.seen_by(user.id, "cases_duplicatetag") == set()
    assert DuplicateTag.objects.filter(case=both[0].case).count() == 1, "the tests' own job sees it"


def test_a_coordinator_shut_out_of_one_of_them_hears_of_neither(both: list[Loop]) -> None:
    first, second = both
    note(first)
    note(second)
    compare_new(WORKER)
    for loop in both:
        assert told(loop.town.coordinator)
    shut_out(
        max(both, key=lambda loop: loop.case.pk).case,
        first.town.coordinator,
        by=first.town.social_worker,
        for_=first.town.centre,
    )
    assert told(first.town.coordinator) == []
    assert hints(first.town.coordinator, first.town) == set()


def test_with_the_person_present_the_coordinator_finds_the_case(both: list[Loop]) -> None:
    first, town = both[0], both[0].town
    note(first)
    assert find_by_phrase(first.coordinator, team_id=town.team.id, phrase=SAME) == [first.case.id]
    assert find_by_phrase(first.coordinator, team_id=town.team.id, phrase="nikad zapisana rečenica") == []
    for user in (town.social_worker, town.deputy, Town().coordinator):
        with pytest.raises(Forbidden):
            find_by_phrase(actor(user), team_id=town.team.id, phrase=SAME)
    shut_out(first.case, town.coordinator, by=town.social_worker, for_=town.centre)
    assert find_by_phrase(first.coordinator, team_id=town.team.id, phrase=SAME) == []


def test_nobody_notes_a_phrase_for_a_case_that_is_not_theirs(both: list[Loop]) -> None:
    for user in (both[0].town.outreach, both[0].town.lead, Town().coordinator):
        with pytest.raises(NotFound):
            note(both[0], by=user)


def test_the_entry_says_that_and_by_whom_and_no_more(
    both: list[Loop], admin: psycopg.Connection[Any]
) -> None:
    note(both[0])
    assert ("case.duplicate_checked", "success") in entries(admin, both[0].case.id)
    bodies = admin.execute("SELECT body FROM audit_entry WHERE verb LIKE 'case.duplicate%'").fetchall()
    assert all(b"maj" not in bytes(body).lower() for (body,) in bodies)


def test_an_erased_case_is_hinted_to_nobody(both: list[Loop], admin: psycopg.Connection[Any]) -> None:
    note(both[0])
    note(both[1])
    overwrite(admin, "cases_case", both[0].case.pk, status="erased")
    compare_new(WORKER)
    assert not DuplicateHint.objects.filter(team=both[0].town.team).exists()
    found = find_by_phrase(both[0].coordinator, team_id=both[0].town.team.id, phrase=PHRASE)
    assert found == [both[1].case.id]
    assert Case.objects.filter(pk=both[0].case.pk).exists()
