"""What HTTP itself can be refused for, before any service is asked. `errors` says how each is answered."""

from rest_framework.exceptions import APIException


class TooLarge(Exception):
    """The body is larger than the operation takes."""


class CsrfFailed(Exception):
    """A browser's request without the right CSRF token."""


class KeyNeeded(APIException):
    """The session was opened with a code, and a role of the person needs a security key."""


class StepUpNeeded(Exception):
    """The second factor has to be shown again, for it was not shown within the last minutes."""


class NotForMachines(Exception):
    """What asks for the second factor again can never be done with a token."""


class CrossSite(Exception):
    """A signed-in browser that another site sent here."""


class PreconditionRequired(Exception):
    """A change that must name the version it changes."""


class BadParameter(Exception):
    """A parameter of the address is unknown or has a value that is not allowed."""

    def __init__(self, name: str, *, code: str = "invalid_parameter") -> None:
        super().__init__(code)
        self.code, self.name = code, name


class BadHeader(Exception):
    """A header of this API has a form that is not allowed; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
