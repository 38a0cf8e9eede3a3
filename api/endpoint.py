"""What every view of the API is built on: who may, how often, which parameters, what comes in and goes out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from rest_framework.exceptions import APIException, MethodNotAllowed
from rest_framework.pagination import BasePagination
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from api import filters, throttling
from api.attempt import ANONYMOUS, attempt
from api.authentication import MachineTokens, Sessions
from api.declared import Declared, Needs, needs_of
from api.filters import Filter
from api.notice import with_notice
from api.operations import kind_of
from api.refusals import BadParameter, NotForMachines, StepUpNeeded
from api.rendering import Json, OnlyJson, StrictJson
from api.serializers import Nothing
from permissions.actor import Actor
from permissions.step_up import STEP_UP

# These look up their object first, and ask for the factor after its 404 and 403.
ON_OBJECT = frozenset({"changing", "deleting", "answering"})
SAFE = frozenset({"GET", "HEAD"})


class Endpoint(GenericViewSet[Any]):
    """A view that is not about rows of one model: it declares its actions and answers them itself."""

    resource: ClassVar[str]
    public: ClassVar[bool] = False
    limited: ClassVar[bool] = True
    max_body: ClassVar[int] = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    actions: ClassVar[Mapping[str, Needs]] = {}
    inputs: ClassVar[Mapping[str, type[BaseSerializer[Any]]]] = {}
    outputs: ClassVar[Mapping[str, type[BaseSerializer[Any]]]] = {}
    parameters: ClassVar[Mapping[str, Mapping[str, Filter]]] = {}
    # Actions that are answered with 201 although no decorator says so.
    makes: ClassVar[frozenset[str]] = frozenset()
    # Actions that ask for the second factor again without changing anything, as fetching an export does.
    # Those that change something ask by their line of the policy: `permissions.step_up`.
    step_up: ClassVar[frozenset[str]] = frozenset()
    # Actions about the account itself: a token acts for a person, and is not that person.
    people_only: ClassVar[frozenset[str]] = frozenset()
    # What it answers is about a person in care, so the notice on redisclosure goes with every answer.
    about_a_person: ClassVar[bool] = False

    http_method_names = ["get", "post", "patch", "delete", "head"]
    authentication_classes = (MachineTokens, Sessions)
    content_negotiation_class = OnlyJson
    renderer_classes = (Json,)
    parser_classes: Sequence[type[BaseParser]] = (StrictJson,)
    permission_classes = (Declared,)
    metadata_class = None
    pagination_class: type[BasePagination] | None = None
    filter_backends = ()
    format_kwarg = None
    names_an_object = False

    @property
    def by(self) -> Actor:
        """Return who is asking."""
        return attempt().by

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the policy actions of the action under way, of which one is enough."""
        return needs_of(self.actions, self.action)

    def asks_again(self, method: str) -> bool:
        """Say whether the action under way needs a second factor that was shown just now."""
        return self.action in self.step_up or (method not in SAFE and not STEP_UP.isdisjoint(self.needs))

    def for_people(self, method: str) -> bool:
        """Say whether the action under way is closed to every machine."""
        return self.action in self.people_only or self.asks_again(method)

    @property
    def asks_at_once(self) -> bool:
        """Say whether the second factor is asked for before any object was looked for."""
        return kind_of(getattr(self, self.action, None)) not in ON_OBJECT

    def check_step_up(self) -> None:
        """Raise NotForMachines or StepUpNeeded when the action asks for the second factor and it is not there."""
        if not self.asks_again(str(self.request.method)):
            return
        if self.by.kind != "user":
            raise NotForMachines
        if not attempt().fresh:
            raise StepUpNeeded

    def get_authenticators(self) -> list[Any]:
        return [] if self.public else super().get_authenticators()

    def initial(self, request: Request, *_args: Any, **_kwargs: Any) -> None:
        """Authenticate, count, permit, and refuse parameters that are not declared: in this order."""
        chosen = self.perform_content_negotiation(request)
        request.accepted_renderer, request.accepted_media_type = chosen
        if str(request.method).lower() not in self.action_map:
            raise MethodNotAllowed(str(request.method))
        attempt().verb = next((one for one in self.needs if "." in one), f"{self.resource}.{self.action}")
        self._count(request)
        self.check_permissions(request)
        if self.asks_at_once:
            self.check_step_up()
        filters.check_names(request.query_params, known=frozenset(self.known_parameters()))
        if self.action in self.people_only and self.by.kind != "user":
            raise NotForMachines

    def _count(self, request: Request) -> None:
        if not self.limited:
            return
        try:
            by = self._asking(request)
        except APIException:
            throttling.check_rate(ANONYMOUS, request._request)  # noqa: SLF001 - DRF's own way to it
            raise
        throttling.check_rate(by, request._request)  # noqa: SLF001

    @staticmethod
    def _asking(request: Request) -> Actor:
        user: object = request.user
        return user if isinstance(user, Actor) else ANONYMOUS

    def known_parameters(self) -> Iterable[str]:
        """Return the query parameters that the action under way takes."""
        return self.parameters.get(self.action or "", {})

    def parameter(self, name: str) -> Any:
        """Return the value of a declared parameter, None when it was not given. Raises BadParameter."""
        text = self.request.query_params.get(name)
        if text is None:
            return None
        try:
            return self.parameters[self.action or ""][name].read(text)
        except (ValueError, KeyError):
            raise BadParameter(name) from None

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "by": self.by}

    def input(self) -> Any:
        """Return the checked body as `inputs` declares it for this action; an action without one takes no field."""
        shape = self.inputs.get(self.action or "", Nothing)
        partial = self.request.method == "PATCH"
        serializer = shape(data=self.request.data, partial=partial, context=self.get_serializer_context())
        attempt().shape = serializer
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def output(self, said: Any) -> Any:
        """Return `said` in the shape that `outputs` declares for this action."""
        shape = self.outputs.get(self.action or "") or self.get_serializer_class()
        return shape(said, context=self.get_serializer_context()).data

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        for name, value in throttling.limit_headers().items():
            response.headers[name] = value
        if self.about_a_person:
            with_notice(response)
        return super().finalize_response(request, response, *args, **kwargs)
