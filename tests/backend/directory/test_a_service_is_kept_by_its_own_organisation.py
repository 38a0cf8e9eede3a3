"""The directory: an organisation keeps its own entry, the Office every entry, nobody another's."""

from typing import Any

import pytest

from backend import guard
from backend.directory import services
from backend.directory.models import Service
from backend.errors import Conflict, Invalid, Stale
from permissions.scope import Forbidden
from tests.world import Town, actor, national


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def nurse(town: Town) -> Any:
    return actor(town.nurse)


def add(by: Any, town: Town, code: str = "HR-DIC", **values: Any) -> Service:
    return services.add_service(by, organisation=town.clinic, code=code, **values)


def test_a_worker_enters_a_service_of_the_own_organisation(town: Town, nurse: Any) -> None:
    made = add(nurse, town, name="Dnevni centar", area_served=["70734"], address="Trg 1")
    assert Service.history.filter(id=made.id).count() == 1
    with pytest.raises(Conflict, match="service_exists"):
        add(nurse, town)


def test_the_office_enters_one_for_anybody(town: Town) -> None:
    assert add(actor(national("directory_admin")), town).id


@pytest.mark.parametrize("who", ["social_worker", "partner_worker", "coordinator", "lead", "officer"])
def test_nobody_keeps_anothers_entry(town: Town, nurse: Any, who: str) -> None:
    by = actor(getattr(town, who))
    with pytest.raises(Forbidden):
        add(by, town)
    made = add(nurse, town)
    with pytest.raises(Forbidden):
        services.change_service(by, made, changes={"name": "x"})
    with pytest.raises(Forbidden):
        services.confirm_capacity(by, made, free=1)
    with pytest.raises(Forbidden):
        services.assure_service(by, made)


@pytest.mark.parametrize(
    ("code", "values", "pointer"),
    [
        ("NO-SUCH", {}, "/code"),
        ("HR-OUT", {"address": "Trg 1"}, "/address"),
        ("HR-DIC", {"area_served": ["70734", "1"]}, "/area_served/1"),
        ("HR-DIC", {"version": 7}, "/version"),
        ("HR-DIC", {"capacity_free": 7}, "/capacity_free"),
    ],
)
def test_a_wrong_value_is_named(
    town: Town, nurse: Any, code: str, values: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add(nurse, town, code, **values)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_somebodys_number_does_not_enter_a_text(town: Town, nurse: Any) -> None:
    with pytest.raises(guard.IdentifierFound):
        add(nurse, town, eligibility="Javiti se Mariji na 064 123 4567")
    assert not Service.objects.filter(organisation=town.clinic).exists()


def test_an_address_that_must_stay_unknown_is_not_added_later(town: Town, nurse: Any) -> None:
    made = add(nurse, town, "HR-OUT")
    with pytest.raises(Invalid):
        services.change_service(nurse, made, changes={"address": "Trg 1"})
    services.change_service(nurse, made, changes={"eligibility": "18+"}, version=1)
    with pytest.raises(Stale):
        services.change_service(nurse, made, changes={"eligibility": "21+"}, version=1)


def test_capacity_is_confirmed_with_its_moment(town: Town, nurse: Any) -> None:
    made = add(nurse, town)
    assert made.capacity_confirmed_at is None
    services.confirm_capacity(nurse, made, free=3, version=1)
    assert (made.capacity_free, made.capacity_confirmed_at is None) == (3, False)
    with pytest.raises(Stale):
        services.confirm_capacity(nurse, made, free=2, version=1)
    for wrong in (-1, 10_001):
        with pytest.raises(Invalid):
            services.confirm_capacity(nurse, made, free=wrong)
    with pytest.raises(Forbidden):
        services.confirm_capacity(actor(national("directory_admin")), made, free=1)


def test_an_entry_is_assured(town: Town, nurse: Any) -> None:
    made = add(nurse, town)
    services.assure_service(nurse, made)
    assert made.assured_at is not None
