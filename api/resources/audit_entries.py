"""/audit/entries: who did what, for lead and officer. /cases/{id}/looked: the same of one case, for who coordinates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api import filters, pagination
from api.base import Above, Resource
from api.denials import by_key
from api.resources.audit_shapes import FILTERS, AuditEntryOut, LookedOut
from api.serializers import Shape
from audit import recorder
from backend.cases.models import Case
from backend.review import entries
from backend.review.export import COLUMNS
from backend.review.looked import HISTORY, about, lookers, require_whole
from backend.review.models import AuditEntry
from backend.spreadsheets import MOST, as_csv, check_size


class _Entries(Resource):
    """Entries, asked for as the reviewer, who sees what the database lets whoever asks review."""

    queryset = AuditEntry.objects.all()
    serializer_class: type[Shape] = AuditEntryOut
    orderings = {"newest": ("-at", "-id"), "oldest": ("at", "id")}

    def fetcher(self, wanted: Mapping[str, Any]) -> pagination.Fetch:
        fetch = super().fetcher(wanted)
        return lambda order, most, after: entries.reviewing(lambda: fetch(order, most, after))

    def number(self, wanted: Mapping[str, Any]) -> int:
        rows = self._wanted(wanted)
        return entries.reviewing(rows.count)

    def _given(self) -> list[str]:
        return filters.facts(self.filters, self.request.query_params)


class AuditEntries(_Entries):
    """Entries of the teams that the caller reviews."""

    resource = "audit_entries"
    actions = {"list": entries.VIEW, "retrieve": entries.VIEW, "export": entries.VIEW}
    step_up = frozenset({"export"})
    filters = FILTERS
    parameters = {"export": FILTERS}
    read_verb = "audit.read"

    def fetch(self, key: str) -> AuditEntry | None:
        rows = self.get_queryset().filter(by_key(AuditEntry, key))
        return entries.reviewing(rows.first)

    def show(self, obj: AuditEntry) -> Any:
        return AuditEntryOut(entries.shown([obj])[0]).data

    def show_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        shown = entries.shown(rows)
        entries.record_list(self.by, "audit.listed", shown, given=self._given())
        return [AuditEntryOut(one).data for one in shown]

    def _record_list(self, rows: Iterable[Any]) -> None:
        """Leave it to `show_rows`, which knows how many were not genuine."""

    @extend_schema(request=None, responses={(200, "text/csv"): OpenApiTypes.STR})
    def export(self, _request: Request) -> HttpResponse:
        """Answer what the filters find as CSV, the newest first; 409 `export_too_large` for more than 20 rows."""
        self.input()
        found = self._wanted(filters.read(FILTERS, self.request.query_params)).order_by("-at", "-id")
        rows = entries.reviewing(lambda: list(found[: MOST + 1]))
        check_size(rows)
        shown = entries.shown(rows)
        entries.record_list(self.by, "audit.exported", shown, given=self._given())
        named = {"Content-Disposition": 'attachment; filename="audit.csv"'}
        return HttpResponse(
            as_csv(shown, columns=COLUMNS), content_type="text/csv; charset=utf-8", headers=named
        )


class Looked(_Entries):
    """Who looked at one case, and who changed it. For whoever coordinates its team."""

    resource = "looked"
    about_a_person = True
    serializer_class = LookedOut
    above = Above(Case, "case_id", "case")
    actions = {"list": HISTORY}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require_whole(self.by, self.parent)

    def get_queryset(self) -> QuerySet[Any]:
        return lookers(self.by, self.parent)

    def _wanted(self, wanted: Mapping[str, Any]) -> QuerySet[Any]:
        return super()._wanted(wanted).filter(about(self.parent))

    def show_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        return [LookedOut(one).data for one in entries.shown(rows)]

    def _record_list(self, rows: Iterable[Any]) -> None:
        kind, team = recorder.kind_of(self.parent), self.parent.team_id
        ids = {team: [row.pk for row in rows]}
        recorder.record_list(
            self.by, "case.lookers_listed", kind=kind, ids_by_team=ids, **{kind: self.parent.pk}
        )
