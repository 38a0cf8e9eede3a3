"""The marks of a second factor in a session: for one person, by kind, and for how long they count as fresh."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from backend.teams import factor_marks
from permissions.roles import ROLES

pytestmark = pytest.mark.pure
SOMEBODY = UUID("00000000-0000-4000-8000-000000000001")
LEAD, MEMBER = frozenset({"member", "municipal_lead"}), frozenset({"member"})


def user(pk: UUID = SOMEBODY) -> SimpleNamespace:
    return SimpleNamespace(pk=pk, is_authenticated=True)


def session(*kinds: str) -> SessionBase:
    made = SessionBase()
    for kind in kinds:
        factor_marks.mark_passed(made, SOMEBODY, kind=kind)
    return made


def later(monkeypatch: pytest.MonkeyPatch, **interval: float) -> None:
    at = timezone.now() + timedelta(**interval)
    monkeypatch.setattr(factor_marks, "timezone", SimpleNamespace(now=lambda: at))


def test_a_mark_is_for_one_person_who_is_signed_in() -> None:
    assert not factor_marks.passed(SessionBase(), user())
    assert factor_marks.passed(session("totp"), user())
    assert not factor_marks.passed(session("totp"), user(uuid4()))
    assert not factor_marks.passed(session("totp"), AnonymousUser())


@pytest.mark.parametrize("role", ROLES)
def test_a_key_is_enough_for_every_role_and_a_code_for_those_that_need_none(role: str) -> None:
    assert factor_marks.enough(session("webauthn"), {role})
    assert factor_marks.enough(session("totp"), {role}) is (role not in factor_marks.NEED_KEY)
    assert factor_marks.enough(session("recovery_codes"), {role}) is (role not in factor_marks.NEED_KEY)


def test_one_role_that_needs_the_key_is_enough_to_need_it() -> None:
    assert not factor_marks.enough(session("totp"), LEAD)
    assert factor_marks.enough(session("webauthn", "totp"), LEAD)


def test_the_key_of_somebody_else_in_this_session_is_forgotten() -> None:
    made = session("webauthn")
    factor_marks.mark_passed(made, uuid4(), kind="totp")
    assert not factor_marks.enough(made, LEAD)


def test_what_was_shown_counts_as_fresh_for_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    made = session("totp")
    assert factor_marks.fresh(made, MEMBER)
    later(monkeypatch, minutes=9, seconds=59)
    assert factor_marks.fresh(made, MEMBER)
    later(monkeypatch, minutes=10, seconds=1)
    assert not factor_marks.fresh(made, MEMBER)


def test_for_a_role_that_needs_the_key_only_the_key_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    made = session("webauthn")
    later(monkeypatch, minutes=11)
    factor_marks.mark_passed(made, SOMEBODY, kind="totp")
    assert factor_marks.fresh(made, MEMBER)
    assert not factor_marks.fresh(made, LEAD)
    factor_marks.mark_passed(made, SOMEBODY, kind="webauthn")
    assert factor_marks.fresh(made, LEAD)


def test_nothing_shown_is_not_fresh() -> None:
    assert not factor_marks.fresh(SessionBase())
    assert not factor_marks.fresh(SessionBase(), LEAD)
