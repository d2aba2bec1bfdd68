"""Every score explains itself, and what explains it adds up to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.amounts import ENDS, Score
from assessment.answers import Assessment
from assessment.errors import InputError
from assessment.explaining import Explanation, explain, score_names
from assessment.questionnaire import Mode, Questionnaire, Stage
from assessment.scores import Scores
from assessment.scoring import score
from assessment.terms import added
from tests.conftest import answered
from tests.generated import assessed, contexts, questionnaires, settings_of, sheets


def shown(scores: Scores) -> dict[str, Score]:
    """Return every score under the name by which it is explained."""
    kinds = ("practice", "ceiling", "effective", "stranded")
    found = {f"{name}.{kind}": getattr(item, kind) for name, item in scores.dimensions.items() for kind in kinds}
    found |= {f"factor.{name}": item.severity for name, item in scores.factors.items()}
    found |= {f"step.{name}": item.maturity for name, item in scores.steps.items()}
    found |= {f"posture.{name}": item for name, item in scores.posture.items()}
    found |= {f"lifecycle.{name}": item for name, item in scores.lifecycle.items()}
    for crosswalk, items in scores.crosswalk.items():
        found |= {f"crosswalk.{crosswalk}.{name}": item for name, item in items.items()}
    return {**found, "overall": scores.overall.effective}


def adds_up(found: Explanation) -> None:
    """Hold that the terms add up to the point, the low and the high of the score."""
    for end in ENDS:
        expected = getattr(found.score, end)
        assert added(found.terms, end) == pytest.approx(expected or 0.0, abs=1e-9), (found.name.name, end)


@settings(max_examples=500)
@given(questionnaires(), sheets(), contexts(), settings_of())
def test_the_terms_of_every_score_add_up_to_it(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: tuple[Mode, Stage]
) -> None:
    """For any weights, answers, context, mode and stage, each score is explained, and its terms add up to it."""
    mode, stage = setting
    assessment = assessed(questionnaire, sheet, context=context, mode=mode, stage=stage)
    scores = shown(score(questionnaire, assessment))
    assert [item.name for item in score_names(questionnaire)] == sorted(scores, key=_place(questionnaire))
    for name, expected in scores.items():
        found = explain(questionnaire, assessment, name)
        assert found.score == expected
        adds_up(found)


def _place(questionnaire: Questionnaire) -> Any:
    return [item.name for item in score_names(questionnaire)].index


def test_every_score_of_the_example_is_explained(questionnaire: Questionnaire, example: Assessment) -> None:
    """So it is for the built-in questionnaire and the worked example."""
    for name, expected in shown(score(questionnaire, example)).items():
        found = explain(questionnaire, example, name)
        assert found.score == expected
        assert found.score.evidence == expected.evidence
        adds_up(found)


@settings(max_examples=500)
@given(questionnaires(), sheets(), st.data())
def test_what_moves_most_moves_most(questionnaire: Questionnaire, sheet: dict[str, Any], data: st.DataObject) -> None:
    """Scoring again with the named question at the top gives the promised score, and no other answer gives more."""
    name = data.draw(st.sampled_from([item.name for item in score_names(questionnaire)]))
    base = assessed(questionnaire, sheet, mode="full")
    found = explain(questionnaire, base, name).mover
    measured = f"{name.partition('.')[0]}.effective" if name.startswith(("change", "watch")) else name
    before = shown(score(questionnaire, base))[measured].point
    gains = {}
    for question, level in sheet.items():
        if isinstance(level, int) and before is not None:
            top = len(questionnaire.scale_of(questionnaire.by_id[question]).options) - 1
            after = shown(score(questionnaire, assessed(questionnaire, {**sheet, question: top}, mode="full")))
            gains[question] = (after[measured].point or 0.0) - before
    if name.startswith("factor."):
        gains = {question: -gain for question, gain in gains.items()}
    most = max(gains.values(), default=0.0)
    if found is None:
        assert most <= 1e-9
        return
    assert found.measured_on == measured
    assert found.before == before
    assert found.gain == pytest.approx(most)
    assert gains[found.question] == pytest.approx(most)


def test_the_winning_side_explains_an_effective_score(four_step: Questionnaire) -> None:
    """Practice 100 under a ceiling of 40: the ceiling wins, and its terms are 100 less what the one factor takes."""
    assessment = answered(four_step, {"look.box": 0, "plan.target": 3, "build.release": 3, "learn.review": 3})
    found = explain(four_step, assessment, "change.effective")
    # ceiling 100 - 100 x .6 x (1 - 0) = 40
    assert [(term.kind, term.id) for term in found.terms] == [("whole", ""), ("question", "look.box")]
    assert [term.contribution.point for term in found.terms] == pytest.approx([100, -60])
    practice, ceiling = found.sides
    assert (practice.name, practice.score.value, practice.wins_at) == ("change.practice", 100, ())
    assert (ceiling.name, ceiling.wins_at) == ("change.ceiling", ENDS)
    assert ceiling.score.value == pytest.approx(40)
    assert found.mover is not None
    assert found.mover.question == "look.box"
    assert found.mover.gain == pytest.approx(60)


def test_each_end_names_its_own_winner(four_step: Questionnaire) -> None:
    """Where an unknown decides which side is lower, each end of the range has the terms of its own winner."""
    assessment = answered(four_step, {"plan.target": 3, "build.release": 1, "learn.review": 3})
    found = explain(four_step, assessment, "change.effective")
    # practice 30 at every end; ceiling 40 with the box at its lowest, 100 at its highest: practice wins everywhere
    assert [side.wins_at for side in found.sides] == [ENDS, ()]
    higher = answered(four_step, {"plan.target": 3, "build.release": 2, "learn.review": 3})
    found = explain(four_step, higher, "change.effective")
    # practice 70; ceiling 40 at the lowest, 100 - 60 x .5 = 70 in the middle (a tie goes to practice), 100 at the top
    assert [side.wins_at for side in found.sides] == [("point", "high"), ("low",)]
    assert [found.score.point, found.score.low, found.score.high] == pytest.approx([70, 40, 70])
    adds_up(found)


def test_a_ceiling_names_each_cap_and_the_one_that_binds(questionnaire: Questionnaire) -> None:
    """Each factor's cap stands with its strength, its severity and its reason; the least one binds."""
    levels = dict.fromkeys(questionnaire.by_id, 4) | {"constraints.coupling": 0}
    found = explain(questionnaire, answered(questionnaire, levels), "cicd.ceiling")
    assert [cap.factor for cap in found.caps] == [factor.id for factor in questionnaire.wall_factors]
    binds = [cap for cap in found.caps if cap.binds_at]
    assert [cap.factor for cap in binds] == ["tight_coupling"]
    assert binds[0].binds_at == ENDS
    assert binds[0].cap is not None
    assert binds[0].severity.point is not None
    assert binds[0].cap.point == pytest.approx(100 * (1 - binds[0].k * binds[0].severity.point))
    factor = next(item for item in questionnaire.wall_factors if item.id == "tight_coupling")
    assert (binds[0].k, binds[0].because) == (factor.strengths["cicd"].k, factor.strengths["cicd"].because)


