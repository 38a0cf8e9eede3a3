"""Saving asks for an act; bulk writes do not exist; the check at start finds a manager that forgot."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from audit.acts import OutsideAct, act
from tests.audit.lamps import Bulb, Careless, Lamp
from tests.audit.people import Person


@pytest.fixture
def lamp(unsaved_lamp: Lamp) -> Lamp:
    with act(Person(), "lamp.created"):
        unsaved_lamp.save()
    return unsaved_lamp


def test_saving_something_new(unsaved_lamp: Lamp) -> None:
    with pytest.raises(OutsideAct):
        unsaved_lamp.save()
    assert not Lamp.objects.filter(pk=unsaved_lamp.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda lamp: lamp.save(),
        lambda lamp: lamp.save(update_fields=["colour"]),
        lambda lamp: lamp.delete(),
        lambda lamp: lamp.save_without_historical_record(),
        lambda lamp: lamp.bulbs.create(),
        lambda lamp: Lamp.objects.create(team_id=lamp.team_id, colour="red"),
        lambda lamp: Lamp.objects.get_or_create(team_id=lamp.team_id, colour="red"),
        lambda lamp: Lamp.objects.update_or_create(pk=lamp.pk, defaults={"colour": "red"}),
    ],
)
def test_changing_it_outside(lamp: Lamp, change: Callable[[Lamp], Any]) -> None:
    lamp.colour = "red"
    with pytest.raises(OutsideAct):
        change(lamp)
    assert list(Lamp.objects.values_list("colour")) == [("white",)]
    assert Lamp.history.count() == 1
    assert Bulb.objects.count() == 0


BULK: list[Callable[[Any], Any]] = [
    lambda rows: rows.update(colour="red"),
    lambda rows: rows.delete(),
    lambda rows: rows.bulk_create([Lamp(team_id=uuid4())]),
    lambda rows: rows.bulk_update([], ["colour"]),
]


@pytest.mark.parametrize("write", BULK)
def test_bulk_writes_do_not_exist_not_even_inside(lamp: Lamp, write: Callable[[Any], Any]) -> None:
    with act(Person(), "lamp.painted"):
        for rows in (Lamp.objects.all(), Lamp.objects.filter(pk=lamp.pk), Lamp.history.all()):
            with pytest.raises(OutsideAct):
                write(rows)
        with pytest.raises(OutsideAct):
            write(lamp.bulbs.all())
    assert Lamp.objects.count() == Lamp.history.count() == 1


def test_managers_refuse_too(lamp: Lamp) -> None:
    with pytest.raises(OutsideAct):
        Lamp.objects.update(colour="red")
    with pytest.raises(OutsideAct):
        Lamp.objects.bulk_create([])
    with pytest.raises(OutsideAct):
        lamp.bulbs.update(watts=9)
    with pytest.raises(OutsideAct):
        lamp.history.update(colour="red")


def test_history_is_not_written_by_hand(lamp: Lamp) -> None:
    row = lamp.history.get()
    with pytest.raises(OutsideAct):
        row.save()
    with act(Person(), "lamp.painted"):
        with pytest.raises(OutsideAct, match="never changed"):
            row.save()
        with pytest.raises(OutsideAct, match="never deleted"):
            row.delete()
        with pytest.raises(OutsideAct):
            Lamp.history.bulk_history_create([lamp])
        with pytest.raises(OutsideAct, match="without history"):
            lamp.save_without_historical_record()
    assert Lamp.history.count() == 1


def test_inside_an_act_all_of_it_works(lamp: Lamp) -> None:
    with act(Person(), "lamp.painted", lamp):
        lamp.colour = "red"
        lamp.save()
        lamp.bulbs.create()
        Lamp.objects.update_or_create(pk=lamp.pk, defaults={"colour": "blue"})
    with act(Person(), "lamp.removed", lamp):
        lamp.delete()
    assert Lamp.objects.count() == Bulb.objects.count() == 0
    assert sorted(Lamp.history.values_list("history_type", flat=True)) == ["+", "-", "~", "~"]
    assert sorted(Bulb.history.values_list("history_type", flat=True)) == ["+", "-"]


def test_the_check_finds_a_manager_that_offers_bulk_writes() -> None:
    assert [problem.id for problem in Careless.check()] == ["audit.E005"]
    assert Lamp.check() == []
