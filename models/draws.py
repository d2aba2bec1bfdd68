"""Random numbers: one stream for each symbol and chunk of paths, and the inputs drawn from them.

Each symbol has its own stream, keyed by its name and not by its place, so that another range for one input, a new
parameter in the file or another strategy leaves every other draw where it was.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from models.distributions import Fixed, FloatArray
from models.inputs import LOAD_TEST, ModelInputs

EFFECT_SYMBOLS = ("e_f", "e_r", "e_w", "e_v", "e_c", "e_a")
TEAM = "team"
"""Stream of the factor that the six effects have in common."""
LUCK = "luck"
"""Stream that decides whether the programme underdelivers on a path."""
HIGHEST_RHO = 1.5
_SMALLEST = 2.0**-54
BoolArray = NDArray[np.bool_]

Draws = Mapping[str, FloatArray]
"""Symbol to one figure for each path, shape (paths,)."""


def generator(seed: int, chunk: int, stream: str) -> np.random.Generator:
    """Return the random generator of one stream in one chunk of paths; ``seed`` and ``chunk`` are 0 or more."""
    key = zlib.crc32(stream.encode())
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence((seed, chunk, key))))


def uncertain(inputs: ModelInputs) -> tuple[str, ...]:
    """Return the streams that the inputs draw on: every symbol that is not fixed, the team and the luck."""
    symbols = [symbol for symbol, figure in inputs.figures.items() if not isinstance(figure.distribution, Fixed)]
    return (*symbols, TEAM, LUCK)


def uniforms(streams: Iterable[str], seed: int, chunk: int, paths: int) -> dict[str, FloatArray]:
    """Return uniform numbers in (0, 1) for each stream, shape (paths,)."""
    return {name: np.maximum(generator(seed, chunk, name).random(paths), _SMALLEST) for name in streams}


def draw(inputs: ModelInputs, u: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Return the figures of every symbol from uniform numbers.

    The six effects share a Gaussian copula with one common factor; its correlation 2 sin(pi R / 6) gives the rank
    correlation R. ``rho_0`` follows from demand, surge and capacity when those are given, and has no cap: only rho_k,
    after growth and relief, is cut at 1.5, where incidents are counted. ``u_max`` is at least ``u_0``. Effects are
    those of a full delivery: see :func:`underdelivered`.

    Args:
        inputs: the distributions.
        u: numbers in (0, 1) for each of :func:`uncertain`, all of one shape; the luck is not used.

    Returns:
        Symbol to figures, in the shape of the uniform numbers.
    """
    drawn = {symbol: _figures(inputs, symbol, u) for symbol in inputs.figures}
    drawn["rho_0"] = _load(drawn)
    drawn["u_max"] = np.maximum(drawn["u_max"], drawn["u_0"])
    return drawn


def underdelivered(draws: Draws, short: BoolArray) -> dict[str, FloatArray]:
    """Return the draws with every effect multiplied by ``uf`` on the paths where the programme falls short."""
    share = np.where(short, draws["uf"], 1.0)
    return {**draws, **{symbol: draws[symbol] * share for symbol in EFFECT_SYMBOLS}}


def _figures(inputs: ModelInputs, symbol: str, u: Mapping[str, FloatArray]) -> FloatArray:
    distribution = inputs.distribution(symbol)
    if isinstance(distribution, Fixed):
        return distribution.ppf(u[TEAM])
    if symbol in EFFECT_SYMBOLS:
        return distribution.ppf(_correlated(u[symbol], u[TEAM], inputs.rank_correlation))
    return distribution.ppf(u[symbol])


def pearson(rank_correlation: float) -> float:
    """Return the correlation of two normal variables whose ranks have the given one: 2 sin(pi R / 6)."""
    return 2.0 * math.sin(math.pi * rank_correlation / 6.0)


def _correlated(own: FloatArray, common: FloatArray, rank_correlation: float) -> FloatArray:
    shared = pearson(rank_correlation)
    normal = math.sqrt(shared) * ndtri(common) + math.sqrt(1.0 - shared) * ndtri(own)
    return np.asarray(ndtr(normal), dtype=np.float64)


def _load(drawn: Draws) -> FloatArray:
    if "rho_0" in drawn:
        return drawn["rho_0"]
    demand, surge, capacity = (drawn[symbol] for symbol in LOAD_TEST)
    return np.asarray(demand * surge / capacity, dtype=np.float64)
