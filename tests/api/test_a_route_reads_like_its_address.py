"""One line in `api/urls.py` gives a resource its routes; verbs stand below the object, with hyphens."""

from typing import Any

import pytest
from django.urls import resolve, reverse
from django.urls.exceptions import NoReverseMatch, Resolver404

from api import pages, routes, urls
from api.checks import views
from api.declared import needs_of
from api.operations import answering, changing, creating, deleting, kind_of
from tests.api.sample import Boxes

pytestmark = pytest.mark.pure


def addresses(**given: str) -> dict[str, dict[str, str]]:
    return {str(one.pattern): one.callback.actions for one in routes.resource("boxes", Boxes, **given)}


def test_a_collection_and_its_objects() -> None:
    assert addresses(collection="list create", one="retrieve partial_update destroy") == {
        "boxes": {"get": "list", "post": "create"},
        "boxes/<str:id>": {"get": "retrieve", "patch": "partial_update", "delete": "destroy"},
    }


def test_verbs_are_posts_below_an_object() -> None:
    assert addresses(verbs="triage refuse") == {
        "boxes/<str:id>/triage": {"post": "triage"},
        "boxes/<str:id>/refuse": {"post": "refuse"},
    }


def test_reads_are_gets_below_an_object() -> None:
    assert addresses(reads="echo") == {"boxes/<str:id>/echo": {"get": "echo"}}


@pytest.mark.parametrize(
    ("method", "part"),
    [("accept", "accept"), ("follow_up", "follow-up"), ("import_", "import"), ("a_b_c", "a-b-c")],
)
def test_a_methods_name_gives_the_address(method: str, part: str) -> None:
    assert routes.hyphened(method) == part


def test_an_unknown_action_is_a_mistake_at_the_start() -> None:
    with pytest.raises(KeyError):
        addresses(collection="browse")


@pytest.mark.parametrize(
    "path", ["/api/v1/cases/", "/api/v1/cases/x/", "/admin/", "/api/v1/users", "/accounts/login/"]
)
def test_there_is_no_other_door(path: str) -> None:
    try:
        found = resolve(path)
    except Resolver404:
        return
    assert found.func in {pages.no_such_page, pages.app}  # nobody lives there, or the web app says so


def test_routes_have_no_names_to_reverse_to() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("cases")


def test_every_view_is_made_once_and_is_ours() -> None:
    modules = {view.__module__.split(".")[0] for view in views(urls.urlpatterns)}
    assert modules <= {"api", "allauth"}


@pytest.mark.parametrize(
    ("decorator", "kind"),
    [(creating, "creating"), (changing, "changing"), (deleting, "deleting"), (answering, "answering")],
)
def test_an_operation_knows_its_kind_and_keeps_its_name(decorator: Any, kind: str) -> None:
    def close_case(*_args: Any) -> None:
        """Close it."""

    wrapped = decorator(close_case)
    assert kind_of(wrapped) == kind
    assert (wrapped.__name__, wrapped.__doc__) == ("close_case", "Close it.")
    assert kind_of(close_case) is None


@pytest.mark.parametrize(
    ("action", "needs"), [("a", ("case.edit",)), ("b", ("case.edit", "case.assign")), ("c", ()), (None, ())]
)
def test_what_is_not_declared_needs_what_nobody_has(action: str | None, needs: tuple[str, ...]) -> None:
    assert needs_of({"a": "case.edit", "b": ("case.edit", "case.assign")}, action) == needs
