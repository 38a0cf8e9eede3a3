"""The fields of our own: codes, texts, ids and other objects. Each with what it refuses."""

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.exceptions import ValidationError

from api import attempt
from api.faults import faults_of
from api.fields import CodeField, GuardedText, IdField, VisibleRelatedField
from api.serializers import Nothing, Shape, StrictSerializer
from backend.cases.models import Case
from backend.reference.lists import UnknownCode
from permissions.actor import Actor
from permissions.seats import Seat
from tests.api.sample import make_box
from tests.world import Town, actor


def codes(field: Any, value: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        field.run_validation(value)
    return [fault.code for fault in faults_of(caught.value.detail)]


@pytest.mark.pure
@pytest.mark.parametrize("code", ["routine", "urgent", "asap", "stat"])
def test_a_code_of_the_list_is_taken(code: str) -> None:
    assert CodeField("urgencies").run_validation(code) == code


@pytest.mark.pure
@pytest.mark.parametrize("value", ["Routine", "routine ", "never", "1", "рутина"])
def test_another_code_is_not(value: str) -> None:
    assert codes(CodeField("urgencies"), value) == ["unknown_code"]


@pytest.mark.pure
@pytest.mark.parametrize("value", [1, True, ["routine"], {"code": "routine"}])
def test_a_code_is_a_text(value: Any) -> None:
    assert codes(CodeField("urgencies"), value) == ["invalid"]


@pytest.mark.pure
def test_an_empty_code_only_where_it_is_allowed() -> None:
    assert codes(CodeField("urgencies"), "") == ["blank"]
    assert CodeField("urgencies", allow_blank=True).run_validation("") == ""


@pytest.mark.pure
def test_the_codes_of_one_item_of_a_list() -> None:
    field = CodeField("tdi_items:sex")
    assert field.run_validation("1") == "1"
    assert codes(field, "routine") == ["unknown_code"]


@pytest.mark.pure
def test_a_list_that_is_not_there_is_found_when_the_field_is_made() -> None:
    with pytest.raises(UnknownCode):
        CodeField("no_such_list")


@pytest.mark.pure
@pytest.mark.parametrize("text", ["Dolazi utorkom.", "Треба пратња до амбуланте.", "x" * 40])
def test_a_harmless_text_is_taken(text: str) -> None:
    assert GuardedText(max_length=40).run_validation(text) == text


@pytest.mark.pure
@pytest.mark.parametrize("text", ["tel 064 123 45 67", "ana.anic@example.com", "тел. 064/1234567"])
def test_a_text_with_an_identifier_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        GuardedText().run_validation(text)
    assert [fault.code for fault in faults_of(caught.value.detail)] == ["identifier_found"]
    assert text not in str(caught.value)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("value", "code"), [("", "blank"), ("x" * 41, "max_length"), (None, "null"), ([], "invalid")]
)
def test_a_text_keeps_its_measure(value: Any, code: str) -> None:
    assert codes(GuardedText(max_length=40), value) == [code]


@pytest.mark.pure
def test_an_id_is_taken_in_its_canonical_form_only() -> None:
    one = uuid4()
    assert IdField(of=Case).run_validation(str(one)) == one
    for other in (
        one.hex,
        f"{{{one}}}",
        f"{{{{{one.hex}}}}}",
        f"{one}\n",
        f"urn:uuid:{one}",
        7,
        one.int,
        "x" * 36,
        None,
    ):
        assert codes(IdField(of=Case), other) in (["invalid"], ["null"])


class Wanting(StrictSerializer):
    box = VisibleRelatedField(queryset=Case.objects.all())


class WantingMore(StrictSerializer):
    box = VisibleRelatedField(queryset=Case.objects.all(), action="case.assign")


class WantingMany(StrictSerializer):
    boxes = VisibleRelatedField(queryset=Case.objects.all(), many=True)


def asked(shape: type[StrictSerializer], by: Actor, data: Any) -> StrictSerializer:
    attempt.current.set(attempt.Attempt(by=by))
    return shape(data=data, context={"by": by})


def test_an_object_one_sees_is_found_by_id_and_by_code(town: Town) -> None:
    box = make_box(town.team, town.centre)
    for key in (str(box.id), box.code):
        serializer = asked(Wanting, actor(town.coordinator), {"box": key})
        serializer.is_valid(raise_exception=True)
        assert serializer.validated_data == {"box": box}


