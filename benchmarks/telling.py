"""What the benchmarks say while they run."""

import sys
import time


def say(text: str) -> None:
    """Tell how far things are, with the time of day."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
