"""Scenarios on the same futures as the base case, side by side, and which of them turns the decision."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assessment.errors import InputError
from models.case import Case
from models.chunks import Run
from models.cost_curves import REACTIVE, Curves, simulate_and_read
from models.decision import Decision, decide
from models.distributions import FloatArray
from models.inputs import ModelInputs
from models.scenarios import Standing
from models.shifts import Move, apply
from models.watching import Watch

Npvs = dict[str, FloatArray]
"""NPV of each path by start, shape (paths,)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """E NPV in a scenario less that of the base case, in currency; the error is that of paired paths."""

    mean: float
    standard_error: float


@dataclass(frozen=True, eq=False)
class ScenarioRun:
    """One scenario, run.

    Attributes:
        standing: the scenario.
        moves: what it did to the figures, in order.
        curves: on the futures of the base case.
        decision: by the rule of the base case.
        differences: by start, against the base case.
        flips: whether the decision is another one.
        distance: largest E NPV of the other options taken from that of the base case's best option, in currency, as
            the rule sees them (incidents at expectation); below nought when another option is best here.
    """

    standing: Standing
    moves: tuple[Move, ...]
    curves: Curves
    decision: Decision
    differences: Mapping[str, Difference]
    flips: bool
    distance: float


@dataclass(frozen=True, eq=False)
class Refused:
    """A scenario whose changes make figures that cannot be simulated.

    Attributes:
        standing: the scenario.
        moves: what it did to the figures, in order.
        reason: why they cannot be, and what would be right.
    """

    standing: Standing
    moves: tuple[Move, ...]
    reason: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """The base case and every scenario.

    Attributes:
        curves: of the base case.
        decision: of the base case.
        distance: by how much the best option of the base case leads, in currency.
        runs: the scenarios that were simulated, in order.
        refused: those that cannot be, in order; none of them counts among the runs.
    """

    curves: Curves
    decision: Decision
    distance: float
    runs: tuple[ScenarioRun, ...]
    refused: tuple[Refused, ...] = ()

    @property
    def every(self) -> tuple[ScenarioRun | Refused, ...]:
        """Every scenario: those that were simulated, then those that cannot be."""
        return (*self.runs, *self.refused)

    @property
    def flipping(self) -> tuple[ScenarioRun, ...]:
        """The scenarios that turn the decision, in order."""
        return tuple(run for run in self.runs if run.flips)

    @property
    def nearest(self) -> ScenarioRun | None:
        """The scenario in which the best option leads least; None without scenarios."""
        return min(self.runs, key=lambda run: run.distance, default=None)


@dataclass(frozen=True, eq=False)
class Base:
    """The case as it stands, with the NPV of each path for others to be compared with."""

    curves: Curves
    decision: Decision
    npvs: Npvs


def run_base(case: Case, *, paths: int, seed: int, watch: Watch | None = None) -> Base:
    """Return the case as it stands; arguments and errors as for :func:`compare_scenarios`, and who follows it."""
    curves, npvs = _simulated(case, case.inputs, paths, seed, watch or Watch())
    return Base(curves, decide(curves, case.inputs.thresholds), npvs)


def run_scenario(case: Case, base: Base, standing: Standing, watch: Watch | None = None) -> ScenarioRun | Refused:
    """Return one scenario on the futures of ``base``, which is that case as it stands, or why it cannot be run.

    Raises:
        SimulationStoppedError: when ``watch`` said so.
    """
    inputs, moves = apply(case.inputs, case.parameters, standing.changes)
    try:
        curves, npvs = _simulated(case, inputs, base.curves.paths, base.curves.seed, watch or Watch())
    except InputError as error:
        return Refused(standing, moves, "; ".join(str(problem) for problem in error.problems))
    decision = decide(curves, inputs.thresholds)
    return ScenarioRun(
        standing=standing,
        moves=moves,
        curves=curves,
        decision=decision,
        differences={name: _difference(npvs[name] - base.npvs[name]) for name in npvs},
        flips=decision.choice != base.decision.choice,
        distance=lead(decision, base.decision.best),
    )


def together(base: Base, found: Sequence[ScenarioRun | Refused]) -> Comparison:
    """Return runs on the same base as one comparison, with the scenarios that cannot be run."""
    return Comparison(
        curves=base.curves,
        decision=base.decision,
        distance=lead(base.decision, base.decision.best),
        runs=tuple(each for each in found if isinstance(each, ScenarioRun)),
        refused=tuple(each for each in found if isinstance(each, Refused)),
    )


def compare_scenarios(
    case: Case,
    scenarios: Sequence[Standing],
    *,
    paths: int,
    seed: int,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Comparison:
    """Return the base case and each scenario, all on the same random numbers.

    Args:
        case: inputs and programme of the base case.
        scenarios: as they stand for the team.
        paths: futures of each run.
        seed: of every run.
        progress: told the finished share, in (0, 1].
        should_stop: asked between chunks of paths.

    Raises:
        SimulationStoppedError: when ``should_stop`` said yes.
        InputError: when the base case itself cannot be simulated; a scenario that cannot be is kept with the reason.
    """
    quiet = Watch.of(None, should_stop)
    base = run_base(case, paths=paths, seed=seed, watch=quiet)
    runs: list[ScenarioRun | Refused] = []
    for standing in scenarios:
        runs.append(run_scenario(case, base, standing, quiet))
        if progress is not None:
            progress(len(runs) / len(scenarios))
    return together(base, runs)


def lead(decision: Decision, option: str) -> float:
    """Return by how much an option's E NPV exceeds the largest of the others; negative when it does not."""
    others = [value for name, value in decision.expected_npv.items() if name != option]
    return decision.expected_npv[option] - max(others)


def _simulated(case: Case, inputs: ModelInputs, paths: int, seed: int, watch: Watch) -> tuple[Curves, Npvs]:
    run = {"paths": paths, "seed": seed}
    return simulate_and_read(inputs, case.programme, _npvs, **run, should_stop=watch.should_stop, progress=watch.told)


def _npvs(run: Run) -> Npvs:
    reactive = run.store.totals[[plan.name for plan in run.plans].index(REACTIVE)]
    return {
        plan.name: reactive - run.store.totals[index] for index, plan in enumerate(run.plans) if plan.name != REACTIVE
    }


def _difference(paired: FloatArray) -> Difference:
    return Difference(float(paired.mean()), float(paired.std(ddof=1)) / math.sqrt(paired.size))
