"""Whether the service lives, and whether it can work: what a supervisor or load balancer asks."""

import logging

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.decorators import method_decorator
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.endpoint import Endpoint
from api.serializers import Shape
from backend.encryption.keyring import RootKeyUnusable, root_keys
from backend.errors import Refusal
from backend.routers import KEYS_APP

logger = logging.getLogger("spona.health")
DATABASES = (DEFAULT_DB_ALIAS, "keys")


class HealthOut(Shape):
    """One word."""

    status = serializers.CharField(help_text="`ok`.")


class NotReady(Refusal):
    """Something that the service needs is missing; the log says what."""

    def __init__(self) -> None:
        super().__init__("not_ready")


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class Health(Endpoint):
    """Public, unlimited, and silent about details."""

    resource = "health"
    public = True
    limited = False
    serializer_class = HealthOut

    def live(self, _request: Request) -> Response:
        """Say that the process answers."""
        return Response({"status": "ok"})

    def ready(self, _request: Request) -> Response:
        """Say whether both databases answer, are migrated, and the platform's root key can be read."""
        missing = missing_parts()
        if missing:
            logger.warning("not_ready", extra={"count": len(missing)})
            raise NotReady
        return Response({"status": "ok"})


def missing_parts() -> list[str]:
    """Return the names of the parts that do not work now."""
    return [alias for alias in DATABASES if not _answers(alias)] + ([] if _root_key_reads() else ["root_key"])


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
        return _migrated(alias)
    except DatabaseError:
        return False


def _migrated(alias: str) -> bool:
    """Look once; a database does not go back while the service runs."""
    if alias in _seen_migrated:
        return True
    executor = MigrationExecutor(connections[alias])
    app = KEYS_APP if alias == "keys" else None  # that database is migrated for this app alone
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(app))
    if not [step for step, _backwards in plan]:
        _seen_migrated.add(alias)
    return alias in _seen_migrated


def _root_key_reads() -> bool:
    try:
        roots = root_keys()
        roots.kek(None, roots.newest(None))
    except RootKeyUnusable:
        return False
    return True


_seen_migrated: set[str] = set()
