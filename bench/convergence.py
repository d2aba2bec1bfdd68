"""How the error of the expected NPV falls with the number of paths: ``python -m bench.convergence``.

The NPV of starting now, expected given the figures of a path, is averaged over plain draws and over scrambled Sobol'
points (Owen 1998) of the same number; the spread over 16 seeds is the error. Plain draws halve it with four times the
paths. Quasi-random points are used where the number of paths is small and nothing is drawn but figures, as for Sobol'
indices; the decision itself keeps a stream for each figure, so that changing one moves no other draw.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.stats import qmc

from bench.cases import typical
from models.cost_curves import REACTIVE, totals_given
from models.distributions import FloatArray
from models.draws import LUCK, uncertain, uniforms

SEEDS = 16
SIZES = (256, 1_024, 4_096, 16_384)
_SMALLEST = 2.0**-54


def plain(streams: tuple[str, ...], paths: int, seed: int) -> Mapping[str, FloatArray]:
    """Return independent uniform numbers by stream, shape (paths,) each."""
    return uniforms(streams, seed, 0, paths)


def sobol_points(streams: tuple[str, ...], paths: int, seed: int) -> Mapping[str, FloatArray]:
    """Return scrambled Sobol' points by stream, shape (paths,) each; ``paths`` is a power of two."""
    table = qmc.Sobol(len(streams), rng=np.random.default_rng(seed)).random(paths)
    table = np.clip(table, _SMALLEST, 1.0 - _SMALLEST)
    return {name: np.ascontiguousarray(table[:, place]) for place, name in enumerate(streams)}


def main() -> None:
    """Print one line for each size."""
    inputs, programme = typical()
    streams = tuple(name for name in uncertain(inputs) if name != LUCK)
    print(f"{'paths':>7} {'mean':>11} {'plain':>9} {'Sobol':>9} {'ratio':>6}")
    for paths in SIZES:
        found = []
        for draw in (plain, sobol_points):
            means = []
            for seed in range(SEEDS):
                totals = totals_given(inputs, programme, draw(streams, paths, seed), starts={"now": 0})
                means.append(float((totals[REACTIVE] - totals["now"]).mean()))
            found.append((np.mean(means), np.std(means, ddof=1)))
        (mean, rough), (_, fine) = found
        print(f"{paths:>7,} {mean:>11,.0f} {rough:>9,.0f} {fine:>9,.0f} {rough / fine:>6.1f}", flush=True)


if __name__ == "__main__":
    main()
