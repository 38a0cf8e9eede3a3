"""The start-up check finds every view, action and relation that does not say who may use it."""

from typing import Any, ClassVar

import pytest
from django.core.checks import Error
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from api.base import SIGNED_IN, Endpoint, Resource, creating
from api.checks import every_view_declares, problems_of, views
from api.fields import VisibleRelatedField
from api.pages import public
from api.serializers import Shape, StrictSerializer
from backend.cases.models import Case
from backend.teams.models import Organisation, Team

pytestmark = pytest.mark.pure


def found(view: Any) -> list[str]:
    return [str(message.id) for message in problems_of(view) if isinstance(message, Error)]


class Sound(Endpoint):
    resource = "sound"
    actions = {"look": SIGNED_IN, "touch": ("case.edit", "case.assign")}

    def look(self, _request: Any) -> Response:
        return Response({})

    def touch(self, _request: Any) -> Response:
        return Response({})

    def forgotten(self, _request: Any) -> Response:
        return Response({})


def test_every_route_of_ours_declares() -> None:
    assert every_view_declares() == []


def test_a_declared_view_is_sound() -> None:
    assert found(Sound.as_view({"get": "look", "post": "touch"})) == []


def test_a_forgotten_action_is_found() -> None:
    assert found(Sound.as_view({"get": "forgotten"})) == ["api.E002"]


def test_a_public_view_says_so() -> None:
    class Open(Sound):
        public = True

    assert found(Open.as_view({"get": "forgotten"})) == []


def test_an_action_the_policy_does_not_know_is_found() -> None:
    class Mistyped(Sound):
        actions = {"look": "case.veiw_coded"}

    assert found(Mistyped.as_view({"get": "look"})) == ["api.E003"]


def test_a_plain_function_must_be_marked() -> None:
    def plain(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert found(plain) == ["api.E001"]
    assert found(public(plain)) == []


def test_a_view_past_our_base_is_found() -> None:
    class Foreign(APIView):
        permission_classes = ()

    assert found(Foreign.as_view()) == ["api.E001"]


def test_a_creation_past_idempotency_is_found() -> None:
    class Bare(Sound):
        actions = {"create": "case.open"}

        def create(self, _request: Any) -> Response:
            return Response({})

    class Kept(Sound):
        actions = {"create": "case.open"}

        @creating
        def create(self, _data: Any) -> Any:
            return None

    assert found(Bare.as_view({"post": "create"})) == ["api.E004"]
    assert found(Kept.as_view({"post": "create"})) == []


class Loose(StrictSerializer):
    team = serializers.PrimaryKeyRelatedField(queryset=Team.objects.all())


class LooseList(StrictSerializer):
    teams = serializers.PrimaryKeyRelatedField(queryset=Team.objects.all(), many=True)


class LooseBySlug(StrictSerializer):
    team = serializers.SlugRelatedField(slug_field="slug", queryset=Team.objects.all())


class Nested(StrictSerializer):
    inner = Loose(many=True)


class Tight(StrictSerializer):
    team = VisibleRelatedField(queryset=Team.objects.all())
    others = VisibleRelatedField(queryset=Organisation.objects.all(), many=True)


class ReadOnly(Shape):
    team = serializers.PrimaryKeyRelatedField[Any](read_only=True)


@pytest.mark.parametrize("shape", [Loose, LooseList, LooseBySlug, Nested])
@pytest.mark.parametrize("place", ["inputs", "outputs", "serializer_class", "row_class"])
def test_a_relation_that_draws_from_everything_is_found(shape: type[Any], place: str) -> None:
    value = {"list": shape} if place.endswith("puts") else shape
    cls = type(
        "Leaky",
        (Resource,),
        {"actions": {"list": "case.view_coded"}, "queryset": Case.objects.all(), place: value},
    )
    assert found(cls.as_view({"get": "list"})) == ["api.E005"]


@pytest.mark.parametrize("shape", [Tight, ReadOnly])
def test_a_narrowed_or_shown_relation_is_sound(shape: type[Any]) -> None:
    class Safe(Resource):
        queryset = Case.objects.all()
        actions: ClassVar[Any] = {"list": "case.view_coded"}
        inputs: ClassVar[Any] = {"list": shape}

    assert found(Safe.as_view({"get": "list"})) == []


def test_views_are_found_however_deep_they_are_included() -> None:
    def leaf(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    tree: Any = [path("a", include([path("b", include([path("c", leaf)]))])), path("d", leaf)]
    assert list(views(tree)) == [leaf, leaf]
