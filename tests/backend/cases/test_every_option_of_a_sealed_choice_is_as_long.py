"""A row of sealed choices has one size, whichever option of whichever reference list was chosen, and none at all."""

import pytest

from backend.cases.classes import item_class, stored
from backend.cases.content import Content
from backend.cases.sealed_rows import FLOOR
from backend.encryption.cipher import seal
from backend.reference.lists import LISTS, Entry
from tests.backend.encryption.samples import KEY, PLACE

pytestmark = pytest.mark.pure
ITEMS: dict[str, list[str]] = {}
for _entry in LISTS["tdi_items"].entries:
    ITEMS.setdefault(_entry.item, []).append(_entry.code)


def size(content: Content) -> int:
    return len(seal(key=KEY, place=PLACE, revision=1, value=content.packed(), floor=FLOOR))


EMPTY = size(Content())


@pytest.mark.parametrize("item", sorted(ITEMS))
def test_every_option_of_an_item_is_as_long_as_no_answer(item: str) -> None:
    assert {size(Content(items={item: code})) for code in ITEMS[item]} == {EMPTY}
    assert size(Content(items={item: ITEMS[item]})) == EMPTY, "and so are all of them at once"


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_code_of_a_list_is_as_long_as_any_other(name: str) -> None:
    def alone(entry: Entry) -> int:
        return len(seal(key=KEY, place=PLACE, revision=1, value=entry.code))

    assert len({alone(entry) for entry in LISTS[name].entries}) == 1


@pytest.mark.parametrize("data_class", stored())
def test_a_row_in_which_every_item_of_its_class_is_answered_is_as_long_as_an_empty_one(
    data_class: str,
) -> None:
    of_class = [one.code for one in LISTS["tdi_fields"].entries if item_class(one.code) == data_class]
    longest = {item: max(ITEMS.get(item, ["2026"]), key=len) for item in of_class}
    assert size(Content(items=longest)) == EMPTY
