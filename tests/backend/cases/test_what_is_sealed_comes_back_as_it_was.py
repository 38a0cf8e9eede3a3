"""The content of a sealed row survives packing, needs keep their ids, and empty parts take no room."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cases.content import Content, Need
from backend.encryption.plaintext import frame
from backend.reference.lists import codes

pytestmark = pytest.mark.pure
ids = st.uuids()
needs = st.builds(Need, ids, st.sampled_from(sorted(codes("needs"))), st.just("open"), st.none() | ids)
contents = st.builds(
    Content,
    st.dictionaries(st.sampled_from(sorted(codes("tdi_fields"))), st.sampled_from(["1", "99"]), max_size=6),
    st.lists(needs, max_size=4, unique_by=lambda need: need.id).map(tuple),
    st.sets(st.sampled_from(sorted(codes("risk_flags")))).map(frozenset),
)


@given(contents)
def test_packing_is_undone_by_unpacking(content: Content) -> None:
    assert Content.unpacked(content.packed()) == content


def test_an_empty_content_is_an_empty_object() -> None:
    assert Content().packed() == {}
    assert Content.unpacked({}) == Content()


def test_an_item_set_to_none_is_gone() -> None:
    content = Content().with_items({"sex": "1", "year": 2024}).with_items({"sex": None})
    assert content.items == {"year": 2024}


def test_a_need_is_replaced_in_its_place() -> None:
    first, second = Need(uuid4(), "housing", "open"), Need(uuid4(), "income", "open")
    content = Content().with_need(first).with_need(second)
    met = Need(first.id, "housing", "met")
    assert content.with_need(met).needs == (met, second)


def test_only_a_diagnosis_carries_an_organisation() -> None:
    assert "org" not in Need(uuid4(), "housing", "open").packed()
    named = Need(UUID(int=1), "hiv_hcv_care", "open", UUID(int=2))
    assert Need.unpacked(named.packed()) == named


def test_the_fullest_ordinary_row_fits_the_common_size() -> None:
    social = [code for code, row in codes("needs").items() if row.attributes["data_class"] == "social"]
    content = Content(
        items=dict.fromkeys(("living_with", "accommodation", "education", "labour"), "99"),
        needs=tuple(Need(uuid4(), code, "being_met") for code in social[:8]),
        flags=frozenset({"homelessness"}),
    )
    framed = frame(content.packed(), 1024)
    assert framed is not None
    assert len(framed) == 1024
