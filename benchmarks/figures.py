"""What the measured numbers say: medians over rounds, the table, and which marks hold. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Final

BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of the figures -->"
LARGE: Final = 1_000_000
SMALL: Final = 100_000
# CPU milliseconds for a request at a million referrals, the audit on: from the drawing of the house.
MARKS: Final = {"list": 5.5, "detail": 4.5, "create": 10.0, "accept": 10.0, "inbox": 8.0}
FLATNESS: Final = 1.1
FACTOR: Final = 50.0
OURS, USUAL_WAY = "ours", "usual way"


@dataclass(frozen=True)
class Measured:
    """One load: CPU milliseconds for a request (service, PostgreSQL), and latency in milliseconds."""

    system: str
    referrals: int
    operation: str
    threads: int
    requests: int
    server_ms: float
    postgres_ms: float
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True)
class Line:
    """One line of the table: medians over the rounds, CPU at concurrency 1 and in all at 8."""

    system: str
    referrals: int
    operation: str
    server_ms: float
    postgres_ms: float
    cpu_ms: float
    cpu_8_ms: float
    p50_1_ms: float
    p95_1_ms: float
    p50_8_ms: float
    p95_8_ms: float
    requests: int


@dataclass(frozen=True)
class Mark:
    """A mark to beat; `value` is None where the run did not measure it."""

    name: str
    limit: float
    value: float | None
    holds: bool | None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` (0 to 1) of all values do not exceed."""
    if not values:
        raise ValueError("There is no percentile of nothing.")
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)]


def lines(measured: Iterable[Measured]) -> list[Line]:
    """Return a line for each system, size and operation, in the order in which they were first measured."""
    groups: dict[tuple[str, int, str], list[Measured]] = {}
    for one in measured:
        groups.setdefault((one.operation, one.referrals, one.system), []).append(one)
    return [_line(group) for group in groups.values()]


def _line(group: Sequence[Measured]) -> Line:
    alone = [one for one in group if one.threads == 1]
    crowd = [one for one in group if one.threads > 1] or alone
    return Line(
        system=group[0].system,
        referrals=group[0].referrals,
        operation=group[0].operation,
        server_ms=median(one.server_ms for one in alone),
        postgres_ms=median(one.postgres_ms for one in alone),
        cpu_ms=median(one.server_ms + one.postgres_ms for one in alone),
        cpu_8_ms=median(one.server_ms + one.postgres_ms for one in crowd),
        p50_1_ms=median(one.p50_ms for one in alone),
        p95_1_ms=median(one.p95_ms for one in alone),
        p50_8_ms=median(one.p50_ms for one in crowd),
        p95_8_ms=median(one.p95_ms for one in crowd),
        requests=sum(one.requests for one in group),
    )


def marks(found: Iterable[Line]) -> list[Mark]:
    """Return every mark with what was measured, and whether it holds."""
    cpu = {(one.system, one.referrals, one.operation): one.cpu_ms for one in found}
    ours = {name: cpu.get((OURS, LARGE, name)) for name in MARKS}
    listed = [_mark(f"{name}, CPU ms at 1 million", limit, ours[name]) for name, limit in MARKS.items()]
    flat = _ratio(ours["list"], cpu.get((OURS, SMALL, "list")))
    times = _ratio(cpu.get((USUAL_WAY, LARGE, "list")), ours["list"])
    return [
        *listed,
        _mark("list, 1 million to 100 thousand", FLATNESS, flat),
        _mark("list, usual way to ours at 1 million", FACTOR, times, at_least=True),
    ]


def _mark(name: str, limit: float, value: float | None, *, at_least: bool = False) -> Mark:
    if value is None:
        return Mark(name, limit, None, None)
    return Mark(name, limit, value, value >= limit if at_least else value <= limit)


def _ratio(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def table(found: Sequence[Line], judged: Sequence[Mark], facts: Mapping[str, str]) -> str:
    """Return the figures as Markdown."""
    head = "| operation | referrals | system | CPU ms | service | PostgreSQL | CPU ms at 8 | p50 at 1 | p95 at 1 | p50 at 8 | p95 at 8 |"  # noqa: E501
    rows = [
        f"| {one.operation} | {size(one.referrals)} | {one.system} | **{one.cpu_ms:.2f}** | {one.server_ms:.2f} "
        f"| {one.postgres_ms:.2f} | {one.cpu_8_ms:.2f} | {one.p50_1_ms:.1f} | {one.p95_1_ms:.1f} "
        f"| {one.p50_8_ms:.1f} | {one.p95_8_ms:.1f} |"
        for one in found
    ]
    words = {True: "holds", False: "does not hold", None: "not measured"}
    verdicts = [
        f"| {one.name} | {one.limit:g} | {'' if one.value is None else f'{one.value:.2f}'} | {words[one.holds]} |"
        for one in judged
    ]
    said = [f"- {name}: {value}" for name, value in facts.items()]
    rule = "| --- | --- | --- |" + " ---: |" * 8
    judgement = ["### Marks", "", "| mark | limit | measured | |", "| --- | ---: | ---: | --- |", *verdicts]
    return "\n".join([*said, "", head, rule, *rows, "", *judgement])


def size(referrals: int) -> str:
    """Return a number of referrals with thin groups; nothing for none."""
    return f"{referrals:,}".replace(",", " ") if referrals else ""


def put_between(page: str, figures: str, markers: tuple[str, str] = (BEGIN, END)) -> str:
    """Return the page with the figures between its two markers. Raises ValueError when they are not there."""
    before, begin, rest = page.partition(markers[0])
    _old, end, after = rest.partition(markers[1])
    if not begin or not end:
        raise ValueError("The page has not the two markers of the figures.")
    return f"{before}{begin}\n{figures}\n{end}{after}"


def as_json(found: Sequence[Line], judged: Sequence[Mark], facts: Mapping[str, str]) -> dict[str, object]:
    """Return the same for machines."""
    return {
        "facts": dict(facts),
        "lines": [asdict(one) for one in found],
        "marks": [asdict(one) for one in judged],
    }
