"""Requests generated from `openapi.yaml`, one by one and in sequences, sent to the real server by three roles.

Every check of the generator is on: no 5xx, no status or header that the document does not name, no body beside its
schema, nothing opened without credentials, nothing accepted that the document forbids. Where a path names an object,
it names one that is there.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.teams.models import User
from tests.api.client import browser_for
from tests.api.served import served
from tests.backend.referrals.loops import opened
from tests.world import Town

ROOT: Final = Path(__file__).parents[2]
CONFIG: Final = Path(__file__).with_name("schemathesis.toml")
# These end the session that the requests are sent with.
ENDS: Final = r"^/api/v1/(auth/|me/sign-out)"
RATES: Final = {f"SPONA_RATE_{name}": "9999999/s" for name in ("USER", "TOKEN", "ANONYMOUS", "PROBE")}
ROLES: Final = ("coordinator", "social_worker", "lead")


def objects(town: Town) -> dict[str, Any]:
    """Return an object of each resource, by the name that its paths begin with."""
    loop = opened(town)
    terms = Terms(recipient_id=town.clinic.id, service_code="TX-OPC", need_id=loop.need_id)
    return {
        "cases": loop.case,
        "consents": loop.consent,
        "referrals": create(loop.centre, loop.case, terms=terms, send=True),
        "members": town.nurse.memberships.get(),
        "organisations": town.clinic,
        "teams": town.team,
    }


def signed_in(user: User) -> dict[str, str]:
    browser = browser_for(user)
    cookies = (f"{name}={one.value}" for name, one in browser.django.cookies.items())
    return {"Cookie": "; ".join(cookies), "X-CSRFToken": browser.headers["X_CSRFToken"]}


def config(folder: Path, town: Town) -> Path:
    named = (
        f'\n[[operations]]\ninclude-path-regex = "^/api/v1/{name}/"\nparameters.id = "{one.pk}"\n'
        for name, one in objects(town).items()
    )
    made = folder / "schemathesis.toml"
    made.write_text(CONFIG.read_text(encoding="utf-8") + "".join(named), encoding="utf-8")
    return made


def ask(port: int, user: User, given: Path, *words: str) -> str:
    """Return what the generator says of its failures; nothing when there are none."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        f"--config-file={given}",
        "run",
        str(ROOT / "openapi.yaml"),
        f"--url=http://localhost:{port}",
        "--checks=all",
        f"--exclude-path-regex={ENDS}",
        "--warnings=off",
        "--seed=1",
        *(f"--header={name}:{value}" for name, value in signed_in(user).items()),
        *words,
    ]
    done = subprocess.run(
        command, cwd=given.parent, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def asked_as(role: str, folder: Path, *words: str) -> str:
    town = Town()
    given = config(folder, town)
    with served(**RATES) as port:
        return ask(port, getattr(town, role), given, *words)


@pytest.mark.full
@pytest.mark.parametrize("role", ROLES)
def test_two_thousand_requests_of_each_role(database: Any, tmp_path: Path, role: str) -> None:
    said = asked_as(role, tmp_path, "--max-examples=4")
    assert not said, said


def test_a_few_requests_of_a_coordinator(database: Any, tmp_path: Path) -> None:
    said = asked_as("coordinator", tmp_path, "--max-examples=1", "--phases=fuzzing")
    assert not said, said