def test_a_foreign_and_an_absent_object_are_one_error_and_a_probe(town: Town) -> None:
    other = Town()
    foreign = make_box(other.team, other.centre)
    for key in (str(foreign.id), foreign.code, str(uuid4()), "no-id"):
        serializer = asked(Wanting, actor(town.coordinator), {"box": key})
        assert not serializer.is_valid()
        assert [(one.pointer, one.code) for one in faults_of(serializer.errors)] == [("/box", "unknown_id")]
        assert attempt.attempt().probed == attempt.Target(Case, key)


@pytest.mark.parametrize("value", [1, True, ["x"], {"id": "x"}])
def test_an_object_is_named_by_a_text(town: Town, value: Any) -> None:
    serializer = asked(Wanting, actor(town.coordinator), {"box": value})
    assert not serializer.is_valid()
    assert [one.code for one in faults_of(serializer.errors)] == ["unknown_id"]


def test_the_action_of_the_field_decides_what_is_seen(town: Town) -> None:
    box = make_box(town.team, town.centre)
    seat = Seat(role="member", team_id=town.team.id, organisation_id=town.centre.id)
    member = Actor(id=uuid4(), seats=(seat,))
    assert not asked(WantingMore, member, {"box": str(box.id)}).is_valid()
    assert asked(WantingMore, actor(town.coordinator), {"box": str(box.id)}).is_valid()


def test_several_objects_are_each_looked_up(town: Town) -> None:
    boxes = [make_box(town.team, town.centre) for _ in range(2)]
    keys = [str(box.id) for box in boxes]
    serializer = asked(WantingMany, actor(town.coordinator), {"boxes": keys})
    serializer.is_valid(raise_exception=True)
    assert serializer.validated_data["boxes"] == boxes
    wrong = asked(WantingMany, actor(town.coordinator), {"boxes": [keys[0], str(uuid4())]})
    assert not wrong.is_valid()


def test_nobody_sees_nothing(town: Town) -> None:
    box = make_box(town.team, town.centre)
    assert not asked(Wanting, attempt.ANONYMOUS, {"box": str(box.id)}).is_valid()


@pytest.mark.pure
class TestStrictness:
    """What comes in holds the declared fields and no other, at every depth."""

    class Inner(StrictSerializer):
        code = CodeField("urgencies")

    class Outer(StrictSerializer):
        pass

    Outer._declared_fields = {"inner": Inner(), "many": Inner(many=True, required=False)}

    def faults(self, data: Any) -> set[tuple[str, str]]:
        serializer = self.Outer(data=data)
        assert not serializer.is_valid()
        return {(one.pointer, one.code) for one in faults_of(serializer.errors)}

    def test_unknown_fields_are_named_where_they_are(self) -> None:
        data = {
            "inner": {"code": "asap", "b": 1},
            "many": [{"code": "asap"}, {"code": "asap", "c": 2}],
            "a": 0,
        }
        assert self.faults(data) == {
            ("/inner/b", "unknown_field"),
            ("/many/1/c", "unknown_field"),
            ("/a", "unknown_field"),
        }

    def test_all_that_is_wrong_is_named_at_once(self) -> None:
        assert self.faults({"inner": {"code": "never"}, "a": 0}) == {
            ("/inner/code", "unknown_code"),
            ("/a", "unknown_field"),
        }

    @pytest.mark.parametrize("data", [[], "text", 7, True])
    def test_what_is_no_object_is_said_to_be_none(self, data: Any) -> None:
        assert self.faults(data) == {("", "not_an_object")}

    def test_an_empty_shape_takes_an_empty_object_only(self) -> None:
        assert Nothing(data={}).is_valid()
        assert not Nothing(data={"x": 1}).is_valid()

    def test_a_shape_that_goes_out_reads_keys_and_attributes(self) -> None:
        class Out(Shape):
            pass

        Out._declared_fields = {"code": CodeField("urgencies")}
        assert Out({"code": "asap"}).data == {"code": "asap"}
        assert Out(Case(urgency="asap", code="X")).data == {"code": "X"}
