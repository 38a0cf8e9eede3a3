"""How rate limits are written (`600/min`) and counted. Pure."""

import re
from dataclasses import dataclass
from typing import Final

_RATE: Final = re.compile(r"(?P<calls>[1-9][0-9]{0,6})/(?P<unit>s|sec|m|min|h|hour|d|day)")
_SECONDS: Final = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hour": 3600, "d": 86400, "day": 86400}

# Of what is taken at a time, so many make the whole: a process wastes at the most a sixtieth.
_SHARE: Final = 10
_GENEROUS: Final = 60


@dataclass(frozen=True)
class Rate:
    """`calls` within each window of `seconds`."""

    calls: int
    seconds: int

    def window(self, now: float) -> int:
        """Return the number of the window that `now` (seconds since 1970) lies in."""
        return int(now // self.seconds)

    def share(self) -> int:
        """Return how many calls a process takes at a time: ten of a generous limit, one of any other."""
        return min(_SHARE, max(1, self.calls // _GENEROUS))

    def reset(self, now: float) -> int:
        """Return the whole seconds until the window ends, at least one."""
        return max(1, int(self.seconds - now % self.seconds))


def parse_rate(text: str) -> Rate:
    """Read `600/min`. Raises ValueError for anything else."""
    found = _RATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a rate; write for example 600/min.")
    return Rate(int(found["calls"]), _SECONDS[found["unit"]])
