"""How far the search for a plan gets: ``python -m bench.planning [MOVES ...]``, by default what the product searches.

Forty initiatives over twelve quarters, for teams of several sizes, in one process. For each number of changes tried:
seconds (of the wall, and of the processor: the ones that count on a machine with other work) of the search and its
proof; the proven gap to the best plan in whole months, as a share of the discounted effective maturity and (what is
harder) of its rise; then how much more than the greedy plan it is worth.
"""

from __future__ import annotations

import sys
import time

from assessment.answers import Capacity
from assessment.loading import load_assessment, load_questionnaire
from examples import EXAMPLE
from models.initiatives import load_initiatives
from models.planning.planner import compute
from models.planning.problem import Problem, Terms
from models.planning.solving import MOVES, Search
from questionnaires import INITIATIVES, QUESTIONNAIRE

TEAMS = ((75.0, 3), (48.0, 3), (120.0, 5), (200.0, 8))


def main() -> None:
    """Print one line for each team and budget of seconds."""
    questionnaire, assessment = load_questionnaire(QUESTIONNAIRE), load_assessment(EXAMPLE)
    work, terms = load_initiatives(INITIATIVES, questionnaire), Terms(horizon_months=60, rate=0.08)
    tries = tuple(int(text) for text in sys.argv[1:]) or (MOVES,)
    print(f"{'weeks':>6} {'at once':>7} {'moves':>8} {'wall':>6} {'CPU':>6} {'gap':>7} {'of rise':>8} {'greedy':>8}")
    for weeks, at_once in TEAMS:
        capacity = Capacity(person_weeks_per_quarter=weeks, at_most_at_once=at_once, quarters=12)
        problem = Problem.of(questionnaire, assessment, work, terms, capacity=capacity)
        for moves in tries:
            started, worked = time.perf_counter(), time.process_time()
            found = compute(questionnaire, assessment, work, problem, Search(moves=moves))
            wall, cpu = time.perf_counter() - started, time.process_time() - worked
            rise = found.value - problem.standing_value
            short = max(0.0, (found.bound or found.value) - found.value)
            gained = found.value / found.greedy - 1 if found.greedy else 0.0
            print(
                f"{weeks:6.0f} {at_once:7d} {moves:8d} {wall:5.1f}s {cpu:5.1f}s "
                f"{short / found.value:7.2%} {short / rise:8.2%} {gained:+8.2%}",
                flush=True,
            )


if __name__ == "__main__":
    main()
