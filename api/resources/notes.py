"""/cases/{case_id}/notes: stubs of sealed notes. The text comes out by `POST /cases/{id}/reveal` only."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Above, Resource, changing, creating
from api.fields import GuardedText
from api.resources.case_inputs import own_organisation
from api.resources.case_shapes import SealedText, WithOrganisation
from api.serializers import Shape, StrictSerializer
from backend.cases.models import Case, Note
from backend.cases.notes import add_note, change_note, readable_by
from backend.cases.reveal import NOTE, name_of


class NoteOut(Shape):
    """A note without its text. `field` is the name under which it can be revealed."""

    id = serializers.UUIDField()
    field = serializers.SerializerMethodField()
    organisation = serializers.UUIDField(source="organisation_id")
    author = serializers.UUIDField(source="author_id")
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    text = serializers.SerializerMethodField()

    def get_field(self, note: Note) -> str:
        return name_of(NOTE, note.id)

    def get_text(self, note: Note) -> SealedText:
        return {"sealed": True, "revision": note.revision}  # type: ignore[return-value]


class NoteIn(WithOrganisation):
    """A note of at most 1,000 characters, in which no person can be recognised."""

    text = GuardedText(max_length=4000)


class NoteChange(StrictSerializer):
    """The note written anew."""

    text = GuardedText(max_length=4000)


class Notes(Resource):
    """Notes of one case: of the caller's organisations, and of others where a consent names the caller's for them."""

    resource = "notes"
    about_a_person = True
    queryset = Note.objects.all()
    serializer_class = NoteOut
    above = Above(Case, "case_id", "case")
    actions = {
        "list": "case.view_coded",
        "retrieve": "case.view_coded",
        "create": "case.edit",
        "partial_update": "case.edit",
    }
    inputs = {"create": NoteIn, "partial_update": NoteChange}

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(readable_by(self.by, team_id=self.parent.team_id))

    @creating
    def create(self, data: Any) -> Note:
        case = self.parent
        organisation_id = own_organisation(self.by, data.get("organisation"), team_id=case.team_id)
        return add_note(self.by, case, organisation_id=organisation_id, text=data["text"])

    @changing
    def partial_update(self, obj: Note, data: Any) -> None:
        change_note(self.by, obj, text=data.get("text", ""))
