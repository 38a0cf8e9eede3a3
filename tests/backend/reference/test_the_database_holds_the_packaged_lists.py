"""After the migrations the database says exactly what the package says; loading again changes nothing."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, transaction

from backend.reference.lists import LISTS, VERSION, CodeList, Entry
from backend.reference.loader import load
from backend.reference.models import ReferenceEntry, ReferenceList

pytestmark = pytest.mark.database


def invented(*codes: str, version: str = "1", name: str = "") -> CodeList:
    entries = tuple(
        Entry(code, "", position, {"en": code, "sr-Latn": "a", "sr-Cyrl": "а"}, {"note": ""})
        for position, code in enumerate(codes)
    )
    by_key = {entry.key: entry for entry in entries}
    return CodeList(name or f"invented_{uuid4().hex}", version, "0" * 64, entries, by_key)


def bring(*lists: CodeList) -> list[str]:
    return [str(change) for change in load(lists, lists=ReferenceList, entries=ReferenceEntry) if change]


def stored_codes(code_list: CodeList) -> list[str]:
    rows = ReferenceEntry.objects.filter(list__name=code_list.name, list__version=code_list.version)
    return list(rows.order_by("position").values_list("code", flat=True))


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_in_the_database_equals_the_packaged_one(name: str) -> None:
    row = ReferenceList.objects.get(name=name, version=VERSION)
    assert row.digest == LISTS[name].digest
    stored = [
        (entry.item, entry.code, entry.position, entry.labels, entry.attributes)
        for entry in row.entries.order_by("position")
    ]
    assert stored == [
        (entry.item, entry.code, entry.position, dict(entry.labels), dict(entry.attributes))
        for entry in LISTS[name].entries
    ]


def test_loading_the_package_again_changes_nothing() -> None:
    before = dict(ReferenceList.objects.filter(name__in=list(LISTS)).values_list("name", "loaded"))
    assert bring(*LISTS.values()) == []
    assert dict(ReferenceList.objects.filter(name__in=list(LISTS)).values_list("name", "loaded")) == before


def test_a_new_list_is_added() -> None:
    numbers = invented("one", "two")
    assert bring(numbers) == [f"{numbers.name} (version 1): 2 added, 0 changed, 0 removed"]
    assert stored_codes(numbers) == ["one", "two"]
    assert bring(numbers) == []


def test_a_row_that_somebody_changed_is_put_right() -> None:
    numbers = invented("one", "two")
    bring(numbers)
    ReferenceEntry.objects.filter(list__name=numbers.name, code="one").update(labels={"en": "wrong"})
    ReferenceEntry.objects.filter(list__name=numbers.name, code="two").update(code="three")
    assert bring(numbers) == [f"{numbers.name} (version 1): 1 added, 1 changed, 1 removed"]
    assert stored_codes(numbers) == ["one", "two"]
    assert ReferenceEntry.objects.get(list__name=numbers.name, code="one").labels["en"] == "one"


def test_a_new_version_stands_beside_the_old_one() -> None:
    old = invented("one", "two")
    new = invented("one", version="2", name=old.name)
    bring(old)
    assert bring(new) == [f"{old.name} (version 2): 1 added, 0 changed, 0 removed"]
    assert stored_codes(old) == ["one", "two"]
    assert stored_codes(new) == ["one"]


def test_only_a_new_digest_is_noted_without_touching_a_row() -> None:
    numbers = invented("one")
    bring(numbers)
    first = ReferenceList.objects.get(name=numbers.name)
    assert bring(replace(numbers, digest="1" * 64)) == []
    second = ReferenceList.objects.get(name=numbers.name)
    assert (second.digest, second.loaded > first.loaded) == ("1" * 64, True)
    assert stored_codes(numbers) == ["one"]


def test_a_failure_loads_nothing_at_all() -> None:
    good, bad = invented("one"), invented("x" * 200)
    with pytest.raises(DataError):
        bring(good, bad)
    assert not ReferenceList.objects.filter(name__in=[good.name, bad.name]).exists()


def test_the_database_refuses_a_list_or_a_code_twice() -> None:
    numbers = invented("one")
    bring(numbers)
    row = ReferenceList.objects.get(name=numbers.name)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceList.objects.create(name=row.name, version="1", digest="", loaded=row.loaded)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.entries.create(code="one", position=7, labels={}, attributes={})
