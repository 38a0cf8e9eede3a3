"""/imports: a file of cases with its mapping; dry run first, every refused row with its reason.

The file is taken in and sealed; the worker goes through it person by person. Ask the import itself how far it is.
"""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser

from api.base import Above, Resource, creating
from api.fields import VisibleRelatedField
from api.filters import Id, OneOf
from api.serializers import Shape, StrictSerializer
from backend.cases.models import Case
from backend.errors import Fault, Invalid
from backend.imports import uploads
from backend.imports.models import OUTCOMES, STATUSES, ImportRow, ImportRun
from backend.imports.tables import MAX_BYTES
from backend.teams.models import Organisation, Team
from permissions.scope import reach_of, visible_to

ROOM_FOR_FORM = 128 * 1024


class ImportIn(StrictSerializer):
    """The parts of the form. `mapping` is the text of a mapping file; `shipped` names one of ours instead."""

    team = VisibleRelatedField(queryset=Team.objects.all())
    organisation = VisibleRelatedField(queryset=Organisation.objects.all())
    file = serializers.FileField(allow_empty_file=True)
    mapping = serializers.CharField(required=False, trim_whitespace=False, max_length=uploads.MAX_MAPPING)
    shipped = serializers.ChoiceField(choices=uploads.shipped(), required=False)
    dry_run = serializers.BooleanField(default=True)


class ImportCountsOut(Shape):
    """What became of the rows of one table so far."""

    table = serializers.CharField()
    rows_in = serializers.IntegerField()
    accepted = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField()


class ImportOut(Shape):
    """One import and how far it is. `rows_in` is always `accepted` + `unchanged` + `refused`, also of each table."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    organisation = serializers.UUIDField(source="organisation_id")
    uploaded_by = serializers.UUIDField()
    mapping_name = serializers.CharField()
    dry_run = serializers.BooleanField()
    status = serializers.ChoiceField(choices=STATUSES)
    failure = serializers.CharField(allow_blank=True, help_text="Why the whole import stopped, as a code.")
    rows_in = serializers.IntegerField()
    accepted = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField()
    tables = serializers.SerializerMethodField(
        help_text="The same by table; empty where the file is one table."
    )
    people = serializers.IntegerField(
        allow_null=True, help_text="How many persons the file has, where known."
    )
    people_done = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(ImportCountsOut(many=True))
    def get_tables(self, run: ImportRun) -> list[dict[str, Any]]:
        nothing = dict.fromkeys(("rows_in", "accepted", "unchanged", "refused"), 0)
        return [{"table": table, **nothing, **counts} for table, counts in sorted(run.tables.items())]


class Imports(Resource):
    """Imports into the caller's team."""

    resource = "imports"
    queryset = ImportRun.objects.defer("content")
    serializer_class = ImportOut
    actions = dict.fromkeys(("list", "retrieve", "create"), "import.run")
    inputs = {"create": ImportIn}
    filters = {"team": Id(path="team_id"), "status": OneOf(choices=tuple(code for code, _ in STATUSES))}
    parser_classes = (MultiPartParser,)
    max_body = MAX_BYTES + ROOM_FOR_FORM

    @creating
    def create(self, data: dict[str, Any]) -> ImportRun:
        """Take in a file; the worker imports it. A dry run (the default) keeps nothing."""
        given = data.get("mapping"), data.get("shipped")
        if all(given) or not any(given):
            raise Invalid(Fault("/mapping", "mapping_or_shipped"))
        return uploads.upload(
            self.by,
            team=data["team"],
            organisation=data["organisation"],
            mapping_text=given[0] or uploads.shipped_text(str(given[1])),
            content=data["file"].read(),
            dry_run=data["dry_run"],
        )

    def said(self) -> Any:
        """Return the form with the digest of each file in its place, under whatever name it came."""
        form = self.request.data
        parts = form.lists() if isinstance(form, QueryDict) else ()
        return {name: [_told(one) for one in values] for name, values in parts}


def _told(part: Any) -> Any:
    if not isinstance(part, UploadedFile):
        return part
    digest = hashlib.sha256()
    for chunk in part.chunks():
        digest.update(chunk)
    part.seek(0)
    return ["file", digest.hexdigest()]


class ImportReasonOut(Shape):
    """Where and why a row was refused: never what stood in the cell."""

    column = serializers.CharField(allow_blank=True)
    code = serializers.CharField()


class ImportRowOut(Shape):
    """What became of one row; `number` is that of its table, the header being 1."""

    id = serializers.UUIDField()
    table = serializers.CharField(allow_blank=True, help_text="Empty where the file is one table.")
    number = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    reasons = ImportReasonOut(many=True)
    case = serializers.UUIDField(source="case_shown", allow_null=True)


class ImportRows(Resource):
    """The rows of one import."""

    resource = "import_rows"
    queryset = ImportRow.objects.all()
    serializer_class = ImportRowOut
    above = Above(ImportRun, "import_id", "run")
    actions = {"list": "import.run"}
    filters = {"outcome": OneOf(choices=tuple(code for code, _ in OUTCOMES))}
    orderings = {"number": ("table", "number", "id")}

    def get_queryset(self) -> QuerySet[Any]:
        # The Office may run imports and see their rows, and still no case.
        cases = visible_to(self.by, Case.objects.filter(pk=OuterRef("case_id")), reach_of(Case).view)
        shown: QuerySet[Any] = super().get_queryset().annotate(case_shown=Subquery(cases.values("pk")[:1]))
        return shown
