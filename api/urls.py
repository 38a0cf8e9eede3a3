"""Every route on one page. No trailing slashes."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from api import pages, sign_in
from api.health import Health
from api.resources.agreements import Agreements
from api.resources.audit_entries import AuditEntries, Looked
from api.resources.audit_logs import AuditLogs
from api.resources.audit_reviews import Completion, Reviews
from api.resources.break_glass import BreakGlasses, CaseBreakGlass
from api.resources.case_needs import CaseNeeds
from api.resources.cases import Cases
from api.resources.consents import CaseConsents, Consents
from api.resources.disclosures import Disclosures
from api.resources.duplicates import CaseDuplicates, DuplicateHints, FindByPhrase
from api.resources.erasures import CaseErasure, Erasures
from api.resources.exclusions import CaseExclusions, Exclusions
from api.resources.guard_checks import GuardChecks
from api.resources.histories import CaseHistory, ReferralHistory
from api.resources.imports import ImportRows, Imports
from api.resources.inbox import Inbox
from api.resources.invitations import AcceptInvitation, Invitations
from api.resources.key_destructions import KeyDestructions, TeamKeyDestruction
from api.resources.list_exports import CaseExport, ReferralExport
from api.resources.me import Me
from api.resources.members import Members
from api.resources.memoranda import Memoranda
from api.resources.merges import CaseMerge, Merges
from api.resources.my_account_events import MyAccountEvents
from api.resources.my_sessions import MySessions
from api.resources.notes import Notes
from api.resources.notifications import Notifications
from api.resources.organisations import Organisations
from api.resources.quarters import Quarters
from api.resources.recoveries import Recoveries, UseRecovery
from api.resources.reference import Reference
from api.resources.referrals import Referrals
from api.resources.release_figures import PublicFigures, ReleaseFigures
from api.resources.release_files import PublicReleaseFiles, ReleaseFiles
from api.resources.releases import PublicReleases, Releases
from api.resources.rights_requests import RightsRequests
from api.resources.root import Root
from api.resources.safeguarding import CaseSafeguarding, Safeguarding, SafeguardingWaiting
from api.resources.service_tallies import ServiceTallies
from api.resources.services import Services
from api.resources.team_statistics import TeamStatistics
from api.resources.teams import Teams
from api.resources.tokens import Tokens
from api.resources.transparency import Transparency
from api.routes import AppConverter, resource

register_converter(AppConverter, "app")

v1: list[URLPattern | URLResolver] = [
    path("", Root.as_view({"get": "retrieve"})),
    path("openapi.yaml", pages.openapi),
    path("auth/", include(sign_in.urlpatterns)),
    path("reference", Reference.as_view({"get": "list"})),
    path("reference/<str:list>", Reference.as_view({"get": "retrieve"})),
    path("guard/check", GuardChecks.as_view({"post": "check"})),
    path("me/sign-out-everywhere", Me.as_view({"post": "sign_out_everywhere"})),
    path("me/draft-key", Me.as_view({"get": "draft_key"})),
    path("me/account-events", MyAccountEvents.as_view({"get": "list"})),
    path("me/sessions/end-others", MySessions.as_view({"post": "end_others"})),
    *resource("me/sessions", MySessions, collection="list", verbs="end"),
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
        verbs="confirm decline end start_acting end_acting disable enable sign_out",
    ),
    *resource(
        "invitations",
        Invitations,
        collection="list create",
        one="retrieve",
        verbs="confirm decline revoke",
    ),
    path("recoveries/use", UseRecovery.as_view({"post": "use"})),
    *resource("recoveries", Recoveries, collection="list create", one="retrieve", verbs="confirm revoke"),
    *resource(
        "tokens",
        Tokens,
        collection="list create",
        one="retrieve",
        verbs="confirm decline rotate revoke",
    ),
    *resource(
        "services",
        Services,
        collection="list create",
        one="retrieve partial_update",
        verbs="capacity assure",
    ),
    path("cases/export", CaseExport.as_view({"post": "export"})),
    path("referrals/export", ReferralExport.as_view({"post": "export"})),
    path("cases/find-by-phrase", FindByPhrase.as_view({"post": "find"})),
    *resource("cases", CaseDuplicates, verbs="duplicate_hint"),
    *resource("duplicate-hints", DuplicateHints, collection="list", one="retrieve"),
    *resource(
        "cases",
        Cases,
        collection="list create",
        one="retrieve partial_update",
        reads="access",
        verbs="profile flags triage hold resume close reopen assign reveal referral_check",
    ),
    path("cases/<str:id>/history", CaseHistory.as_view({"get": "list"})),
    path("cases/<str:id>/needs", CaseNeeds.as_view({"get": "retrieve", "post": "add"})),
    path("cases/<str:id>/needs/<str:need_id>", CaseNeeds.as_view({"patch": "partial_update"})),
    *resource("cases/<str:case_id>/notes", Notes, collection="list create", one="retrieve partial_update"),
    *resource("cases/<str:case_id>/consents", CaseConsents, collection="list create"),
    *resource("consents", Consents, one="retrieve", reads="receipt", verbs="withdraw"),
    *resource("cases/<str:case_id>/safeguarding", CaseSafeguarding, collection="list create"),
    *resource("safeguarding", SafeguardingWaiting, collection="list"),
    *resource("safeguarding", Safeguarding, one="retrieve", verbs="confirm"),
    *resource("cases/<str:case_id>/exclusions", CaseExclusions, collection="list create"),
    *resource("exclusions", Exclusions, one="retrieve", verbs="lift"),
    path("cases/<str:id>/break-glass", CaseBreakGlass.as_view({"post": "create"})),
    *resource("break-glass", BreakGlasses, collection="list", one="retrieve", verbs="end confirm review"),
    path("cases/<str:id>/erasure", CaseErasure.as_view({"post": "create"})),
    *resource(
        "erasures",
        Erasures,
        collection="list",
        one="retrieve",
        reads="certificate",
        verbs="confirm decline execute",
    ),
    path("cases/<str:case_id>/merge", CaseMerge.as_view({"post": "create"})),
    *resource("merges", Merges, collection="list", one="retrieve", verbs="confirm decline"),
    path("teams/<str:team_id>/key-destruction", TeamKeyDestruction.as_view({"post": "create"})),
    *resource(
        "key-destructions", KeyDestructions, collection="list", one="retrieve", verbs="decline execute"
    ),
    *resource(
        "rights-requests",
        RightsRequests,
        collection="list create",
        one="retrieve",
        verbs="confirm prolong answer export",
    ),
    *resource("cases/<str:case_id>/disclosures", Disclosures, collection="list"),
    *resource(
        "referrals",
        Referrals,
        collection="list create",
        one="retrieve partial_update",
        verbs="send accept reject start progress hold resume complete fail cancel acknowledge ask reply"
        " follow_up undo correct phoned reveal",
    ),
    *resource("cases/<str:case_id>/looked", Looked, collection="list"),
    path("audit/entries/export", AuditEntries.as_view({"post": "export"})),
    *resource("audit/entries", AuditEntries, collection="list", one="retrieve"),
    path("audit/reviews/completion", Completion.as_view({"get": "retrieve"})),
    *resource("audit/reviews", Reviews, collection="list", one="retrieve", verbs="judge answer"),
    path("referrals/<str:id>/history", ReferralHistory.as_view({"get": "list"})),
    path("inbox", Inbox.as_view({"get": "retrieve"})),
    *resource("quarters", Quarters, collection="list create", one="retrieve"),
    *resource("statistics/teams", TeamStatistics, one="retrieve"),
    *resource("notifications", Notifications, collection="list", verbs="read"),
    *resource(
        "audit/logs",
        AuditLogs,
        collection="list",
        one="retrieve",
        reads="checkpoint inclusion consistency",
    ),
    *resource("imports", Imports, collection="list create", one="retrieve"),
    *resource("imports/<str:import_id>/rows", ImportRows, collection="list"),
    *resource("service-tallies", ServiceTallies, collection="list create", one="retrieve partial_update"),
    path("public/transparency", Transparency.as_view({"get": "retrieve"})),
    *resource(
        "releases",
        Releases,
        collection="list create",
        one="retrieve",
        reads="gate manifest",
        verbs="approve decline",
    ),
    *resource("releases", ReleaseFigures, reads="figures tdi"),
    path("public/releases/<str:number>/figures", PublicFigures.as_view({"get": "figures"})),
    path("public/releases", PublicReleases.as_view({"get": "list"})),
    path("releases/<str:id>/export", ReleaseFiles.as_view({"get": "export"})),
    path("public/releases/<str:number>/export", PublicReleaseFiles.as_view({"get": "export"})),
    path("public/releases/<str:number>", PublicReleases.as_view({"get": "retrieve"})),
    # One line for each resource: resource("cases", Cases, collection="list create", one="retrieve", verbs="close")
]

urlpatterns = [
    path("health/live", Health.as_view({"get": "live"})),
    path("health/ready", Health.as_view({"get": "ready"})),
    path("transparency", pages.transparency),
    path("api/docs/", pages.docs),
    path("api/v1", Root.as_view({"get": "retrieve"})),
    path("api/v1/", include(v1)),
    path("api/<path:rest>", pages.no_such_page),
    path("", pages.app),
    path("<app:address>", pages.app),
]

handler400 = "api.pages.bad_request"
handler403 = "api.pages.forbidden"
handler404 = "api.pages.no_such_page"
handler500 = "api.pages.internal_error"
