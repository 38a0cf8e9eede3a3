"""The accounts of the demo: one for each role, codes that any authenticator app would show."""

import base64
import hashlib
import hmac
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.demo.accounts import KEYS, PARTNERS, SHARED_PARTNER, accounts, national, of_town, shown, towns
from backend.demo.places import organisations
from backend.demo.sign_in import PASSWORD, totp_code, totp_secret, until_lasting
from backend.demo.telling import accounts_text
from backend.reference.roles import roles

pytestmark = pytest.mark.pure


def rfc_6238(secret: str, at: int) -> str:
    """Written down again from the RFC: HMAC-SHA-1, 30 seconds, six digits."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", at // 30), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


@given(st.integers(0, 4_000_000_000), st.sampled_from([account.username for account in accounts()]))
def test_a_code_is_the_one_of_the_rfc(at: int, username: str) -> None:
    assert totp_code(username, at=datetime.fromtimestamp(at, tz=UTC)) == rfc_6238(totp_secret(username), at)


def test_every_account_has_a_seed_of_its_own() -> None:
    seeds = {totp_secret(account.username) for account in accounts()}
    assert len(seeds) == len(accounts())
    assert all(len(seed) == 32 for seed in seeds)


def test_user_names_are_told_apart_without_regard_to_case() -> None:
    names = [account.username.casefold() for account in accounts()]
    assert len(names) == len(set(names))
    assert all(len(name) <= 64 for name in names)


def test_the_password_is_long_enough_for_the_house() -> None:
    assert len(PASSWORD) >= 12


def test_every_role_has_somebody() -> None:
    assert {account.role for account in accounts()} == set(roles())


@pytest.mark.parametrize("slug", list(towns()))
def test_every_town_has_its_whole_cast(slug: str) -> None:
    cast = list(of_town(slug))
    by_role = {role: [one for one in cast if one.role == role] for role in roles()}
    assert [len(by_role[role]) for role in ("coordinator", "deputy_coordinator", "municipal_lead")] == [
        1,
        1,
        1,
    ]
    assert by_role["coordinator"][0].place != by_role["deputy_coordinator"][0].place
    assert {one.place for one in by_role["partner_worker"]} == PARTNERS
    assert {one.place for one in by_role["member"]} == set(KEYS) - PARTNERS


def test_every_organisation_with_workers_has_one_steward() -> None:
    for slug in towns():
        workers = [one for one in of_town(slug) if one.place and one.role in {"member", "partner_worker"}]
        for place in KEYS:
            assert sum(one.steward for one in workers if one.place == place) == 1


def test_two_towns_at_most_share_a_data_protection_officer_and_every_town_has_one() -> None:
    officers = [one for one in accounts() if one.role == "data_protection_officer"]
    covered = [slug for one in officers for slug in one.teams]
    assert sorted(covered) == sorted(towns())
    assert max(len(one.teams) for one in officers) == 2


def test_national_people_belong_to_no_team_and_no_organisation() -> None:
    assert all(not one.teams and not one.place for one in national())


def test_the_places_are_sixty_with_twenty_two_memoranda() -> None:
    places = organisations()
    assert len(places) == 60
    assert len({one.name for one in places}) == 60
    societies = [one for one in places if one.sector == "cso"]
    assert [one.memorandum for one in societies] == [True] * 22
    assert any(one.name == SHARED_PARTNER for one in societies)


def test_the_table_says_what_is_needed_to_sign_in() -> None:
    text = accounts_text()
    assert PASSWORD in text
    assert "spona demo code USERNAME" in text
    assert all(account.username in text for account in shown())
    assert {account.role for account in shown()} == set(roles())
    assert all(len(line) <= 100 for line in text.splitlines())


@pytest.mark.parametrize(("second", "wait"), [(0, 0), (24, 0), (25, 5), (29.5, 0.5), (30, 0)])
def test_a_code_that_is_about_to_end_is_waited_out(second: float, wait: float) -> None:
    assert until_lasting(datetime.fromtimestamp(1_800_000_000 + second, UTC)) == wait
