"""POST /cases/export and /referrals/export: the list as a file for a spreadsheet, under the one rule of exports.

Plain columns of what one sees, at most 20 rows alone, with the second factor, recorded, nothing sealed, and nothing
that a spreadsheet would calculate. The notice on redisclosure is the last line: a file is passed on as it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api import filters, language
from api.base import NEWEST_FIRST, Resource
from api.filters import Filter
from api.resources import referral_list
from api.resources.cases import Cases
from api.resources.referral_shapes import ReferralRow
from audit import recorder
from backend.cases.lifecycle import ERASED
from backend.cases.models import Case
from backend.cases.redisclosure import NOTICE
from backend.referrals import listing
from backend.referrals.models import Referral
from backend.spreadsheets import MOST, as_csv, check_size
from backend.teams.models import Organisation

LINE: Final = "case.export_list"
NAMED: Final = ("holder", "requester", "recipient")


class _Export(Resource):
    """A list as a file. `columns` are names of its rows; organisations are told by name."""

    actions: ClassVar[dict[str, str]] = {"export": LINE}
    read_verb = ""
    columns: ClassVar[tuple[str, ...]]

    def visible_by(self) -> str:
        return LINE

    def rows(self, wanted: Mapping[str, Any]) -> Sequence[Any]:
        """Return the first rows that the filters find, one more than may be taken out."""
        return list(self._wanted(wanted).order_by(*NEWEST_FIRST)[: MOST + 1])

    @extend_schema(request=None, responses={(200, "text/csv"): OpenApiTypes.STR})
    def export(self, request: Request) -> HttpResponse:
        """Answer what the filters find as CSV, the newest first; 409 `export_too_large` for more than 20 rows."""
        self.input()
        rows = self.rows(filters.read(self.parameters["export"], request.query_params))
        check_size(rows)
        self._record(rows)
        shown = _with_names(self.show_rows(rows))
        text = as_csv(shown, columns=self.columns, last=NOTICE[language.current.get()])
        named = {"Content-Disposition": f'attachment; filename="{self.resource}.csv"'}
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=named)

    def _record(self, rows: Sequence[Any]) -> None:
        ids: dict[UUID | None, list[UUID]] = {}
        for row in rows:
            found = row if isinstance(row, dict) else {"team_id": row.team_id, "id": row.pk}
            ids.setdefault(found["team_id"], []).append(found["id"])
        given = filters.facts(self.parameters["export"], self.request.query_params)
        kind = str(self.model._meta.model_name)
        asked = ids or {one: [] for one in self._asked()}
        recorder.record_list(self.by, f"{kind}.exported", kind=kind, ids_by_team=asked, filters=given)


class CaseExport(_Export):
    """Cases as a file."""

    resource = "cases"
    queryset = Case.objects.exclude(status=ERASED)
    serializer_class = Cases.row_class
    filters = Cases.filters
    parameters: ClassVar[Mapping[str, Mapping[str, Filter]]] = {"export": Cases.filters}
    columns = ("code", "spoken_name", "status", "urgency", "holder", "opened_on", "review_due")


class ReferralExport(_Export):
    """Referrals as a file."""

    resource = "referrals"
    queryset = Referral.objects.exclude(urgency="")
    serializer_class = ReferralRow
    filters = referral_list.FILTERS
    parameters: ClassVar[Mapping[str, Mapping[str, Filter]]] = {"export": referral_list.FILTERS}
    columns = (
        "code", "spoken_name", "service_code", "urgency", "status", "business_status", "requester", "recipient",
        "sent_at", "due_at", "overdue",
    )  # fmt: skip

    def rows(self, wanted: Mapping[str, Any]) -> Sequence[Any]:
        found: QuerySet[Any, Any] = listing.with_columns(self._wanted(wanted))
        return list(found.order_by(*NEWEST_FIRST)[: MOST + 1])

    def show_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        return listing.as_rows(self.by, rows)


def _with_names(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    ids = {UUID(str(row[name])) for row in rows for name in NAMED if row.get(name)}
    names = {str(pk): name for pk, name in Organisation.objects.filter(pk__in=ids).values_list("pk", "name")}
    said = [{name: names.get(str(row[name]), "") for name in NAMED if name in row} for row in rows]
    return [{**row, **told} for row, told in zip(rows, said, strict=True)]
