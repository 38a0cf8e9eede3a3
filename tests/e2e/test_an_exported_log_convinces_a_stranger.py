"""Entries are sealed, a witness elsewhere signs, the log is exported and checked offline; then a byte is changed."""

import io
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import call_command

from audit.models import Cosignature
from backend.teams.models import Team
from tests.audit.sealing.conftest import Admin, admin, apart, cluster
from tests.databases import Clone
from tests.sealed import NAME, add
from tests.world import make_team

__all__ = ["admin", "apart", "cluster"]
pytestmark = [pytest.mark.xdist_group("sealer"), pytest.mark.database]
ROOT = Path(__file__).parents[2]
ENTRIES = 300
CHANGED = 123


def spona(*words: str) -> str:
    """Run `spona audit` in this process, whose connections are those of the cluster."""
    out = io.StringIO()
    call_command("audit", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def verified(*words: str, folder: Path) -> tuple[int, str]:
    """Run the verifier as a stranger would: the one file, in a folder that holds nothing else of ours."""
    (folder / "verify.py").write_bytes((ROOT / "audit" / "verify.py").read_bytes())
    command = [sys.executable, "-I", "verify.py", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def team(apart: Clone) -> Team:
    """A team with one sealed entry, so that its log has a key."""
    made = make_team()
    add(made.id)
    spona("seal", "--once")
    return made


@pytest.fixture
def witness(team: Team, tmp_path: Path) -> Iterator[str]:
    """Run a witness as a process of its own; give what a policy says of it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "logs").write_text(spona("policy"))
    files = [f"--{name}={tmp_path / name}" for name in ("key", "state")]
    words = ["--name=w.example", *files, f"--policy={tmp_path / 'logs'}", f"--port={port}"]
    command = [sys.executable, "-m", "backend", "witness", *words]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        vkey = next(line.strip() for line in process.stderr if line.startswith("w.example+"))
        yield f"witness w {vkey} http://127.0.0.1:{port}\nquorum w\n"
        process.terminate()


def change_one_byte(admin: Admin, index: int, log: UUID) -> None:
    """Change what an entry says, as somebody can who owns the database."""
    admin.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
    admin.execute(
        "UPDATE audit_entry SET body = set_byte(body, 20, get_byte(body, 20) # 1)"
        " WHERE id = (SELECT entry_id FROM audit_leaf WHERE log_id = %s AND index = %s)",
        [log, index],
    )
    for name in ("no_change", "no_truncate"):
        admin.execute(f"ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_{name}")


def test_good_is_said_with_the_witness_and_the_changed_entry_is_named(
    team: Team, witness: str, admin: Admin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "witnesses").write_text(witness)
    monkeypatch.setattr(settings, "SPONA_WITNESS_POLICY", str(tmp_path / "witnesses"))
    add(team.id, ENTRIES)
    until_cosigned(team)
    (tmp_path / "policy").write_text(spona("policy"))
    paper = spona("paper")
    (tmp_path / "paper").write_text(paper[paper.index(f"{NAME}/{team.id}") :])
    spona("export", "--team", team.slug, "--output", str(tmp_path / "good.zip"))
    asked = ["--policy", "policy", "--old", "paper"]
    status, said = verified("good.zip", *asked, folder=tmp_path)
    assert (status, said.split(":")[0]) == (0, "GOOD")
    change_one_byte(admin, CHANGED, team.id)
    spona("export", "--team", team.slug, "--output", str(tmp_path / "bad.zip"))
    status, said = verified("bad.zip", *asked, folder=tmp_path)
    assert status == 2
    assert f"index {CHANGED}:" in said


def until_cosigned(team: Team) -> None:
    """Seal, sign and ask until the witness, which has said its name and may still be opening its door, has signed."""
    for _ in range(100):
        spona("seal", "--once")
        if Cosignature.objects.using("sealer").filter(checkpoint__log_id=team.id).exists():
            return
        time.sleep(0.1)
    pytest.fail("the witness signed nothing")
