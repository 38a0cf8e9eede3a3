"""One attacker against one system of numbers: which small counts does he learn too well?"""

import random
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from backend.statistics.disclosure.attacker import Attacker, Unsolved
from backend.statistics.disclosure.demands import RULES, Cell, Rule
from backend.statistics.disclosure.known import Atom, Number
from backend.statistics.disclosure.masks import Tier
from backend.statistics.disclosure.system import System
from backend.statistics.disclosure.witness import Changes, Tables

Counts = Mapping[Atom, int]
Target = tuple[str, list[int]]  # its name, and its atoms by position
STRETCHES: Final = 8  # questions about many targets at once, before they are asked one by one


@dataclass(frozen=True)
class Scope:
    """What is attacked: all small counts, those in one part with the numbers named `new`, or the cells `asked` for."""

    new: AbstractSet[str] | None = None
    asked: AbstractSet[tuple[str, str | None]] | None = None


@dataclass
class Attack:
    """What somebody knows, and how often the solver was asked.

    `proofs` are the other tables that fit, by target. One that everybody could not tell from the true table is a proof
    against an organisation, too, unless it contradicts what that organisation knows.
    """

    system: System
    numbers: Sequence[Number]
    truth: Counts
    tier: Tier
    scope: Scope
    organisation: str | None = None
    own: Counts = field(default_factory=dict)
    attacked: int = 0
    solved: int = 0
    attackers: dict[int, tuple[Attacker, Mapping[int, int]]] = field(default_factory=dict)
    proofs: dict[str, tuple[Changes, Changes]] = field(default_factory=dict)

    def by(self, organisation: str, own: Counts) -> "Attack":
        """The same by an organisation that knows its own part of each atom."""
        others = {atom: count - own.get(atom, 0) for atom, count in self.truth.items()}
        shifted = self.system.without(own)
        return Attack(
            shifted, self.numbers, others, self.tier, self.scope, organisation, own, proofs=self.proofs
        )

    def cells(self) -> Iterator[Cell]:
        """What this attacker learns too well."""
        small = [
            target for target in self._targets() if self._is_small(target[1]) and self._concerns(*target)
        ]
        self.attacked += len(small)
        left = [target for target in small if not self._is_proven(*target) and not self._is_open(*target)]
        for target in self._stretched(left):
            yield from self._solve(*target)

    @cached_property
    def rule(self) -> Rule:
        return RULES[self.tier]

    def _targets(self) -> Iterator[Target]:
        """Every atom, and every published sum of several."""
        for at, atom in enumerate(self.system.atoms):
            yield atom, [at]
        for number in self.numbers:
            if number.name and len(number.atoms) > 1:
                yield number.name, [self.system.position[atom] for atom in number.atoms]

    def _is_small(self, target: Sequence[int]) -> bool:
        limit = self.rule.small if self.organisation is None else self.rule.of_others
        return self._true(target) < limit

    def _true(self, target: Sequence[int]) -> int:
        return sum(self._values[atom] for atom in target)

    def _concerns(self, name: str, target: Sequence[int]) -> bool:
        """Whether it is in scope; and an organisation learns no more than everybody where it has nothing."""
        if self.scope.asked is not None and (name, self.organisation) not in self.scope.asked:
            return False
        component = self.system.component[target[0]]
        return component in self._own_parts and component in self._new_parts

    @cached_property
    def _own_parts(self) -> AbstractSet[int]:
        if self.organisation is None:
            return set(self.system.component)
        return self.system.parts(atom for atom, count in self.own.items() if count)

    @cached_property
    def _new_parts(self) -> AbstractSet[int]:
        new = self.scope.new
        if new is None:
            return set(self.system.component)
        return self.system.parts(
            atom for number in self.numbers if number.name in new for atom in number.atoms
        )

    @cached_property
    def _values(self) -> list[int]:
        return [self.truth.get(atom, 0) for atom in self.system.atoms]

    @cached_property
    def _tables(self) -> Tables:
        return Tables(self.system, self._values)

    def _is_proven(self, name: str, target: Sequence[int]) -> bool:
        """Whether what proved a target open to everybody does so for this organisation."""
        known = [self._own[atom] for atom in target]
        if name not in self.proofs or (self.rule.may_be_none and any(known)):
            return False
        return all(
            value >= self._own[atom] for changes in self.proofs[name] for atom, value in changes.items()
        )

    @cached_property
    def _own(self) -> list[int]:
        return [self.own.get(atom, 0) for atom in self.system.atoms]

    def _is_open(self, name: str, target: Sequence[int]) -> bool:
        """Whether tables near the true one show enough room."""
        true, rule = self._true(target), self.rule
        down, lower = self._tables.moved(target, -1, true if rule.may_be_none else min(true, rule.width))
        up, higher = self._tables.moved(target, 1, max(0, rule.width - down))
        enough = rule.met(true - down, true + up)
        if enough and self.organisation is None:
            self.proofs[name] = lower, higher
        return enough

    def _stretched(self, left: list[Target]) -> list[Target]:
        """Those of which not even far-off tables, found for many at once, show enough room."""
        draws = random.Random(0)  # noqa: S311 -- any weights will do
        for at in range(STRETCHES):
            if len(left) <= at:
                break
            for component in {self.system.component[atoms[0]] for _, atoms in left}:
                self._stretch(component, left, draws, 1 if at % 2 else -1)
            left = [target for target in left if not self._seen_open(target[1])]
        return left

    def _stretch(self, component: int, left: Sequence[Target], draws: random.Random, sign: int) -> None:
        inside = [atom for _, atoms in left for atom in atoms if self.system.component[atom] == component]
        attacker, place = self._attacker(component)
        self.solved += 1
        with suppress(Unsolved):
            attacker.stretched({place[atom]: sign * draws.uniform(0.5, 1) for atom in inside})

    def _seen_open(self, target: Sequence[int]) -> bool:
        attacker, place = self._attacker(self.system.component[target[0]])
        low, high = attacker.seen([place[atom] for atom in target])
        true = self._true(target)
        return self.rule.met(min(low, true), max(high, true))

    def _solve(self, name: str, target: Sequence[int]) -> Iterator[Cell]:
        if self._seen_open(target):
            return
        self.solved += 1
        attacker, place = self._attacker(self.system.component[target[0]])
        sought = {place[atom]: 1 for atom in target}
        try:
            high = attacker.greatest(sought)
            if self._seen_open(target):
                return
            low = attacker.least(sought)
        except Unsolved:
            yield Cell(name, 0, 0, self.organisation, answered=False)
            return
        if not self.rule.met(low, high):
            yield Cell(name, low, high, self.organisation, attacker.telling(sought))

    def _attacker(self, component: int) -> tuple[Attacker, Mapping[int, int]]:
        """The solver for one part of the system, and where its atoms stand in it."""
        if component not in self.attackers:
            part, place = self.system.restricted(component)
            self.attackers[component] = Attacker(part), place
        return self.attackers[component]
