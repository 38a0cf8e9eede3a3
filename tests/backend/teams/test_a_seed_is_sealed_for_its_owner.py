"""TOTP seeds and recovery seeds: sealed, bound to one account, and known only by their effect."""

from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from backend.encryption.cipher import IntegrityFailure
from backend.encryption.keyring import create_root
from backend.teams import second_factor
from backend.teams.models import User
from tests.world import BUILDER, make_user

NOBODY = "77ca188d-ec34-4ba3-a4a4-d261a0a448b1"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _platform_root() -> None:
    create_root(None)


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def enrolled() -> User:
    user = make_user()
    second_factor.enrol_totp(user, SECRET, by=BUILDER)
    return user


def totp(user: User) -> Authenticator:
    return Authenticator.objects.get(user=user, type="totp")


def test_a_sealed_seed_opens_to_itself() -> None:
    with second_factor.owned_by(uuid4()):
        sealed = second_factor.seal(SECRET)
    assert SECRET not in sealed
    assert second_factor.unseal(sealed) == SECRET


def test_a_seed_without_an_owner_is_not_sealed() -> None:
    with pytest.raises(RuntimeError):
        second_factor.seal(SECRET)


@pytest.mark.parametrize("text", ["", SECRET, "x.y", f"{NOBODY}.", f"{NOBODY}.????", "\x00.AAAA"])
def test_what_was_not_sealed_does_not_open(text: str) -> None:
    with pytest.raises((IntegrityFailure, second_factor.vault.KeyGone)):
        second_factor.unseal(text)


def test_under_another_name_it_does_not_open() -> None:
    one, other = uuid4(), uuid4()
    with second_factor.owned_by(one):
        sealed = second_factor.seal(SECRET)
    with second_factor.owned_by(other):
        second_factor.seal("x")
    with pytest.raises(IntegrityFailure):
        second_factor.unseal(f"{other}.{sealed.partition('.')[2]}")


def test_the_table_holds_no_seed(admin: Any) -> None:
    user = enrolled()
    row = admin.execute("SELECT a::text FROM mfa_authenticator a WHERE user_id = %s", [user.id]).fetchone()
    assert SECRET not in row[0]


def test_enrolled_the_code_is_accepted_once() -> None:
    factor = TOTP(totp(enrolled()))
    now = code()
    assert factor.validate_code(now)
    assert not factor.validate_code(now)
    assert not factor.validate_code("000000") or now == "000000"


def test_enrolling_again_replaces_the_seed() -> None:
    user = enrolled()
    second_factor.enrol_totp(user, "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK", by=BUILDER)
    assert not TOTP(totp(user)).validate_code(code())
    assert second_factor.kinds_of(user) == {"totp"}


def test_a_seed_moved_to_another_row_is_noticed() -> None:
    mallory, victim = enrolled(), enrolled()
    row = totp(victim)
    row.data = totp(mallory).data
    assert second_factor.belongs_to(totp(mallory), mallory.id)
    assert not second_factor.belongs_to(row, victim.id)


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = make_user()
    assert not second_factor.has_one(user)
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    assert not second_factor.has_one(user)
    assert second_factor.has_one(enrolled())
