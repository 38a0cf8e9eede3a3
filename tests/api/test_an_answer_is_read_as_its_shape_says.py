"""What a shape reads beside what DRF's own serializer reads: the same, once both are written as JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from rest_framework import serializers
from rest_framework.fields import empty

from api import urls
from api.rendering import Json
from api.serializers import Shape

pytestmark = pytest.mark.pure

KEY = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
WHEN = datetime(2026, 11, 22, 9, 30, 15, 250000, tzinfo=UTC)


class Leaf(Shape):
    id = serializers.UUIDField()
    at = serializers.DateTimeField(allow_null=True)
    shown = serializers.BooleanField(default=True)


class Tree(Shape):
    """Everything that the shapes of the API make use of."""

    leaf = Leaf()
    spare = Leaf(allow_null=True)
    leaves = Leaf(many=True)
    owner = serializers.CharField(source="house.owner.name")
    team = serializers.UUIDField(source="team_id")
    day = serializers.DateField(allow_null=True)
    codes = serializers.ListField(child=serializers.CharField())
    items = serializers.DictField()
    number = serializers.IntegerField(default=7)
    word = serializers.CharField(default=None, allow_null=True)
    count = serializers.SerializerMethodField()

    seen: ClassVar[list[object]] = []

    def get_count(self, instance: Any) -> int:
        self.seen.append(instance)
        return len(self.context) + 3


class Branch(Tree):
    """A shape that adds a field to those of another, and says one anew."""

    number = serializers.IntegerField(default=8)
    extra = serializers.CharField()


LEAF = {"id": KEY, "at": WHEN}
TREE: dict[str, Any] = {
    "leaf": LEAF,
    "spare": None,
    "leaves": [LEAF, {"id": KEY, "at": None, "shown": False}],
    "house": {"owner": {"name": "Ana"}},
    "team_id": KEY,
    "day": date(2026, 2, 28),
    "codes": ("a", "b"),
    "items": {"sex": "1"},
}


def objects(value: Any) -> Any:
    """Return the same with an object in the place of each mapping, except where a mapping is the value."""
    if isinstance(value, list):
        return [objects(one) for one in value]
    if isinstance(value, dict):
        kept = {key: one if key == "items" else objects(one) for key, one in value.items()}
        return SimpleNamespace(**kept)
    return value


def written(data: Any) -> Any:
    return json.loads(Json().render(data))


def usual(shape: Shape, instance: Any) -> Any:
    return written(serializers.Serializer.to_representation(shape, instance))


@pytest.mark.parametrize("give", [dict, objects], ids=["mappings", "objects"])
def test_nested_shapes_lists_sources_and_defaults_are_read(give: Any) -> None:
    said = written(Tree(give(TREE)).data)
    leaf = {"id": str(KEY), "at": "2026-11-22T09:30:15.250000Z", "shown": True}
    assert said == {
        "leaf": leaf,
        "spare": None,
        "leaves": [leaf, {"id": str(KEY), "at": None, "shown": False}],
        "owner": "Ana",
        "team": str(KEY),
        "day": "2026-02-28",
        "codes": ["a", "b"],
        "items": {"sex": "1"},
        "number": 7,
        "word": None,
        "count": 3,
    }
    assert said == usual(Tree(), give(TREE))


def test_names_keep_the_order_in_which_they_are_declared() -> None:
    given_tree = {**TREE, "extra": "x"}
    assert list(Branch(given_tree).data) == list(usual(Branch(), given_tree)) == list(Branch().fields)


def test_a_shape_that_builds_on_another_has_its_own_fields() -> None:
    assert Branch({**TREE, "extra": "x"}).data["number"] == 8
    assert Tree(TREE).data["number"] == 7
    assert "extra" not in Tree({**TREE, "extra": "x"}).data


def test_a_method_is_asked_on_the_shape_with_its_context() -> None:
    Tree.seen.clear()
    assert Tree(TREE, context={"by": 1}).data["count"] == 4
    assert Tree.seen == [TREE]


def test_many_at_the_top_are_a_list() -> None:
    rows = [LEAF, {**LEAF, "shown": False}]
    assert [row["shown"] for row in Leaf(rows, many=True).data] == [True, False]
    assert Leaf([], many=True).data == []


@pytest.mark.parametrize("give", [dict, objects], ids=["mappings", "objects"])
def test_a_value_that_is_missing_takes_its_default_and_one_that_is_none_is_null(give: Any) -> None:
    said = Tree(
        give({**TREE, "number": None, "word": "w", "codes": None, "leaf": {**LEAF, "shown": None}})
    ).data
    assert (said["number"], said["word"], said["codes"], said["leaf"]["shown"]) == (None, "w", None, None)


@pytest.mark.parametrize("name", ["leaf", "leaves", "house", "team_id", "codes", "items"])
@pytest.mark.parametrize("give", [dict, objects], ids=["mappings", "objects"])
def test_what_has_no_default_must_be_there(name: str, give: Any) -> None:
    lacking = {key: value for key, value in TREE.items() if key != name}
    with pytest.raises((KeyError, AttributeError)):
        _ = Tree(give(lacking)).data


def test_a_related_row_that_is_not_there_takes_the_default() -> None:
    class Lone:
        @property
        def shown(self) -> bool:
            raise ObjectDoesNotExist

    lone = Lone()
    lone.__dict__.update(LEAF)
    assert Leaf(lone).data["shown"] is True


def test_the_shape_of_what_comes_in_is_not_changed() -> None:
    before = json.dumps(TREE, default=str)
    first = Tree(TREE).data
    first["leaves"].clear()
    first["codes"].append("c")
    assert json.dumps(TREE, default=str) == before
    assert len(Tree(TREE).data["leaves"]) == 2


# --- every shape of the API ---------------------------------------------------------------------------------------


def shapes(of: type[Shape] = Shape) -> Iterator[type[Shape]]:
    for shape in of.__subclasses__():
        if shape.__module__.startswith("api."):
            yield shape
            yield from shapes(shape)


assert urls.urlpatterns  # which imports every resource
REAL = {f"{shape.__module__.rpartition('.')[2]}.{shape.__name__}": shape for shape in shapes()}
WORDS = some.text(max_size=9)
KINDS: tuple[tuple[type, some.SearchStrategy[Any]], ...] = (
    (serializers.UUIDField, some.uuids()),
    (serializers.DateTimeField, some.datetimes(datetime(1990, 1, 1), timezones=some.just(UTC))),  # noqa: DTZ001
    (serializers.DateField, some.dates()),
    (serializers.BooleanField, some.booleans()),
    (serializers.IntegerField, some.integers(-(2**31), 2**31)),
    (serializers.FloatField, some.floats(0, 1)),
    (serializers.CharField, WORDS),
    (serializers.ChoiceField, WORDS),
    (serializers.ListField, some.lists(WORDS, max_size=3)),
    (serializers.DictField, some.dictionaries(WORDS, WORDS, max_size=3)),
    (serializers.JSONField, some.dictionaries(WORDS, some.integers(0, 9), max_size=2)),
)


def value_of(field: Any) -> some.SearchStrategy[Any]:
    if isinstance(field, serializers.ListSerializer):
        found: some.SearchStrategy[Any] = some.lists(instance_of(field.child), max_size=2)
    elif isinstance(field, Shape):
        found = instance_of(field)
    elif isinstance(field, serializers.DictField):
        found = some.dictionaries(WORDS, values_in(field), max_size=3)
    elif isinstance(field, serializers.ListField):
        found = some.lists(values_in(field), max_size=3)
    else:
        found = next(values for kind, values in KINDS if isinstance(field, kind))
    return some.none() | found if field.allow_null else found


def values_in(field: Any) -> some.SearchStrategy[Any]:
    """Return what a list or dictionary may hold: words, where it does not say."""
    known = (
        serializers.Field if type(field.child).__module__.endswith("serializers") else kind
        for kind, _ in KINDS
    )
    return value_of(field.child) if isinstance(field.child, (*known,)) else WORDS


def is_method(field: Any) -> bool:
    return isinstance(field, serializers.SerializerMethodField)


def instance_of(shape: Any) -> some.SearchStrategy[dict[str, Any]]:
    """Return mappings that the shape can read; a path with dots is a mapping in a mapping."""
    fields = {(field.source or name): field for name, field in shape.fields.items() if not is_method(field)}
    return some.fixed_dictionaries({path: value_of(field) for path, field in fields.items()}).map(unfolded)


def unfolded(flat: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, value in flat.items():
        *before, last = path.split(".")
        place = found
        for part in before:
            place = place.setdefault(part, {})
        place[last] = value
    return found


def has_method(shape: Any) -> bool:
    return any(
        is_method(field) or has_method(getattr(field, "child", field))
        for field in getattr(shape, "fields", {}).values()
    )


PLAIN = [name for name, shape in REAL.items() if not has_method(shape())]


def test_the_shapes_of_the_api_are_found() -> None:
    assert len(REAL) > 30
    assert len(PLAIN) > 25


@pytest.mark.parametrize("name", PLAIN)
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(data=some.data())
def test_each_reads_what_drf_would_read(name: str, data: some.DataObject) -> None:
    shape = REAL[name]()
    instance = data.draw(instance_of(shape))
    assert written(shape.to_representation(instance)) == usual(shape, instance)


@pytest.mark.parametrize("name", REAL)
def test_each_asks_only_for_what_a_shape_knows(name: str) -> None:
    """A field of another kind would be read in another way by DRF, and silently so here."""
    for field in REAL[name]._declared_fields.values():
        if is_method(field):
            assert field.method_name is None
            continue
        assert "*" not in (field.source or name)
        assert field.default is empty or not callable(field.default)
        assert field.default is not empty or field.required or field.read_only
        assert not field.write_only
        assert not isinstance(field, serializers.ListField) or not isinstance(field.child, Shape)
