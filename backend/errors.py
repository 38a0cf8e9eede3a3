"""What a service can say no with. Plain exceptions with stable codes; the API turns them into problem+json."""

from collections.abc import Sequence
from dataclasses import dataclass, field


class NotFound(Exception):
    """Gone, or not shown to the one who asks: answered exactly as if it had never been."""


class Refusal(Exception):
    """A request that was understood and refused, with a stable `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Conflict(Refusal):
    """The state forbids it; `legal` names the verbs that the caller may use now."""

    def __init__(self, code: str, *, legal: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.legal = tuple(legal)


class Stale(Refusal):
    """Somebody else changed the row since the caller read it."""

    def __init__(self) -> None:
        super().__init__("stale_version")


class Gone(Refusal):
    """It existed and was erased for good."""

    def __init__(self) -> None:
        super().__init__("erased")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the input: where (a JSON pointer) and what (a stable code)."""

    pointer: str
    code: str
    values: tuple[str, ...] = field(default=())


class Invalid(Refusal):
    """The input breaks a rule; one fault for each place."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("invalid")
        self.faults = faults
