"""Signs what each log has grown to: a minute after the last time, or after 256 entries, or when told to."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F
from django.utils import timezone

from audit import notes, verify
from audit.log_keys import signer_of
from audit.models import Checkpoint, Log
from audit.sealer import ALIAS, alone, tree_of

EVERY: Final = timedelta(seconds=60)
MOST_ENTRIES: Final = 256


def sign_due(*, now: bool = False) -> int:
    """Sign a checkpoint for each log that is due for one, with `now` for each that grew; return how many."""
    at = timezone.now()
    with alone():
        grown = Log.objects.using(ALIAS).filter(size__gt=F("checkpoint_size")).order_by("id")
        due = [log for log in grown if now or _is_due(log, at)]
        for log in due:
            _sign(log, at)
    return len(due)


def _is_due(log: Log, at: datetime) -> bool:
    many = log.size - log.checkpoint_size >= MOST_ENTRIES
    return many or log.checkpoint_at is None or at - log.checkpoint_at >= EVERY


def _sign(log: Log, at: datetime) -> None:
    point = verify.Checkpoint(log.origin, log.size, verify.root_of(tree_of(log).hashes))
    note = notes.signed_checkpoint(signer_of(log), point)
    Checkpoint(log=log, size=log.size, root=point.root, note=note, at=at).save(using=ALIAS, force_insert=True)
    log.checkpoint_size, log.checkpoint_at = log.size, at
    log.save(using=ALIAS, update_fields=["checkpoint_size", "checkpoint_at"])
