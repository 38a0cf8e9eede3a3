"""Each act of this floor: its verb, its log, what it names, and that no value of a person or secret is in
it."""

from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from backend.directory import services
from backend.encryption.keyring import create_root
from backend.teams import (
    accounts,
    acting,
    agreements,
    invitations,
    organisations,
    people,
    second_factor,
    tokens,
)
from backend.teams.models import Membership, Municipality
from permissions.scope import Forbidden, NotFound
from tests.api.audit import NATIONAL, Audit
from tests.databases import Clones
from tests.world import Town, actor, ahead, make_user, national

PASSWORD = "tri-reke-i-jedan-most"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
Act = Callable[[Town], Any]


@pytest.fixture
def town() -> Town:
    town = Town()
    for who in ("coordinator", "deputy", "nurse", "lead", "officer"):
        assert getattr(town, who).id
    create_root(None)
    return town


@pytest.fixture
def audit(database: Clones, town: Town) -> Iterator[Audit]:
    with Audit.since_now(database.main.superuser_url) as entries:
        yield entries


def membership(user: Any) -> Membership:
    return Membership.objects.get(user=user)


def create_account(town: Town) -> Any:
    name = f"ana-{uuid4().hex[:8]}"
    by = actor(town.lead)
    return people.create_user(by, username=name, display_name="Ana Anić", password=PASSWORD, team=town.team)


def change_account(town: Town) -> None:
    people.change_account(actor(town.nurse), town.nurse, changes={"display_name": "Ana Anić"})


def add_member(town: Town) -> Any:
    by = actor(town.coordinator)
    return people.add_membership(
        by, user=make_user(), role="member", team=town.team, organisation=town.clinic
    )


def change_member(town: Town) -> None:
    people.change_membership(
        actor(town.coordinator), membership(town.nurse), changes={"services": ["HR-OUT"]}
    )


def end_member(town: Town) -> None:
    people.end_membership(actor(town.coordinator), membership(town.nurse))


def start_acting(town: Town) -> None:
    acting.start_acting(actor(town.coordinator), membership(town.deputy), reason="absent")


def end_acting(town: Town) -> None:
    start_acting(town)
    acting.end_acting(actor(town.coordinator), membership(town.deputy))


def invite(town: Town) -> Any:
    by = actor(town.coordinator)
    return invitations.invite(by, role="member", team=town.team, organisation=town.clinic)


def accept(town: Town) -> None:
    name = f"ana-{uuid4().hex[:8]}"
    made, secret = invite(town)
    invitations.confirm(actor(town.lead), made)
    invitations.accept(secret=secret, username=name, display_name="Ana Anić", password=PASSWORD)


def revoke_invitation(town: Town) -> None:
    invitations.revoke(actor(town.coordinator), invite(town)[0])


def issue(town: Town) -> Any:
    by, operations = actor(town.coordinator), ["case.view_coded"]
    return tokens.issue(by, name="Ana Anić", acting_for=town.nurse, team=town.team, operations=operations)


def rotate(town: Town) -> None:
    made = issue(town)[0]
    tokens.confirm(actor(town.lead), made)
    tokens.rotate(actor(town.coordinator), made)


def revoke_token(town: Town) -> None:
    tokens.revoke(actor(town.coordinator), issue(town)[0])


def office() -> Any:
    return actor(national("directory_admin"))


def create_organisation(_town: Town) -> None:
    organisations.create_organisation(office(), name="Ana Anić", sector="cso", phone="064123456")


def change_organisation(town: Town) -> None:
    organisations.change_organisation(office(), town.clinic, changes={"name": "Ana Anić"})


def create_team(_town: Town) -> None:
    slug = uuid4().hex
    organisations.create_team(
        actor(national("platform_admin")),
        slug=slug,
        prefix="0" + slug[:1],
        municipality=Municipality.objects.get(code="71269"),
        labels={"en": "Ana Anić", "sr-Latn": "Ana Anić", "sr-Cyrl": "Ана Анић"},
    )


def register_memorandum(town: Town) -> Any:
    return agreements.register_memorandum(office(), organisation=town.ward, number="Ana Anić")


def change_memorandum(town: Town) -> None:
    agreements.change_memorandum(office(), register_memorandum(town), changes={"valid_until": ahead(days=9)})


def register_agreement(town: Town) -> Any:
    return agreements.register_agreement(office(), team=town.team, organisation=town.ward)


def change_agreement(town: Town) -> None:
    agreements.change_agreement(office(), register_agreement(town), changes={"valid_until": ahead(days=9)})


