"""How fast the economic engine is: ``python -m bench.engine``.

Time per path and peak memory of long runs, each in a process of its own; then the time of a run beside the least that
it must do: drawing the same random numbers and writing one array of each strategy, on one thread. Ratios are within one
run of this file; no test asserts any of it.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from bench.cases import typical
from models.chunks import CHUNK
from models.cost_curves import simulate
from models.costs import events_of, future
from models.draws import LUCK, draw, uncertain, underdelivered, uniforms
from models.inputs import ModelInputs

SIZES = (2_000, 20_000, 100_000)
LONG = (10_000, 100_000, 1_000_000)
REPEATS = 5
SEED = 1
STRATEGIES = 3


def draw_and_write(inputs: ModelInputs, paths: int) -> None:
    """Draw the random numbers that a run of ``paths`` futures needs, and write one array of each strategy."""
    for chunk in range(-(-paths // CHUNK)):
        size = min(CHUNK, paths - chunk * CHUNK)
        u = uniforms(uncertain(inputs), SEED, chunk, size)
        drawn = draw(inputs, u)
        events_of(future(underdelivered(drawn, u[LUCK] < drawn["q"]), inputs.horizon_months), SEED, chunk)
        for _ in range(STRATEGIES):
            np.empty((inputs.horizon_months, size)).fill(1.0)


def median_seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the median time of a few calls, after one to warm up."""
    work()
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> None:
    """Print one line for each size; long runs first, since a process begins with the peak memory of its parent."""
    print(f"{'paths':>9} {'us a path':>9} {'to first':>9} {'peak MB':>8} {'to second':>9}")
    told = [_alone(paths) for paths in LONG]
    for paths, (each, memory) in zip(LONG, told, strict=True):
        print(
            f"{paths:>9,} {each:>9.1f} {each / told[0][0]:>9.2f} {memory:>8.0f} {memory / told[1][1]:>9.2f}", flush=True
        )
    inputs, programme = typical()
    print(f"\n{'paths':>9} {'seconds':>9} {'paths/s':>10} {'draw+write':>11} {'ratio':>6}")
    for paths in SIZES:
        run = median_seconds(partial(simulate, inputs, programme, paths=paths, seed=SEED))
        least = median_seconds(partial(draw_and_write, inputs, paths))
        print(f"{paths:>9,} {run:>9.3f} {paths / run:>10,.0f} {least:>11.3f} {run / least:>6.2f}", flush=True)


def _alone(paths: int) -> tuple[float, float]:
    """Return microseconds a path and the peak memory in MB of one run in a process of its own."""
    command = [sys.executable, "-m", "bench.engine", "--paths", str(paths)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(told[0]), float(told[1])


def one_run(paths: int) -> None:
    """Run once after a short one to warm up; print microseconds a path and the peak memory of this process in MB."""
    inputs, programme = typical()
    simulate(inputs, programme, paths=2 * CHUNK, seed=SEED)
    started = time.perf_counter()
    simulate(inputs, programme, paths=paths, seed=SEED)
    taken = time.perf_counter() - started
    print(1e6 * taken / paths, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--paths", type=int)
    given = parser.parse_args().paths
    if given is None:
        main()
    else:
        one_run(given)
