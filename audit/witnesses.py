"""Asks the witnesses of the policy to sign our checkpoints, each in a thread of its own: one that is down holds up
nothing, and is asked again a minute later.
"""

import logging
import threading
import time
from collections.abc import Iterator
from typing import Final, NamedTuple
from uuid import UUID

from django.db import Error, connections
from django.db.models import F, Max
from django.utils import timezone

from audit import tree
from audit.handing_out import witness_policy
from audit.kept import subtrees
from audit.models import Checkpoint, Cosignature
from audit.sealer import ALIAS
from audit.verify import Key
from audit.witnessing import NotCosigned, Unreachable, cosign

PAUSE_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 10.0
_WITH_URL: Final = 4

logger = logging.getLogger("spona.audit")


class Witness(NamedTuple):
    """Somebody outside who signs what continues what they saw before."""

    name: str
    url: str
    key: Key


def named() -> list[Witness]:
    """Return the witnesses of the policy that say where they listen. Raises PolicyUnreadable."""
    found = witness_policy()
    if found is None:
        return []
    text, policy = found
    lines = (line.partition("#")[0].split() for line in text.split("\n"))
    told = [words for words in lines if words[:1] == ["witness"] and len(words) == _WITH_URL]
    return [Witness(name, url, policy.witnesses[name]) for _, name, _, url in told]


def ask_all() -> int:
    """Ask every witness in turn and wait for each; return how many cosignatures came."""
    return sum(_asked(witness) for witness in named())


class Beside:
    """Threads that ask: one for each witness at a time, and none for a while after one that failed."""

    def __init__(self) -> None:
        self._running: dict[str, threading.Thread] = {}
        self._not_before: dict[str, float] = {}

    def ask(self) -> None:
        """Start asking whoever is not being asked already; wait for nobody. Raises PolicyUnreadable."""
        for witness in named():
            running = self._running.get(witness.name)
            busy = running is not None and running.is_alive()
            if (
                not busy
                and time.monotonic() >= self._not_before.get(witness.name, 0)
                and any(lacking(witness))
            ):
                thread = threading.Thread(target=self._run, args=[witness], daemon=True)
                self._running[witness.name] = thread
                thread.start()

    def wait(self) -> None:
        """Wait until everybody has answered or failed."""
        for thread in list(self._running.values()):
            thread.join()

    def _run(self, witness: Witness) -> None:
        try:
            _asked(witness)
            if any(lacking(witness)):
                self._not_before[witness.name] = time.monotonic() + PAUSE_SECONDS
        except (Error, tree.InvalidProof) as error:
            self._not_before[witness.name] = time.monotonic() + PAUSE_SECONDS
            logger.error(f"witnessing_failed.{type(error).__name__}".lower())  # noqa: TRY400 - a code
        finally:
            connections.close_all()


BESIDE: Final = Beside()


def lacking(witness: Witness) -> Iterator[Checkpoint]:
    """Yield the last checkpoint of each log that this witness has not signed."""
    last = Checkpoint.objects.using(ALIAS).filter(size=F("log__checkpoint_size"))
    yield from last.exclude(cosignature__witness=witness.name).order_by("log_id")


def _asked(witness: Witness) -> int:
    """Ask one witness about every log, as long as it answers; return how many checkpoints it signed."""
    count = 0
    for checkpoint in lacking(witness):
        try:
            line = _line(witness, checkpoint)
        except Unreachable:
            logger.warning("witness_unreachable")
            return count
        except NotCosigned as problem:
            logger.error(f"witness_{type(problem).__name__}".lower())  # noqa: TRY400 - a code
        else:
            row = Cosignature(checkpoint=checkpoint, witness=witness.name, line=line, at=timezone.now())
            count += len(Cosignature.objects.using(ALIAS).bulk_create([row], ignore_conflicts=True))
    return count


def _line(witness: Witness, checkpoint: Checkpoint) -> str:
    complete = subtrees(checkpoint.log_id, using=ALIAS)

    def prove(old: int) -> list[bytes]:
        return tree.consistency_proof(complete, old, size=checkpoint.size)

    old = _seen(witness, checkpoint.log_id)
    return cosign(witness.url, checkpoint.note, old=old, prove=prove, key=witness.key, seconds=ANSWER_SECONDS)


def _seen(witness: Witness, log: UUID) -> int:
    """Return the largest size of the log that this witness has signed, as far as we know."""
    signed = Cosignature.objects.using(ALIAS).filter(witness=witness.name, checkpoint__log=log)
    return signed.aggregate(largest=Max("checkpoint__size"))["largest"] or 0