def add_service(town: Town) -> Any:
    return services.add_service(actor(town.nurse), organisation=town.clinic, code="HR-DIC", phone="064123456")


def change_service(town: Town) -> None:
    services.change_service(actor(town.nurse), add_service(town), changes={"phone": "064123456"})


def confirm_capacity(town: Town) -> None:
    services.confirm_capacity(actor(town.nurse), add_service(town), free=3)


def assure_service(town: Town) -> None:
    services.assure_service(actor(town.nurse), add_service(town))


def set_factor(town: Town) -> None:
    second_factor.enrol_totp(town.nurse, SECRET, by=actor(town.nurse))


HERE, NOWHERE = "the team's log", "the national log"
ACTS: Final[list[tuple[Act, str, str, str]]] = [
    (create_account, "account.created", "user", HERE),
    (change_account, "account.changed", "user", NOWHERE),
    (add_member, "membership.added", "membership", HERE),
    (change_member, "membership.changed", "membership", HERE),
    (end_member, "membership.ended", "membership", HERE),
    (start_acting, "acting.started", "membership", HERE),
    (end_acting, "acting.ended", "membership", HERE),
    (invite, "invitation.created", "invitation", HERE),
    (accept, "invitation.accepted", "invitation", HERE),
    (revoke_invitation, "invitation.revoked", "invitation", HERE),
    (issue, "token.issued", "machinetoken", HERE),
    (rotate, "token.rotated", "machinetoken", HERE),
    (revoke_token, "token.revoked", "machinetoken", HERE),
    (create_organisation, "organisation.created", "organisation", NOWHERE),
    (change_organisation, "organisation.changed", "organisation", NOWHERE),
    (create_team, "team.created", "team", "its own log"),
    (register_memorandum, "memorandum.registered", "memorandum", NOWHERE),
    (change_memorandum, "memorandum.changed", "memorandum", NOWHERE),
    (register_agreement, "agreement.registered", "sharingagreement", HERE),
    (change_agreement, "agreement.changed", "sharingagreement", HERE),
    (add_service, "service.added", "service", NOWHERE),
    (change_service, "service.changed", "service", NOWHERE),
    (confirm_capacity, "service.capacity_confirmed", "service", NOWHERE),
    (assure_service, "service.assured", "service", NOWHERE),
    (set_factor, "account.factor_set", "user", NOWHERE),
]


@pytest.mark.parametrize("row", ACTS, ids=[row[1] for row in ACTS])
def test_one_entry_in_the_right_log_without_name_number_or_secret(
    town: Town, audit: Audit, row: tuple[Act, str, str, str]
) -> None:
    do, verb, kind, log = row
    made = do(town)
    (entry,) = audit.entries(verb=verb)
    assert (entry["outcome"], entry["object_kind"]) == ("success", kind)
    assert UUID(entry["object_id"])
    expected = {HERE: town.team.id, NOWHERE: NATIONAL}.get(log, UUID(entry["object_id"]))
    assert entry["log"] == expected
    assert entry["actor_id"] is not None
    told = " ".join(bytes(entry["body"]).decode() for entry in audit.entries())
    secret = made[1] if isinstance(made, tuple) else "spona_"
    for value in ("Ana", "Anić", "064123456", PASSWORD, SECRET, secret):
        assert value not in told


REFUSED: Final[list[tuple[str, Callable[[Town, Any], Any]]]] = [
    ("membership", lambda town, by: people.end_membership(by, membership(town.nurse))),
    ("invitation", lambda town, by: invitations.revoke(by, invite(town)[0])),
    ("token", lambda town, by: tokens.revoke(by, issue(town)[0])),
    ("account", lambda town, by: accounts.disable_account(by, membership(town.nurse))),
    (
        "organisation",
        lambda town, by: organisations.change_organisation(by, town.clinic, changes={"name": "x"}),
    ),
    ("acting", lambda town, by: acting.start_acting(by, membership(town.deputy), reason="absent")),
]


@pytest.mark.parametrize(("_what", "do"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_refused_leaves_no_success(
    town: Town, audit: Audit, _what: str, do: Callable[[Town, Any], Any]
) -> None:
    stranger = Town().social_worker
    with pytest.raises((Forbidden, NotFound)):
        do(town, actor(stranger))
    assert audit.entries(actor_id=stranger.id) == []


def test_history_names_author_and_verb(town: Town) -> None:
    change_member(town)
    newest = Membership.history.filter(id=membership(town.nurse).id).latest()
    assert newest.history_user_id == town.coordinator.id
    assert newest.history_change_reason.startswith("membership.changed ")
