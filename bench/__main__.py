"""Every measurement in one run: ``python -m bench``. Figures are ratios within the run, or seconds."""

from __future__ import annotations

import subprocess
import sys

PARTS = ("bench.engine", "bench.analysis", "bench.store", "bench.pdf", "bench.clicks", "bench.clients")


def main() -> int:
    """Run each part in a process of its own, so that memory and caches of one do not colour the next."""
    worst = 0
    for part in PARTS:
        print(f"== {part}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", part], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
