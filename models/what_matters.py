"""Which figures of this team matter: tornado, Sobol' indices and the worth of knowing each, for one economic model.

The result that moves is the NPV of starting now, expected over incidents and over whether the programme underdelivers:
luck cannot be measured beforehand. The six effects hang together, since one team delivers them, and are one group.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from models.chunks import CHUNK
from models.cost_curves import REACTIVE, SimulationStoppedError, costs_by_path, strategies, totals_given
from models.distributions import Fixed, FloatArray
from models.draws import EFFECT_SYMBOLS, LUCK, TEAM, draw, pearson, uncertain, uniforms
from models.inputs import ModelInputs
from models.programme import Programme
from models.sensitivity import HIGH, LOW, MIDDLE, Index, Swing, sobol, tornado
from models.value_of_information import Worth, evpi, evppi

EFFECTS_GROUP = "effects"
"""Name of the six effects together."""
NOW = "now"
MOST_PATHS = 20_000
MOST_SAMPLES, FEWEST_SAMPLES, PATHS_A_SAMPLE = 1_024, 64, 16
Stop = Callable[[], bool] | None
Progress = Callable[[float], None] | None


@dataclass(frozen=True, eq=False)
class Matters:
    """What moves the result, and what knowing it would be worth.

    Attributes:
        base: NPV of starting now with every figure at its median, in currency; not the expected NPV.
        swings: the tornado around ``base``, the widest first.
        indices: Sobol' indices of the NPV of starting now, the largest total first.
        samples: base sample of the Sobol' analysis.
        evpi: expected value of knowing every figure, in currency, on the paths of ``worths``.
        worths: EVPPI of each uncertain figure and of the six effects together, the largest first.
        paths: futures of ``worths``.
    """

    base: float
    swings: tuple[Swing, ...]
    indices: tuple[Index, ...]
    samples: int
    evpi: float
    worths: tuple[Worth, ...]
    paths: int


@dataclass(frozen=True, slots=True)
class _Uniform:
    """A number in (0, 1), as the engine draws it."""

    def ppf(self, u: FloatArray, /) -> FloatArray:
        return u


def what_matters(
    inputs: ModelInputs,
    programme: Programme,
    *,
    paths: int,
    seed: int,
    should_stop: Stop = None,
    progress: Progress = None,
) -> Matters:
    """Return the tornado, the Sobol' indices and the worth of knowing each figure.

    Args:
        inputs: the distributions.
        programme: the plan.
        paths: futures of the run; 20,000 at most are used, and a base sample of at most 1,024.
        seed: of the run.
        should_stop: asked between chunks.
        progress: told the finished share.

    Raises:
        SimulationStoppedError: when ``should_stop`` said yes.
    """
    model = _Npv(inputs, programme, should_stop)
    base, swings = _tornado(model)
    samples = min(MOST_SAMPLES, max(FEWEST_SAMPLES, 2 ** math.floor(math.log2(max(paths // PATHS_A_SAMPLE, 1)))))
    half = None if progress is None else lambda share: progress(share / 2.0)
    streams = model.streams
    indices = _named_groups(_Npv(inputs, programme, should_stop, half), streams, samples, seed) if streams else ()
    rest = None if progress is None else lambda share: progress(0.5 + share / 2.0)
    worth, worths = _worths(inputs, programme, min(paths, MOST_PATHS), seed, should_stop, rest)
    return Matters(base, swings, indices, samples, worth, worths, min(paths, MOST_PATHS))


@dataclass(frozen=True, eq=False)
class _Npv:
    """The expected NPV of starting now as a function of the uniform numbers behind the figures."""

    inputs: ModelInputs
    programme: Programme
    should_stop: Stop = None
    progress: Progress = None

    @property
    def streams(self) -> tuple[str, ...]:
        """Streams that the result depends on: uncertain symbols, and the team when an effect is uncertain."""
        found = [name for name in uncertain(self.inputs) if name != LUCK]
        varied = any(name in EFFECT_SYMBOLS for name in found)
        return tuple(name for name in found if name != TEAM or varied)

    def __call__(self, u: Mapping[str, FloatArray]) -> FloatArray:
        rows = next(iter(u.values())).size
        numbers = {TEAM: np.full(rows, MIDDLE), **u}
        parts = []
        for first in range(0, rows, CHUNK):
            if self.should_stop is not None and self.should_stop():
                message = "the analysis was stopped"
                raise SimulationStoppedError(message)
            here = {name: given[first : first + CHUNK] for name, given in numbers.items()}
            totals = totals_given(self.inputs, self.programme, here, starts={NOW: 0})
            parts.append(totals[REACTIVE] - totals[NOW])
            if self.progress is not None:
                self.progress(min(1.0, (first + CHUNK) / rows))
        return np.concatenate(parts)


def _named_groups(model: _Npv, streams: tuple[str, ...], samples: int, seed: int) -> tuple[Index, ...]:
    groups = dict.fromkeys((*EFFECT_SYMBOLS, TEAM), EFFECTS_GROUP)
    return sobol(model, {name: _Uniform() for name in streams}, samples, seed, groups)


def _tornado(model: _Npv) -> tuple[float, tuple[Swing, ...]]:
    """Return the result at the medians and the swings around it; an effect moves to its own P10 and P90."""
    streams = model.streams
    middle = dict.fromkeys((*streams, TEAM), MIDDLE)
    base = float(model({name: np.array([share]) for name, share in middle.items()})[0])
    cases = {
        name: tuple({**middle, name: _own(model.inputs, name, end)} for end in (LOW, HIGH))
        for name in streams
        if name != TEAM
    }
    effects = [name for name in streams if name in EFFECT_SYMBOLS]
    if len(effects) > 1:
        cases[EFFECTS_GROUP] = tuple(
            {**middle, **{name: _own(model.inputs, name, end) for name in effects}} for end in (LOW, HIGH)
        )
    return base, tornado(model, {name: (low, high) for name, (low, high) in cases.items()})


def _own(inputs: ModelInputs, name: str, share: float) -> float:
    """Return the stream's number at which a figure stands at its percentile ``share``, the team being at its median."""
    if name not in EFFECT_SYMBOLS:
        return share
    return float(ndtr(ndtri(share) / math.sqrt(1.0 - pearson(inputs.rank_correlation))))


