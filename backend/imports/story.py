"""What hangs on a person's row: the service it was assigned to and what happened there, as a mapping reads it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from backend.imports.errors import Reason, RowRefused
from backend.imports.rules import codes, columns_of, look_up, texts_of
from backend.imports.tables import Row
from backend.reference.lists import code_exists
from backend.referrals.imported import VERBS, Told
from backend.referrals.reporting import Report

MAX_DAYS: Final = 36_525
CODED: Final = {"marks": "business_statuses", "reasons": "referral_reasons"}
REFERRAL_KEYS: Final = frozenset({"table", "column", "values", "need", "day", "on_behalf", "ignored"})
EVENT_KEYS: Final = frozenset({"table", "column", "values", "day", "marks", "reasons", "fails", "ignored"})
Rows = Mapping[str, Sequence[Row]]
Rule = Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """One referral and what was told of it; `refused` are the rows that belong to neither, by table and number.

    `fails` is the reason for which the referral fails in the end, "" for none.
    """

    service_code: str
    need: str
    report: Report
    told: Sequence[Told]
    fails: str
    refused: Mapping[tuple[str, int], Sequence[Reason]]


class _Reader:
    """Reads the rows of one person, and keeps what is wrong with each."""

    def __init__(self, plan: Rule) -> None:
        self.zero = date.fromisoformat(plan.get("day_zero", "2000-01-01"))
        self.refused: dict[tuple[str, int], Sequence[Reason]] = {}
        self.service = ""

    def read(self, rule: Rule, rows: Rows) -> Iterator[Told]:
        for row in rows.get(rule["table"], ()):
            try:
                yield self._told(rule, row)
            except RowRefused as refused:
                self.refused[rule["table"], row.number] = refused.reasons

    def _told(self, rule: Rule, row: Row) -> Told:
        faults: list[Reason] = []
        meant = look_up(rule["values"], row, column=rule["column"], faults=faults) or ""
        day = self._day(rule, row, faults)
        if faults:
            raise RowRefused(*faults)
        return (
            self._event(rule, row, meant, day)
            if "on_behalf" not in rule
            else self._assigned(rule, meant, day)
        )

    def _assigned(self, rule: Rule, service: str, day: date | None) -> Told:
        if not service:
            raise RowRefused(Reason(rule["column"], "no_service"))
        if self.service not in {"", service}:
            raise RowRefused(Reason(rule["column"], "another_service"))
        self.service = service
        return Told(verb="assigned", happened_on=day)

    def _event(self, rule: Rule, row: Row, verb: str, day: date | None) -> Told:
        if not self.service:
            raise RowRefused(Reason("", "no_referral"))
        detail, reason = ("".join(codes(rule.get(part) or (), row)[:1]) for part in CODED)
        if verb == "attended" and (detail or reason):
            verb = "recorded"  # both that the person came and why it did not: neither is taken for true
        return Told(verb=verb, detail=detail, reason_code=reason, happened_on=day)

    def _day(self, rule: Rule, row: Row, faults: list[Reason]) -> date | None:
        column = rule.get("day")
        cell = row.cells[column] if column else ""
        if not cell:
            return None
        try:
            days = float(cell)
            if days.is_integer() and abs(days) <= MAX_DAYS:
                return self.zero + timedelta(days=days)
        except (ValueError, OverflowError):
            pass
        faults.append(Reason(str(column), "value_unknown"))
        return None


def story_of(plan: Rule, rows: Rows) -> Story | None:
    """Return what the rows of one person say of its referral; None where the mapping reads no such tables."""
    if "referrals" not in plan:
        return None
    rule, events, reader = plan["referrals"], plan.get("events"), _Reader(plan)
    told = [*reader.read(rule, rows), *(reader.read(events, rows) if events else ())]
    failing = (events or {}).get("fails") or ()
    return Story(
        service_code=reader.service,
        need=rule.get("need", ""),
        report=Report(**rule["on_behalf"]),
        told=told,
        fails=next((one.reason_code for one in told if one.reason_code in failing), ""),
        refused=reader.refused,
    )


def rules(plan: Rule) -> list[Rule]:
    """Return the rules of tables whose rows hang on those of the main one."""
    return [plan[part] for part in ("referrals", "events") if part in plan]


def columns(rule: Rule) -> set[str]:
    """Return the columns of its own table that a rule reads, besides the key."""
    own = [*columns_of(rule), *filter(None, [rule.get("day")])]
    return {*own, *(column for part in CODED for one in rule.get(part) or () for column in columns_of(one))}


def check(plan: Rule) -> Iterator[Any]:
    """Return the texts of these rules. Raises Invalid and what reading a wrong shape raises."""
    date.fromisoformat(plan.get("day_zero", "2000-01-01"))
    if "events" in plan and "referrals" not in plan:
        raise KeyError("referrals")
    for rule, known in ((plan.get("referrals"), REFERRAL_KEYS), (plan.get("events"), EVENT_KEYS)):
        if rule is not None:
            yield from _check(rule, known)


def _check(rule: Rule, known: frozenset[str]) -> Iterator[Any]:
    if rule.keys() - known:
        raise KeyError(*rule.keys() - known)
    if known is REFERRAL_KEYS:
        Report(**rule["on_behalf"])
    elif not set(rule["values"].values()) <= VERBS:
        raise ValueError(rule["column"])
    yield from (rule["table"], rule.get("need", ""), *columns(rule), *(rule.get("ignored") or ()))
    for part, name in CODED.items():
        yield from texts_of(rule.get(part) or ())
        if not all(code_exists(name, one["code"]) for one in rule.get(part) or ()):
            raise ValueError(part)
    yield from rule.get("fails") or ()
