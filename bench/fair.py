"""One risk scenario by the package pyfair and with a true compound count: ``python -m bench.fair --pyfair PYTHON``.

PYTHON is the interpreter of an environment of its own in which ``pip install pyfair==0.1a13`` has run; it is no
dependency of the product. Loss events a year are PERT(0.5, 1.2, 4), the loss of one is PERT(30, 120, 400) thousand. The
package multiplies the two. Here the events of a year are counted and each has a loss of its own, as in the engine; the
exact mean and spread of that follow from the laws of total expectation and variance.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import time

import numpy as np

from models.distributions import FloatArray, Pert
from models.draws import generator

PATHS, REPEATS = 100_000, 7
EVENTS, LOSS = Pert(0.5, 1.2, 4.0), Pert(3.0e4, 1.2e5, 4.0e5)
THEIRS = """
import json, statistics, time
from pyfair import FairModel
taken = []
for run in range({repeats} + 1):
    started = time.perf_counter()
    model = FairModel(name="one", n_simulations={paths}, random_seed=run)
    model.input_data("Loss Event Frequency", low=0.5, mode=1.2, high=4)
    model.input_data("Loss Magnitude", low=30000, mode=120000, high=400000)
    model.calculate_all()
    risk = model.export_results()["Risk"]
    taken.append(time.perf_counter() - started)
shares = risk.quantile([0.05, 0.5, 0.95]).tolist()
print(json.dumps([statistics.median(taken[1:]), risk.mean(), risk.std(), *shares]))
"""


def counted(seed: int) -> FloatArray:
    """Return the loss of one year on each path, shape (paths,)."""
    rate = EVENTS.ppf(generator(seed, 0, "events").random(PATHS))
    counts = generator(seed, 0, "counts").poisson(rate)
    losses = LOSS.ppf(generator(seed, 0, "losses").random(int(counts.sum())))
    total = np.bincount(np.repeat(np.arange(PATHS), counts), weights=losses, minlength=PATHS)
    return np.asarray(total, dtype=np.float64)


def exact() -> tuple[float, float]:
    """Return mean and standard deviation of the loss of a year: E[L] E[X], E[L] E[X^2] + Var[L] E[X]^2."""
    square = LOSS.variance + LOSS.mean**2
    return EVENTS.mean * LOSS.mean, math.sqrt(EVENTS.mean * square + EVENTS.variance * LOSS.mean**2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Compare with pyfair.")
    parser.add_argument("--pyfair", help="Python of an environment that has pyfair.")
    other = parser.parse_args().pyfair
    taken = []
    for run in range(REPEATS + 1):
        started = time.perf_counter()
        losses = counted(run)
        taken.append(time.perf_counter() - started)
    ours = [statistics.median(taken[1:]), losses.mean(), losses.std(), *np.quantile(losses, [0.05, 0.5, 0.95])]
    mean, spread = exact()
    print(f"{'':>14} {'seconds':>8} {'mean':>9} {'std dev':>9} {'P5':>9} {'P50':>9} {'P95':>9}")
    print(f"{'exact':>14} {'':>8} {mean:>9,.0f} {spread:>9,.0f}")
    _row("counted", ours)
    if other is None:
        print("pyfair: give --pyfair PYTHON, an environment in which it is installed, to see its figures beside these.")
        return
    script = THEIRS.format(repeats=REPEATS, paths=PATHS)
    told = subprocess.run([other, "-c", script], check=True, capture_output=True, text=True).stdout
    theirs = json.loads(told)
    _row("pyfair", theirs)
    print(f"{theirs[0] / ours[0]:.1f} times as fast; pyfair's spread is {theirs[2] / spread:.0%} of the exact one.")


def _row(name: str, figures: list[float]) -> None:
    print(f"{name:>14} {figures[0]:>8.4f} " + " ".join(f"{figure:>9,.0f}" for figure in figures[1:]))


if __name__ == "__main__":
    main()
