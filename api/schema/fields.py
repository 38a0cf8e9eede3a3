"""How our own fields and doors look in the document. Codes become one named enum for each reference list."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

from backend.reference import lists


class Codes(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A code of a list."""

    target_class = "api.fields.CodeField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        del direction
        reference = code_reference(auto_schema.registry, self.target.list_name)
        return {"anyOf": [reference, {"const": ""}]} if self.target.allow_blank else reference


class Related(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """The id or code of another object."""

    target_class = "api.fields.VisibleRelatedField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        del auto_schema, direction
        return {
            "type": "string",
            "description": "The id of an object that you see; its code where it has one.",
        }


class Bearer(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A machine token."""

    target_class = "api.authentication.MachineTokens"
    name = "machine_token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        del auto_schema
        return {"type": "http", "scheme": "bearer", "description": "A machine token: `spona_mt_...`."}


class Cookie(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A session of a browser."""

    target_class = "api.authentication.Sessions"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        del auto_schema
        described = "A session with its second factor; changes send the CSRF token in X-CSRFToken."
        return {"type": "apiKey", "in": "cookie", "name": "__Host-spona", "description": described}


def code_reference(registry: ComponentRegistry, list_name: str) -> dict[str, Any]:
    """Register the enum of a list, and return the reference to it."""
    component = ResolvedComponent(  # type: ignore[no-untyped-call]
        name=f"{camel(list_name)}Code",
        type=ResolvedComponent.SCHEMA,
        object=f"list {list_name}",
        schema={
            "type": "string",
            "enum": list(lists.codes(list_name)),
            "description": f"A code of the list `{list_name}`.",
        },
    )
    registry.register_on_missing(component)
    reference: dict[str, Any] = component.ref
    return reference


def camel(name: str) -> str:
    """Return `TdiItemsSex` for `tdi_items:sex`."""
    return "".join(part.capitalize() for part in name.replace(":", "_").replace("-", "_").split("_"))
