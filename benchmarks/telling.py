"""What the benchmarks say while they run, and how they end when told to."""

import signal
import sys
import time


def say(text: str) -> None:
    """Tell how far things are, with the time of day."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


def unwind_when_told_to_stop() -> None:
    """Turn a polite order to end into an exception, so that servers and databases that were started are stopped."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
