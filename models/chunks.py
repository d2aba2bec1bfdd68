"""One chunk of paths: draw, evaluate every strategy, keep what the run needs of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.costs import CATEGORIES, Future, Outcome, evaluate, events_of, future
from models.distributions import FloatArray
from models.draws import LUCK, Draws, draw, uncertain, underdelivered, uniforms
from models.inputs import ModelInputs
from models.moments import Choices, Moments
from models.outcomes import MOST_RETAINED
from models.progress import Strategy

CHUNK = 1_000
"""Paths in a chunk: the arrays of one strategy stay in cache. Another size gives other random numbers."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums of one strategy over one chunk of paths.

    Attributes:
        categories: present value by category and month, shape (6, T).
        undiscounted: cost by month without discounting, shape (T,).
        triggers: paths by trigger month, shape (T + 2,).
        total: moments of the present-value cost.
        npv: moments of the NPV against the first strategy.
        positive: paths on which that NPV is above 0.
        largest: largest present-value cost of a path, without its sign.
    """

    categories: FloatArray
    undiscounted: FloatArray
    triggers: FloatArray
    total: Moments
    npv: Moments
    positive: int
    largest: float


@dataclass(frozen=True, eq=False)
class Store:
    """Figures of the paths that are kept, filled chunk by chunk; no two chunks share a place.

    A run for curves keeps the first 65,536 paths, for quantiles; a run for totals keeps all.

    Attributes:
        totals: present-value cost of each strategy and kept path, shape (strategies, kept).
        expected: the same as expected given the figures of the path, over incidents and over underdelivery; without
            room in a run for curves, which needs only its sums.
        cumulative: cumulative present value, shape (strategies, T, kept), single precision; None when no curve is
            wanted.
    """

    totals: FloatArray
    expected: FloatArray
    cumulative: NDArray[np.float32] | None

    @classmethod
    def for_curves(cls, strategies: int, months: int, paths: int) -> Store:
        """Return room for what quantiles need."""
        kept = min(paths, MOST_RETAINED)
        curves = np.empty((strategies, months, kept), dtype=np.float32)
        return cls(np.empty((strategies, kept)), np.empty((strategies, 0)), curves)

    @classmethod
    def for_totals(cls, strategies: int, paths: int) -> Store:
        """Return room for both totals of every path."""
        return cls(np.empty((strategies, paths)), np.empty((strategies, paths)), None)


@dataclass(frozen=True, eq=False)
class Run:
    """One run: what is simulated and where its figures go."""

    inputs: ModelInputs
    plans: tuple[Strategy, ...]
    months: int
    paths: int
    seed: int
    expected_only: bool
    store: Store


@np.errstate(over="ignore", invalid="ignore")  # costs beyond all bounds are refused once, with a sentence
def run_chunk(run: Run, chunk: int, go_on: Callable[[], None] | None = None) -> tuple[list[Tally], Choices]:
    """Simulate one chunk of paths, write its figures to the store; return its sums by strategy, and its choices.

    ``go_on`` is called before each strategy and raises where the run is to end: what nobody wants any more gives up its
    processor at once.
    """
    first = chunk * CHUNK
    paths = min(CHUNK, run.paths - first)
    u = uniforms(uncertain(run.inputs), run.seed, chunk, paths)
    full = draw(run.inputs, u)
    short = u[LUCK] < full["q"]
    actual = future(underdelivered(full, short), run.months)
    turned = replace(actual, draws=underdelivered(full, ~short)) if np.any(full["q"] > 0.0) else None
    chance = np.where(short, full["q"], 1.0 - full["q"])
    events = None if run.expected_only else events_of(actual, run.seed, chunk)
    totals, expected = np.empty((len(run.plans), paths)), np.empty((len(run.plans), paths))
    tallies = []
    for index, plan in enumerate(run.plans):
        if go_on is not None:
            go_on()
        happened = evaluate(actual, plan, events)
        expected[index] = _expected(happened, turned, plan, chance)
        cost = happened.total
        totals[index] = cost.sum(axis=0)
        _keep_curve(run.store, index, first, cost)
        tallies.append(_tally(run.months, happened, cost, actual.discount, totals[0], totals[index]))
    _keep(run.store.totals, first, totals)
    _keep(run.store.expected, first, expected)
    return tallies, Choices.of(expected[:1] - expected[1:])


def expected_totals(draws: Draws, plans: tuple[Strategy, ...], months: int) -> dict[str, FloatArray]:
    """Return the expected present-value cost of each strategy given the figures of each path, shape (paths,).

    Over incidents and over whether the programme underdelivers, so that it is a function of the figures alone. Call it
    with chunks of paths: memory grows with months x paths.
    """
    full = np.zeros(draws["q"].shape, dtype=np.bool_)
    actual = future(underdelivered(draws, full), months)
    turned = replace(actual, draws=underdelivered(draws, ~full)) if np.any(draws["q"] > 0.0) else None
    chance = 1.0 - draws["q"]
    return {plan.name: _expected(evaluate(actual, plan, None), turned, plan, chance) for plan in plans}


def _expected(happened: Outcome, turned: Future | None, plan: Strategy, chance: FloatArray) -> FloatArray:
    """Return the expectation over both deliveries; ``chance`` is the probability of the one that happened."""
    known = _expected_of(happened)
    if turned is None:
        return known
    other = _expected_of(evaluate(turned, plan, None))
    return other + chance * (known - other)


def _expected_of(happened: Outcome) -> FloatArray:
    total = happened.expected_incidents.sum(axis=0)
    for name in CATEGORIES[1:]:
        total += happened.costs[name].sum(axis=0)
    return np.asarray(total, dtype=np.float64)


def _keep(table: NDArray[np.floating], first: int, figures: FloatArray) -> None:
    """Write figures, shape (strategies, paths), to the paths from ``first`` on, as far as there is room."""
    if first < table.shape[1]:
        table[:, first : first + figures.shape[1]] = figures[:, : table.shape[1] - first]


def _keep_curve(store: Store, index: int, first: int, cost: FloatArray) -> None:
    """Write the cumulative cost of the paths that are kept; nothing is added up for the others."""
    if store.cumulative is not None and first < store.cumulative.shape[-1]:
        _keep(store.cumulative[index], first, np.cumsum(cost, axis=0))


def _tally(
    months: int, happened: Outcome, cost: FloatArray, discount: FloatArray, reactive: FloatArray, total: FloatArray
) -> Tally:
    """Return the sums of one strategy over a chunk; ``cost`` has shape (T, paths), the totals (paths,)."""
    npv = reactive - total
    return Tally(
        categories=np.stack([happened.costs[name].sum(axis=1) for name in CATEGORIES]),
        undiscounted=np.einsum("kn,kn->k", cost, np.broadcast_to(1.0 / discount, cost.shape)),
        triggers=np.bincount(happened.paths.tau, minlength=months + 2).astype(np.float64),
        total=Moments.of(total),
        npv=Moments.of(npv),
        positive=int(np.count_nonzero(npv > 0.0)),
        largest=float(np.max(np.abs(total))),
    )


def added(tallies: list[Tally]) -> Tally:
    """Return the sums over chunks, added in the order of the chunks."""
    return Tally(
        categories=np.sum([tally.categories for tally in tallies], axis=0),
        undiscounted=np.sum([tally.undiscounted for tally in tallies], axis=0),
        triggers=np.sum([tally.triggers for tally in tallies], axis=0),
        total=Moments.over(tally.total for tally in tallies),
        npv=Moments.over(tally.npv for tally in tallies),
        positive=sum(tally.positive for tally in tallies),
        largest=float(np.max([tally.largest for tally in tallies])),
    )


def means(tally: Tally, paths: int) -> Mapping[str, FloatArray]:
    """Return the mean cost per month by category, shape (T,) each."""
    return dict(zip(CATEGORIES, tally.categories / paths, strict=True))
