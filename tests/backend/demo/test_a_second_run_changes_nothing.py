"""Run again, the demo changes nothing; interrupted, it is taken up again; elsewhere it refuses."""

from typing import Any

import psycopg
import pytest
from django.core.management import CommandError

from backend.cases.models import Case
from backend.demo import build
from backend.demo.accounts import towns
from backend.demo.build import build_town, shares
from backend.teams.models import Team, User
from tests.backend.demo.conftest import CASES, Said, counts, demo, run
from tests.databases import Clones
from tests.world import make_team

pytestmark = pytest.mark.xdist_group("demo")
Admin = psycopg.Connection[Any]


class Interrupted(Exception):
    """What ^C is to the demo."""


def test_a_second_run_says_so_and_leaves_every_table_as_it_is(seeded: Said, demo_admin: Admin) -> None:
    before = counts(demo_admin)
    again = demo()
    assert counts(demo_admin) == before
    assert "The demo is there already; nothing was changed." in again.err
    assert again.out == seeded.out


def test_another_seed_does_not_add_to_what_is_there(seeded: Said, demo_admin: Admin) -> None:
    before = counts(demo_admin)
    demo(seed=77)
    assert counts(demo_admin) == before


def test_one_more_case_is_one_more_case(seeded: Said) -> None:
    before = Case.objects.count()
    demo(cases=CASES + 1)
    assert Case.objects.count() == before + 1
    assert Case.objects.filter(import_key=f"demo-{CASES:04}").exists()


def test_an_interrupted_run_leaves_whole_cases_only_and_is_taken_up_again(
    seeded: Said, demo_admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = list(towns())[-1]
    numbers = [300 + number for number in range(3)]
    real, played = build.play, []

    def play(*arguments: Any, **named: Any) -> Any:
        if len(played) == 1:
            raise Interrupted
        played.append(named["import_key"])
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(build, "play", play)
        with pytest.raises(Interrupted):
            build_town(slug, numbers, 1)
    assert Case.objects.filter(import_key__in=played).count() == 1
    assert build_town(slug, numbers, 1) == 2
    assert build_town(slug, numbers, 1) == 0


def test_a_case_that_cannot_be_finished_leaves_nothing(
    seeded: Said, demo_admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> None:
        raise Interrupted

    before = counts(demo_admin)
    with monkeypatch.context() as patch:
        patch.setattr("backend.demo.cases._end", fail)
        with pytest.raises(Interrupted):
            build_town("loznica", [700], 1)
    assert counts(demo_admin) == before


def test_two_processes_build_what_one_does(seeded: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """With everything there already, so that nothing but the coming and going of processes is tried."""
    monkeypatch.setattr("backend.demo.parallel.START", "fork")
    again = run("demo", cases=CASES, processes=2)
    assert "already" in again.err


def test_it_refuses_a_database_with_other_teams(database: Clones) -> None:
    team = make_team()
    users = User.objects.count()
    with pytest.raises(CommandError, match="already holds teams that are not the demo's"):
        demo()
    assert Team.objects.filter(pk=team.pk).exists()
    assert not Team.objects.filter(slug__in=shares(0)).exists()
    assert User.objects.count() == users


def test_a_number_of_cases_below_zero_is_refused(seeded: Said) -> None:
    with pytest.raises(CommandError, match="0 or more"):
        demo(cases=-1)


@pytest.mark.pure
def test_a_code_is_printed_for_an_account_of_the_demo_and_for_no_other() -> None:
    assert run("demo", "code", "loznica.koordinator").out.strip().isdigit()
    with pytest.raises(CommandError, match="no account of that name"):
        run("demo", "code", "root")
