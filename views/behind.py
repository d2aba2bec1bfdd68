"""What runs behind the sliders: a setting and the case as it stands, on all futures, once a slider rests."""

from __future__ import annotations

from dataclasses import dataclass

from models.case import Case
from models.watching import Watch
from models.whatif import moved
from models.whatif_run import Waiting, WhatIf, run_waiting, run_what_if
from reports.wording import fill, wording
from views.access import PATHS
from views.cases import SEED, Levers
from views.running import Job, runs

BEHIND = "what-if"
"""The place of the page What if that waits for it."""
REST_SECONDS = 0.4
"""A slider that rests so long is done with: until then the run behind it would only slow the charts down."""
Where = tuple[str, Levers]
"""The case, by its key, and the levers that were moved."""


@dataclass(frozen=True, eq=False)
class Both:
    """A setting of the sliders and the case as it stands, on the same futures: else their difference were noise.

    What waiting costs in either is left out where the charts are not to wait for it.
    """

    shown: WhatIf
    base: WhatIf
    waiting: Waiting | None = None
    base_waiting: Waiting | None = None


Full = tuple[WhatIf, Waiting]
"""One setting on all futures, with what waiting costs there."""


def behind_job(where: Where, case: Case) -> Job[Both]:
    """Return what runs behind the sliders; the case as it stands is run once for all settings."""
    (key, values), known = where, runs()
    setting, _ = moved(case, dict(values))
    title = fill(wording().whatif["running"], paths=f"{PATHS:,}")
    base = Job("what-if base", key, title, lambda watch: _full(case, watch))

    def work(watch: Watch) -> Both:
        stands, waiting = known.part(base, watch.part(0.0, 0.5 if values else 1.0))
        if not values:
            return Both(stands, stands, waiting, waiting)
        shown, later = _full(setting, watch.part(0.5, 1.0))
        return Both(shown, stands, later, waiting)

    return Job("what-if", where, title, work, rest=REST_SECONDS)


def _full(case: Case, watch: Watch) -> Full:
    first, second = watch.part(0.0, 0.5), watch.part(0.5, 1.0)
    shown = run_what_if(case, paths=PATHS, seed=SEED, progress=first.told, should_stop=watch.should_stop)
    later = run_waiting(case, paths=PATHS, seed=SEED, progress=second.told, should_stop=watch.should_stop)
    return shown, later
