"""The start-up check finds rows that are not narrowed, ids that nobody explains, and filters that look elsewhere."""

from typing import Any, ClassVar

import pytest
from django.core.checks import Error
from django.db.models import Q, QuerySet
from rest_framework import serializers

from api.base import SIGNED_IN, Above, Resource
from api.checks_of_reach import every_view_narrows, problems_of_reach
from api.fields import IdField, KeyField, VisibleRelatedField
from api.filters import Code, Day, Flag, Id
from api.resources.disclosures import Disclosures
from api.serializers import StrictSerializer
from backend.cases.models import Case, Note
from backend.referrals.models import Referral
from backend.teams.models import Organisation, Team, User

pytestmark = pytest.mark.pure


def found(cls: Any) -> list[str]:
    return [str(message.id) for message in problems_of_reach(cls) if isinstance(message, Error)]


class Sound(Resource):
    """The plain part of cases, narrowed as the base narrows it."""

    resource = "sound"
    queryset = Case.objects.all()
    actions = {"list": "case.view_coded", "partial_update": "case.edit"}


def test_every_route_of_ours_reaches_no_further_than_it_says() -> None:
    assert every_view_narrows() == []


def test_what_the_base_narrows_is_sound() -> None:
    assert found(Sound) == []


class Everything(Sound):
    """A view that forgot to ask who is asking."""

    def get_queryset(self) -> QuerySet[Any]:
        return Case.objects.all()


class ByStatus(Sound):
    """A condition, but none of who is asking."""

    def get_queryset(self) -> QuerySet[Any]:
        return Case.objects.filter(status="active")


class OrOpen(Sound):
    """Narrowed, and then widened again."""

    def get_queryset(self) -> QuerySet[Any]:
        return Case.objects.filter(Q(pk__in=super().get_queryset().values("pk")) | Q(urgency="asap"))


class OneAction(Sound):
    """One action that goes its own way."""

    def get_queryset(self) -> QuerySet[Any]:
        return Case.objects.all() if self.action == "partial_update" else super().get_queryset()


class Below(Sound):
    """Rows below another object, all of them."""

    queryset = Note.objects.all()
    above = Above(Case, "case_id", "case")

    def get_queryset(self) -> QuerySet[Any]:
        return Note.objects.filter(case=self.parent)


@pytest.mark.parametrize(
    ("cls", "times"), [(Everything, 2), (ByStatus, 2), (OrOpen, 2), (OneAction, 1), (Below, 2)]
)
def test_rows_that_somebody_without_a_role_would_see_are_found(cls: Any, times: int) -> None:
    assert found(cls) == ["api.E020"] * times


class NarrowedMore(Sound):
    """Narrowed, and then by a condition of its own."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(status="active").order_by("code")


class ByService(Sound):
    """Narrowed through the ids that a service finds."""

    actions = {"list": SIGNED_IN}

    def get_queryset(self) -> QuerySet[Any]:
        return Case.objects.filter(pk__in=super().get_queryset().values("pk"))


@pytest.mark.parametrize("cls", [NarrowedMore, ByService, Disclosures])
def test_rows_that_are_narrowed_in_whatever_way_are_sound(cls: Any) -> None:
    assert found(cls) == []


class LooseId(StrictSerializer):
    consent = serializers.UUIDField()


class LooseIds(StrictSerializer):
    ids = serializers.ListField(child=serializers.UUIDField())


class LooseText(StrictSerializer):
    case = serializers.CharField(max_length=40)


class Inside(StrictSerializer):
    inner = LooseText(many=True)


class Mistyped(StrictSerializer):
    case = IdField(of=Case, action="case.veiw_coded")


@pytest.mark.parametrize("shape", [LooseId, LooseIds, LooseText, Inside, Mistyped])
def test_an_id_that_does_not_say_whose_it_is_is_found(shape: type[Any]) -> None:
    class Loose(Sound):
        inputs: ClassVar[Any] = {"partial_update": shape}

    assert found(Loose) == ["api.E021"]


class Explained(StrictSerializer):
    case = KeyField(of=Case, max_length=40)
    user = IdField(of=User, action="case.assign")
    teams = serializers.ListField(child=IdField(of=Team))
    organisation = VisibleRelatedField(queryset=Organisation.objects.all())
    shown = serializers.UUIDField(read_only=True)
    reason = serializers.CharField()


def test_an_id_that_says_whose_it_is_is_sound() -> None:
    class Told(Sound):
        inputs: ClassVar[Any] = {"partial_update": Explained}

    assert found(Told) == []


def test_an_id_field_without_a_model_cannot_even_be_written() -> None:
    with pytest.raises(TypeError, match="of"):
        IdField()  # type: ignore[call-arg]


def test_an_id_is_narrowed_by_its_model_s_own_line_unless_told() -> None:
    assert IdField(of=Referral).action == "case.view_coded"
    assert IdField(of=User, action="case.assign").action == "case.assign"


@pytest.mark.parametrize(
    "declared",
    [
        {"holder": "holder_organisation_id"},
        {"author": Id(path="note_set__author_id")},
        {"worker": Id(path="holder_organisation__memberships__user_id")},
        {"colour": Id(path="colour")},
        {"prefix": Flag(path="team__prefix")},
    ],
    ids=["no filter", "through notes", "through members", "no column", "through the team"],
)
def test_a_filter_that_is_none_of_ours_or_looks_elsewhere_is_found(declared: Any) -> None:
    class Looking(Sound):
        filters = declared

    assert found(Looking) == ["api.E022"]


@pytest.mark.parametrize(
    "declared",
    [
        {"holder": Id(path="holder_organisation_id")},
        {"opened_from": Day(path="opened_on__gte")},
        {"closed": Flag(path="closed_on__isnull")},
        {"urgency": Code("urgencies")},
    ],
    ids=["an id", "a day", "a flag", "a code"],
)
def test_a_filter_on_a_column_of_the_row_is_sound(declared: Any) -> None:
    class Looking(Sound):
        filters = declared

    assert found(Looking) == []
