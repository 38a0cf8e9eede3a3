"""A log that grows and a witness that is asked in this process, for the tests of both sides."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from audit.notes import log_signer, signed_checkpoint
from audit.tree import Complete, complete_from, consistency_proof, root
from audit.verify import Checkpoint, leaf_hash
from audit.witness import Witness
from tests.audit.logs import ORIGIN, SECRET


@dataclass
class Grown:
    """A log of so many leaves; `word` makes another one of the same size."""

    size: int
    word: str = "leaf"
    origin: str = ORIGIN
    complete: Complete = field(init=False)

    def __post_init__(self) -> None:
        leaves = [leaf_hash(f"{self.word} {number}".encode()) for number in range(self.size)]
        self.complete = complete_from(lambda _level, first, count: leaves[first : first + count])

    def note(self, size: int | None = None) -> str:
        size = self.size if size is None else size
        point = Checkpoint(self.origin, size, root(self.complete, size))
        return signed_checkpoint(log_signer(SECRET, self.origin), point)

    def prove(self, old: int, size: int | None = None) -> list[bytes]:
        return consistency_proof(self.complete, old, size=self.size if size is None else size)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


def ask(app: Witness, body: bytes | str, *, method: str = "POST", path: str = "/add-checkpoint") -> Answer:
    said: list[Any] = []
    raw = body.encode() if isinstance(body, str) else body
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": io.BytesIO(raw)}
    start: Callable[..., Any] = lambda status, headers: said.extend([status, dict(headers)])  # noqa: E731
    text = b"".join(app(environ, start)).decode()
    return Answer(int(said[0].split()[0]), said[1], text)