def _worths(
    inputs: ModelInputs, programme: Programme, paths: int, seed: int, should_stop: Stop, progress: Progress
) -> tuple[float, tuple[Worth, ...]]:
    """Return EVPI and the EVPPI of each uncertain figure over now, delayed and never, the largest first."""
    plans = strategies(inputs, programme)
    costs = costs_by_path(
        inputs, plans, paths=paths, seed=seed, expected_only=True, should_stop=should_stop, progress=progress
    ).expected
    npvs = {plan.name: costs[REACTIVE] - costs[plan.name] for plan in plans[1:]}
    figures = _figures(inputs, paths, seed)
    found = [evppi(npvs, {name: figure}, name) for name, figure in figures.items()]
    effects = {name: figure for name, figure in figures.items() if name in EFFECT_SYMBOLS}
    if len(effects) > 1:
        found.append(
            _together(evppi(npvs, effects, EFFECTS_GROUP), [worth for worth in found if worth.name in effects])
        )
    return evpi(npvs), tuple(sorted(found, key=lambda worth: (-worth.value, worth.name)))


def _together(group: Worth, members: list[Worth]) -> Worth:
    """Return the worth of a group: to know all of it is worth at least as much as to know its best member."""
    best = max(members, key=lambda worth: (worth.value, -worth.standard_error))
    if (best.value, -best.standard_error) > (group.value, -group.standard_error):
        return Worth(group.name, best.value, best.standard_error)
    return group


def _figures(inputs: ModelInputs, paths: int, seed: int) -> dict[str, FloatArray]:
    """Return the uncertain figures of each path of a run, shape (paths,) each."""
    streams = uncertain(inputs)
    varied = [name for name in inputs.figures if not isinstance(inputs.distribution(name), Fixed)]
    chunks = [
        draw(inputs, uniforms(streams, seed, first // CHUNK, min(CHUNK, paths - first)))
        for first in range(0, paths, CHUNK)
    ]
    return {name: np.concatenate([chunk[name] for chunk in chunks]) for name in varied}
