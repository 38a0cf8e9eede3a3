"""Properties: whatever text arrives, the answer is "no", never an error; and what was sealed comes back as it was."""

import string
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.encryption.cipher import IntegrityFailure
from backend.encryption.keyring import create_root
from backend.encryption.vault import KeyGone
from backend.teams import invitations, second_factor, secrets_shown_once, tokens
from backend.teams.cache import OutsideCache
from backend.teams.sessions import SessionStore, stored
from permissions.scope import NotFound

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
few = settings(quick, max_examples=15)
anything = st.text(max_size=80)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@quick
@given(anything)
def test_no_text_is_a_token_by_chance(text: str) -> None:
    assert tokens.authenticate(text) is None
    assert tokens.authenticate(tokens.PREFIX + text) is None


@few
@given(anything)
def test_no_text_is_an_invitation_by_chance(text: str) -> None:
    with pytest.raises(NotFound):
        invitations.accept(
            secret=invitations.PREFIX + text, username="x", display_name="x", password="tri-reke-most"
        )


@quick
@given(anything)
def test_no_text_is_a_session_by_chance(text: str) -> None:
    session = SessionStore(text)
    assert session.get("_auth_user_id") is None
    assert session.session_key is None


@quick
@given(anything)
def test_no_text_is_a_sealed_seed_by_chance(text: str) -> None:
    with pytest.raises((IntegrityFailure, KeyGone)):
        second_factor.unseal(text)
    with pytest.raises((IntegrityFailure, KeyGone)):
        second_factor.unseal(f"{uuid4()}.{text}")


@pytest.fixture(scope="module")
def owner(database: object) -> UUID:
    create_root(None)
    return uuid4()


@few
@given(st.text(alphabet=string.ascii_uppercase + "234567", min_size=1, max_size=100))
def test_a_seed_comes_back_as_it_was(owner: UUID, seed: str) -> None:
    with second_factor.owned_by(owner):
        one, other = second_factor.seal(seed), second_factor.seal(seed)
    assert one != other
    assert second_factor.unseal(one) == second_factor.unseal(other) == seed


@few
@given(st.text(alphabet=string.ascii_uppercase, min_size=8, max_size=32), st.integers(0, 10_000))
def test_a_seed_with_one_byte_changed_does_not_open(owner: UUID, seed: str, where: int) -> None:
    with second_factor.owned_by(owner):
        sealed = second_factor.seal(seed)
    start = len(str(owner)) + 1
    place = start + where % (len(sealed) - start - 2)
    changed = "A" if sealed[place] != "A" else "B"
    broken = sealed[:place] + changed + sealed[place + 1 :]
    with pytest.raises((IntegrityFailure, KeyGone)):
        second_factor.unseal(broken)


@quick
@given(st.dictionaries(st.text(max_size=10), json_values, max_size=4))
def test_a_sessions_content_comes_back_as_it_was(content: dict[str, Any]) -> None:
    session = SessionStore("a" * 32)
    assert session.decode(session.encode(content)) == content
    assert SessionStore("b" * 32).decode(session.encode(content)) == {}


@quick
@given(st.binary(max_size=120))
def test_a_sessions_content_that_is_not_ours_is_empty(data: bytes) -> None:
    assert SessionStore("a" * 32).decode(data.hex()) == {}
    assert SessionStore("a" * 32).decode(repr(data)) == {}


@quick
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_two_session_keys_are_never_stored_under_one_name(one: str, other: str) -> None:
    assert (stored(one) == stored(other)) is (one == other)
    assert len(stored(one)) == 64


@few
@given(json_values)
def test_the_cache_gives_back_any_json(value: Any) -> None:
    cache = OutsideCache("", {})
    key = f"property:{uuid4()}"
    cache.set(key, value)
    assert cache.get(key, "absent") == value
    assert cache.get(f"{key}x", "absent") == "absent"


@quick
@given(st.sampled_from([tokens.PREFIX, invitations.PREFIX]))
def test_a_secret_has_256_bits_and_is_known_by_its_digest_only(prefix: str) -> None:
    secret, digest = secrets_shown_once.make(prefix)
    assert len(secret) == len(prefix) + 43
    assert set(secret[len(prefix) :]) <= set(string.ascii_letters + string.digits + "-_")
    assert secrets_shown_once.digest(secret) == digest
    assert len(digest) == 32
    assert secrets_shown_once.make(prefix)[0] != secret
