"""GET /me/draft-key: the same key for the same person, another for everybody else, and none for a machine."""

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from backend.encryption.keyring import create_root, root_keys
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.world import Town, make_user

PATH = "/api/v1/me/draft-key"


@pytest.fixture(autouse=True)
def roots(settings: Any, tmp_path: Path) -> None:
    """A folder of root keys of its own: a second generation of the platform is nobody else's business."""
    settings.SPONA_KEYS_DIR = str(tmp_path)
    create_root(None)


def test_a_person_gets_the_same_key_at_each_call_and_nobody_else_gets_it() -> None:
    one, other = make_user(), make_user()
    first, again, foreign = (browser_for(user).get(PATH) for user in (one, one, other))
    assert first.status == 200
    assert len(b64decode(first.json["key"])) == 32
    assert first.json == again.json
    assert first.json["key_id"] == foreign.json["key_id"] == 1
    assert first.json["key"] != foreign.json["key"]
    assert first.headers["Cache-Control"] == "no-store"


def test_a_newer_root_gives_another_key_and_the_older_one_is_asked_for_by_name() -> None:
    api = browser_for(make_user())
    old = api.get(PATH).json
    root_keys().create(None, generation=2)
    new = api.get(PATH).json
    assert (new["key_id"], new["key"] == old["key"]) == (2, False)
    assert api.get(PATH, query={"key_id": "1"}).json == old


def test_with_the_old_root_the_old_key_is_gone() -> None:
    api = browser_for(make_user())
    root_keys().create(None, generation=2)
    root_keys().put_aside(None, 1)
    answer = api.get(PATH, query={"key_id": "1"})
    assert (answer.status, answer.code) == (404, "not_found")
    assert api.get(PATH, query={"key_id": "99999999"}).status == 404
    assert api.get(PATH, query={"key_id": "one"}).code == "invalid_parameter"


def test_without_any_root_nothing_is_answered(settings: Any, tmp_path: Path) -> None:
    settings.SPONA_KEYS_DIR = str(tmp_path / "empty")
    (tmp_path / "empty").mkdir(mode=0o700)
    assert browser_for(make_user()).get(PATH).code == "keys_unavailable"


def test_a_machine_and_a_stranger_get_none(town: Town) -> None:
    answer = client_for(town.coordinator, team=town.team).get(PATH)
    assert (answer.status, answer.code) == (403, "not_for_machines")
    assert Api().get(PATH).status == 401


def test_each_hand_over_is_recorded_without_the_key(audit: Audit) -> None:
    user = make_user()
    said = browser_for(user).get(PATH).json
    (entry,) = audit.entries(verb="account.draft_key_read")
    assert (entry["actor_id"], entry["object_id"]) == (user.id, str(user.id))
    assert said["key"] not in str(entry["said"])