def test_a_term_says_what_stands_behind_it(four_step: Questionnaire) -> None:
    """An option, a figure, don't know, no answer and not applicable are told apart, with weight, value and share."""
    sheet = {"plan.target": "not_applicable", "build.release": 2, "build.test": "unknown"}
    assessment = assessed(four_step, sheet, mode="full")
    terms = {term.id: term for term in explain(four_step, assessment, "change.practice").terms}
    release, test = terms["build.release"], terms["build.test"]
    assert (release.answer, release.weight) == ("option", 2)
    applicable = 5.5  # the weights of every question of the dimension
    assert release.share == pytest.approx(2 / applicable)
    assert release.contribution.point == pytest.approx(100 * 0.7 * 2 / applicable)
    assert (test.answer, test.is_open) == ("unknown", True)
    assert test.value is not None
    assert (test.value.point, test.value.low, test.value.high) == (0.5, 0, 1)
    watched = {term.id: term for term in explain(four_step, assessment, "watch.practice").terms}
    assert watched["learn.review"].answer == "unanswered"
    left = watched["plan.target"]
    assert (left.answer, left.share, left.value, left.contribution.high) == ("not_applicable", 0, None, 0)


def test_a_score_that_does_not_exist_is_explained_by_what_leaves_it(four_step: Questionnaire) -> None:
    """Everything not applicable: the explanation stands, its terms add nothing, and nothing would move it."""
    assessment = assessed(four_step, dict.fromkeys(four_step.by_id, "not_applicable"), mode="full")
    for name in score_names(four_step):
        found = explain(four_step, assessment, name.name)
        if name.form not in {"ceiling", "overall"}:
            assert not found.score.exists
            assert {term.answer for term in found.terms} == {"not_applicable"}
        assert found.mover is None


def test_an_unknown_name_is_answered_with_the_nearest(questionnaire: Questionnaire, example: Assessment) -> None:
    """A name that is no score gets a sentence with the nearest that is."""
    with pytest.raises(InputError, match=r"no score 'iac\.efective'; did you mean 'iac\.effective'\?"):
        explain(questionnaire, example, "iac.efective")
