"""The acceptance document of the demo's databases, made once for this process."""

import json
from typing import Any

from django.test import override_settings

from tests.api.client import Api
from tests.backend.demo.conftest import run

_kept: list[dict[str, Any]] = []


def seed() -> dict[str, Any]:
    """Run the command and return what it printed."""
    with override_settings(SPONA_ACCEPTANCE=True):
        found: dict[str, Any] = json.loads(run("seed-acceptance").out)
    return found


def accepted_document() -> dict[str, Any]:
    """Return the first document; call it only while the connections are pointed at the demo."""
    if not _kept:
        _kept.append(seed())
    return _kept[0]


def as_machine(user: dict[str, Any]) -> Api:
    """Return a client with the token of a user of the document."""
    return Api(Authorization=f"Bearer {user['token']}")
