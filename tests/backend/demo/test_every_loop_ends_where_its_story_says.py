"""Each loop is carried out once in a town of the demo, and what it leaves behind is compared with this table."""

from dataclasses import dataclass, replace
from itertools import count, pairwise
from random import Random

import pytest
from django.utils import timezone

from backend.cases.models import Case, CaseGrant, Notification
from backend.cases.reading import read_facts
from backend.demo.build import cast_of
from backend.demo.cases import play
from backend.demo.cast import Cast
from backend.demo.stories import LOOPS, Script, Story, story
from backend.referrals.models import Question, Referral, ReferralEvent
from backend.teams.models import Team
from tests.backend.demo.conftest import Said

pytestmark = pytest.mark.xdist_group("demo")
SLUG = "bor"
_numbers = count(5000)
_kept: dict[str, tuple[Case, Story]] = {}
# Words of a story that the events call otherwise.
VERBS = {"cancel_by_target": "cancel", "again": "send"}


@dataclass(frozen=True)
class End:
    """What a loop leaves: the status of its last referral, the state of the need, live reasons to see the case."""

    status: str
    need: str
    sent: bool = False
    received: bool = False
    acknowledged: bool = False
    told: str = "recipient"


ENDS = {
    "draft": End("draft", "open", told=""),
    "sent_later": End("requested", "open", sent=True),
    "waiting": End("requested", "open", sent=True),
    "phoned": End("requested", "open", sent=True),
    "asked": End("requested", "open", sent=True, told="requester"),
    "answered": End("accepted", "being_met", sent=True, received=True, told="requester"),
    "accepted": End("accepted", "being_met", sent=True, received=True, told="requester"),
    "appointment": End("accepted", "being_met", sent=True, received=True, told="requester"),
    "overdue": End("accepted", "being_met", sent=True, received=True, told="requester"),
    "started": End("in-progress", "being_met", sent=True, received=True, told="requester"),
    "engaged": End("in-progress", "being_met", sent=True, received=True, told="requester"),
    "held": End("on-hold", "being_met", sent=True, received=True, told="requester"),
    "resumed": End("in-progress", "being_met", sent=True, received=True, told="requester"),
    "completed": End("completed", "being_met", sent=True, received=True, told="requester"),
    "closed_loop": End("completed", "met", acknowledged=True),
    "once": End("completed", "being_met", acknowledged=True),
    "not_needed": End("completed", "withdrawn", acknowledged=True),
    "rejected": End("rejected", "open", sent=True, told="requester"),
    "next": End("accepted", "being_met", sent=True, received=True, told="requester"),
    "gap": End("rejected", "gap", acknowledged=True),
    "undone": End("accepted", "being_met", sent=True, received=True, told="requester"),
    "failed": End("failed", "being_met", sent=True, told="requester"),
    "wait": End("failed", "open", acknowledged=True),
    "cancelled": End("cancelled", "open"),
    "called_off": End("cancelled", "open", told="requester"),
    "error": End("entered-in-error", "open"),
    "withdrawn": End("cancelled", "open"),
}


@pytest.fixture
def cast(seeded: Said) -> Cast:
    return cast_of(SLUG, Team.objects.select_related("municipality").get(slug=SLUG))


def carried_out(cast: Cast, loop: str) -> tuple[Case, Story]:
    """Return a case in which the loop has been carried out; once for this process, nobody changes it."""
    if loop not in _kept:
        _kept[loop] = played(cast, loop)
    return _kept[loop]


def played(cast: Cast, loop: str, **script: str) -> tuple[Case, Story]:
    number = next(_numbers)
    script.setdefault("opener", "dz")
    told = story(number, seed=1, year=2026, script=Script((loop,), **script))  # type: ignore[arg-type]
    return play(told, cast, import_key=f"loop-{number}"), told


def last(case: Case) -> Referral:
    return Referral.objects.filter(case=case).order_by("-number")[0]


def test_the_table_has_every_loop() -> None:
    assert set(ENDS) == set(LOOPS)


@pytest.mark.parametrize("loop", list(ENDS))
def test_a_loop_ends_as_the_table_says(cast: Cast, loop: str) -> None:
    end = ENDS[loop]
    case, told = carried_out(cast, loop)
    referral = last(case)
    assert referral.status == end.status
    assert (referral.acknowledged_at is not None) is end.acknowledged
    reasons = set(CaseGrant.objects.filter(content_object=case).values_list("reason", flat=True))
    assert reasons - {"opened", "holds"} == (
        ({"referral_sent"} if end.sent else set()) | ({"referral_received"} if end.received else set())
    )
    seen = read_facts(cast.actor(cast.worker("dz", told.number)), case)
    assert {need.code: need.status for need in seen.needs} == {told.tries[0].situation.need: end.need}


@pytest.mark.parametrize("loop", list(ENDS))
def test_every_word_of_a_loop_is_one_event_in_its_order(cast: Cast, loop: str) -> None:
    case, _told = carried_out(cast, loop)
    events = ReferralEvent.objects.filter(case=case).order_by("at")
    words = [step.partition(":")[0] for step in LOOPS[loop]]
    assert [event.verb for event in events] == [VERBS.get(word, word) for word in words]
    for before, after in pairwise(events):
        if before.referral_id == after.referral_id:
            assert after.from_status == before.to_status


