"""What is kept too long: each class of `retention.csv`, what of it is due, and what is done about it.

Nobody decides here: the period is the policy, and an entry says that it was applied. A case goes the way of every
erasure. What other rooms hold is deleted where their model declares `kept_as` (a class) and `kept_from` (the column its
time counts from). What only a person or another program can end is reported as due, and left.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, Q
from django.utils import timezone

from audit.acts import act
from audit.models import Entry
from audit.reading import as_reviewer
from backend import asker
from backend.cases.lifecycle import CLOSED
from backend.cases.models import Case, Consent, Disclosure, SafeguardingBasis
from backend.erasure.executing import erase_by_policy
from backend.erasure.models import RETENTION_DUE, Erasure
from backend.erasure.periods import Kept, classes, period
from backend.erasure.system import RETENTION
from backend.reference.working_days import BELGRADE
from backend.referrals.appointments import wipe_appointments
from backend.referrals.models import Referral
from backend.referrals.system import WIPES
from permissions.actor import Actor

DONE, BY_CLOCK, ELSEWHERE, REPORTED, KEPT, NOT_HERE = (
    "done", "by_the_clock", "elsewhere", "reported", "kept", "not_held",
)  # fmt: skip
Found = list[tuple[UUID | None, str]]
_FORGET: Final = "SELECT spona.forget_case(%s)"


@dataclass(frozen=True)
class Due:
    """What is due of one class: (team, id) of each thing, and how it is ended."""

    kept: Kept
    how: str
    found: Found = field(default_factory=list)

    @property
    def by_team(self) -> Mapping[UUID | None, int]:
        return Counter(team for team, _ in self.found)


@dataclass(frozen=True)
class Rule:
    """How one class is found and ended. Without `end` it is found and reported only."""

    how: str
    find: Callable[[datetime], Found] | None = None
    end: Callable[[Actor, Found], int] | None = None


def survey(now: datetime | None = None) -> list[Due]:
    """Return what is due of every class, in the order of the file. Changes nothing."""
    moment = now or timezone.now()
    return [Due(kept, rule.how, _found(rule, moment)) for kept, rule in _rules()]


def apply(by: Actor = RETENTION) -> int:
    """End everything that is due and can be ended here; returns how much. A second run finds nothing."""
    now, ended = timezone.now(), 0
    for _kept, rule in _rules():
        if rule.end is not None:
            ended += rule.end(by, _found(rule, now))
    return ended


def _rules() -> Iterator[tuple[Kept, Rule]]:
    for code, kept in classes().items():
        yield kept, RULES.get(code) or _declared(code) or Rule(NOT_HERE if kept.period is None else REPORTED)


def _found(rule: Rule, now: datetime) -> Found:
    if rule.find is None:
        return []
    with asker.working_as(asker.ERASURES), transaction.atomic():
        return rule.find(now)


def _pairs(rows: Any) -> Found:
    return [(team, str(pk)) for team, pk in rows.order_by("pk").values_list("team_id", "pk")]


def _cases(now: datetime) -> Found:
    """Cases that were closed so long ago. The day counts, as in `spona.erase_case`, which decides."""
    over = period("case_content").before(now).astimezone(BELGRADE).date()
    return _pairs(Case.objects.filter(status=CLOSED, closed_on__lte=over))


def _erase(by: Actor, found: Found) -> int:
    return sum(_erase_one(by, UUID(pk)) for _, pk in found)


def _erase_one(by: Actor, case_id: UUID) -> bool:
    with asker.working_as(asker.ERASURES), transaction.atomic():
        return erase_by_policy(by, Case.objects.get(pk=case_id), reason=RETENTION_DUE) is not None


def _appointments(now: datetime) -> Found:
    day = now.astimezone(BELGRADE).date()
    return _pairs(Referral.objects.filter(appointment__isnull=False, appointment_wipe_on__lte=day))


def _proofs(now: datetime) -> Found:
    """Erased cases of which proof is still kept; its end is counted from the erasure."""
    over = period("consent_and_disclosures").before(now)
    kept = Q(pk__in=())
    for model in (Consent, SafeguardingBasis, Disclosure):
        kept |= Q(case_id__in=model.objects.values("case_id"))
    rows = Erasure.objects.filter(kept, destroyed_at__lte=over).order_by("case_id")
    return [(team, str(pk)) for team, pk in rows.values_list("team_id", "case_id")]


def _forget(by: Actor, found: Found) -> int:
    for team_id, case_id in found:
        with (
            asker.working_as(asker.ERASURES),
            act(by, "case.proof_deleted", team=team_id, case=UUID(case_id)) as current,
        ):
            with connection.cursor() as cursor:
                cursor.execute(_FORGET, [case_id])
                (rows,) = cursor.fetchone() or (0,)
            current.note(rows=int(rows))
    return len(found)


def _entries(now: datetime) -> Found:
    over = period("audit_log").before(now)
    with asker.working_as(asker.REVIEWS), as_reviewer():
        rows = Entry.objects.filter(at__lte=over).values_list("log", "id")
        return [(log, str(pk)) for log, pk in rows]


def _declared(code: str) -> Rule | None:
    """Return the rule of a class that models of any room declare as theirs."""
    models = [model for model in apps.get_models() if getattr(model, "kept_as", "") == code]
    return _deleting(code, *models) if models else None


def _deleting(code: str, *models: type[Model]) -> Rule:
    def over(model: Any, now: datetime) -> Any:
        return model._base_manager.filter(**{f"{model.kept_from}__lte": period(code).before(now)})

    def find(now: datetime) -> Found:
        return [one for model in models for one in _pairs(over(model, now))]

    def end(by: Actor, found: Found) -> int:
        for team_id in sorted({team for team, _ in found}, key=str):
            ids = [pk for team, pk in found if team == team_id]
            with (
                asker.working_as(asker.ERASURES),
                act(by, "retention.deleted", team=team_id, kept_as=code, rows=len(ids)),
            ):
                for model in models:
                    _delete(model, ids)
        return len(found)

    return Rule(DONE, find, end)


def _delete(model: Any, ids: list[str]) -> None:
    """Delete rows, and what their history holds of them, the word that they were deleted included."""
    model._base_manager.filter(pk__in=ids).delete()
    if hasattr(model, "history"):
        model.history.model._base_manager.filter(id__in=ids).delete()


def _wipe(_by: Actor, _found: Found) -> int:
    return wipe_appointments(WIPES)


RULES: Final[Mapping[str, Rule]] = {
    "case_content": Rule(DONE, _cases, _erase),
    # The same cases, ended by the same erasure.
    "case_plain_columns": Rule(DONE, _cases),
    "appointment": Rule(DONE, _appointments, _wipe),
    "referral_stub": Rule(BY_CLOCK),
    "consent_and_disclosures": Rule(DONE, _proofs, _forget),
    # Taking an entry out would break the proofs of the log (docs/erasure.md).
    "audit_log": Rule(REPORTED, _entries),
    "processing_register": Rule(KEPT),
    "erasure_ledger": Rule(KEPT),
    "anonymous_releases": Rule(KEPT),
    "main_backups": Rule(ELSEWHERE),
    "keys_backups": Rule(ELSEWHERE),
    "offline_bundles": Rule(NOT_HERE),
    # Forgotten after a day by whoever comes first (api.idempotency).
    "idempotency_answers": Rule(BY_CLOCK),
}
