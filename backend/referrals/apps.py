"""The app of this room; its label is permanent."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "backend.referrals"
    label = "referrals"
