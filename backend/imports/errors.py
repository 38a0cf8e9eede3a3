"""What can be wrong with a file, a mapping or one row. Codes only: a cell's text never leaves the file."""

from dataclasses import dataclass


class Unreadable(Exception):
    """The file or mapping as a whole cannot be used; `code` says why, `detail` names a line or column of it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Reason:
    """Why a row was refused: the column and a stable code."""

    column: str
    code: str


class RowRefused(Exception):
    """One row cannot become a case; the others go on."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(f"{reason.column}: {reason.code}" for reason in reasons))
        self.reasons = reasons
