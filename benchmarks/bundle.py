"""How long the offline verifier takes: a bundle of real size, made and checked. `python -m benchmarks.bundle 1000000`.

The entries are like those of a read and of a list: bodies of 500 to 1,700 bytes. Checkpoints every 256 entries, each
with one cosignature. The verifier runs as a stranger runs it, in a process of its own.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from audit import verify
from audit.bundle import Sealed, write_bundle
from audit.canonical import Json, canonical_of_codes
from audit.notes import Signer, checkpoint_text, log_signer, signed_checkpoint, vkey
from audit.verify import COLUMNS, WITNESS_KEY, Checkpoint, Frontier, leaf_hash, root_of

LOG = UUID(int=7)
SIGNER = log_signer(bytes(32), f"spona.example/{LOG}")
WITNESS = Signer("witness.example", WITNESS_KEY, bytes(range(32)))
EVERY = 256
LIST_EVERY, LISTED = 20, 30


def body(number: int) -> dict[str, Json]:
    """Return what entry `number` says; each twentieth is of a list of thirty."""
    listed = [str(UUID(int=number * 100 + place)) for place in range(LISTED)]
    return {
        "acting_for": None,
        "actor_id": str(UUID(int=number % 211)),
        "actor_kind": "user",
        "at": f"2026-01-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:00.{number % 10**6:06}Z",
        "code": "",
        "facts": {"page_size": LISTED, "status": "sent"},
        "format": 1,
        "id": str(UUID(int=1 << 100 | number)),
        "log": str(LOG),
        "method": "GET",
        "object_id": "" if number % LIST_EVERY == 0 else str(UUID(int=number % 9973)),
        "object_ids": listed if number % LIST_EVERY == 0 else [],
        "object_kind": "referral",
        "outcome": "success",
        "request_id": f"{number:032x}",
        "route": "/api/v1/referrals/{id}",
        "verb": "referral.listed" if number % LIST_EVERY == 0 else "referral.viewed",
    }


def entries(size: int) -> Iterator[Sealed]:
    """Yield leaf hash, body and columns of each entry."""
    for number in range(size):
        said = body(number)
        written = canonical_of_codes(said)
        yield leaf_hash(written), written, {name: said[name] for name in COLUMNS}


def notes(size: int) -> Iterator[str]:
    """Yield a signed and cosigned checkpoint for every 256 entries and for the last."""
    frontier = Frontier()
    for number, (leaf, _, _) in enumerate(entries(size), 1):
        frontier.append(leaf)
        if number % EVERY == 0 or number == size:
            point = Checkpoint(SIGNER.name, number, root_of(frontier.hashes))
            cosigned = WITNESS.cosign(checkpoint_text(point), at=1_767_225_600 + number)
            yield signed_checkpoint(SIGNER, point) + cosigned


def measure(size: int) -> None:
    """Make a bundle, check it, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        bundle, policy = Path(folder) / "bundle.zip", Path(folder) / "policy.txt"
        policy.write_text(f"log {vkey(SIGNER.key)}\nwitness w {vkey(WITNESS.key)}\nquorum w\n", "utf-8")
        with bundle.open("wb") as file:
            write_bundle(file, SIGNER.key, size=size, notes=notes(size), entries=entries(size))
        began = time.perf_counter()
        command = [sys.executable, str(verify.__file__), str(bundle), "--policy", str(policy)]
        subprocess.run(command, check=True)  # noqa: S603 -- our own verifier
        took, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"{size} entries, bundle of {bundle.stat().st_size / 2**20:.0f} MiB: {took:.1f} s, "
            f"{used.ru_utime + used.ru_stime:.1f} s of CPU, {used.ru_maxrss / 1024:.0f} MiB of memory"
        )


if __name__ == "__main__":
    measure(int(sys.argv[1]))
