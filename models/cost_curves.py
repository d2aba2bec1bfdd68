"""The engine: proactive against reactive, month by month, over many futures.

Paths run in chunks that stay in cache, on up to two threads. A chunk's random numbers come from the seed and its number
alone and chunks are added up in order, so the result does not depend on how threads were scheduled.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from assessment.errors import InputError, Problem, StoppedError
from models.chunks import CHUNK, Run, Store, Tally, added, expected_totals, means, run_chunk
from models.curves import Sums, assemble
from models.distributions import FloatArray
from models.draws import draw
from models.inputs import ModelInputs
from models.moments import Choices
from models.outcomes import Bands, Curves, StrategyCurves, Summary, quantiles
from models.programme import Programme
from models.progress import Calendar, Strategy, remedies, strategy

__all__ = [
    "REACTIVE",
    "Bands",
    "Curves",
    "PathCosts",
    "SimulationStoppedError",
    "StrategyCurves",
    "Summary",
    "costs_by_path",
    "path_totals",
    "simulate",
    "simulate_and_read",
    "strategies",
    "totals_given",
]

Read = TypeVar("Read")
MOST_THREADS = 2
REACTIVE = "reactive"
MOST_MONEY = 1e30
FEWEST_PATHS = 2
"""A standard error needs two."""


@dataclass(frozen=True, eq=False)
class PathCosts:
    """Present-value cost of each path, shape (paths,), by strategy.

    Attributes:
        happened: with the incidents and the delivery of the path.
        expected: expectation given the figures of the path: over incidents and over underdelivery.
    """

    happened: Mapping[str, FloatArray]
    expected: Mapping[str, FloatArray]


class SimulationStoppedError(StoppedError):
    """The caller asked the run to stop."""


def simulate(
    inputs: ModelInputs,
    programme: Programme,
    *,
    paths: int,
    seed: int,
    months: int | None = None,
    expected_incidents: bool = False,
    starts: Mapping[str, int] | None = None,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Curves:
    """Return the cost curves of acting now, acting later and acting only when forced.

    Args:
        inputs: distributions and horizon, from :func:`models.inputs.build_inputs`.
        programme: what is delivered and when; its cost is already in ``inputs``.
        paths: futures to draw, 2 or more.
        seed: 0 or more; the same seed gives the same figures.
        months: horizon T; by default that of the inputs.
        expected_incidents: count incidents at their expectation given the figures instead of drawing them.
        starts: start month d by strategy name, in place of ``now`` (0) and ``delayed``; ``reactive`` is always there.
        should_stop: asked before each chunk and each strategy, from several threads; the run ends when it says yes.
        progress: told the finished share, in (0, 1].

    Raises:
        InputError: when the ranges would give more incidents than can be simulated, or costs beyond all bounds.
        SimulationStoppedError: when ``should_stop`` said yes.
        ValueError: for fewer than 2 paths, a negative seed or start month, or a start called ``reactive``.
    """
    plans = strategies(inputs, programme, months, starts)
    run = _prepare(inputs, plans, paths, seed, expected_only=expected_incidents, curves=True)
    return _assembled(run, _run_chunks(run, should_stop, progress))


def simulate_and_read(
    inputs: ModelInputs,
    programme: Programme,
    read: Callable[[Run], Read],
    *,
    paths: int,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Curves, Read]:
    """Return the curves of :func:`simulate`, and what ``read`` takes from the kept paths of the same run.

    ``read`` must copy what it keeps of ``run.store.cumulative``, which is sorted afterwards. Other arguments and errors
    as there.
    """
    plans = strategies(inputs, programme)
    run = _prepare(inputs, plans, paths, seed, expected_only=False, curves=True)
    done = _run_chunks(run, should_stop, progress)
    found = read(run)
    return _assembled(run, done), found


def path_totals(
    inputs: ModelInputs,
    programme: Programme,
    *,
    starts: Mapping[str, int],
    paths: int,
    seed: int,
    months: int | None = None,
    expected: bool = True,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> dict[str, FloatArray]:
    """Return the present-value cost of each path, shape (paths,), for ``reactive`` and each start; no curves.

    For the timing curve and other sweeps, which need many strategies and no bands, on the same futures as
    :func:`simulate`. With ``expected`` a cost is the expectation given the figures of the path, over incidents and over
    whether the programme underdelivers; without, it is what happened. Other arguments and errors as there.
    """
    plans = strategies(inputs, programme, months, starts)
    found = costs_by_path(
        inputs, plans, paths=paths, seed=seed, expected_only=expected, should_stop=should_stop, progress=progress
    )
    return dict(found.expected if expected else found.happened)


def costs_by_path(
    inputs: ModelInputs,
    plans: tuple[Strategy, ...],
    *,
    paths: int,
    seed: int,
    expected_only: bool = False,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> PathCosts:
    """Return what each strategy costs on each path, both as it happened and as expected, on one set of futures.

    Args:
        inputs: the distributions.
        plans: the strategies, all over the same months, such as those of :func:`strategies`.
        paths: as for :func:`simulate`; so are ``seed``, ``should_stop``, ``progress`` and the errors.
        seed: of the run.
        expected_only: draw no incidents; what happened then has them at their expectation.
        should_stop: as for :func:`simulate`.
        progress: told the finished share.
    """
    run = _prepare(inputs, plans, paths, seed, expected_only=expected_only, curves=False)
    _run_chunks(run, should_stop, progress)
    return PathCosts(
        happened={plan.name: run.store.totals[index] for index, plan in enumerate(plans)},
        expected={plan.name: run.store.expected[index] for index, plan in enumerate(plans)},
    )


def totals_given(
    inputs: ModelInputs,
    programme: Programme,
    u: Mapping[str, FloatArray],
    *,
    starts: Mapping[str, int] | None = None,
    months: int | None = None,
) -> dict[str, FloatArray]:
    """Return the expected cost of each strategy at given uniform numbers, shape (paths,): for sensitivity analysis.

    Args:
        inputs: the distributions.
        programme: the plan.
        u: numbers in (0, 1), shape (paths,), for each stream of :func:`models.draws.uncertain` but the luck.
        starts: as for :func:`simulate`.
        months: as for :func:`simulate`.
    """
    plans = strategies(inputs, programme, months, starts)
    horizon = plans[0].months
    paths = next(iter(u.values())).size
    parts = []
    for first in range(0, paths, CHUNK):
        here = {name: numbers[first : first + CHUNK] for name, numbers in u.items()}
        parts.append(expected_totals(draw(inputs, here), plans, horizon))
    return {plan.name: np.concatenate([part[plan.name] for part in parts]) for plan in plans}


def strategies(
    inputs: ModelInputs, programme: Programme, months: int | None = None, starts: Mapping[str, int] | None = None
) -> tuple[Strategy, ...]:
    """Return the strategies of a run, ``reactive`` first; S, J and lead are those of the inputs."""
    horizon = inputs.horizon_months if months is None else months
    whole = {symbol: round(inputs.mean(symbol)) for symbol in ("S", "J", "lead")}
    calendar = Calendar(horizon, whole["S"], whole["J"], whole["lead"], quoted(inputs))
    wanted = {"now": 0, "delayed": inputs.delay_months} if starts is None else dict(starts)
    if REACTIVE in wanted or any(start < 0 for start in wanted.values()):
        message = "a start month is 0 or more, and 'reactive' has none"
        raise ValueError(message)
    listed: dict[str, int | None] = {REACTIVE: None, **wanted}
    forced = remedies(programme, calendar)
    return tuple(strategy(name, start, programme, calendar, forced) for name, start in listed.items())


def quoted(inputs: ModelInputs) -> bool:
    """Return whether K is somebody's own figure for the whole, rather than the price of the planned person-weeks."""
    return inputs.figures["K"].origin not in {"plan", "default"}


