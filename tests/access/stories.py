"""The two towns of the matrix: a story in each place, and what in it must not be seen from out of reach.

One story is a case with everything that hangs on it. Its ids, codes and names are random, its texts hold one word that
stands nowhere else: each of them in an answer says exactly which row it came from.
"""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import psycopg

from backend.cases import break_glass, codes
from backend.cases.models import Case, Consent, Disclosure, Notification
from backend.cases.notes import add_note
from backend.cases.opening import FactsInput, open_case
from backend.cases.safeguarding import BasisTerms, record_basis
from backend.directory import services
from backend.directory.models import Service
from backend.encryption import vault
from backend.imports.models import ImportRow, ImportRun
from backend.referrals import answering, asking
from backend.referrals.correcting import correct
from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.referrals.models import Question, Referral
from backend.teams import invitations, people, recovery, tokens
from backend.teams.models import Membership, Memorandum, Organisation, SharingAgreement, User
from tests.access.reach import ABSENT, ELSEWHERE, GONE, KINDS, NEIGHBOUR, OWN
from tests.backend.referrals.loops import Loop, consent_to
from tests.backend.review.items import item
from tests.sealed import NAME, add, all_sealed
from tests.world import BUILDER, Town, actor, ago, make_user, saved

CLASSES: Final = ("basic_profile", "needs", "health", "substance_use", "social", "narrative")
NEED: Final = "substance_treatment"
# Words that no message, label or other test has: in narratives, in questions, and in what a look was for.
MARKS: Final = {
    OWN: ("svitkovina", "brezovina", "tisovinar"),
    NEIGHBOUR: ("vodomarnica", "jasikovina", "drenovinar"),
    ELSEWHERE: ("zlatokrilina", "orahovina", "klenovinar"),
    GONE: ("pepeljarka", "kruškovina", "glogovinar"),
}


@dataclass
class Story:
    """One case and all that hangs on it: the id of each kind, its version, and every mark by which it is known."""

    place: str
    ids: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    marks: dict[str, set[str]] = field(default_factory=dict)

    def put(self, kind: str, row: Any, *more: str) -> None:
        """Take down a row, and further texts that betray it."""
        self.ids[kind] = str(row.pk)
        self.versions[kind] = getattr(row, "version", 1)
        self.marks.setdefault(kind, set()).update((str(row.pk), *more))


@dataclass(frozen=True)
class Sides:
    """Who opens the case of a story, and to whom it is referred."""

    town: Town
    opener: Organisation
    worker: User
    recipient: Organisation
    answers: User


def tell(place: str, sides: Sides, admin: psycopg.Connection[Any]) -> Story:
    """Write down the story of one place."""
    story = Story(place)
    loop = _opened(story, sides)
    referral = _referred(story, sides, loop, accept=place != GONE)
    _looked(story, sides, loop.case)
    _people(story, sides)
    _imported(story, sides, loop.case)
    _sealed(story, sides)
    if place == GONE:
        _over(story, sides, loop.case, referral, admin)
    _collect(story, loop.case)
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
    apart = {"memorandum", "agreement", "rests_on"}
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
