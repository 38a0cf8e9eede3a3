"""The two towns of the matrix: a story in each place, and what in it must not be seen from out of reach.

One story is a case with everything that hangs on it. Its ids, codes and names are random, its texts hold one word that
stands nowhere else: each of them in an answer says exactly which row it came from.
"""

from typing import Any, Final
from uuid import uuid4

import psycopg

from backend.cases import break_glass, codes
from backend.cases.exclusions import ExclusionTerms, exclude
from backend.cases.models import Case, Consent, Disclosure, DuplicateHint, Merge, Notification
from backend.cases.notes import add_note
from backend.cases.opening import FactsInput, open_case
from backend.cases.safeguarding import BasisTerms, record_basis
from backend.directory import services
from backend.directory.models import Service
from backend.encryption import ledger, vault
from backend.erasure.models import Erasure, KeyDestruction
from backend.imports.models import ImportRow, ImportRun
from backend.referrals import answering, asking
from backend.referrals.correcting import correct
from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.referrals.models import Question, Referral
from backend.rights.requests import record_request
from backend.teams import invitations, people, recovery, tokens
from backend.teams.models import Membership, Memorandum, SharingAgreement
from tests.access.counted import counted
from tests.access.reach import ABSENT, EXCLUDED, GONE, KINDS
from tests.access.story import MARKS, Sides, Story
from tests.api.client import session_of
from tests.backend.referrals.loops import Loop, consent_to
from tests.backend.review.items import item
from tests.sealed import NAME, add, all_sealed
from tests.world import BUILDER, actor, ago, ahead, by_hand, make_user, saved

CLASSES: Final = ("basic_profile", "needs", "health", "substance_use", "social", "narrative")
NEED: Final = "substance_treatment"


def tell(place: str, sides: Sides, admin: psycopg.Connection[Any]) -> Story:
    """Write down the story of one place."""
    story = Story(place)
    loop = _opened(story, sides)
    referral = _referred(story, sides, loop, accept=place != GONE)
    _looked(story, sides, loop.case)
    _to_be_erased(story, sides, loop.case)
    if place == EXCLUDED:
        _of_the_case_alone(story, sides, loop.case, admin)
        return story
    _to_lose_its_keys(story, sides)
    _people(story, sides)
    _imported(story, sides, loop.case)
    _sealed(story, sides)
    if place == GONE:
        _over(story, sides, loop.case, referral, admin)
    _collect(story, loop.case)
    counted(story, sides)
    _reviewed(story, sides, loop.case, admin)
    return story


def _opened(story: Story, sides: Sides) -> Loop:
    by, word = actor(sides.worker), MARKS[story.place][0]
    terms = consent_to(sides.opener, sides.recipient, classes=CLASSES, remark=f"Napomena, oznaka {word}.")
    facts = FactsInput(items={"age_band": "20-24", "sex": "1"}, needs=[NEED, "housing"])
    case = open_case(by, team=sides.town.team, organisation=sides.opener, consent=terms, facts=facts)
    loop = Loop(sides.town, case, Consent.objects.get(case=case))
    note = add_note(by, case, organisation_id=sides.opener.id, text=f"Razgovor o planu, oznaka {word}.")
    exception = BasisTerms(basis="incapacity", recipient_id=sides.opener.id)
    basis = record_basis(by, case, terms=exception, organisation_id=sides.opener.id)
    nobody = ExclusionTerms(organisation_id=sides.town.ward.id)
    story.put("exclusion", exclude(by, case, terms=nobody, organisation_id=sides.opener.id))
    with by_hand():
        pair = DuplicateHint(case=case, team=sides.town.team, other_case_id=case.id)
        pair.save(force_insert=True)
        merge = Merge(case=case, team=sides.town.team, other_case_id=case.id, proposed_by=sides.worker.pk)
        merge.wait(asked=["deputy_coordinator"])
        merge.waits_until = ahead(days=14)
        merge.save(force_insert=True)
    story.put("hint", pair)
    # Whoever is asked to confirm it is told of which case, and by whom.
    story.put("merge", merge, str(case.id), str(sides.worker.id))
    request = record_request(
        by, case, kind="access", channel="letter", received_on=case.opened_on, organisation_id=sides.opener.id
    )
    # Whoever answers it, the officer too, is told of which case it is, and who wrote it down.
    story.put("request", request, str(case.id), str(sides.worker.id))
    story.ids["case_of_request"] = str(case.id)
    story.put("consent", loop.consent)
    story.put("note", note)
    # Whoever is asked to confirm an exception is told of which case, and by whom.
    story.put("basis", basis, str(case.id), str(sides.worker.id))
    story.put("case", case, case.code, case.spoken_name)
    story.ids |= {"code": case.code, "spoken_name": case.spoken_name, "field": f"note:{note.id}"}
    story.ids["need"] = str(loop.needs()[NEED][0])
    story.marks["need"] = {str(pk) for pk, _ in loop.needs().values()}
    story.marks["text"] = {word}
    return loop


