"""/audit/logs: the sealed log of each team: its key, its last checkpoint with who signed it, and proofs.

What is answered here needs no trust: `audit/verify.py` and `audit/tree.py` say how to check it. Nothing of an entry is
shown but its hash, and each answer reads a bounded number of hashes, whatever the size of the log.
"""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Max
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource
from api.filters import Id, Whole
from api.refusals import BadParameter
from api.serializers import Shape
from audit import recorder, tree
from audit.export import with_cosignatures
from audit.kept import subtrees
from audit.models import Checkpoint, Cosignature, Leaf
from backend.teams.models import AuditLog
from permissions.scope import NotFound

_ALIAS: Final = "default"
_SIZE: Final = Whole(
    describe="Leaves of the tree that it is proven in; unless given, those of the last checkpoint."
)


class LogOut(Shape):
    """One log. The key's text holds its name, which is the origin of its checkpoints."""

    id = serializers.UUIDField(help_text="The team's; all zeros for the national log.")
    origin = serializers.CharField()
    vkey = serializers.CharField(help_text="The public key, as a policy file names it.")
    size = serializers.IntegerField(help_text="How many entries are sealed.")
    checkpoint_size = serializers.IntegerField(help_text="How many of them the last checkpoint covers.")
    checkpoint_at = serializers.DateTimeField(allow_null=True)
    checkpoint_age = serializers.SerializerMethodField(help_text="Whole seconds since then.")

    def get_checkpoint_age(self, log: AuditLog) -> int | None:
        """Return how old the last checkpoint is."""
        at = log.checkpoint_at
        return int((timezone.now() - at).total_seconds()) if at else None


class CosignatureOut(Shape):
    """A witness that has signed the checkpoint."""

    witness = serializers.CharField()
    at = serializers.DateTimeField(help_text="When it was received.")


class CheckpointOut(Shape):
    """The last checkpoint."""

    size = serializers.IntegerField()
    at = serializers.DateTimeField()
    note = serializers.CharField(help_text="The signed note, with the line of each witness.")
    cosignatures = CosignatureOut(many=True)


class InclusionOut(Shape):
    """That one leaf is in the tree of this size. Hashes are base64."""

    index = serializers.IntegerField()
    size = serializers.IntegerField()
    leaf_hash = serializers.CharField()
    proof = serializers.ListField(child=serializers.CharField())


class ConsistencyOut(Shape):
    """That the tree of `size` begins with that of `old`. Hashes are base64."""

    old = serializers.IntegerField()
    size = serializers.IntegerField()
    proof = serializers.ListField(child=serializers.CharField())


class AuditLogs(Resource):
    """Logs that the caller may verify."""

    resource = "audit_logs"
    queryset = AuditLog.objects.all()
    serializer_class = LogOut
    orderings = {"origin": ("origin", "id")}
    actions = dict.fromkeys(("list", "retrieve", "checkpoint", "inclusion", "consistency"), "audit.verify")
    outputs = {"checkpoint": CheckpointOut, "inclusion": InclusionOut, "consistency": ConsistencyOut}
    parameters = {
        "inclusion": {
            "entry": Id(describe="The id of an entry; not together with `index`."),
            "index": Whole(describe="The place of an entry, from 0."),
            "size": _SIZE,
        },
        "consistency": {
            "old": Whole(
                describe="Leaves of the earlier tree; unless given, those of the checkpoint before the last."
            ),
            "size": _SIZE,
        },
    }

    def checkpoint(self, _request: Request, **_path: str) -> Response:
        """Answer the last checkpoint of a log with the lines of its witnesses. 404 while there is none."""
        log = self.get_object()
        last = Checkpoint.objects.filter(log_id=log.id, size=log.checkpoint_size).first()
        if last is None:
            raise NotFound
        cosigned = list(Cosignature.objects.filter(checkpoint=last).order_by("at", "id"))
        note = with_cosignatures(last.note, [one.line for one in cosigned])
        self._record(log, "checkpoint", size=last.size)
        return self._said({"size": last.size, "at": last.at, "note": note, "cosignatures": cosigned})

    def inclusion(self, _request: Request, **_path: str) -> Response:
        """Prove that an entry has its place in a log; unless told which, the last one of the last checkpoint.

        404 for one that is not sealed in it.
        """
        log = self.get_object()
        leaf = self._leaf(log)
        size = self._size(log, least=leaf.index + 1)
        proof = tree.inclusion_proof(subtrees(log.id, using=_ALIAS), leaf.index, size=size)
        self._record(log, "inclusion", size=size, index=leaf.index)
        said = {"index": leaf.index, "size": size, "leaf_hash": _text(leaf.leaf_hash), "proof": _texts(proof)}
        return self._said(said)

    def consistency(self, _request: Request, **_path: str) -> Response:
        """Prove that a log of one size began as the log of an earlier size."""
        log = self.get_object()
        old = self.parameter("old")
        old = _before(log) if old is None else old
        size = self._size(log, least=old)
        proof = tree.consistency_proof(subtrees(log.id, using=_ALIAS), old, size=size)
        self._record(log, "consistency", size=size, old=old)
        return self._said({"old": old, "size": size, "proof": _texts(proof)})

    def _leaf(self, log: AuditLog) -> Leaf:
        entry, index = self.parameter("entry"), self.parameter("index")
        if entry is not None and index is not None:
            raise BadParameter("index")
        place = log.checkpoint_size - 1 if index is None else index
        wanted = {"index": place} if entry is None else {"entry_id": entry}
        found = Leaf.objects.filter(log_id=log.id, **wanted).first()
        if found is None:
            raise NotFound
        return found

    def _size(self, log: AuditLog, *, least: int) -> int:
        """Return the size that was asked for, which the log has reached and which is at least `least`."""
        asked = self.parameter("size")
        size = log.checkpoint_size if asked is None else asked
        if not least <= size <= log.size:
            raise BadParameter("size")
        return int(size)

    def _record(self, log: AuditLog, what: str, **facts: int) -> None:
        recorder.record(
            self.by, f"auditlog.{what}_read", team=log.id, kind="auditlog", object_id=str(log.id), **facts
        )

    def _said(self, said: Any) -> Response:
        return Response(self.output(said))


def _before(log: AuditLog) -> int:
    """Return the size of the checkpoint before the last one, 0 where there is none."""
    earlier = Checkpoint.objects.filter(log_id=log.id, size__lt=log.checkpoint_size)
    return earlier.aggregate(last=Max("size"))["last"] or 0


def _text(value: bytes | memoryview) -> str:
    return b64encode(bytes(value)).decode()


def _texts(values: Sequence[bytes]) -> list[str]:
    return [_text(value) for value in values]
