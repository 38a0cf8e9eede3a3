"""The shapes of releases. A document is described in docs/statistics.md; here it is one object."""

from rest_framework import serializers

from api.serializers import Shape, StrictSerializer
from backend.statistics.releases.tables import TIERS


class ReleaseIn(StrictSerializer):
    """Of which period, and for whom: B for the Office, C for everybody (whole years)."""

    tier = serializers.ChoiceField(choices=TIERS)
    period = serializers.CharField(
        max_length=7, trim_whitespace=False, help_text="`2026-Q3`, `2026-H2` or `2026`."
    )


class PublicRow(Shape):
    """One published release."""

    number = serializers.IntegerField(allow_null=True)
    tier = serializers.CharField()
    period = serializers.CharField()
    plan_version = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(
        allow_null=True, help_text="Of the document in canonical form (RFC 8785), in hex."
    )
    approved_at = serializers.DateTimeField(allow_null=True)


class PublicRows(Shape):
    """Every release that is published for all."""

    results = PublicRow(many=True)


class PublicOut(PublicRow):
    """One published release with its tables."""

    document = serializers.DictField(allow_null=True)


class ReleaseRow(PublicRow):
    """One release without its tables."""

    id = serializers.UUIDField()
    status = serializers.CharField()
    prepared_by = serializers.UUIDField()
    prepared_at = serializers.DateTimeField()
    built_at = serializers.DateTimeField(allow_null=True)
    approved_by = serializers.UUIDField(allow_null=True)
    declined_by = serializers.UUIDField(allow_null=True)
    declined_at = serializers.DateTimeField(allow_null=True)


class ReleaseOut(ReleaseRow):
    """One release with its tables; none while it is being built, or when it was refused."""

    document = serializers.DictField(allow_null=True)


class FailedCell(Shape):
    """One cell that the attack narrowed down too far, in one release; never what was found out."""

    tier = serializers.CharField()
    period = serializers.CharField()
    table = serializers.CharField()
    row = serializers.CharField()
    column = serializers.CharField()
    mark = serializers.CharField()
    insider = serializers.UUIDField(
        allow_null=True,
        help_text="The organisation that could find it out with its own facts; null: anybody.",
    )


class GateStep(Shape):
    """One try: at which level each table stood, and which cells failed."""

    levels = serializers.DictField(child=serializers.CharField(allow_blank=True))
    passed = serializers.BooleanField()
    withheld = serializers.ListField(child=serializers.CharField(), help_text="Numbers taken out, by name.")
    failed = FailedCell(many=True)


class GateOut(Shape):
    """What the gate found, from the finest level down to the one that passed."""

    passed = serializers.BooleanField(default=False)
    reason = serializers.CharField(
        default="",
        allow_blank=True,
        help_text="Why it was refused: `failed`: cells fail at every level; `contradiction`: facts break a rule.",
    )
    steps = GateStep(many=True, default=())


class ManifestQuarter(Shape):
    """One locked quarter of one team."""

    team = serializers.CharField()
    quarter = serializers.CharField()
    digest = serializers.CharField()


class ManifestOut(Shape):
    """Out of what a release was made: `spona statistics reproduce` makes it again and compares."""

    plan_version = serializers.IntegerField(default=None, allow_null=True)
    plan_sha256 = serializers.CharField(default=None, allow_null=True)
    ptable_sha256 = serializers.CharField(default=None, allow_null=True)
    code_version = serializers.CharField(default=None, allow_null=True)
    quarters = ManifestQuarter(many=True, default=())
    facts_sha256 = serializers.CharField(default=None, allow_null=True)
    levels = serializers.DictField(
        child=serializers.CharField(allow_blank=True), default=None, allow_null=True
    )
    withheld = serializers.ListField(child=serializers.CharField(), default=[])
    against = serializers.ListField(child=serializers.IntegerField(), default=[])
