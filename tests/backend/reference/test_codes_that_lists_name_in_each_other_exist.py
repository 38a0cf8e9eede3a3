"""A code that one list names must be a code of the other: nothing in the data points nowhere."""

import pytest

from backend.reference.lists import LISTS, codes

pytestmark = pytest.mark.pure

# list, column, the list its codes come from
REFERENCES = [
    ("acknowledgement_answers", "applies_to", "referral_statuses"),
    ("acknowledgement_answers", "need_status", "need_statuses"),
    ("business_statuses", "allowed_in_status", "referral_statuses"),
    ("closure_reasons", "allowed_from", "case_statuses"),
    ("consent_bundles", "purposes", "consent_purposes"),
    ("consent_bundles", "data_classes", "data_classes"),
    ("consent_purposes", "max_data_classes", "data_classes"),
    ("data_classes", "default_recipient_sectors", "sectors"),
    ("data_classes", "limited_to_service_groups", "service_groups"),
    ("indicators", "domain", "indicator_domains"),
    ("needs", "service_groups", "service_groups"),
    ("needs", "typical_services", "services"),
    ("needs", "data_class", "data_classes"),
    ("questions", "data_class", "data_classes"),
    ("referral_reasons", "applies_to", "referral_statuses"),
    ("referral_reasons", "data_class", "data_classes"),
    ("risk_flags", "data_class", "data_classes"),
    ("risk_flags", "suggested_urgency", "urgencies"),
    ("risk_flags", "related_need", "needs"),
    ("roles", "incompatible_with", "roles"),
    ("roles_matrix", "second_role", "roles"),
    ("safeguarding_bases", "decided_by", "roles"),
    ("safeguarding_bases", "max_data_classes", "data_classes"),
    ("services", "group", "service_groups"),
    ("services", "sectors", "sectors"),
    ("services", "tdi_centre_type", "tdi_items:centre_type"),
    ("services", "data_class", "data_classes"),
    ("substances", "tdi_row", "tdi_drug_rows"),
    ("tally_items", "service_codes", "services"),
    ("tdi_fields", "data_class", "data_classes"),
    ("teams", "municipality_code", "municipalities"),
    ("triage_outcomes", "case_status", "case_statuses"),
    ("triage_outcomes", "closure_reason", "closure_reasons"),
]


@pytest.mark.parametrize(("name", "column", "target"), REFERENCES)
def test_every_code_named_exists(name: str, column: str, target: str) -> None:
    named = {code for found in LISTS[name].entries for code in found.values(column)}
    assert named, "a column that names nothing is not the column meant"
    assert named <= set(codes(target))


def test_every_field_of_the_treatment_form_has_its_codes() -> None:
    named = [found.attributes["code_list"] for found in LISTS["tdi_fields"].entries]
    assert all(codes(name) for name in named if name)
    assert sum(not name for name in named) == 1  # the year of treatment start


def test_every_item_of_the_treatment_codes_is_a_field_or_a_band_of_one() -> None:
    fields = set(codes("tdi_fields"))
    items = {found.item for found in LISTS["tdi_items"].entries}
    assert items - fields == {"secondary_group"}


def test_every_leaf_row_of_the_drug_tables_is_fed() -> None:
    leaves = {found.code for found in LISTS["tdi_drug_rows"].entries if not found.is_yes("is_total")}
    assert leaves == {found.attributes["tdi_row"] for found in LISTS["substances"].entries} - {""}


def test_roles_that_exclude_each_other_do_so_both_ways() -> None:
    excluded = {found.code: set(found.values("incompatible_with")) for found in LISTS["roles"].entries}
    assert all(one in excluded[other] for one, others in excluded.items() for other in others)


def test_a_bundle_takes_no_class_that_none_of_its_purposes_allows() -> None:
    for bundle in LISTS["consent_bundles"].entries:
        allowed = {
            data_class
            for purpose in bundle.values("purposes")
            for data_class in codes("consent_purposes")[purpose].values("max_data_classes")
        }
        assert set(bundle.values("data_classes")) <= allowed


def test_the_seven_teams_have_seven_prefixes() -> None:
    teams = LISTS["teams"].entries
    assert len({team.attributes["prefix"] for team in teams}) == 7
    assert all(team.code == team.attributes["slug"] for team in teams)
