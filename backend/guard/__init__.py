"""The identifier guard: finds names of persons and numbers of persons in free text, in both scripts.

Pure: text in, findings out. A finding says what kind and where, never what; no message holds a matched text.
"""

from backend.guard.findings import Finding, IdentifierFound
from backend.guard.screen import BLOCK, check, refuse

__all__ = ["BLOCK", "Finding", "IdentifierFound", "check", "refuse"]
