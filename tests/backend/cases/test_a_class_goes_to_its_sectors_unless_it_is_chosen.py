"""A bundle gives each recipient the classes of its sector and services; what is listed was chosen. In both walls."""

from collections.abc import Callable

import pytest

from backend.cases.bundles import filled
from backend.cases.consents import record_consent
from backend.cases.models import Case, CaseFacts, ConsentRecipient
from backend.cases.reading import read_facts
from backend.cases.sectors import by_default
from backend.cases.standing import standing
from backend.cases.terms import ConsentTerms, Named
from backend.directory.models import Service
from backend.errors import Invalid
from backend.reference.lists import codes
from backend.referrals.walls import as_the_database_sees
from tests.backend.cases.papers import codes_of, received, terms
from tests.databases import Clones
from tests.walls import without_wall_one, without_wall_two
from tests.world import Town, actor, make_organisation, saved

CLASSES = ("basic_profile", "needs", "health", "substance_use", "social", "family_children", "violence",
           "justice_transition", "narrative")  # fmt: skip
# What each sector gets without a choice, where the directory lists nothing of it.
USUAL = {
    "health": {"basic_profile", "needs", "health", "substance_use", "justice_transition"},
    "social_protection": {"basic_profile", "needs", "social", "family_children", "justice_transition"},
    "cso": {"basic_profile", "needs", "social"},
    "education": {"basic_profile", "needs"},
    "employment": {"basic_profile", "needs", "social"},
    "local_government": {"basic_profile", "needs", "social"},
    "prison_health": {"basic_profile", "needs", "health", "substance_use", "justice_transition"},
    "probation": set[str](),
}
PURPOSES = ("case_coordination",)
BUNDLED = {"basic_profile", "needs", "health", "substance_use", "social", "family_children"}


def everything(*recipients: Named) -> ConsentTerms:
    """Return a consent to the widest bundle, which says nothing about single classes."""
    return filled(
        ConsentTerms(purposes=(), data_classes=(), bundle="full_coordination", recipients=recipients)
    )


def of(organisation: object) -> Named:
    return Named(organisation.id)  # type: ignore[attr-defined]


def ours(town: Town, opened: Callable[..., Case]) -> Case:
    """Open a case for the centre for social work."""
    return opened(by=town.social_worker, organisation=town.centre, consent=terms(town.centre))


@pytest.mark.pure
def test_the_lists_know_no_class_or_sector_beyond_these() -> None:
    assert tuple(codes("data_classes")) == CLASSES
    assert set(codes("sectors")) == set(USUAL)


@pytest.mark.pure
@pytest.mark.parametrize("sector", USUAL)
def test_each_sector_gets_its_own_classes_and_no_other(sector: str) -> None:
    assert by_default(sector, services=()) == USUAL[sector]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("sector", "service", "more"),
    [
        ("cso", "HR-DIC", {"substance_use", "justice_transition"}),
        ("cso", "SO-FOO", {"justice_transition"}),
        ("cso", "WV-SAF", set()),
        ("cso", "LG-AID", set()),
    ],
    ids=["harm-reduction", "social", "violence", "legal"],
)
def test_a_society_gets_what_its_services_in_the_directory_are_about(
    sector: str, service: str, more: set[str]
) -> None:
    listed = next(code for code in codes("services") if code.startswith(service[:2]))
    assert by_default(sector, services=[listed]) == USUAL["cso"] | more


@pytest.mark.pure
def test_a_clinic_that_lists_only_other_help_gets_no_class_of_treatment() -> None:
    (legal, *_others) = [code for code in codes("services") if code.startswith("LG")]
    assert "substance_use" not in by_default("health", services=[legal])


@pytest.mark.parametrize("sector", [one for one in USUAL if one != "probation"])
def test_what_is_written_down_is_what_each_sector_gets(
    town: Town, opened: Callable[..., Case], sector: str
) -> None:
    place = make_organisation(sector, team=town.team)
    given = everything(of(place))
    consent = record_consent(
        actor(town.social_worker), ours(town, opened), terms=given, organisation_id=town.centre.id
    )
    row = ConsentRecipient.objects.get(consent=consent, organisation=place)
    assert set(row.data_classes) == USUAL[sector] & BUNDLED


def test_classes_that_were_listed_go_to_whoever_is_named(town: Town, opened: Callable[..., Case]) -> None:
    given = ConsentTerms(purposes=PURPOSES, data_classes=("needs", "health"), recipients=[of(town.society)])
    consent = record_consent(
        actor(town.social_worker), ours(town, opened), terms=given, organisation_id=town.centre.id
    )
    assert ConsentRecipient.objects.get(consent=consent).data_classes == ["needs", "health"]


def test_the_directory_says_what_a_society_does(town: Town, opened: Callable[..., Case]) -> None:
    case = ours(town, opened)
    saved(Service(organisation=town.society, code="HR-DIC"))
    given = everything(of(town.society))
    consent = record_consent(actor(town.social_worker), case, terms=given, organisation_id=town.centre.id)
    row = ConsentRecipient.objects.get(consent=consent, organisation=town.society)
    assert "substance_use" in row.data_classes


def test_an_office_that_is_no_partner_is_never_named(town: Town, opened: Callable[..., Case]) -> None:
    office = make_organisation("probation", team=town.team)
    with pytest.raises(Invalid) as refused:
        record_consent(
            actor(town.social_worker),
            ours(town, opened),
            terms=everything(of(office)),
            organisation_id=town.centre.id,
        )
    assert codes_of(refused.value) == {("/recipients/0/organisation", "not_a_partner")}


def test_whoever_would_get_nothing_has_to_be_given_something(town: Town, opened: Callable[..., Case]) -> None:
    given = ConsentTerms(purposes=PURPOSES, data_classes=["health"], recipients=[Named(town.centre.id, ())])
    with pytest.raises(Invalid) as refused:
        record_consent(
            actor(town.social_worker), ours(town, opened), terms=given, organisation_id=town.centre.id
        )
    assert codes_of(refused.value) == {("/recipients/0/data_classes", "not_in_consent")}


def test_a_social_partner_reads_no_health_until_it_is_named_for_it(
    town: Town, opened: Callable[..., Case], database: Clones
) -> None:
    case, outreach = ours(town, opened), actor(town.outreach)
    record_consent(
        actor(town.social_worker),
        case,
        terms=everything(of(town.society)),
        organisation_id=town.centre.id,
    )
    received(case, town.society)
    assert "health" not in standing(outreach, case).data_classes
    with without_wall_two(database):
        assert set(read_facts(outreach, case).data_classes) == USUAL["cso"]
    with without_wall_one():
        assert seen_by_the_database(town, case) == USUAL["cso"]
    chosen = Named(town.society.id, ("basic_profile", "health"))
    record_consent(actor(town.social_worker), case, terms=everything(chosen), organisation_id=town.centre.id)
    assert "health" in standing(outreach, case).data_classes
    assert seen_by_the_database(town, case) == {*USUAL["cso"], "health"}


def seen_by_the_database(town: Town, case: Case) -> set[str]:
    """Return the classes of the rows that the second wall shows to the society's worker."""
    with as_the_database_sees(town.outreach.id):
        rows = CaseFacts._base_manager.filter(case_id=case.id)
        return set(rows.values_list("data_class", flat=True))
