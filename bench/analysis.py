"""How long the analysis takes beside the decision: ``python -m bench.analysis``.

Prints seconds and processor seconds of each part on a middling platform, and their ratio to the run of the decision on
the same 20,000 futures. No test asserts any of it.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

from bench.cases import typical
from models.cash import cash_by_quarter
from models.cost_curves import simulate
from models.timing import timing
from models.what_matters import what_matters

PATHS = 20_000
SEED = 1


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return the time and the processor time of the second of two calls: the first loads what is slow to load."""
    work()
    wall, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - busy


def main() -> None:
    """Print one line for each part."""
    inputs, programme = typical()
    curves = simulate(inputs, programme, paths=PATHS, seed=SEED)
    parts: dict[str, Callable[[], object]] = {
        "decision": lambda: simulate(inputs, programme, paths=PATHS, seed=SEED),
        "61 starts": lambda: timing(inputs, programme, curves),
        "what matters": lambda: what_matters(inputs, programme, paths=PATHS, seed=SEED),
        "money by quarter": lambda: cash_by_quarter(inputs, programme, paths=PATHS, seed=SEED),
    }
    print(f"{'part':<18} {'seconds':>9} {'busy':>7} {'ratio':>6}")
    first = 0.0
    for name, work in parts.items():
        wall, busy = seconds(work)
        first = first or busy
        print(f"{name:<18} {wall:>9.2f} {busy:>7.2f} {busy / first:>6.2f}")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
