"""What those who prepare and approve may read about a release: the gate's report and the manifest, recorded."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import recorder
from backend import asker
from backend.statistics.releases.models import APPROVE, NATIONAL, Release
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, visible_to


def find(by: Actor, release_id: UUID) -> Release:
    """Return a release that `by` may see as the Office. Raises NotFound."""
    with transaction.atomic(), asker.speaking_for(by):
        found = visible_to(by, Release.objects.all(), NATIONAL).filter(pk=release_id).first()
    if found is None:
        raise NotFound
    return found


def gate_of(by: Actor, row: Release) -> Mapping[str, Any]:
    """Return the gate's report, empty before it is built. Raises Forbidden but for who prepared or may approve it."""
    if by.id != row.prepared_by and not by.seats_for(APPROVE):
        raise Forbidden
    return _recorded(by, row, "release.gate_read", row.gate)


def manifest_of(by: Actor, row: Release) -> Mapping[str, Any]:
    """Return the manifest, empty before it is built. Raises Forbidden for who is not of the Office."""
    if not by.seats_for(NATIONAL):
        raise Forbidden
    return _recorded(by, row, "release.manifest_read", row.manifest)


def _recorded(by: Actor, row: Release, verb: str, said: Any) -> Mapping[str, Any]:
    recorder.record(by, verb, team=None, kind="release", object_id=str(row.pk))
    found: Mapping[str, Any] = said or {}
    return found
