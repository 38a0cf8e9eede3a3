"""The entry commits with the change, and with an exception neither is there."""

import json
from contextlib import suppress
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction

from audit.acts import Act, OutsideAct, act, active, required
from audit.canonical import InvalidFact
from audit.models import NATIONAL
from backend.errors import NotFound
from tests.audit.conftest import Reader
from tests.audit.lamps import Lamp
from tests.audit.people import Person, Refused


@pytest.fixture
def lamp(unsaved_lamp: Lamp) -> Lamp:
    """A lamp that exists; its creation is in a log of its own."""
    with act(Person(), "lamp.created", team=uuid4()):
        unsaved_lamp.save()
    return unsaved_lamp


def paint(lamp: Lamp, by: Person | None = None, **facts: Any) -> None:
    with act(by or Person(), "lamp.painted", lamp) as current:
        lamp.colour = "red"
        lamp.save()
        current.note(**facts)


def paint_and_fall(lamp: Lamp) -> None:
    with act(Person(), "lamp.painted", lamp):
        lamp.colour = "red"
        lamp.save()
        raise ZeroDivisionError


def colour_in_database(lamp: Lamp) -> str:
    return Lamp.objects.get(pk=lamp.pk).colour


def test_one_act_is_one_entry(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    by = Person(acting_for=uuid4())
    with act(by, "lamp.painted", lamp, colour="red", times=2) as current:
        current.note(by_ladder=True)
        lamp.colour = "red"
        lamp.save()
    (entry,) = read_log(team)
    assert entry.id == current.id
    assert (entry.actor_id, entry.actor_kind, entry.acting_for) == (by.id, "user", by.acting_for)
    assert (entry.verb, entry.object_kind, entry.object_id) == ("lamp.painted", "lamp", str(lamp.pk))
    assert (entry.outcome, entry.code) == ("success", "")
    assert json.loads(entry.body)["facts"] == {"colour": "red", "times": 2, "by_ladder": True}
    assert entry.is_genuine(settings.SPONA_AUDIT_KEY)
    assert colour_in_database(lamp) == "red"


def test_an_exception_leaves_nothing(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    with pytest.raises(ZeroDivisionError):
        paint_and_fall(lamp)
    assert read_log(team) == []
    assert colour_in_database(lamp) == "white"
    assert active() is None


def test_an_act_inside_a_request_goes_with_the_request(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    @transaction.atomic
    def request() -> None:
        paint(lamp)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        request()
    assert read_log(team) == []
    assert colour_in_database(lamp) == "white"


def test_a_failed_act_cannot_be_swallowed(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    """There is no savepoint: whoever catches the exception and goes on is stopped by Django."""

    @transaction.atomic
    def request() -> None:
        with suppress(ZeroDivisionError):
            paint_and_fall(lamp)
        paint(lamp)

    with pytest.raises(transaction.TransactionManagementError):
        request()
    assert colour_in_database(lamp) == "white"
    assert read_log(team) == []


def test_nested_acts_write_an_entry_each(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    with act(Person(), "lamp.serviced", lamp) as outer:
        assert active() is outer
        with act(Person(), "lamp.painted", lamp) as inner:
            assert active() is inner
        assert required() is outer
    assert [entry.verb for entry in read_log(team)] == ["lamp.painted", "lamp.serviced"]
    assert active() is None


def test_a_failing_inner_act_takes_the_outer_with_it(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    def service() -> None:
        with act(Person(), "lamp.serviced", lamp):
            paint(lamp)
            with act(Person(), "lamp.painted", lamp, needs="lamp.paint"):
                pytest.fail("not allowed to get here")

    with pytest.raises(Refused):
        service()
    assert read_log(team) == []
    assert colour_in_database(lamp) == "white"


def test_what_was_created_inside_is_named(unsaved_lamp: Lamp, team: UUID, read_log: Reader) -> None:
    with act(Person(), "lamp.created") as current:
        unsaved_lamp.save()
        current.on(unsaved_lamp)
    (entry,) = read_log(team)
    assert (entry.object_kind, entry.object_id) == ("lamp", str(unsaved_lamp.pk))


def test_what_was_deleted_keeps_its_id_in_the_entry(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    identifier = str(lamp.pk)
    with act(Person(), "lamp.removed", lamp):
        lamp.delete()
    (entry,) = read_log(team)
    assert entry.object_id == identifier


def test_a_named_team_comes_before_the_objects_own(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    other = uuid4()
    with act(Person(), "lamp.lent", lamp, team=other):
        pass
    assert read_log(team) == []
    assert len(read_log(other)) == 1


def test_without_any_team_it_is_national(database: None, read_log: Reader) -> None:
    by = Person()
    with act(by, "key.rotated"):
        pass
    (entry,) = [entry for entry in read_log(NATIONAL) if entry.actor_id == by.id]
    assert (entry.object_kind, entry.object_id) == ("", "")


def test_permission_is_asked_on_the_row_as_it_is_now(lamp: Lamp) -> None:
    stale = Lamp.objects.get(pk=lamp.pk)
    paint(lamp)
    by = Person(allowed=frozenset({"lamp.paint"}))
    with act(by, "lamp.painted", stale, needs="lamp.paint"):
        assert stale.colour == "red"
    assert by.asked == [("lamp.paint", stale)]


def test_a_refusal_changes_nothing_and_writes_nothing(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    with pytest.raises(Refused), act(Person(), "lamp.painted", lamp, needs="lamp.paint"):
        pytest.fail("not allowed to get here")
    assert read_log(team) == []


def test_permission_can_be_asked_for_something_not_saved_yet(unsaved_lamp: Lamp) -> None:
    by = Person(allowed=frozenset({"lamp.create"}))
    with act(by, "lamp.created", unsaved_lamp, needs="lamp.create"):
        unsaved_lamp.save()
    assert by.asked == [("lamp.create", unsaved_lamp)]


def test_a_row_that_is_gone_is_gone(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    twin = Lamp.objects.get(pk=lamp.pk)
    with act(Person(), "lamp.removed", lamp, team=uuid4()):
        lamp.delete()
    with pytest.raises(NotFound), act(Person(), "lamp.painted", twin):
        pytest.fail("nothing to paint")
    assert read_log(team) == []


def test_two_acts_on_one_row_come_one_after_the_other(lamp: Lamp, team: UUID, read_log: Reader) -> None:
    """Each adds one letter to what it finds under the lock: none is lost."""

    def add_letters() -> None:
        for _ in range(10):
            mine = Lamp(pk=lamp.pk, team_id=team)
            mine._state.adding = False
            with act(Person(), "lamp.painted", mine):
                mine.colour += "x"
                mine.save()
        connection.close()

    with act(Person(), "lamp.painted", lamp, team=uuid4()):
        lamp.colour = ""
        lamp.save()
    threads = [Thread(target=add_letters) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert colour_in_database(lamp) == "x" * 20
    assert len(read_log(team)) == 20


@pytest.mark.parametrize("facts", [{"remark": "two words"}, {"weight": 1.5}, {"Name": 1}, {"at": object()}])
def test_a_wrong_fact_stops_the_act(lamp: Lamp, team: UUID, read_log: Reader, facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidFact), act(Person(), "lamp.painted", lamp, **facts):
        pytest.fail("must not start")
    with pytest.raises(InvalidFact):
        paint(lamp, **facts)
    assert read_log(team) == []
    assert colour_in_database(lamp) == "white"


def test_an_act_does_not_reach_another_thread(lamp: Lamp) -> None:
    seen: list[Act | None] = []
    with act(Person(), "lamp.painted", lamp, team=uuid4()):
        thread = Thread(target=lambda: seen.append(active()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_outside_there_is_no_act() -> None:
    assert active() is None
    with pytest.raises(OutsideAct):
        required()
