"""What is said about why somebody sees a case, and who else does: ids and codes, until when."""

from rest_framework import serializers

from api.serializers import Shape


class ReasonOut(Shape):
    """A live reason why the caller sees the case."""

    reason = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True, help_text="Null while the reason lasts.")
    source_id = serializers.UUIDField(allow_null=True, help_text="The case or referral behind it.")


class LinkOut(Shape):
    """An agreement that a chain rests on."""

    kind = serializers.ChoiceField(choices=("sharing_agreement", "memorandum"))
    id = serializers.UUIDField()
    until = serializers.DateTimeField(allow_null=True, help_text="Null: no end is set.")


class SightPersonOut(Shape):
    """Somebody who sees the case by the chain, and the membership that puts them there."""

    user = serializers.UUIDField(source="user_id")
    role = serializers.CharField()
    acting = serializers.BooleanField(help_text="A deputy in the coordinator's place.")
    membership = serializers.UUIDField(source="membership_id")
    until = serializers.DateTimeField(allow_null=True, help_text="Null: no end is set.")


class SightOut(Shape):
    """One chain by which somebody sees the case: membership, agreement or memorandum, reason. It ends with any link."""

    reason = serializers.CharField()
    organisation = serializers.UUIDField(source="organisation_id")
    source_id = serializers.UUIDField(
        allow_null=True, help_text="The case, referral or break-glass behind the reason."
    )
    until = serializers.DateTimeField(allow_null=True, help_text="Null while the reason lasts.")
    data_classes = serializers.ListField(
        child=serializers.CharField(), help_text="Open to that side, as far as they are open to the caller."
    )
    rests_on = LinkOut(many=True)
    people = SightPersonOut(many=True, help_text="Of other organisations only for who coordinates the team.")


class AccessOut(Shape):
    """Why the caller sees the case, and how much of it; and who else does, as far as the caller may know."""

    purpose = serializers.CharField()
    reasons = ReasonOut(many=True)
    classes_open = serializers.ListField(child=serializers.CharField())
    allowed_actions = serializers.ListField(child=serializers.CharField())
    seen_by = SightOut(
        many=True,
        help_text="Every chain for who coordinates; for a holder those whose classes are open to them; else the own.",
    )
