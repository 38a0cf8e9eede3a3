"""Opens the demo's accounts: each with the public password, a second factor and its roles."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction

from audit.acts import act
from backend.demo.accounts import KEYS, Account
from backend.demo.sign_in import PASSWORD, totp_secret
from backend.demo.town_rows import BUILDER
from backend.teams.models import Organisation, Team, User
from backend.teams.people import add_membership, create_user
from backend.teams.second_factor import enrol_totp

Organisations = Mapping[tuple[str, str], Organisation]


def by_key(
    organisations: Iterable[Organisation], teams: Mapping[str, Team]
) -> dict[tuple[str, str], Organisation]:
    """Return organisations by slug of the town and key of the kind; those of no town by ("", name)."""
    slugs = {team.municipality_id: slug for slug, team in teams.items()}
    found = {}
    for organisation in organisations:
        slug = slugs.get(organisation.municipality_id) if organisation.municipality_id else None
        key = next((key for key, start in KEYS.items() if organisation.name.startswith(start)), "")
        found[(slug, key) if slug else ("", organisation.name)] = organisation
    return found


def open_accounts(plans: Iterable[Account], *, teams: Mapping[str, Team]) -> int:
    """Open the accounts that are not there yet, one by one; return how many."""
    there = set(User.objects.values_list("username", flat=True))
    missing = [plan for plan in plans if plan.username not in there]
    if missing:
        organisations = by_key(Organisation.objects.all(), teams)
        for plan in missing:
            with transaction.atomic():
                _open(plan, teams, organisations)
    return len(missing)


def _open(plan: Account, teams: Mapping[str, Team], organisations: Organisations) -> None:
    user = new_user(plan.username, display_name=plan.display_name, language=plan.language)
    organisation = workplace(plan, organisations)
    for slug in _seats(plan):
        add_membership(
            BUILDER,
            user=user,
            role=plan.role,
            team=teams[slug] if slug else None,
            organisation=organisation,
            steward=plan.steward,
        )


def workplace(plan: Account, organisations: Organisations) -> Organisation | None:
    """Return the organisation for which somebody works, None for offices."""
    if not plan.place:
        return None
    return organisations[(plan.teams[0], plan.place) if plan.teams else ("", plan.place)]


def _seats(plan: Account) -> tuple[str, ...]:
    """Return the slugs of the teams that the role names; a partner worker's names none."""
    return ("",) if plan.role == "partner_worker" or not plan.teams else plan.teams


def new_user(username: str, *, display_name: str, language: str = "sr-Latn") -> User:
    """Open an account with the demo's password and second factor, and no role yet."""
    user = create_user(BUILDER, username=username, display_name=display_name, language=language)
    with act(BUILDER, "account.password_set", user):
        user.password = _hashed()
        user.save()
    enrol_totp(user, totp_secret(username), by=BUILDER)
    return user


@cache
def _hashed() -> str:
    """Return the stored form of the public password, made once: a hash for each account takes 46 MiB and time."""
    return make_password(PASSWORD)
