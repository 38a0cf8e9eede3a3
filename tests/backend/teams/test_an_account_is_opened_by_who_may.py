"""Accounts: who opens them, and what a password must be."""

from typing import Any

import pytest

from backend.errors import Conflict, Invalid, Stale
from backend.teams import people
from backend.teams.models import User
from permissions.scope import Forbidden
from tests.world import BUILDER, Town, actor, make_user, national

PASSWORD = "tri-reke-i-jedan-most"


def create(by: Any = BUILDER, **values: Any) -> User:
    name = values.pop("username", f"new-{make_user().username}")
    return people.create_user(by, username=name, display_name="Nova Osoba", **values)


def test_a_platform_administrator_opens_an_account() -> None:
    made = create(actor(national("platform_admin")), password=PASSWORD)
    assert made.check_password(PASSWORD)
    assert made.password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_a_coordinator_or_lead_opens_one_for_the_own_team_only() -> None:
    town = Town()
    assert create(actor(town.coordinator), team=town.team).id
    assert create(actor(town.lead), team=town.team).id
    with pytest.raises(Forbidden):
        create(actor(town.coordinator), team=Town().team)
    with pytest.raises(Forbidden):
        create(actor(town.coordinator))


@pytest.mark.parametrize("who", ["nurse", "deputy", "partner_worker", "officer"])
def test_others_open_none(who: str) -> None:
    town = Town()
    with pytest.raises(Forbidden):
        create(actor(getattr(town, who)), team=town.team)


def test_without_a_password_nobody_gets_in() -> None:
    assert not create().has_usable_password()


@pytest.mark.parametrize("password", ["short", "password1234", "nova-osoba-xyz"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        create(password=password, username="nova-osoba-xy")
    assert {fault.pointer for fault in refused.value.faults} == {"/password"}


def test_a_user_name_is_taken_in_any_case() -> None:
    made = create()
    with pytest.raises(Conflict, match="username_taken"):
        create(username=made.username.upper())
    assert User.objects.get_by_natural_key(made.username.upper()) == made


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(Invalid):
        create(language="tlh")


def test_people_change_their_own_language_and_name_only() -> None:
    user, other = make_user(), make_user()
    people.change_account(actor(user), user, changes={"language": "en"}, version=1)
    assert User.objects.get(pk=user.pk).language == "en"
    with pytest.raises(Forbidden):
        people.change_account(actor(other), user, changes={"language": "sr-Cyrl"})
    with pytest.raises(Stale):
        people.change_account(actor(user), user, changes={"language": "sr-Cyrl"}, version=1)
    with pytest.raises(Invalid):
        people.change_account(actor(user), user, changes={"language": "xx"})


def test_history_keeps_no_password() -> None:
    made = create(password=PASSWORD)
    assert "password" not in {field.name for field in User.history.model._meta.fields}
    assert User.history.filter(id=made.id).count() == 1
