"""Queries kept as text: the answer of the queryset they were built from, for everybody who asks, and never of
another who asked before."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections
from django.db.models import F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject, Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.cases.models import Case
from backend.encryption.models import WrappedKey
from backend.prepared import NotPreparable, Prepared
from backend.referrals.models import Referral
from permissions.actor import Actor
from permissions.scope import may, visible_to
from tests.backend.referrals.loops import Loop, opened
from tests.backend.referrals.rows import a_row
from tests.world import Town, actor, ago

pytestmark = pytest.mark.database

VIEW = "case.view_coded"


@pytest.fixture(scope="module")
def loop(database: None) -> Loop:
    """A case with four referrals; the last has no recipient yet, and the first a sealed service."""
    made = opened(Town())
    a_row(made, service_code="", sealed_service=None, created_at=ago(days=2))
    a_row(made, "accepted", due_at=ago(hours=1), data_classes=["needs", "health"])
    a_row(made, "rejected", urgency="stat")
    a_row(made, "draft", recipient_organisation=None)
    return made


@pytest.fixture(scope="module")
def other(database: None) -> Loop:
    made = opened(Town())
    a_row(made)
    return made


def same(build: Callable[..., QuerySet[Any, Any]], *shape: Any, **values: Any) -> list[Any]:
    """Ask both twice, the second time from the kept text; return what both said."""
    prepared, plain = Prepared(build), list(build(*shape, **values))
    assert prepared.rows(*shape, **values) == plain
    assert prepared.rows(*shape, **values) == plain
    return plain


def of(case_id: UUID) -> QuerySet[Referral]:
    return Referral.objects.filter(case_id=case_id).order_by("number")


SHAPES: dict[str, Callable[[QuerySet[Referral]], QuerySet[Any, Any]]] = {
    "values": lambda rows: rows.values("id", "code", "team_id", "due_at", "data_classes"),
    "values of a relation": lambda rows: rows.values("id", "team", "team__slug", "case__id"),
    "values named anew": lambda rows: rows.values(
        "code", late=Q(due_at__lt=Now()), organisation=F("team_id")
    ),
    "values with a json": lambda rows: rows.values(seen=JSONObject(code="code", at="created_at")),
    "lists": lambda rows: rows.values_list("created_at", "code", "id"),
    "lists of a relation": lambda rows: rows.values_list("team__slug", "case__spoken_name", "pk"),
    "flat": lambda rows: rows.values_list("code", flat=True),
    "named": lambda rows: rows.values_list("pk", "code", named=True),
    "sealed": lambda rows: rows.values_list("sealed_service", "narrative"),
    "united": lambda rows: rows.filter(status="draft")[:1].union(rows.filter(urgency="stat")[:3], all=True),
    "united with nothing": lambda rows: rows.none().union(rows.filter(urgency="stat")[:3], all=True),
    "counted": lambda rows: rows.order_by().values("status").distinct().order_by("status"),
    "a slice": lambda rows: rows[1:3],
}


@pytest.mark.parametrize("name", SHAPES)
def test_rows_come_in_the_form_that_the_queryset_gives(loop: Loop, name: str) -> None:
    assert same(lambda *, case_id: SHAPES[name](of(case_id)), case_id=loop.case.id)


def test_instances_come_with_what_was_joined_and_annotated(loop: Loop) -> None:
    def build(*, case_id: UUID) -> QuerySet[Referral]:
        siblings = Referral.objects.filter(case_id=OuterRef("case_id")).order_by("number")
        found = siblings.values(json=JSONObject(code="code", status="status"))
        joined = of(case_id).select_related("case", "recipient_organisation", "case__team")
        return joined.annotate(codes=ArraySubquery(found), late=Q(due_at__lt=Now()))

    plain = same(build, case_id=loop.case.id)
    prepared = Prepared(build)
    prepared.rows(case_id=uuid4())
    with CaptureQueriesContext(connections["default"]) as asked:
        for one, row in zip(prepared.rows(case_id=loop.case.id), plain, strict=True):
            assert (one.codes, one.case.team, one.late) == (row.codes, row.case.team, row.late)
            assert one.recipient_organisation == row.recipient_organisation
            assert (one._state.db, one._state.adding) == ("default", False)
            assert {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields} == {
                field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields
            }
    assert len(asked.captured_queries) == 1


def by_ids(*, ids: Sequence[UUID]) -> QuerySet[Referral, Any]:
    return Referral.objects.filter(pk__in=ids).order_by("number").values_list("pk", "code")


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 5, 9, 33])
def test_a_list_of_ids_finds_what_it_names_whatever_its_length(loop: Loop, length: int) -> None:
    ids = [*of(loop.case.id).values_list("pk", flat=True)[:length]]
    ids += [uuid4() for _ in range(length - len(ids))]
    found = same(by_ids, ids=ids)
    assert len(found) == min(length, 4)
    assert same(by_ids, ids=[*ids, *ids[:1]]) == found


def test_lists_of_many_lengths_share_few_texts(loop: Loop) -> None:
    prepared = Prepared(by_ids)
    for length in range(40):
        prepared.rows(ids=[uuid4() for _ in range(length)])
    assert prepared._texts.cache_info().currsize <= 8


def test_the_number_of_texts_is_bounded() -> None:
    prepared = Prepared(lambda word, *, pk: Referral.objects.filter(pk=pk, code=word).values_list("pk"))
    for number in range(600):
        prepared.rows(f"WORD-{number}", pk=uuid4())
    assert prepared._texts.cache_info().currsize == prepared._texts.cache_info().maxsize == 512


@pytest.mark.parametrize("chosen", [None, True, False])
def test_none_true_and_false_are_what_they_are(loop: Loop, chosen: bool | None) -> None:
    def build(*, case_id: UUID, there: Any) -> QuerySet[Referral, Any]:
        rows = of(case_id).values_list("code")
        return rows if there is None else rows.filter(recipient_organisation__isnull=there)

    assert len(same(build, case_id=loop.case.id, there=chosen)) == {None: 4, True: 1, False: 3}[chosen]


def test_none_in_the_place_of_an_id_finds_rows_without_one(loop: Loop) -> None:
    def build(*, case_id: UUID, to: UUID | None) -> QuerySet[Referral, Any]:
        return of(case_id).filter(recipient_organisation_id=to).values_list("code")

    prepared = Prepared(build)
    for to, found in ((None, 1), (loop.town.clinic.id, 3), (uuid4(), 0), (None, 1)):
        assert len(prepared.rows(case_id=loop.case.id, to=to)) == found


def test_the_same_id_in_two_places_does_not_stand_for_two(loop: Loop, other: Loop) -> None:
    prepared = Prepared(
        lambda *, one, two: Case.objects.filter(Q(pk=one) | Q(pk=two)).values_list("pk", flat=True)
    )
    here, there = loop.case.id, other.case.id
    assert prepared.rows(one=here, two=here) == [here]
    assert set(prepared.rows(one=here, two=there)) == {here, there}
    assert prepared.rows(one=there, two=there) == [there]


def visible(by: Actor) -> QuerySet[Referral, Any]:
    return visible_to(by, Referral.objects.all(), VIEW).order_by("pk").values_list("pk")


def test_two_people_of_one_shape_share_a_text_and_see_their_own_rows_only(loop: Loop, other: Loop) -> None:
    prepared, seen = Prepared(visible), {}
    for name in ("nurse", "social_worker", "outreach", "coordinator"):
        for one in (loop, other, loop):
            by = actor(getattr(one.town, name))
            seen[name, one is loop] = prepared.rows(by)
            assert seen[name, one is loop] == list(visible(by)), f"leaked: {name}"
        assert not {*seen[name, True]} & {*seen[name, False]}, f"leaked: {name}"
    assert len(seen["nurse", True]) == 2
    # Three members are of one shape; the coordinator is of another.
    assert prepared._texts.cache_info().currsize == 2


def test_a_right_is_judged_each_time_and_not_kept(loop: Loop) -> None:
    by = actor(loop.town.nurse)
    assert may(by, VIEW, of(loop.case.id)[1])
    assert not may(Actor(id=by.id), VIEW, of(loop.case.id)[1])
    assert not may(actor(loop.town.outreach), VIEW, of(loop.case.id)[1]), "leaked"


def test_a_text_that_holds_an_id_names_the_one_that_asks(loop: Loop, other: Loop) -> None:
    def groups(*, organisation: UUID, team: UUID) -> QuerySet[Group, Any]:
        return Group.objects.filter(name=f"organisation:{organisation}:team:{team}").values_list("name")

    prepared = Prepared(groups)
    for one in (loop, other):
        name = f"organisation:{one.town.centre.id}:team:{one.town.team.id}"
        assert prepared.rows(organisation=one.town.centre.id, team=one.town.team.id) == [(name,)]
    assert prepared.rows(organisation=loop.town.centre.id, team=other.town.team.id) == []
    begins = Prepared(lambda *, team: Group.objects.filter(name__endswith=f":{team}").values_list("name"))
    assert begins.rows(team=uuid4()) == []
    assert begins.rows(team=loop.town.team.id) == list(
        Group.objects.filter(name__endswith=f":{loop.town.team.id}").values_list("name")
    )


@pytest.mark.parametrize("hostile", ["%", "'; --", "\\", "\ue0000\ue000", "%s", '"'])
def test_a_word_is_a_value_whatever_it_holds(loop: Loop, hostile: str) -> None:
    prepared = Prepared(lambda *, code: Referral.objects.filter(code=code).values_list("code"))
    first = of(loop.case.id)[0]
    assert prepared.rows(code=first.code) == [(first.code,)]
    assert prepared.rows(code=hostile) == []
    assert prepared.first(code=first.code) == (first.code,)
    assert prepared.first(code=hostile) is None


def test_an_id_that_looks_like_a_stand_in_stands_for_itself(loop: Loop) -> None:
    prepared = Prepared(lambda *, one, two: Case.objects.filter(pk__in=[one, two]).values_list("pk"))
    for number in range(4):
        fake = UUID(int=0x5B0A_0000_0000_4000_8000_0000_0000_0000 + number)
        assert prepared.rows(one=loop.case.id, two=fake) == [(loop.case.id,)]
        assert prepared.rows(one=fake, two=loop.case.id) == [(loop.case.id,)]
        assert prepared.rows(one=fake, two=uuid4()) == []


def test_a_moment_is_a_value_where_it_is_given_as_one(loop: Loop) -> None:
    def build(*, case_id: UUID, since: Any) -> QuerySet[Referral, Any]:
        return of(case_id).filter(due_at__gte=since).values_list("code")

    prepared = Prepared(build)
    for since, found in ((ago(days=1), 1), (timezone.now(), 0), (ago(hours=2), 1)):
        assert len(prepared.rows(case_id=loop.case.id, since=since)) == found


def test_another_thread_asks_on_its_own_connection(loop: Loop) -> None:
    prepared = Prepared(lambda *, case_id: of(case_id).select_related("case"))
    here = prepared.rows(case_id=loop.case.id)

    def ask() -> tuple[list[Any], Any]:
        try:
            with CaptureQueriesContext(connections["default"]) as asked:
                rows = prepared.rows(case_id=loop.case.id)
            return rows, len(asked.captured_queries)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        assert pool.submit(ask).result() == (here, 1)


def test_a_query_may_live_in_the_other_database(loop: Loop) -> None:
    prepared = Prepared(lambda *, owner: WrappedKey.objects.filter(owner_id=owner), using="keys")
    found = prepared.rows(owner=loop.case.id)
    assert found == list(WrappedKey.objects.using("keys").filter(owner_id=loop.case.id))
    assert {row._state.db for row in found} == {"keys"}


NOT_PREPARABLE: dict[str, Callable[[], QuerySet[Any, Any]]] = {
    "a moment of Python": lambda: Case.objects.filter(created_at__lt=timezone.now()),
    "a date of Python": lambda: Case.objects.filter(opened_on__lt=timezone.now().date()),
    "an id that was built in": lambda: Case.objects.filter(pk=uuid4()),
    "bytes": lambda: Case.objects.annotate(raw=Value(b"x")),
    "a moment in a list": lambda: Case.objects.filter(created_at__in=[timezone.now()]),
}


@pytest.mark.parametrize("name", NOT_PREPARABLE)
def test_a_value_that_would_grow_old_is_refused(name: str) -> None:
    with pytest.raises(NotPreparable):
        Prepared(NOT_PREPARABLE[name]).rows()


def test_an_interval_is_counted_from_the_clock_of_the_database(loop: Loop) -> None:
    def build(*, case_id: UUID) -> QuerySet[Referral, Any]:
        return of(case_id).filter(created_at__gt=Now() - timedelta(days=1)).values_list("code")

    assert len(same(build, case_id=loop.case.id)) == 4


@pytest.mark.parametrize("lookup", ["contains", "icontains", "startswith", "endswith"])
def test_a_word_inside_a_pattern_is_refused(lookup: str) -> None:
    prepared = Prepared(lambda *, word: Case.objects.filter(**{f"spoken_name__{lookup}": word}))
    with pytest.raises(NotPreparable):
        prepared.rows(word="javor")


OTHER_KINDS = {"a float": 1.5, "bytes": b"x", "a span": timedelta(days=1), "a thing": object(), "a number": 5}


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_a_value_of_another_kind_is_refused(name: str) -> None:
    """A stand-in for a number would lie outside its column's range, where Django answers without asking."""
    with pytest.raises(NotPreparable):
        Prepared(lambda *, given: Case.objects.filter(version__gt=given)).rows(given=OTHER_KINDS[name])


def test_nothing_to_find_is_an_empty_answer(loop: Loop) -> None:
    prepared = Prepared(lambda *, case_id: Case.objects.filter(pk=case_id).none())
    assert prepared.rows(case_id=loop.case.id) == []
    assert prepared.first(case_id=loop.case.id) is None
