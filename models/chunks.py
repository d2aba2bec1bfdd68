"""One chunk of paths: draw, evaluate every strategy, keep what the run needs of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.costs import CATEGORIES, Future, Outcome, evaluate, events_of, future
from models.distributions import FloatArray
from models.draws import LUCK, Draws, draw, uncertain, underdelivered, uniforms
from models.inputs import ModelInputs
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
    """

    categories: FloatArray
    undiscounted: FloatArray
    triggers: FloatArray


@dataclass(frozen=True, eq=False)
class Store:
    """Figures of single paths, filled chunk by chunk; no two chunks share a place.

    Attributes:
        totals: present-value cost of each strategy and path, shape (strategies, paths).
        expected: the same as expected given the figures of the path: over incidents and over underdelivery.
        cumulative: cumulative present value of retained paths, shape (strategies, T, retained), single precision;
            None when no curve is wanted.
    """

    totals: FloatArray
    expected: FloatArray
    cumulative: NDArray[np.float32] | None


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
def run_chunk(run: Run, chunk: int) -> list[Tally]:
    """Simulate one chunk of paths, write its figures to the store and return its sums, by strategy."""
    first = chunk * CHUNK
    paths = min(CHUNK, run.paths - first)
    u = uniforms(uncertain(run.inputs), run.seed, chunk, paths)
    full = draw(run.inputs, u)
    short = u[LUCK] < full["q"]
    actual = future(underdelivered(full, short), run.months)
    turned = replace(actual, draws=underdelivered(full, ~short)) if np.any(full["q"] > 0.0) else None
    chance = np.where(short, full["q"], 1.0 - full["q"])
    events = None if run.expected_only else events_of(actual, run.seed, chunk)
    here = slice(first, first + paths)
    tallies = []
    for index, plan in enumerate(run.plans):
        happened = evaluate(actual, plan, events)
        run.store.expected[index, here] = _expected(happened, turned, plan, chance)
        tallies.append(_record(run, index, here, happened, actual.discount))
    return tallies


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


def _record(run: Run, index: int, here: slice, happened: Outcome, discount: FloatArray) -> Tally:
    """Write the figures of single paths to the store and return the sums of the chunk."""
    cost = happened.total
    run.store.totals[index, here] = cost.sum(axis=0)
    kept = run.store.cumulative
    if kept is not None and here.start < MOST_RETAINED:
        room = min(here.stop, MOST_RETAINED)
        kept[index][:, here.start : room] = np.cumsum(cost, axis=0)[:, : room - here.start]
    return Tally(
        categories=np.stack([happened.costs[name].sum(axis=1) for name in CATEGORIES]),
        undiscounted=np.einsum("kn,kn->k", cost, np.broadcast_to(1.0 / discount, cost.shape)),
        triggers=np.bincount(happened.tau, minlength=run.months + 2).astype(np.float64),
    )


def added(tallies: list[Tally]) -> Tally:
    """Return the sums over chunks, added in the order of the chunks."""
    return Tally(
        categories=np.sum([tally.categories for tally in tallies], axis=0),
        undiscounted=np.sum([tally.undiscounted for tally in tallies], axis=0),
        triggers=np.sum([tally.triggers for tally in tallies], axis=0),
    )


def means(tally: Tally, paths: int) -> Mapping[str, FloatArray]:
    """Return the mean cost per month by category, shape (T,) each."""
    return dict(zip(CATEGORIES, tally.categories / paths, strict=True))
