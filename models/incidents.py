"""Incidents: one stream of possible events, thinned for each strategy.

Every strategy sees the same possible events with the same lengths, drawn at a rate that none can exceed, and keeps an
event when the event's own mark lies below the strategy's rate over that bound (Lewis and Shedler 1979). Differences
between strategies are then differences in rates, not in luck, and a further strategy changes no other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.errors import InputError, Problem
from models.distributions import FloatArray
from models.draws import HIGHEST_RHO, Draws, generator
from models.progress import HIGHEST_MATURITY, IntArray

MOST_PER_PATH = 2_000
MONTHS_A_YEAR = 12


@dataclass(frozen=True, eq=False)
class Events:
    """Possible incidents of one chunk of paths; arrays have shape (events,).

    Attributes:
        cell: place in the flattened (T, paths) array, rising.
        path: path number.
        level: mark times bound, per month: the event happens to a strategy whose rate lies above it.
        cost: hours x cost of an hour x severity, before any effect, in currency.
    """

    cell: IntArray
    path: IntArray
    level: FloatArray
    cost: FloatArray


def bound(draws: Draws, load: FloatArray) -> FloatArray:
    """Return a monthly rate that no strategy exceeds, shape (T, paths), whatever strategies there are.

    It is the rate without any programme, and with a full 1.5 of maturity of the effects that are harmful on a path.
    """
    harm = 1.0 - HIGHEST_MATURITY * np.minimum(draws["e_f"], 0.0)
    strained = load * (1.0 - HIGHEST_MATURITY * np.minimum(draws["e_a"], 0.0))
    return rates(draws, strained, -(harm - 1.0))


def rates(draws: Draws, use: FloatArray, prevented: FloatArray) -> FloatArray:
    """Return incidents per month: (lambda0 / 12) exp(beta (rho_k - rho_0)) (1 - e_f), shape (T, paths).

    Args:
        draws: figures of each path.
        use: share of capacity in use, capped here at 1.5, shape (T, paths).
        prevented: effect_f, shape (T, paths) or (paths,).
    """
    rate = np.minimum(use, HIGHEST_RHO)
    rate -= np.minimum(draws["rho_0"], HIGHEST_RHO)
    rate *= draws["beta"]
    np.exp(rate, out=rate)
    rate *= 1.0 - prevented
    rate *= draws["lambda0"] / MONTHS_A_YEAR
    return rate


def yearly_luck(phi: FloatArray, years: int, rng: np.random.Generator) -> FloatArray:
    """Return one gamma factor of mean 1 and variance phi for each year and path; 1 where phi is 0."""
    shape = 1.0 / np.maximum(phi, 1e-12)
    drawn = rng.standard_gamma(shape, size=(years, phi.size)) / shape
    return np.where(phi > 0.0, drawn, 1.0)


def draw_events(draws: Draws, ceiling: FloatArray, seed: int, chunk: int) -> Events:
    """Return the possible incidents of a chunk; counts of a path and year are negative binomial.

    Args:
        draws: figures of each path.
        ceiling: the bound of :func:`bound`, shape (T, paths).
        seed: of the run.
        chunk: number of the chunk.

    Raises:
        InputError: when the ranges ask for more than 2,000 possible incidents a path.
    """
    months, paths = ceiling.shape
    _refuse_flood(ceiling)
    luck = yearly_luck(draws["phi"], -(-months // MONTHS_A_YEAR), generator(seed, chunk, "incidents.luck"))
    means = ceiling * np.repeat(luck, MONTHS_A_YEAR, axis=0)[:months]
    counts = generator(seed, chunk, "incidents.count").poisson(means)
    cell = np.repeat(np.arange(months * paths), counts.ravel())
    path = cell % paths
    level = generator(seed, chunk, "incidents.mark").random(cell.size) * ceiling.ravel()[cell]
    hours = draws["H_sigma"][path] * generator(seed, chunk, "incidents.hours").standard_normal(cell.size)
    np.exp(hours, out=hours)
    scale = draws["H_median"] * draws["c_h"] * draws["s"]
    return Events(cell, path, level, hours * scale[path])


def _refuse_flood(ceiling: FloatArray) -> None:
    most = float(ceiling.sum()) / ceiling.shape[1]
    if most > MOST_PER_PATH:
        message = f"the ranges of lambda0, beta and g give up to {most:,.0f} incidents over the horizon"
        raise InputError(Problem(message, f"narrow them to fewer than {MOST_PER_PATH:,}", subject="lambda0"))


def incident_cost(events: Events, rate: FloatArray, shortened: FloatArray, response: FloatArray) -> FloatArray:
    """Return what the incidents of one strategy cost, shape (T, paths), undiscounted.

    Args:
        events: the possible incidents.
        rate: the strategy's rate per month, shape (T, paths).
        shortened: effect_r, shape (T, paths).
        response: c_resp of each path, shape (paths,).
    """
    kept = np.flatnonzero(events.level < rate.ravel()[events.cell])
    cell = events.cell[kept]
    cost = events.cost[kept] * (1.0 - shortened.ravel()[cell]) + response[events.path[kept]]
    total = np.bincount(cell, weights=cost, minlength=rate.size)
    return np.asarray(total, dtype=np.float64).reshape(rate.shape)


def expected_cost(draws: Draws, rate: FloatArray, shortened: FloatArray) -> FloatArray:
    """Return the expected cost of incidents given the figures of each path, shape (T, paths), undiscounted."""
    hours = draws["H_median"] * np.exp(draws["H_sigma"] ** 2 / 2.0)
    cost = (1.0 - shortened) * (hours * draws["c_h"] * draws["s"])
    cost += draws["c_resp"]
    cost *= rate
    return cost
