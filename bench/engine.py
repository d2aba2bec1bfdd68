"""How fast the economic engine is: ``python -m bench.engine``.

Prints paths per second, the time of the random numbers alone and their ratio, and the peak memory of the process.
No test asserts any of it.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from functools import partial

from bench.cases import typical
from models.chunks import CHUNK
from models.cost_curves import simulate
from models.costs import events_of, future
from models.draws import LUCK, draw, uncertain, underdelivered, uniforms
from models.inputs import ModelInputs

SIZES = (2_000, 20_000, 100_000)
REPEATS = 5
SEED = 1


def draw_only(inputs: ModelInputs, paths: int) -> None:
    """Draw on one thread the random numbers that a run of ``paths`` futures needs, and nothing else."""
    for chunk in range(-(-paths // CHUNK)):
        u = uniforms(uncertain(inputs), SEED, chunk, min(CHUNK, paths - chunk * CHUNK))
        drawn = draw(inputs, u)
        events_of(future(underdelivered(drawn, u[LUCK] < drawn["q"]), inputs.horizon_months), SEED, chunk)


def median_seconds(work: Callable[[], object]) -> float:
    """Return the median time of a few calls, after one to warm up."""
    work()
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> None:
    """Print one line for each size."""
    inputs, programme = typical()
    print(f"{'paths':>8} {'seconds':>9} {'paths/s':>10} {'draws alone':>12} {'ratio':>6} {'peak MB':>8}")
    for paths in SIZES:
        run = median_seconds(partial(simulate, inputs, programme, paths=paths, seed=SEED))
        drawing = median_seconds(partial(draw_only, inputs, paths))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{paths:>8} {run:>9.3f} {paths / run:>10,.0f} {drawing:>12.3f} {run / drawing:>6.2f} {peak:>8.0f}")


if __name__ == "__main__":
    main()
