"""What a referral does to the need that it answers. The need's state is sealed with its data class."""

from dataclasses import replace

from backend import asker
from backend.cases import classes, sealed_rows
from backend.cases.need_states import BEING_MET, FOLLOWING, OPEN
from backend.referrals.lifecycle import UNDER_WAY
from backend.referrals.models import Referral


def under_way(referral: Referral) -> None:
    """Say that somebody works on the need now."""
    _set(referral, BEING_MET, only_from=frozenset({OPEN, "gap"}))


def left(referral: Referral) -> None:
    """Say that nobody works on the need any more, unless another referral for it is under way."""
    others = Referral.objects.filter(case_id=referral.case_id, need_id=referral.need_id, status__in=UNDER_WAY)
    with asker.working_as(asker.STEPS):
        others_left = others.exclude(pk=referral.pk).exists()
    if not others_left:
        _set(referral, OPEN, only_from=frozenset({BEING_MET}))


def answered(referral: Referral, status: str) -> None:
    """Put the state that the requester's answer gives."""
    _set(referral, status, only_from=frozenset(FOLLOWING))


def _set(referral: Referral, status: str, *, only_from: frozenset[str]) -> None:
    """Set the state where it changes; an edge that the states of a need do not have is passed over."""
    if referral.need_id is None:
        return
    with asker.working_as(asker.STEPS):
        rows = sealed_rows.open_for_change(referral.case, data_classes=classes.stored())
        for row, content in rows.values():
            for need in content.needs:
                follows = need.status in only_from and status in FOLLOWING[need.status]
                if need.id == referral.need_id and follows:
                    sealed_rows.seal_again(row, content=content.with_need(replace(need, status=status)))
