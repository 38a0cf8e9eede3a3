"""`spona keys status` and the other words of the command: what they print, refuse, and end with."""

import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command

from backend.encryption import generations, vault
from backend.encryption.keyring import RootKeys
from backend.encryption.models import WrappedKey
from tests.backend.referrals.loops import opened
from tests.world import Town

pytestmark = pytest.mark.database


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("keys", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def status(town: Town) -> dict[str, Any]:
    """Return the report of the team, whatever the command ends with."""
    out = io.StringIO()
    with suppress(CommandError):
        call_command("keys", "status", "--team", town.team.slug, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_a_team_in_order_has_nothing_amiss(town: Town, roots: RootKeys) -> None:
    opened(town)
    found = status(town)
    assert found["wrong"] == []
    assert (found["root_generations"], found["data_key_generations"]) == ({"1": 1}, {"1": 1})
    assert told("status", "--team", town.team.slug).startswith(
        f"{town.team.slug}: root 1; data keys 1 under 1"
    )


def test_what_is_left_to_do_and_what_is_lost_is_counted(
    town: Town, roots: RootKeys, keys_admin: psycopg.Connection
) -> None:
    begun, keyless, lost = (opened(town).case for _ in range(3))
    roots.create(town.team.id, generation=2)
    generations.add([begun.id])
    vault.destroy(owner_id=keyless.id)
    keys_admin.execute("UPDATE encryption_wrappedkey SET id = %s WHERE owner_id = %s", (uuid4(), lost.id))
    vault.create_key(owner_id=uuid4(), team_id=town.team.id)
    keys_admin.execute("UPDATE encryption_wrappedkey SET created_at = now() - interval '2 hours'")
    found = status(town)
    assert found["under_an_old_root"] == 2
    assert found["envelopes_under_an_old_key"] > 0
    assert found["envelopes_without_a_key"] > 0
    assert (found["cases_without_a_key"], found["keys_without_a_case"]) == (1, 1)
    assert len(found["wrong"]) == 5
    with pytest.raises(CommandError, match="To be seen to: 5"):
        told("status", "--team", town.team.slug)


@pytest.mark.parametrize(("mode", "text"), [(0o644, "x"), (0o600, "short"), (None, "")], ids=str)
def test_a_root_that_cannot_be_used_is_named(
    town: Town, roots: RootKeys, mode: int | None, text: str
) -> None:
    opened(town)
    path = roots.path(town.team.id, 1)
    path.unlink()
    if mode is not None:
        path.write_text(text)
        path.chmod(mode)
    assert any(path.name in one for one in status(town)["wrong"])


def test_a_whole_file_that_is_another_key_is_named(town: Town, roots: RootKeys) -> None:
    opened(town)
    roots.path(town.team.id, 1).unlink()
    roots.create(town.team.id)
    assert status(town)["wrong"] == [f"{town.team.id}.1.key does not open a data key that it should wrap."]


def test_a_new_root_is_made_in_place_or_in_another_folder(
    town: Town, roots: RootKeys, tmp_path: Path
) -> None:
    medium = tmp_path / "medium"
    medium.mkdir(mode=0o700)
    slug = town.team.slug
    assert f"{town.team.id}.2.key" in told("new", "--team", slug, "--into", str(medium))
    assert roots.generations(town.team.id) == [1]
    with pytest.raises(CommandError, match="there already"):
        told("new", "--team", slug, "--into", str(medium))
    told("new", "--team", slug)
    assert roots.generations(town.team.id) == [1, 2]
    assert (medium / f"{town.team.id}.2.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "words",
    [
        ("new",), ("rotate",), ("rekey",), ("retire", "--platform"), ("new", "--team", "nowhere"),
        ("rekey", "--case", "XX-0000-0000"), ("status", "--team", "nowhere"), ("rekey", "--team", "nowhere"),
        ("retire", "--platform", "--generation", "1"), ("rotate", "--team", "a", "--all"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(roots: RootKeys, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as caught:
        told(*words)
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_written_is_said(town: Town, roots: RootKeys) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        told("new", "--team", town.team.slug, "--into", "/nonexistent")


def test_rotating_and_re_keying_from_the_command_line(town: Town, roots: RootKeys) -> None:
    case = opened(town).case
    assert "1 data keys under generation 2" in told("rotate", "--team", town.team.slug)
    assert told("rekey", "--case", case.code).startswith("1 cases, ")
    assert "Destroy it" in told("retire", "--team", town.team.slug, "--generation", "1")
    assert status(town)["wrong"] == []
    assert WrappedKey.objects.get(owner_id=case.id).generation == 2
