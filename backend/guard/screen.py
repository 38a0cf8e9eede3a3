"""Runs the patterns over a text in their order: earlier ones take out what later ones must not misread."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from backend.guard.findings import Finding, IdentifierFound
from backend.guard.names import PERSON, names
from backend.guard.patterns import NOTHING, Pattern, patterns
from backend.guard.phones import phone_numbers
from backend.guard.validations import VALIDATIONS, Circumstances, normal_number
from backend.guard.views import View, folded_view, joined_view, latin_view
from backend.guard.windows import digit_windows

ALLOW, BLOCK, ASK = "allow", "block", "ask"
FIRST_PHONE_PATTERN = "mobile"
CARD = "card"  # of many numbers side by side one stretch in ten has its check digit by chance
CONTEXT_BEFORE, CONTEXT_AFTER = 40, 20

Span = tuple[int, int]
Match = tuple[str, str, int, int]


def check(
    text: str,
    *,
    directory: frozenset[str] = frozenset(),
    today: date | None = None,
    allow_future: bool = False,
) -> list[Finding]:
    """Find identifiers in `text`, in order of place.

    `directory` holds telephone and tax numbers that organisations publish; they are no identifiers.
    `allow_future` accepts birth dates after `today`, for tests with numbers that belong to nobody.
    """
    around = _circumstances(directory, today, allow_future=allow_future)
    found = {
        Finding(start, end, kind, action)
        for kind, action, start, end in scan(text, around)
        if action != ALLOW
    }
    return sorted(found)


def refuse(text: str, *, directory: frozenset[str] = frozenset(), today: date | None = None) -> None:
    """Raise IdentifierFound when something in `text` must not be stored. Names are asked about, so not looked for."""
    scanned = _Scan(text, _circumstances(directory, today, allow_future=False)).numbers()
    found = sorted(
        Finding(start, end, kind, action) for kind, action, start, end in scanned if action == BLOCK
    )
    if found:
        raise IdentifierFound(finding.kind for finding in found) from None


def scan(text: str, around: Circumstances) -> Iterator[Match]:
    """Every match as (kind, action, start, end), those of action "allow" included."""
    return _Scan(text, around).run()


def _circumstances(directory: frozenset[str], today: date | None, *, allow_future: bool) -> Circumstances:
    day = today or datetime.now(tz=ZoneInfo("Europe/Belgrade")).date()
    return Circumstances(day, allow_future, frozenset(normal_number(number) for number in directory))


class _Scan:
    def __init__(self, text: str, around: Circumstances) -> None:
        self.around = around
        latin = latin_view(text)
        self.folded = folded_view(latin)
        self.views = {"latin": latin, "folded": self.folded, "joined": joined_view(self.folded)}
        self.masked: list[Span] = []
        self.applied = dict.fromkeys(self.views, 0)

    def run(self) -> Iterator[Match]:
        yield from self.numbers()
        yield from self._names()

    def numbers(self) -> Iterator[Match]:
        """What the patterns find: numbers, addresses and what else has a shape."""
        for pattern in patterns():
            if pattern.id == FIRST_PHONE_PATTERN:
                yield from self._phones()
            if pattern.id != PERSON:
                yield from self._matches(pattern)

    def _names(self) -> Iterator[Match]:
        view = self._view("latin")
        for kind, first, last in names(view.text):
            yield kind, ASK, *view.origin(first, last)

    def _phones(self) -> Iterator[Match]:
        view = self._view("folded")
        for kind, first, last in phone_numbers(view.text, directory=self.around.directory):
            start, end = view.origin(first, last)
            self.masked.append((start, end))
            yield kind, BLOCK, start, end

    def _matches(self, pattern: Pattern) -> Iterator[Match]:
        found = {span: self._action(pattern, span) for span in self._spans(pattern)}
        if pattern.view == "joined" and pattern.id != CARD:
            found |= dict.fromkeys(self._side_by_side(pattern, found), BLOCK)
        if pattern.mask:
            self.masked += found
        for (start, end), action in found.items():
            if action != NOTHING:
                yield pattern.kind, action, start, end

    def _spans(self, pattern: Pattern) -> Iterator[Span]:
        view = self._view(pattern.view)
        for match in pattern.regex.finditer(view.text):
            if self._is_valid(pattern, match.group()):
                yield view.origin(*match.span())

    def _side_by_side(self, pattern: Pattern, found: Iterable[Span]) -> Iterator[Span]:
        """Numbers inside a longer run of digits; there only what must be blocked counts."""
        view = self._view("folded")
        done = max((end for _start, end in found), default=0) if pattern.mask else 0
        for digits, first, last in digit_windows(view):
            span = view.origin(first, last)
            if span[0] < done or not pattern.regex.fullmatch(digits):
                continue
            if self._is_valid(pattern, digits) and self._action(pattern, span) == BLOCK:
                done = span[1]
                yield span

    def _view(self, name: str) -> View:
        """The view without what earlier patterns took out."""
        new = self.masked[self.applied[name] :]
        if new:
            self.views[name] = self.views[name].without(new)
            self.applied[name] = len(self.masked)
        return self.views[name]

    def _is_valid(self, pattern: Pattern, matched: str) -> bool:
        return all(VALIDATIONS[name](matched, self.around) for name in pattern.validation)

    def _action(self, pattern: Pattern, span: Span) -> str:
        if pattern.context is None:
            return pattern.action
        first, last = self.folded.place(*span)
        near = self.folded.text[max(first - CONTEXT_BEFORE, 0) : last + CONTEXT_AFTER]
        return pattern.action_with_context if pattern.context.search(near) else pattern.action
