"""From a need to the services that meet it: by the lists, and nothing that the lists do not say."""

import pytest

from backend.directory import services
from backend.reference.lists import codes

pytestmark = pytest.mark.pure

NEEDS = sorted(codes("needs"))


@pytest.mark.parametrize("need", NEEDS)
def test_every_code_found_is_a_service(need: str) -> None:
    assert services.codes_for_need(need) <= set(codes("services"))


@pytest.mark.parametrize("need", NEEDS)
def test_its_typical_services_are_among_them(need: str) -> None:
    assert set(codes("needs")[need].values("typical_services")) <= services.codes_for_need(need)


@pytest.mark.parametrize("need", NEEDS)
def test_all_others_are_of_its_groups(need: str) -> None:
    entry = codes("needs")[need]
    groups, typical = set(entry.values("service_groups")), set(entry.values("typical_services"))
    others = services.codes_for_need(need) - typical
    assert {codes("services")[code].attributes["group"] for code in others} <= groups


@pytest.mark.parametrize("group", sorted(codes("service_groups")))
def test_a_group_is_either_whole_or_named_one_by_one(group: str) -> None:
    members = {code for code, entry in codes("services").items() if entry.attributes["group"] == group}
    for need in NEEDS:
        if group in codes("needs")[need].values("service_groups"):
            assert members <= services.codes_for_need(need)


def test_a_need_that_does_not_exist_leads_nowhere() -> None:
    with pytest.raises(KeyError):
        services.codes_for_need("money")


def test_food_is_food() -> None:
    found = services.codes_for_need("basic_needs")
    assert "SO-FOO" in found
    assert "TX-SBI" not in found