def _referred(story: Story, sides: Sides, loop: Loop, *, accept: bool) -> Referral:
    by, (word, question, _) = actor(sides.worker), MARKS[story.place]
    code = "HR-DIC" if sides.recipient.sector == "cso" else "TX-OPC"
    values: dict[str, Any] = {
        "recipient_id": sides.recipient.id,
        "service_code": code,
        "need_id": loop.need_id,
    }
    text = f"Molimo za prijem, oznaka {word}."
    referral = create(by, loop.case, terms=Terms(**values, narrative=text), send=True)
    if accept:
        answering.accept(actor(sides.answers), referral)
        asking.ask(
            actor(sides.answers), referral, question_code="insurance", note=f"Pitanje, oznaka {question}."
        )
    values["need_id"] = loop.needs()["housing"][0]
    draft = create(by, loop.case, terms=Terms(**values), send=False)
    referral.refresh_from_db()
    story.put("referral", referral, referral.code)
    story.put("draft", draft, draft.code)
    return referral


def _looked(story: Story, sides: Sides, case: Case) -> None:
    text = f"Hitna poseta danas popodne, oznaka {MARKS[story.place][2]}."
    look = break_glass.request(actor(sides.worker), case, reason="danger_to_life", text=text)
    # Whoever reviews it is told which case it was, and who looked.
    story.put("look", look, str(case.pk), str(sides.worker.pk))
    story.ids |= {"looked_at": str(case.pk), "case_of_town": str(case.pk)}
    story.marks["look_text"] = {MARKS[story.place][2]}


def _of_the_case_alone(story: Story, sides: Sides, case: Case, admin: psycopg.Connection[Any]) -> None:
    """Leave out whoever and whatever there is besides: the callers are shut out of the case, and of nothing else."""
    story.ids |= {"recipient": str(sides.recipient.id), "list": "urgencies"}
    _collect(story, case)
    found = admin.execute(
        "SELECT id FROM audit_entry WHERE object_id = %s LIMIT 1", [str(case.pk)]
    ).fetchone()
    assert found is not None
    story.ids["entry"] = str(found[0])
    story.marks["entry"] = {str(found[0])}
    story.put("review", item(sides.town, sides.worker, case_id=case.pk))
    for marks in story.marks.values():
        marks.discard(str(sides.worker.pk))
    service = Service.objects.filter(organisation=sides.opener).first()
    service = service or services.add_service(BUILDER, organisation=sides.opener, code="HR-DIC")
    for kind, row in (("team", sides.town.team), ("organisation", sides.opener), ("service", service)):
        story.ids[kind], story.versions[kind] = str(row.pk), row.version
    # What does not hang on the case is not of this story.
    story.ids = absent().ids | story.ids


def _to_be_erased(story: Story, sides: Sides, case: Case) -> None:
    """Put down an erasure that is over, of a case beside; where people are shut out, one that was declined."""
    story.ids["case_to_erase"] = story.ids["erased_case"] = str(case.pk)
    asked = Erasure(case=case, team=sides.town.team, reason="rights_request", requested_by=sides.worker.pk)
    if story.place == EXCLUDED:
        asked.declined_by, asked.declined_at = sides.worker.pk, ago(minutes=1)
        story.put("erasure", saved(asked), str(case.pk), str(sides.worker.pk))
        return
    terms = consent_to(sides.opener, sides.recipient, classes=CLASSES)
    gone = open_case(actor(sides.worker), team=sides.town.team, organisation=sides.opener, consent=terms)
    done = Erasure(case=gone, team=sides.town.team, reason="retention_due")
    done.executed_at = done.destroyed_at = ago(minutes=1)
    gone.status = "erased"
    # The proof of it names the case by its code, to whoever may execute it as well.
    story.put("erasure", saved(done), str(saved(gone).pk), gone.code)
    story.ids["erased_case"] = str(gone.pk)
    ledger.destroy(owner_id=gone.pk, team_id=sides.town.team.pk, erasure_id=done.pk)


def _to_lose_its_keys(story: Story, sides: Sides) -> None:
    """Put down a kill switch that was declined, for the same reason."""
    asked = KeyDestruction(team=sides.town.team, asked_by=sides.worker.pk)
    asked.declined_by, asked.declined_at = sides.worker.pk, ago(minutes=1)
    story.put("kill", saved(asked), str(sides.worker.pk))


