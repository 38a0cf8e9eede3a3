"""What every resource of the API is built on. docs/add-a-resource.md shows how to add one.

A `Resource` declares: its name, its queryset, the policy action behind each of its actions, its serializers and its
filters. From that come the narrowing to what the caller sees, 404 before 403, versions, paging, audit and schema.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api import filters, idempotency, pagination
from api.attempt import Target, attempt
from api.declared import SIGNED_IN, Above, Declared, needs_of
from api.denials import by_key, team_path
from api.endpoint import SAFE, Endpoint
from api.filters import Filter
from api.operations import answering, changing, creating, deleting
from api.refusals import BadParameter, PreconditionRequired
from audit import recorder
from audit.context import request_facts
from backend.encryption import vault
from backend.errors import Gone, Stale
from permissions.scope import Forbidden, NotFound, may, reach_of, visible_to

__all__ = [
    "SIGNED_IN",
    "Above",
    "Declared",
    "Endpoint",
    "Resource",
    "answering",
    "changing",
    "creating",
    "deleting",
]
NEWEST_FIRST = ("-created_at", "-id")
_VERSIONED = frozenset({"PATCH", "DELETE"})


class Resource(Endpoint):
    """Rows of one model, narrowed once to what the caller sees."""

    row_class: ClassVar[type[BaseSerializer[Any]] | None] = None
    filters: ClassVar[Mapping[str, Filter]] = {}
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"newest": NEWEST_FIRST}
    above: ClassVar[Above | None] = None
    # The verb under which opening one is audited; empty where the service that reads writes the entry itself.
    read_verb: ClassVar[str | None] = None
    # What the documentation shows as sent and as answered, by action; it makes up the others.
    examples: ClassVar[Mapping[str, Any]] = {}
    shown: ClassVar[Mapping[str, Any]] = {}
    pagination_class = pagination.KeyPages
    lookup_url_kwarg = "id"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # The keys database is asked once for each owner, not once for each envelope.
        with vault.lookup():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *_args: Any, **_kwargs: Any) -> None:
        super().initial(request)
        if self.above is not None:
            rows, action = self.above.model._base_manager.all(), reach_of(self.above.model).view
            key = self.kwargs[self.above.kwarg]
            attempt().target = Target(self.above.model, key)
            self.parent: Any = visible_to(self.by, rows, action).filter(by_key(self.above.model, key)).first()
            if self.parent is None:
                raise NotFound
            self.refuse_gone(self.parent)
            # The object above is visible, so a role that may never do this is told so.
            if SIGNED_IN not in self.needs and not any(self.by.seats_for(one) for one in self.needs):
                raise Forbidden
            if super().asks_at_once:
                self.check_step_up()

    @property
    def asks_at_once(self) -> bool:
        return super().asks_at_once and self.above is None

    @property
    def names_an_object(self) -> bool:  # type: ignore[override]
        return bool(self.kwargs)

    def known_parameters(self) -> Iterable[str]:
        listed = (*self.filters, *pagination.PARAMETERS, "ordering") if self.action == "list" else ()
        return (*super().known_parameters(), *listed)

    @property
    def model(self) -> type[Model]:
        """Return the model of the rows."""
        found: type[Model] = super().get_queryset().model
        return found

    def visible_by(self) -> str:
        """Return the policy action that makes a row visible here."""
        chosen = "list" if self.action == "list" else "retrieve"
        declared = next(iter(needs_of(self.actions, chosen)), SIGNED_IN)
        return reach_of(self.model).view if declared == SIGNED_IN else declared

    def get_queryset(self) -> QuerySet[Any]:
        rows = visible_to(self.by, super().get_queryset(), self.visible_by())
        return rows.filter(**{self.above.field: self.parent}) if self.above else rows

    def find(self, key: str) -> Any:
        """Return the visible row with this id or code. Raises NotFound for a malformed, foreign or absent one."""
        attempt().target = Target(self.model, key)
        found = self.fetch(key)
        if found is None:
            raise NotFound
        self.refuse_gone(found)
        return found

    def refuse_gone(self, obj: Any) -> None:
        """Raise Gone for what is visible and was erased, with its case or with the keys of its team."""
        if not getattr(obj, "ends_with_case", False):
            return
        if getattr(obj, "is_erased", False) or obj.team_id in self.by.keyless:
            raise Gone

    def fetch(self, key: str) -> Any:
        """Return the visible row with this id or code, or None. Override where a prepared query finds it."""
        return self.get_queryset().filter(by_key(self.model, key)).order_by().first()

    def get_object(self) -> Any:
        """Return the object of the path; for a change also ask the policy and check the version."""
        obj = self.find(self.kwargs["id"])
        if self.request.method not in SAFE:
            if not self.allows(obj):
                raise Forbidden
            self.check_step_up()
            self.expect_version(obj)
        return obj

    def allows(self, obj: Any) -> bool:
        """Say whether the caller may do the action under way on a visible object. Override where no line says it."""
        return SIGNED_IN in self.needs or any(may(self.by, one, obj) for one in self.needs)

    def expect_version(self, obj: Any) -> None:
        """Lock and compare with If-Match: needed on PATCH and DELETE, heeded on verbs. Refreshes `obj`."""
        wanted = self.request.headers.get("If-Match")
        if not hasattr(obj, "version"):
            return
        if wanted is None:
            if self.request.method in _VERSIONED:
                raise PreconditionRequired
            return
        obj.refresh_from_db(from_queryset=type(obj)._base_manager.select_for_update(of=("self",)))
        if wanted != etag(obj):
            raise Stale

    def list(self, request: Request, **_path: str) -> Response:
        """Answer one page of the visible rows, audited with the ids that it names."""
        given = request.query_params
        wanted = filters.read(self.filters, given)
        page, said = self.page(self.fetcher(wanted), model=self.model)
        if counted(given):  # before the entry of this very list, which may be one of the rows
            said["count"] = self.number(wanted)
        self._record_list(page.rows)
        said["results"] = self.show_rows(page.rows)
        return Response(said)

    def page(self, fetch: pagination.Fetch, *, model: type[Model]) -> tuple[pagination.Page, dict[str, Any]]:
        """Return the page that was asked for, and the addresses around it. `model` types what a cursor says."""
        given, ordering = self.request.query_params, self._ordering()
        scope = pagination.scope_of(self.request.path, given, ordering)
        size, cursor = pagination.page_size(given), None
        if text := given.get("cursor"):
            cursor = pagination.decode(text, scope=scope, model=model, ordering=ordering)
        page = pagination.take(fetch, ordering=ordering, cursor=cursor, size=size)
        around = {"next": page.next, "previous": page.previous}
        return page, {name: self._address(one, scope) for name, one in around.items()}

    def fetcher(self, wanted: Mapping[str, Any]) -> pagination.Fetch:
        """Return what fetches rows that meet the filters. Override where a prepared query does."""
        rows = self._wanted(wanted)
        return lambda order, most, after: list(pagination.top([rows], order=order, most=most, after=after))

    def number(self, wanted: Mapping[str, Any]) -> int:
        """Return how many rows meet the filters. Override where the rows are read as somebody else."""
        return self._wanted(wanted).count()

    def _wanted(self, wanted: Mapping[str, Any]) -> QuerySet[Any]:
        rows = self.get_queryset()
        if self.by.keyless and getattr(self.model, "ends_with_case", False):
            rows = rows.exclude(team_id__in=self.by.keyless)
        return filters.narrow(rows, self.filters, wanted, by=self.by)

    def retrieve(self, _request: Request, **_path: str) -> Response:
        """Answer one object, with its ETag."""
        obj = self.get_object()
        if self.read_verb != "":
            kind = recorder.kind_of(obj)
            verb = self.read_verb or f"{kind}.read"
            recorder.record(self.by, verb, team=_team(obj), kind=kind, object_id=str(obj.pk))
        return self.one(obj)

    def one(self, obj: Any, *, status: int = 200) -> Response:
        """Answer one object as `show` shows it."""
        headers = {"ETag": etag(obj)} if hasattr(obj, "version") else {}
        return Response(self.show(obj), status=status, headers=headers)

    def show(self, obj: Any) -> Any:
        """Return one object as `serializer_class` describes it. Override where a service reads it."""
        return self.get_serializer_class()(obj, context=self.get_serializer_context()).data

    def show_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Return the rows of a list as `row_class` describes them. Never unseals."""
        shape = self.row_class or self.get_serializer_class()
        shown: Sequence[Any] = shape(rows, many=True, context=self.get_serializer_context()).data
        return shown

    def location(self, obj: Model) -> str:
        """Return the address of an object that was just created."""
        return f"{self.request.path}/{obj.pk}"

    def answer_created(self, make: Callable[[], Model]) -> Response:
        """Create, or find what the same request has created before; answer 201 either way."""
        key = self.request.headers.get(idempotency.HEADER)
        if key is None:
            return self._created(make())
        route, method = request_facts.get().route, str(self.request.method)
        body = [self.kwargs, self.said()]
        record = idempotency.claim(key, by=self.by, method=method, route=route, body=body)
        if record.object_id is not None:
            return self._created(self.find(str(record.object_id)))
        created = make()
        idempotency.keep(record, created)
        return self._created(created)

    def said(self) -> Any:
        """Return the body as an idempotency key is bound to it. Override where it is not JSON."""
        return self.request.data

    def _created(self, obj: Model) -> Response:
        response = self.one(obj, status=201)
        response["Location"] = self.location(obj)
        return response

    def _ordering(self) -> tuple[str, ...]:
        name = self.request.query_params.get("ordering", next(iter(self.orderings)))
        if name not in self.orderings:
            raise BadParameter("ordering")
        return self.orderings[name]

    def _address(self, cursor: pagination.Cursor | None, scope: str) -> str | None:
        if cursor is None:
            return None
        base = self.request.build_absolute_uri(self.request.path)
        text = pagination.encode(cursor, scope=scope)
        return pagination.address(base, self.request.query_params, text)

    def _record_list(self, rows: Iterable[Any]) -> None:
        self.record_listed(_by_team(rows))

    def record_listed(self, ids_by_team: Mapping[UUID | None, Sequence[UUID]]) -> None:
        """Record what a list named, and below which object. What found nothing is told to the teams that were asked."""
        kind = str(self.model._meta.model_name)
        below = {recorder.kind_of(self.parent): self.parent.pk} if self.above else {}
        found = ids_by_team or dict.fromkeys(self._asked(), ())
        given = filters.facts(self.filters, self.request.query_params)
        recorder.record_list(self.by, f"{kind}.listed", kind=kind, ids_by_team=found, filters=given, **below)

    def _asked(self) -> Iterable[UUID | None]:
        if self.above:
            return [_team(self.parent)]
        if not team_path(self.model):
            return [None]
        needs = (one for one in self.needs if one != SIGNED_IN)
        return sorted({seat.team_id for one in needs for seat in self.by.seats_for(one) if seat.team_id})


def etag(obj: Any) -> str:
    """Return the entity tag of an object that has a version."""
    return f'"{obj.version}"'


def counted(given: Mapping[str, str]) -> bool:
    """Say whether the number of all rows was asked for. Raises BadParameter."""
    text = given.get("count", "false")
    if text not in {"true", "false"}:
        raise BadParameter("count")
    return text == "true"


def _by_team(rows: Iterable[Any]) -> dict[UUID | None, list[UUID]]:
    ids: dict[UUID | None, list[UUID]] = {}
    for row in rows:
        ids.setdefault(_team(row), []).append(row.pk)
    return ids


def _team(obj: Any) -> UUID | None:
    path = team_path(type(obj))
    found: UUID | None = getattr(obj, path, None) if path else None
    return found
