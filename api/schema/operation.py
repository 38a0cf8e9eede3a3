"""One operation of the document: its id, its parameters, its bodies, and every refusal it can answer with."""

from typing import Any, Final

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry
from drf_spectacular.utils import Direction

from api import notice
from api.filters import Code, Filter
from api.operations import kind_of
from api.schema import statuses
from api.schema.fields import Bearer, code_reference
from api.serializers import Shape
from backend.cases.redisclosure import NOTICE

_VERBS: Final = {"partial_update": "update", "destroy": "delete"}
_STATUS: Final = {"creating": 201, "deleting": 204}
_TEXT: Final = {"type": "string"}
_ASKS: Final = (
    "Asks for a second factor that was shown within the last ten minutes (403 `step_up_required`), and is never "
    "open to machine tokens (403 `not_for_machines`)."
)
_KEY: Final = {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,128}$"}
_LANGUAGE: Final = {"type": "string", "default": "sr-Latn", "example": "en"}
_PAGING: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "cursor": (_TEXT, "From `next` or `previous`."),
    "page_size": ({"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, "Rows on a page."),
    "count": ({"type": "boolean", "default": False}, "Ask for the number of all rows."),
}


class Schema(AutoSchema):
    """Describes an operation of an Endpoint."""

    view: Any

    @property
    def kind(self) -> str | None:
        return kind_of(getattr(type(self.view), self.view.action, None))

    def is_excluded(self) -> bool:
        return bool(self.path == "/api/v1/")

    def get_operation_id(self) -> str:
        action = self.view.action
        return f"{self.view.resource}_{_VERBS.get(action, action)}"

    def get_tags(self) -> list[str]:
        return [self.view.resource]

    def get_auth(self) -> list[dict[str, Any]]:
        if self.view.public:
            return [{}]
        closed = {Bearer.name} if self.view.for_people(str(self.method)) else set()
        return [one for one in super().get_auth() if not closed & one.keys()]

    def get_request_serializer(self) -> Any:
        return self.view.inputs.get(self.view.action) if self.method in {"POST", "PATCH"} else None

    def get_response_serializers(self) -> Any:
        if self.kind == "deleting":
            return {204: None}
        shape = self.view.outputs.get(self.view.action) or self.view.serializer_class
        if self._is_list_view():
            shape = getattr(self.view, "row_class", None) or shape
            return {200: shape(many=True)}
        usual = 201 if self.view.action in self.view.makes else 200
        return {_STATUS.get(self.kind or "", usual): shape}

    def _map_basic_serializer(self, serializer: Any, direction: Direction) -> dict[str, Any]:
        """Describe an object. What we answer has every name, an empty one too: a default only says what of."""
        found: dict[str, Any] = super()._map_basic_serializer(  # type: ignore[no-untyped-call]
            serializer, direction
        )
        if isinstance(serializer, Shape) and found.get("properties"):
            found["required"] = sorted(found["properties"])
        return found

    def _is_list_view(self, serializer: Any = None) -> bool:
        del serializer
        return self.view.action == "list" and hasattr(self.view, "orderings")

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry
    ) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(
            path, path_regex, path_prefix, method, registry
        )
        if operation is None:
            return None
        in_path = [self._in_path(one) for one in operation.get("parameters", ())]
        operation["parameters"] = [*in_path, *self._headers(), *self._query()]
        if self.view.about_a_person:
            self._add_notice(operation)
        self._add_examples(operation)
        self._add_headers(operation)
        if self.view.asks_again(method.upper()):
            operation["x-step-up"] = True
            operation["description"] = f"{operation.get('description', '')}\n\n{_ASKS}".strip()
        for status in statuses.statuses(public=self.view.public, method=method.upper(), path=path):
            operation["responses"][str(status)] = {"$ref": f"#/components/responses/{statuses.name(status)}"}
        operation["responses"] = dict(sorted(operation["responses"].items()))
        return operation

    def _in_path(self, parameter: dict[str, Any]) -> dict[str, Any]:
        model = getattr(getattr(self.view, "queryset", None), "model", None)
        coded = any(field.name == "code" for field in model._meta.fields) if model else False
        if parameter["name"].endswith("id") and not coded and "_" not in parameter["name"]:
            return {**parameter, "schema": {"type": "string", "format": "uuid"}, "description": "The id."}
        if parameter["name"].endswith("id"):
            return {**parameter, "schema": _TEXT, "description": "The id, or the code where there is one."}
        return parameter

    def _headers(self) -> list[dict[str, Any]]:
        found = [
            _header("Accept-Language", _LANGUAGE, "`sr-Latn`, `sr-Cyrl` or `en`; for texts of refusals.")
        ]
        if self.kind == "creating":
            found.append(_header("Idempotency-Key", _KEY, "Same key and body within 24 hours: created once."))
        changes_version = self.kind in {"changing", "deleting", "answering"}
        if changes_version:
            needed = self.method in {"PATCH", "DELETE"}
            found.append(
                _header("If-Match", _TEXT, "The ETag of the object as you read it.", required=needed)
            )
        return found

    def _query(self) -> list[dict[str, Any]]:
        found = [
            self._parameter(name, one) for name, one in self.view.parameters.get(self.view.action, {}).items()
        ]
        if not self._is_list_view():
            return found
        found += [self._parameter(name, one) for name, one in self.view.filters.items()]
        found += [_in_query(name, schema, text) for name, (schema, text) in _PAGING.items()]
        names = list(self.view.orderings)
        orders = {"type": "string", "enum": names, "default": names[0]}
        return [*found, _in_query("ordering", orders, "The order of the list.")]

    def _parameter(self, name: str, declared: Filter) -> dict[str, Any]:
        if not isinstance(declared, Code):
            return _in_query(name, declared.schema, declared.describe)
        items = code_reference(self.registry, declared.list_name)
        said = _in_query(name, {"type": "array", "items": items}, declared.describe or "Any of these codes.")
        return {**said, "style": "form", "explode": False}

    def _add_examples(self, operation: dict[str, Any]) -> None:
        """Put in the examples that the view gives; `document` makes up the others."""
        sent = getattr(self.view, "examples", {}).get(self.view.action)
        answered = getattr(self.view, "shown", {}).get(self.view.action)
        if sent is not None and "requestBody" in operation:
            _each_content(operation["requestBody"], sent)
        if answered is not None and self.view.about_a_person:
            answered = {**answered, notice.FIELD: dict(NOTICE)}
        for response in operation["responses"].values() if answered is not None else ():
            _each_content(response, answered)

    def _add_notice(self, operation: dict[str, Any]) -> None:
        """Describe the notice in every body whose own shape does not name it."""
        for response in operation["responses"].values():
            for media_type in response.get("content", {}).values():
                if not self._says_it():
                    media_type["schema"] = notice.described(media_type["schema"])

    def _says_it(self) -> bool:
        shape: Any = self.view.outputs.get(self.view.action) or self.view.serializer_class
        named = getattr(shape, "_declared_fields", {})
        return not self._is_list_view() and notice.FIELD in named

    def _add_headers(self, operation: dict[str, Any]) -> None:
        single = self.kind in {"creating", "changing"} or self.view.action == "retrieve"
        versioned = single and hasattr(
            getattr(getattr(self.view, "queryset", None), "model", None), "version"
        )
        for response in operation["responses"].values():
            headers = {"X-Request-Id": "The number of the request, also in the audit."}
            if versioned:
                headers["ETag"] = "The version of the object."
            if self.kind == "creating":
                headers["Location"] = "The address of the new object."
            response["headers"] = {
                name: {"schema": _TEXT, "description": text} for name, text in headers.items()
            }

    def get_paginated_name(self, serializer_name: str) -> str:
        return f"{serializer_name}Page"


def _each_content(body: dict[str, Any], example: Any) -> None:
    for media_type in body.get("content", {}).values():
        media_type["example"] = example


def _header(name: str, schema: dict[str, Any], text: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "schema": schema, "description": text}


def _in_query(name: str, schema: dict[str, Any], text: str) -> dict[str, Any]:
    found = {"name": name, "in": "query", "schema": schema}
    return {**found, "description": text} if text else found
