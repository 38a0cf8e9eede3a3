"""The one bulk write there is: new rows of one model, inside an act, with the history that saving writes."""

from typing import Any
from uuid import UUID

import pytest

from audit.acts import OutsideAct, act
from audit.additions import add_all
from tests.audit.conftest import QueryCounter, Reader
from tests.audit.lamps import Bulb, Lamp
from tests.audit.people import Person


@pytest.fixture
def three(lamps_table: None, team: UUID) -> list[Lamp]:
    return [Lamp(team_id=team, colour=colour) for colour in ("red", "green", "blue")]


def add(rows: list[Any], by: Person | None = None) -> UUID:
    with act(by or Person(), "lamp.created") as current:
        current.on(rows[0])
        add_all(rows)
    return current.id


def test_two_statements_and_the_entry(
    three: list[Lamp], team: UUID, read_log: Reader, count_queries: QueryCounter
) -> None:
    with count_queries("default") as statements:
        add(three)
    assert [statement.split()[2] for statement in statements] == [
        '"audit_lamp"',
        '"audit_historicallamp"',
        '"audit_entry"',
    ]
    assert len(read_log(team)) == 1


def test_history_is_as_if_each_had_been_saved(three: list[Lamp]) -> None:
    by = Person()
    identifier = add(three, by)
    rows = list(Lamp.history.all())
    assert {(row.id, row.colour) for row in rows} == {(lamp.pk, lamp.colour) for lamp in three}
    assert {row.history_type for row in rows} == {"+"}
    assert {row.history_user_id for row in rows} == {by.id}
    assert {row.history_change_reason for row in rows} == {f"lamp.created {identifier}"}
    assert len({row.history_id for row in rows}) == 3


def test_not_outside_an_act(three: list[Lamp]) -> None:
    with pytest.raises(OutsideAct):
        add_all(three)
    assert Lamp.objects.count() == 0


def test_not_for_what_is_there_already(three: list[Lamp]) -> None:
    add(three)
    with pytest.raises(OutsideAct):
        add(three)
    assert Lamp.history.count() == 3


def test_not_for_two_models_at_once_nor_for_none(three: list[Lamp]) -> None:
    with pytest.raises(OutsideAct):
        add([three[0], Bulb(lamp=three[0])])
    with act(Person(), "lamp.created"), pytest.raises(OutsideAct):
        add_all([])
    assert Lamp.objects.count() == 0


def test_it_goes_with_the_act(three: list[Lamp], team: UUID, read_log: Reader) -> None:
    def fall() -> None:
        with act(Person(), "lamp.created", team=team):
            add_all(three)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fall()
    assert Lamp.objects.count() == Lamp.history.count() == len(read_log(team)) == 0