def _people(story: Story, sides: Sides) -> None:
    town, worker = sides.town, sides.worker
    member = Membership.objects.get(user=worker)
    chair, newcomer = actor(town.coordinator), make_user()
    assert town.lead.id  # What the coordinator gives waits for the lead.
    place: dict[str, Any] = {"team": town.team, "organisation": sides.opener, "role": "member"}
    proposed = people.add_membership(chair, user=newcomer, **place)
    invitation = invitations.invite(chair, **place)[0]
    token = tokens.issue(chair, name="t", acting_for=worker, team=town.team, operations=["case.view_coded"])[
        0
    ]
    way_back = recovery.start(chair, membership=member)
    memorandum = Memorandum(organisation=sides.opener, number=f"M-{uuid4().hex[:12]}", valid_from=ago(days=1))
    agreement = SharingAgreement.objects.get(organisation=sides.opener, team=town.team)
    service = Service.objects.filter(organisation=sides.opener).first()
    service = service or services.add_service(BUILDER, organisation=sides.opener, code="HR-DIC")
    story.put("member", member)
    story.put("proposed", proposed, str(newcomer.pk), newcomer.username)
    story.put("user", worker)
    story.marks["person"] = {worker.username}
    story.put("invitation", invitation)
    story.put("token", token)
    story.put("recovery", way_back)
    story.ids["session"] = session_of(worker)
    story.marks["session"] = {story.ids["session"]}
    story.put("memorandum", saved(memorandum), memorandum.number)
    story.put("agreement", agreement)
    story.marks["rests_on"] = {str(memorandum.pk), str(agreement.pk)}
    for kind, row in (("team", town.team), ("organisation", sides.opener), ("service", service)):
        story.ids[kind], story.versions[kind] = str(row.pk), row.version
    story.ids |= {"person": worker.username, "recipient": str(sides.recipient.id), "list": "urgencies"}


def _sealed(story: Story, sides: Sides) -> None:
    """Take down an entry that is in the log of the team."""
    team = sides.town.team.id
    entries = add(team)
    all_sealed(entries)
    # The id is the team's, which everybody sees.
    story.ids |= {"log": str(team), "leaf": str(entries[0].id)}
    story.marks["log"] = {f"{NAME}/{team}"}


def _imported(story: Story, sides: Sides, case: Case) -> None:
    run = ImportRun.objects.create(
        team=sides.town.team,
        organisation=sides.opener,
        uploaded_by=sides.worker.id,
        mapping_name="m",
        mapping_text="",
        dry_run=False,
        status="done",
    )
    row = ImportRow.objects.create(
        run=run, team=sides.town.team, number=2, outcome="accepted", case_id=case.id
    )
    story.put("import", run, str(sides.worker.id))
    story.put("import_row", row)


def _over(story: Story, sides: Sides, case: Case, referral: Referral, admin: psycopg.Connection[Any]) -> None:
    """End everything. What no verb can end yet is ended as the database's administrator would."""
    correct(actor(sides.worker), referral, reason_code="duplicate")
    # The recipient was told of it while it was there, and what somebody was told stays in the list of notices.
    story.marks["told"] = {str(referral.pk)}
    for table, change, kind in (
        ("cases_case", "status = 'erased'", "case"),
        ("teams_machinetoken", "revoked_at = now()", "token"),
        ("teams_invitation", "revoked_at = now()", "invitation"),
        ("teams_membership", "valid_until = now()", "member"),
        ("teams_memorandum", "valid_until = now()", "memorandum"),
    ):
        admin.execute(f"UPDATE {table} SET {change} WHERE id = %s", (story.ids[kind],))
    vault.destroy(owner_id=case.id)


def _collect(story: Story, case: Case) -> None:
    """Take down what came about by itself: questions, disclosures, what organisations were told."""
    question = Question.objects.filter(referral__case=case).first()
    if question is not None:
        story.put("question", question, MARKS[story.place][1])
    for disclosure in Disclosure.objects.filter(case=case):
        story.put("disclosure", disclosure)
    about = {story.ids["case"], story.ids["referral"], story.ids["basis"]}
    told = Notification.objects.filter(object_id__in=about, audience="organisation")
    for notification in told.exclude(organisation_id=story.ids["recipient"]):
        story.put("notification", notification)


def _reviewed(story: Story, sides: Sides, case: Case, admin: psycopg.Connection[Any]) -> None:
    """Take down an entry, which may name whatever has an id, and put something into the lead's queue."""
    found = admin.execute(
        "SELECT id FROM audit_entry WHERE log = %s AND object_id = %s",
        [sides.town.team.id, story.ids["invitation"]],
    ).fetchone()
    assert found is not None
    apart = {"memorandum", "agreement", "rests_on", "release", "release_number"}
    told = [marks for kind, marks in story.marks.items() if kind not in apart]
    named = {mark for marks in told for mark in marks if len(mark) == 36}
    story.ids["entry"] = str(found[0])
    story.marks["entry"] = {str(found[0]), case.code, *named}
    story.put(
        "review",
        item(sides.town, sides.worker, case_id=case.pk),
        str(case.pk),
        case.code,
        str(sides.worker.pk),
    )


def absent() -> Story:
    """Return ids of the right form that nothing has."""
    story = Story(ABSENT)
    story.ids = {kind: str(uuid4()) for kind in (*KINDS, "recipient")}
    story.ids |= {"code": codes.new_code("ZZ"), "spoken_name": "qqqq wwww", "field": f"note:{uuid4()}"}
    story.ids |= {"person": f"user-{uuid4().hex[:12]}", "list": "no_such_list"}
    return story
