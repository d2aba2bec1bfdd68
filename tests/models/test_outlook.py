"""By when a plan is finished, and how likely each dimension stands at its target by a quarter's end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.answers import Answer
from assessment.instrument import effective, option_of
from assessment.scoring import score
from models.distributions import Fixed, Lognormal
from models.evaluation import Evaluation, evaluate
from models.outlook import Outlook, outlook, quantile, stretch_chances, time_of_work
from models.overruns import VARIANTS, Execution
from models.plan import MONTHS_PER_QUARTER
from models.position import Position
from models.programme import STRETCHES
from tests.models.test_evaluation import BUILT_IN, EXAMPLE_ANSWERS, FIGURES, WORK
from tests.models.test_overruns import CERTAIN, PLAN

FOUND: Evaluation = evaluate(BUILT_IN, EXAMPLE_ANSWERS, WORK, FIGURES, with_economics=False)


def _certain(time: float) -> Outlook:
    targets = score(BUILT_IN, EXAMPLE_ANSWERS).targets
    return outlook(BUILT_IN, EXAMPLE_ANSWERS, CERTAIN, PLAN, Fixed(time), targets)


def test_certain_dates_are_the_planned_ones() -> None:
    """Where work takes its likely time every date and score is that of the plan, and a chance is 0 or 1."""
    found = _certain(1.0)
    assert {name: date.p80 for name, date in found.dates.items()} == PLAN.finish_months
    for state, planned in zip(found.quarters, PLAN.quarters, strict=True):
        for name, here in state.dimensions.items():
            assert here.p10 == here.p50 == here.p90 == planned.effective[name]
            assert here.probability in {0.0, 1.0}


def test_half_of_the_futures_are_later_than_the_even_date() -> None:
    """Counted run by run, in the plainest way."""
    execution, whole = Execution.of(FOUND.plan, WORK), FOUND.outlook.whole
    assert whole is not None
    late = sure = 0.0
    for number, chance in stretch_chances(time_of_work(FIGURES, {})).items():
        for variant in range(VARIANTS):
            end = max(execution.finishes(float(STRETCHES[number]), variant).values())
            late += chance / VARIANTS * (end > whole.p50)
            sure += chance / VARIANTS * (end <= whole.p80)
    assert late <= 0.5
    assert sure >= 0.8
    assert whole.planned < whole.p50 < whole.p80


def test_the_chance_of_a_target_is_the_share_of_futures_that_stand_there() -> None:
    """A target is reached where the score stands at it; chances never fall while nothing is taken away."""
    found = FOUND.outlook
    assert set(found.targets) == {dimension.id for dimension in BUILT_IN.dimensions}
    for name, aim in found.targets.items():
        chances = [state.dimensions[name].probability or 0.0 for state in found.quarters]
        assert chances == sorted(chances)
        for state, chance in zip(found.quarters, chances, strict=True):
            here = state.dimensions[name]
            assert (here.p10 >= aim) <= (chance >= 0.9 - 1e-9)
            assert (here.p90 < aim) <= (chance <= 0.1 + 1e-9)


def test_a_target_is_what_the_scores_say_once_every_question_stands_at_its_level() -> None:
    """Scored by the scoring itself, with each answer at its target or where it stands, whichever is higher."""
    targets = score(BUILT_IN, EXAMPLE_ANSWERS).targets
    assert targets is not None
    answers = dict(EXAMPLE_ANSWERS.answers)
    for name, answer in EXAMPLE_ANSWERS.answers.items():
        if name in targets.targets and not answer.unknown and answer.not_applicable is None:
            now = option_of(BUILT_IN.by_id[name], answer)
            answers[name] = Answer(option=max(now, targets.targets[name].option))
    raised = Position.of(BUILT_IN, EXAMPLE_ANSWERS.model_copy(update={"answers": answers}), "half")
    unknown = set(raised.fixed) & set(targets.targets)
    for name, aim in FOUND.outlook.targets.items():
        reached = effective(raised.instrument, name, raised.levels)
        assert reached is not None
        assert aim >= reached - 1e-9
        fed = {*raised.instrument.practice_weights[name], *_fed(raised.instrument.factor_weights)}
        assert aim == pytest.approx(reached) or fed & unknown


def _fed(factors: dict[str, dict[str, float]]) -> set[str]:
    return {question for weights in factors.values() for question in weights}


def test_without_targets_there_are_dates_and_no_chances() -> None:
    """Nothing is aimed at, so nothing can be reached."""
    bare = EXAMPLE_ANSWERS.model_copy(update={"targets": {}, "target_preset": ""})
    found = evaluate(BUILT_IN, bare, WORK, FIGURES, with_economics=False).outlook
    assert found.targets == {}
    assert found.chances(1) == {}
    assert all(here.probability is None for state in found.quarters for here in state.dimensions.values())
    assert found.whole is not None


def test_an_empty_plan_has_no_outlook() -> None:
    """There is nothing to finish."""
    empty = replace(PLAN, placements=(), months=0)
    found = outlook(BUILT_IN, EXAMPLE_ANSWERS, WORK, empty, Fixed(1.0), None)
    assert (found.whole, found.dates, found.quarters, found.planned_quarter) == (None, {}, (), 0)


def test_the_quarters_reach_to_the_late_end_of_the_plan() -> None:
    """A plan of twelve quarters that is likely to take eighteen is shown to the end of the eighteenth."""
    found = FOUND.outlook
    assert found.whole is not None
    last = found.quarters[-1].quarter * MONTHS_PER_QUARTER
    assert last - MONTHS_PER_QUARTER < found.whole.p80 <= last


def test_the_chances_of_the_stretches_add_up_and_follow_the_range() -> None:
    """A fixed time has one; a lognormal has its mean within half a step."""
    assert stretch_chances(Fixed(1.0)) == {8: 1.0}
    chances = stretch_chances(Lognormal.from_interval(0.8, 1.75))
    assert sum(chances.values()) == pytest.approx(1.0)
    mean = sum(chance * STRETCHES[number] for number, chance in chances.items())
    assert mean == pytest.approx(Lognormal.from_interval(0.8, 1.75).mean, rel=0.01)


def test_a_quantile_is_a_figure_that_occurs() -> None:
    """The smallest that is not exceeded with the wanted chance."""
    figures = [(3.0, 0.5), (1.0, 0.25), (2.0, 0.25)]
    assert [quantile(figures, share) for share in (0.25, 0.5, 0.51, 1.0)] == [1.0, 2.0, 3.0, 3.0]