@pytest.mark.parametrize("loop", list(ENDS))
def test_the_side_that_should_know_was_told(cast: Cast, loop: str) -> None:
    case, _told = carried_out(cast, loop)
    referral = last(case)
    notices = Notification.objects.filter(object_kind="referral", object_id=referral.id)
    sides = {
        "": set(),
        "recipient": {referral.recipient_organisation_id},
        "requester": {referral.requester_organisation_id},
    }
    assert sides[ENDS[loop].told] <= set(notices.values_list("organisation_id", flat=True))


def test_an_appointment_is_sealed_and_has_a_day_on_which_it_is_wiped(cast: Cast) -> None:
    referral = last(carried_out(cast, "appointment")[0])
    assert referral.business_status == "appointment-set"
    assert referral.appointment is not None
    assert referral.appointment_wipe_on is not None
    assert referral.appointment_wipe_on > timezone.now().date()


def test_a_question_of_the_recipient_stops_the_clock_until_it_is_answered(cast: Cast) -> None:
    asked, answered = last(carried_out(cast, "asked")[0]), last(carried_out(cast, "answered")[0])
    assert asked.paused_at is not None
    assert Question.objects.get(referral=asked).replied_at is None
    assert answered.paused_at is None
    assert Question.objects.get(referral=answered).reply_note is not None


def test_what_was_phoned_is_for_now_and_ticked(cast: Cast) -> None:
    referral = last(carried_out(cast, "phoned")[0])
    assert referral.urgency == "stat"
    assert referral.phoned_at is not None


def test_the_next_try_replaces_the_one_that_was_declined(cast: Cast) -> None:
    referral = last(carried_out(cast, "next")[0])
    assert referral.replaces is not None
    assert referral.replaces.status == "rejected"
    assert referral.replaces.recipient_organisation_id != referral.recipient_organisation_id
    assert referral.consent_id == referral.replaces.consent_id


def test_waiting_names_the_day_on_which_it_is_looked_at_again(cast: Cast) -> None:
    referral = last(carried_out(cast, "wait")[0])
    assert referral.look_again_on is not None
    assert referral.look_again_on > timezone.now().date()


def test_help_that_was_given_has_a_first_contact(cast: Cast) -> None:
    for loop in ("once", "completed", "closed_loop", "resumed"):
        assert last(carried_out(cast, loop)[0]).first_contact_at is not None
    assert last(carried_out(cast, "not_needed")[0]).first_contact_at is None


def test_a_withdrawal_cancels_as_the_system_and_takes_the_grants_back(cast: Cast) -> None:
    case, _told = carried_out(cast, "withdrawn")
    event = ReferralEvent.objects.get(case=case, verb="withdraw")
    assert (event.side, event.reason_code) == ("system", "consent-withdrawn")


@pytest.mark.parametrize(
    ("script", "status", "reason"),
    [
        ({"ending": "proposed", "opener": "obala"}, "proposed", ""),
        ({"ending": "advised", "opener": "obala"}, "closed", "advice_only"),
        ({"ending": "closed"}, "closed", "needs_met"),
        ({"ending": "on_hold"}, "on_hold", ""),
        ({"ending": "active", "opener": "sidro"}, "active", ""),
        ({"ending": "active", "opener": "most"}, "active", ""),
    ],
)
def test_a_case_ends_as_its_script_says(cast: Cast, script: dict[str, str], status: str, reason: str) -> None:
    number = next(_numbers)
    told = story(number, seed=1, year=2026, script=Script(**script))  # type: ignore[arg-type]
    told = replace(told, ending=script["ending"])  # some later proposals are told to end with advice
    case = play(told, cast, import_key=f"ending-{number}")
    found = Case.objects.get(pk=case.pk)
    assert (found.status, found.closure_reason) == (status, reason)
    assert (found.closed_on is not None) is (status == "closed")
    assert (found.review_due is not None) is (status == "on_hold")
    assert (found.triage_due_at is not None) is (script.get("opener") in {"obala", "sidro"})


def test_a_partner_proposes_and_the_coordinator_refers(cast: Cast) -> None:
    case, _told = played(cast, "waiting", opener="sidro")
    referral = last(case)
    assert case.opened_by_organisation_id == cast.organisation("sidro").id
    assert referral.requester_organisation_id == cast.organisation("csr").id
    assert referral.created_by == cast.user_id(cast.coordinator)


def test_workers_of_one_organisation_take_turns(cast: Cast) -> None:
    assert {cast.worker("dz", number) for number in range(4)} == {"bor.dz1", "bor.dz2"}
    assert {cast.worker("most", number) for number in range(4)} == {"bor.most"}
    assert cast.worker("Mreža „Dodir“, pravna pomoć", 3) == "dodir.pravnik"


def test_a_minor_consents_together_with_a_guardian(cast: Cast) -> None:
    young = next(
        told
        for told in (story(number, seed=1, year=2026, script=Script(opener="dz")) for number in count(9000))
        if told.items["age_band"] == "15-17"
    )
    case = play(young, cast, import_key=f"young-{Random().random()}"[:40])
    assert set(case.consent_set.values_list("given_by", flat=True)) == {"both"}
