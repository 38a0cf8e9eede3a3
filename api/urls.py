"""Every route on one page. No trailing slashes."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from api import pages, sign_in
from api.health import Health
from api.resources.agreements import Agreements
from api.resources.invitations import AcceptInvitation, Invitations
from api.resources.me import Me
from api.resources.members import Members
from api.resources.memoranda import Memoranda
from api.resources.organisations import Organisations
from api.resources.reference import Reference
from api.resources.root import Root
from api.resources.services import Services
from api.resources.teams import Teams
from api.resources.tokens import Tokens
from api.routes import resource

v1: list[URLPattern | URLResolver] = [
    path("", Root.as_view({"get": "retrieve"})),
    path("openapi.yaml", pages.openapi),
    path("auth/", include(sign_in.urlpatterns)),
    path("reference", Reference.as_view({"get": "list"})),
    path("reference/<str:list>", Reference.as_view({"get": "retrieve"})),
    path("me", Me.as_view({"get": "retrieve", "patch": "partial_update"})),
    path("invitations/accept", AcceptInvitation.as_view({"post": "accept"})),
    *resource("teams", Teams, collection="list create", one="retrieve"),
    *resource("organisations", Organisations, collection="list create", one="retrieve partial_update"),
    *resource("memoranda", Memoranda, collection="list create", one="retrieve partial_update"),
    *resource("sharing-agreements", Agreements, collection="list create", one="retrieve partial_update"),
    *resource(
        "members",
        Members,
        collection="list create",
        one="retrieve partial_update",
        verbs="end start_acting end_acting disable",
    ),
    *resource("invitations", Invitations, collection="list create", one="retrieve", verbs="revoke"),
    *resource("tokens", Tokens, collection="list create", one="retrieve", verbs="rotate revoke"),
    *resource(
        "services",
        Services,
        collection="list create",
        one="retrieve partial_update",
        verbs="capacity assure",
    ),
    # One line for each resource: resource("cases", Cases, collection="list create", one="retrieve", verbs="close")
]

urlpatterns = [
    path("", pages.index),
    path("health/live", Health.as_view({"get": "live"})),
    path("health/ready", Health.as_view({"get": "ready"})),
    path("api/docs/", pages.docs),
    path("api/v1", Root.as_view({"get": "retrieve"})),
    path("api/v1/", include(v1)),
    re_path(r"^api/", pages.no_such_page),
]

handler400 = "api.pages.bad_request"
handler403 = "api.pages.forbidden"
handler404 = "api.pages.no_such_page"
handler500 = "api.pages.internal_error"
