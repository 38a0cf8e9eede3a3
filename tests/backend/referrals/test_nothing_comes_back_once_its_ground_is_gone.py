"""An answer taken back opens nothing again once the person has taken the consent back."""

from collections.abc import Callable

import pytest

from backend.cases.models import Withdrawal
from backend.errors import Conflict
from backend.referrals import answering, correcting, ending, reading, revealing
from backend.referrals.models import Referral
from backend.referrals.withdrawal import withdraw_consent
from permissions.scope import Forbidden, NotFound, may
from tests.backend.referrals.loops import CLASSES, Loop, grant_of, moved
from tests.world import ago, ahead, by_hand

ENDINGS: dict[str, Callable[[Loop], Referral]] = {
    "rejected": lambda loop: loop.rejected(),
    "failed": lambda loop: ending.fail(loop.clinic, loop.started(), reason_code="client-not-reached"),
    "completed": lambda loop: loop.completed(),
}
NOTED = (*CLASSES, "narrative")


def refused(take: Callable[..., Referral], loop: Loop, referral: Referral) -> str:
    with pytest.raises(Conflict) as conflict:
        take(loop.clinic, referral)
    return conflict.value.code


def noted(loop: Loop) -> Referral:
    consent = loop.agree(loop.town.clinic, classes=NOTED)
    return loop.refer(consent_id=consent.id, narrative="Dolazi sredom.")


def reveal(loop: Loop, referral: Referral) -> dict[str, str]:
    return revealing.reveal(loop.clinic, referral, fields=["narrative"], purpose="direct_work")


@pytest.mark.parametrize("status", sorted(ENDINGS))
def test_no_answer_is_taken_back_after_the_withdrawal(loop: Loop, status: str) -> None:
    referral = ENDINGS[status](loop)
    withdraw_consent(loop.centre, loop.consent)
    assert refused(correcting.undo, loop, referral) == "illegal_transition"
    kept = Referral.objects.get(pk=referral.pk)
    assert kept.status == status
    assert kept.basis_until is not None
    assert kept.basis_until <= ahead()
    assert grant_of(referral, "referral_received") is None
    assert not may(loop.clinic, "case.view_coded", loop.case), "leaked"
    seen = reading.read_again(loop.clinic, referral)
    assert (seen.access, seen.allowed_actions) == ("stub", ())


def test_the_ledger_is_asked_and_not_only_the_copied_end(loop: Loop) -> None:
    referral = loop.rejected()
    withdraw_consent(loop.centre, loop.consent)
    as_if_kept = moved(referral, basis_until=ahead(days=9))
    assert refused(correcting.undo, loop, as_if_kept) == "illegal_transition"
    requested = moved(referral, status="requested", basis_until=ahead(days=9), ended_at=None)
    assert refused(answering.accept, loop, requested) == "illegal_transition"


def test_a_note_is_opened_under_a_live_consent_only(loop: Loop) -> None:
    referral = answering.accept(loop.clinic, noted(loop))
    assert reveal(loop, referral) == {"narrative": "Dolazi sredom."}
    assert referral.consent is not None
    with by_hand():
        Withdrawal.objects.create(
            case_id=loop.case.id,
            team_id=loop.case.team_id,
            consent=referral.consent,
            recorded_by=loop.centre.id,
        )
    with pytest.raises(Forbidden):
        reveal(loop, referral)


def test_the_note_stays_shut_after_a_withdrawal(loop: Loop) -> None:
    referral = answering.reject(loop.clinic, noted(loop), reason_code="no-capacity")
    assert referral.consent is not None
    withdraw_consent(loop.centre, referral.consent)
    assert refused(correcting.undo, loop, referral) == "illegal_transition"
    with pytest.raises((Forbidden, NotFound)):
        reveal(loop, referral)


def test_an_answer_is_not_taken_back_once_consent_has_run_out(loop: Loop) -> None:
    referral = moved(loop.completed(), basis_until=ago(seconds=1))
    assert refused(correcting.undo, loop, referral) == "illegal_transition"


def test_what_stands_on_another_consent_is_still_taken_back(loop: Loop) -> None:
    other = loop.agree(loop.town.clinic)
    referral = loop.rejected(consent_id=other.id)
    withdraw_consent(loop.centre, loop.consent)
    assert correcting.undo(loop.clinic, referral).status == "requested"
