"""A session of somebody's browser. What is in it only the cookie's key opens; see `backend.teams.sessions`."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from backend.teams.models.user import User


class Session(AbstractBaseSession):
    """`session_key` is the SHA-256 of the cookie's key, in hex. `account` is who has signed in, so that one query
    finds both.

    The rest is for that person alone: a random name to end it by, since when, last used, and two words for the device.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    handle = models.UUIDField(null=True)
    begun_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=8, default="other")
    system = models.CharField(max_length=8, default="other")
