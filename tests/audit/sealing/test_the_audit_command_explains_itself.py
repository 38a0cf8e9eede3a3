"""`spona audit`: what it cannot do it says in one line; what it did is in the audit; half a bundle is never left."""

import io
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from audit import export
from audit.models import Entry
from audit.sealing import work_once
from backend.__main__ import main
from backend.teams.models import Team
from backend.work.schedule import JOBS
from tests.sealed import add
from tests.world import make_team

pytestmark = [pytest.mark.xdist_group("sealer"), pytest.mark.usefixtures("apart")]


@pytest.fixture
def team() -> Team:
    """A team with two sealed entries."""
    made = make_team()
    add(made.id, 2)
    work_once()
    return made


def audit(*words: str) -> str:
    out = io.StringIO()
    call_command("audit", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as problem:
        audit(*words)
    return str(problem.value)


def test_a_round_says_what_it_did(team: Team) -> None:
    add(team.id, 3)
    assert audit("seal", "--once") == "3 entries, 1 checkpoints, 0 cosignatures\n"


def test_an_export_is_an_entry_of_its_log(team: Team, tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    said = audit("export", "--team", team.slug, "--output", str(file))
    assert str(team.id) in said
    with ZipFile(file) as bundle:
        size = len(bundle.read("entries.jsonl").splitlines())
    exported = Entry.objects.using("sealer").get(log=team.id, verb="auditlog.exported")
    assert (exported.object_id, exported.actor_kind) == (str(team.id), "system")
    assert f"{size} entries" in said


def test_the_national_log_is_exported_too(team: Team, tmp_path: Path) -> None:
    add(export.UUID(int=0))
    work_once()
    assert "00000000-0000" in audit("export", "--national", "--output", str(tmp_path / "n.zip"))


def test_a_file_that_is_there_is_left_alone(team: Team, tmp_path: Path) -> None:
    (tmp_path / "old").write_text("mine")
    assert "exists" in refused("export", "--team", team.slug, "--output", str(tmp_path / "old"))
    assert (tmp_path / "old").read_text() == "mine"


def test_half_a_bundle_is_not_left(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "_read", broken)
    assert "No space left" in refused("export", "--team", team.slug, "--output", str(tmp_path / "half"))
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    file = str(tmp_path / "x")
    assert refused("export", "--team", "nowhere", "--output", file) == "There is no team nowhere."
    assert "no checkpoint yet" in refused("export", "--team", make_team().slug, "--output", file)


def test_without_its_secrets_it_seals_and_exports_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(settings, "SPONA_LOG_KEY", None)
        assert "SPONA_LOG_KEY" in refused("seal", "--once")
        (job,) = (one for one in JOBS if one.name == "sealing")
        add(team.id)
        assert job.run(job.actor) == 0
    with monkeypatch.context() as patch:
        patch.delitem(connections.settings, "sealer")
        assert "SPONA_SEALER_DATABASE_URL" in refused("seal", "--once")
        assert "SPONA_SEALER_DATABASE_URL" in refused("export", "--national", "--output", "x")
    assert job.run(job.actor) == 1


def test_another_key_signs_nothing(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    add(team.id)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "SPONA_LOG_KEY", b"x" * 32)
        assert "Nothing was signed" in refused("seal", "--once")
    work_once()


def test_a_policy_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SPONA_WITNESS_POLICY", "/nowhere/policy")
    assert refused("policy").startswith("/nowhere/policy: ")


@pytest.mark.parametrize(
    ("words", "status"), [((), 3), (("no.zip", "--policy", "none"), 3), (("--help",), 0), (("--no-such",), 3)]
)
def test_verifying_needs_no_installation(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], status: int
) -> None:
    monkeypatch.delenv("SPONA_DATABASE_URL")
    monkeypatch.setenv("SPONA_KEYS_DATABASE_URL", f"half {uuid4()}")
    with pytest.raises(SystemExit) as ended:
        main(["audit", "verify", *words])
    assert ended.value.code == status
