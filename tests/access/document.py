"""Writes docs/access-matrix.md from the generator: `python -m tests.access.document`. A test compares the two."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.access.checks import CHANNELS, Check, everything
from tests.access.reach import CALLERS, ELSEWHERE, GONE, KINDS, NEIGHBOUR, OWN, within_reach
from tests.access.sample import SIZE

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "access-matrix.md"
WORDS: Final = """# The access matrix

*Written by `python -m tests.access.document`; a test compares this page with what the generator says.*

Two invented towns are put into a real database. In them stand four stories: one of the organisation that the
callers work for, one between two other organisations of the same town, one in the other town, and one that is
over (the case erased, the referral entered in error, token and invitation revoked, the membership ended).
Each story is a case with all that hangs on it: consent, note, exception, look by break-glass, referrals,
question, import, people, token. Every row has a random id, and every text a word that stands nowhere else.

Then everybody asks for everything. Each operation of `openapi.yaml` is asked by each role of the table, by a
machine token, by somebody whose membership has ended, by somebody who was switched off, and by a stranger;
for a row of each story, and for one that never was; by the path, in the body, in lists of ids, as a filter,
by ordering, by search, through another object, for a history, as an export, with HEAD and with OPTIONS. One
request is one check.

## When a check fails

It finds a **leak** when the answer, in its body or in a header,

- holds an id, a code, a name or a text of a row that is out of the caller's reach and was not in the request;
- differs, for a row out of reach, in one byte from the answer for a row that never was (apart from the number
  and the time of the request, and what is left of the caller's own limit);
- counts more rows than it shows;

or when a row out of reach was written, or a written row names one, or rows disappeared.

It finds a **fault** when the answer is an error of the server, when somebody who is not signed in gets
anything but 401, when an operation that no line of the table of roles allows is not refused, or when the
caller's own row is refused.

What is within reach is said a second time, in `tests/access/reach.py`, from the table of roles and the place
of the row alone. It knows nothing of grants, consents and clocks; where it and the application disagree, one
of them is wrong.

What is asked of rows out of reach would be accepted if they were within reach, so that an open door shows as
a changed row. What is asked of rows within reach is made so that it changes nothing.

## How it is run

- Every `make test` makes {sample} of the checks: the same in each run, and among them every operation by
  every channel, every caller with every place, and every channel with every place.
- `make test-access` makes all {all}: once with both walls, once with the first off, once with the second off.
  `make test-full` makes all of them with both walls.
- An operation, a filter or a field with an id of which no rule says what it names stops the generator.
- {holes}

Giving a role to somebody who has an account takes the user name; that it exists is told to who may give
roles, and to nobody else. It is the one place where that is meant.
"""
HOLES: Final = (
    "Planted holes, each a careless change in one place, must turn the matrix red: `tests/access/holes.py`."
)
SHORT: Final = {OWN: "own", NEIGHBOUR: "town", ELSEWHERE: "all"}


def page(checks: Sequence[Check]) -> str:
    """Return the whole page."""
    words = WORDS.format(sample=f"{SIZE:,}", all=f"{len(checks):,}", holes=HOLES)
    return "\n".join([words, *_reach(), "", *_channels(checks), "", *_operations(checks), ""])


def _reach() -> Iterator[str]:
    """Yield who reaches which kind of row: of the own organisation, of the whole town, or everywhere."""
    names = [name for name, caller in CALLERS.items() if caller.role]
    yield "## Who reaches what\n"
    yield "`own`: rows that name the caller's organisation. `town`: of the whole team. `all`: wherever they are.\n"
    yield f"| row | {' | '.join(name.replace('_', ' ') for name in names)} |"
    yield f"| --- |{' --- |' * len(names)}"
    for kind in KINDS:
        yield f"| {kind.replace('_', ' ')} | {' | '.join(_far(name, kind) for name in names)} |"


def _far(name: str, kind: str) -> str:
    caller = CALLERS[name]
    reached = [place for place in (ELSEWHERE, NEIGHBOUR, OWN) if within_reach(caller, kind, place)]
    if not reached:
        return "past" if within_reach(caller, kind, GONE) else ""
    return SHORT[reached[0]]


def _channels(checks: Sequence[Check]) -> Iterator[str]:
    number = Counter(check.channel for check in checks)
    yield "## By which channel\n"
    yield "| channel | checks |\n| --- | --- |"
    yield from (f"| {channel} | {number[channel]:,} |" for channel in CHANNELS)
    yield f"| all | {len(checks):,} |"


def _operations(checks: Sequence[Check]) -> Iterator[str]:
    number = Counter(check.operation.name for check in checks)
    seen = {check.operation.name: check for check in checks}
    yield "## Every operation\n"
    yield "| operation | opened by | ids in its path | checks |\n| --- | --- | --- | --- |"
    for name in sorted(seen):
        check = seen[name]
        lines = "everybody" if check.operation.is_public else ", ".join(check.rule.lines)
        ids = ", ".join(kind.replace("_", " ") for kind in check.rule.path.values())
        yield f"| `{name}` | {lines} | {ids} | {number[name]:,} |"


if __name__ == "__main__":
    PAGE.write_text(page(everything()), encoding="utf-8")
