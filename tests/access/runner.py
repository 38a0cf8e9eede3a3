"""Makes the requests of checks against the real application and says what is wrong.

`off` names the wall that is switched off: then another refusal or an empty answer is no fault, and rows without case
data, which the database does not narrow, are not looked for when it stands alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tests.access import judge
from tests.access.asking import Request, kind_tried, request_of
from tests.access.checks import Check
from tests.access.judge import FAULT, LEAK, Finding, Mark
from tests.access.reach import ABSENT, CALLERS, KINDS, Caller
from tests.access.rows import Watch
from tests.access.world import World
from tests.api.client import Answer, Api, browser_for

BOTH, ONE, TWO = "", "one", "two"
# Tables with case data: what the database narrows by itself.
WALLED: Final = ("cases_", "referrals_", "imports_", "review_", "erasure_")
AUDIT: Final = "audit_entries"


@dataclass
class Runner:
    """One world, and the answers to absent ids that the others are compared with."""

    world: World
    off: str = BOTH
    made: int = 0
    _absent: dict[tuple[str, ...], Any] = field(default_factory=dict)
    _hidden: dict[str, list[Mark]] = field(default_factory=dict)
    _typed: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.watch = Watch(self.world.admin)

    def run(self, wanted: Iterable[Check]) -> list[Finding]:
        """Make every request and return all that is wrong. What other tests wrote before is not looked at."""
        self.watch.look()
        return [found for check in wanted if self._walled(kind_tried(check)) for found in self.one(check)]

    def one(self, check: Check) -> Iterator[Finding]:
        """Make one request and yield what is wrong."""
        answer, sent = self.ask(check)
        hidden = self.hidden(check.caller)
        if check.operation.name.startswith(AUDIT):  # it says what callers of the own town typed into a filter
            hidden = [one for one in hidden if one[0] not in self._typed]
        leaks = [*judge.shown(answer, sent, hidden), *self._changes(sent, hidden), *judge.miscounted(answer)]
        compared = judge.told_apart(check, self._reaching(check.caller))
        if compared and judge.same(answer) != self._twin(check):
            leaks.append(f"answers {answer.status} other than to an absent id")
        yield from (Finding(check.name, LEAK, what) for what in leaks)
        if answer.status >= 500:
            yield Finding(check.name, FAULT, f"answers {answer.status}")
        elif not self.off:
            yield from (Finding(check.name, FAULT, what) for what in judge.faults(check, answer))

    def ask(self, check: Check) -> tuple[Answer, Request]:
        """Send the request of a check. Signing in has a browser of its own each time, because it may sign out."""
        sent = request_of(check, self.world)
        api = self._api(check)
        self.made += 1
        self._typed.update(value.encode() for value in sent.query.values())
        answer = api.send(
            sent.method,
            sent.path,
            sent.body,
            query=sent.query or None,
            content_type=sent.content_type,
            **{"Accept_Language": "en", **sent.headers},
        )
        return answer, sent

    def hidden(self, caller: str) -> list[Mark]:
        """Return the marks of rows out of reach."""
        if caller not in self._hidden:
            found = self.world.hidden_from(self._reaching(caller))
            loose = {mark for mark, kind, _ in found if not self._walled(kind)}
            self._hidden[caller] = [one for one in found if one[0] not in loose]
        return self._hidden[caller]

    def _reaching(self, name: str) -> Caller:
        """Return who asks. Which operations a machine's token has, the database does not know."""
        caller = CALLERS[name]
        return replace(caller, operations=None) if self.off == ONE else caller

    def _walled(self, kind: str) -> bool:
        """Say whether the walls that stand narrow rows of this kind; a check about no kind is always made."""
        return self.off != ONE or not kind or KINDS[kind].walled or KINDS[kind].public

    def _changes(self, sent: Request, hidden: list[Mark]) -> Iterator[str]:
        if sent.method in {"POST", "PATCH", "DELETE"}:
            away = self.world.stories["elsewhere"].ids["team"]
            written = [one for one in self.watch.written() if self.off != ONE or one[0].startswith(WALLED)]
            yield from judge.changed(written, hidden, away)

    def _twin(self, check: Check) -> Any:
        key = (check.operation.name, check.caller, check.channel, check.detail)
        if key not in self._absent:
            self._absent[key] = judge.same(self.ask(replace(check, place=ABSENT))[0])
        return self._absent[key]

    def _api(self, check: Check) -> Api:
        caller = CALLERS[check.caller]
        signs = check.operation.is_sign_in or "sign_out" in check.operation.name
        if not signs or caller.operations is not None or not caller.signed_in:
            return self.world.apis[check.caller]
        return browser_for(self.world.users[check.caller])
