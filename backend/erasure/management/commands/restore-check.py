"""`spona restore-check`: replay the ledger of erasures after a backup was restored, before anything opens."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import recorder
from backend.erasure.restoring import outstanding, replay, without_key
from backend.erasure.system import RESTORES


class Command(BaseCommand):
    """Exit status 0 when both databases agree; run again, it changes nothing."""

    help = (
        "Replay the ledger of erasures after a backup of either database was restored, and say what is lost."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = replay()
        left, lost = outstanding(), without_key()
        counts = {
            "cases_erased_again": len(done.cases_of_older_main),
            "keys_destroyed_again": len(done.cases_of_older_keys),
            "teams_closed_again": len(done.teams_of_older_main),
            "team_keys_destroyed_again": len(done.teams_of_older_keys),
            "cases_without_key": len(lost),
        }
        recorder.record(RESTORES, "erasure.replayed", team=None, kind="", object_id="", **counts)
        for name, count in counts.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {count}")
        for case_id in lost:
            self.stdout.write(f"case {case_id}: no key, and in no ledger")
        if left:
            raise CommandError("The two databases do not agree yet. Run this again.")
        if lost:
            raise CommandError(
                f"{len(lost)} cases have no key, and nothing says why: an older backup of the keys, or a key that"
                " somebody deleted. What was sealed in them cannot be read."
            )
        self.stdout.write("Ledger and main database agree.")
