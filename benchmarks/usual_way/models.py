"""Teams, organisations, cases and referrals, in plain columns."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class Team(models.Model):
    """A team."""

    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """An organisation."""

    name = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """A person in care, with what is known of them."""

    code = models.CharField(max_length=14, unique=True)
    spoken_name = models.CharField(max_length=48)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    status = models.CharField(max_length=12, default="active")
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.code


class Referral(models.Model):
    """A request for help from one organisation to another."""

    code = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    requester = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sent")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="received")
    service_code = models.CharField(max_length=8)
    urgency = models.CharField(max_length=8, default="routine")
    status = models.CharField(max_length=20, default="requested")
    business_status = models.CharField(max_length=24, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.code


class Event(models.Model):
    """What happened to a referral."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    verb = models.CharField(max_length=16)
    to_status = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return self.verb
