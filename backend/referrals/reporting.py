"""How the requester heard what it reports for a provider without accounts: codes only, never a name. Pure."""

from dataclasses import dataclass
from typing import Final

from backend.errors import Fault, Invalid

CHANNELS: Final = ("phone", "in_person", "letter", "e_mail")
REPORTERS: Final = ("provider", "person", "companion", "own_worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The channel by which the answer came, and who gave it."""

    channel: str
    reporter: str

    def __post_init__(self) -> None:
        """Raise Invalid with a fault for each unknown code."""
        faults = [
            Fault(f"/on_behalf/{name}", "unknown_code")
            for name, value, known in (
                ("channel", self.channel, CHANNELS),
                ("reporter", self.reporter, REPORTERS),
            )
            if value not in known
        ]
        if faults:
            raise Invalid(*faults)