def _prepare(
    inputs: ModelInputs, plans: tuple[Strategy, ...], paths: int, seed: int, *, expected_only: bool, curves: bool
) -> Run:
    if paths < FEWEST_PATHS or seed < 0:
        message = "a run needs 2 paths or more and a seed of 0 or more"
        raise ValueError(message)
    months = plans[0].months
    store = Store.for_curves(len(plans), months, paths) if curves else Store.for_totals(len(plans), paths)
    return Run(inputs, plans, months, paths, seed, expected_only, store)


def _run_chunks(
    run: Run, should_stop: Callable[[], bool] | None, progress: Callable[[float], None] | None
) -> list[tuple[list[Tally], Choices]]:
    chunks = -(-run.paths // CHUNK)
    threads = max(1, min(MOST_THREADS, os.cpu_count() or 1, chunks))
    with ThreadPoolExecutor(max_workers=threads) as pool:
        pending = [pool.submit(run_chunk, run, chunk, partial(_stop_if, should_stop)) for chunk in range(chunks)]
        done = []
        try:
            for waiting in pending:
                _stop_if(should_stop)
                done.append(waiting.result())
                if progress is not None:
                    progress(len(done) / chunks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return done


def _assembled(run: Run, done: list[tuple[list[Tally], Choices]]) -> Curves:
    tallies = [added([chunk[index] for chunk, _ in done]) for index in range(len(run.plans))]
    _refuse_overflow(tallies)
    bands = _bands(run)
    sums = [_sums(run, index, tally, bands[index]) for index, tally in enumerate(tallies)]
    return assemble(run.inputs, run.seed, sums, Choices.over([choices for _, choices in done]))


def _stop_if(should_stop: Callable[[], bool] | None) -> None:
    if should_stop is not None and should_stop():
        message = "the simulation was stopped"
        raise SimulationStoppedError(message)


def _sums(run: Run, index: int, tally: Tally, bands: FloatArray) -> Sums:
    return Sums(
        plan=run.plans[index],
        paths=run.paths,
        kept=run.store.totals[index],
        tally=tally,
        bands=bands,
        categories=means(tally, run.paths),
    )


def _refuse_overflow(tallies: list[Tally]) -> None:
    """Refuse ranges so wide that sums lose all meaning; curves are kept in single precision, which ends at 3e38."""
    if not max(tally.largest for tally in tallies) < MOST_MONEY:
        message = "the figures give costs too large to be added up"
        raise InputError(Problem(message, "narrow the widest ranges, such as c_h, eps or g"))


def _bands(run: Run) -> list[FloatArray]:
    """Return P5, P50 and P95 of the cumulative cost by strategy, shape (3, T); the store is sorted in place."""
    kept = [] if run.store.cumulative is None else list(run.store.cumulative)

    def sorted_quantiles(rows: FloatArray) -> FloatArray:
        rows.sort(axis=-1)
        return quantiles(rows)

    with ThreadPoolExecutor(max_workers=MOST_THREADS) as pool:
        return list(pool.map(sorted_quantiles, kept))
