"""The sealed log of a team, as the table of roles reaches it: the ground knows neither teams nor roles."""

from typing import ClassVar

from audit.models import Log
from permissions.scope import Reach


class AuditLog(Log):
    """A log that somebody may verify: that of an own team; every one for whoever has no team."""

    reach: ClassVar[Reach] = Reach(view="audit.verify", team="id")

    class Meta:
        proxy = True
