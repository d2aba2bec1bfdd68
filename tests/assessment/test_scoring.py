"""Scores of single cases, with the hand calculation beside each."""

from __future__ import annotations

import pytest

from assessment.answers import Answer, Assessment, SignalAnswer
from assessment.errors import InputError
from assessment.instrument import option_of
from assessment.questionnaire import Questionnaire
from assessment.scoring import band, score
from tests.conftest import answered


def test_coupling_alone_caps_everything_else(questionnaire: Questionnaire) -> None:
    """All at 4 but coupling at 0: CI/CD is capped, coupling binds, and the stranded points are named."""
    levels = dict.fromkeys(questionnaire.by_id, 4) | {"constraints.coupling": 0}
    found = score(questionnaire, answered(questionnaire, levels)).dimensions["cicd"]
    # severity of tight coupling is 1 - 0 = 1; ceiling 100 x (1 - .65 x 1) = 35; stranded 100 - 35 = 65
    assert found.practice.value == 100
    assert found.ceiling.value == pytest.approx(35)
    assert found.effective.value == pytest.approx(35)
    assert found.stranded.value == pytest.approx(65)
    assert found.binding_constraint == "tight_coupling"
    assert found.gated_level == 1
    assert found.blocking_question == "constraints.coupling"


def test_weights_by_hand(questionnaire: Questionnaire) -> None:
    """Practice of fault isolation by hand, without and with a stressor."""
    levels = dict.fromkeys(questionnaire.by_id, 0) | {"refinement.degradation": 4}
    flat = answered(questionnaire, levels)
    # weights .5 + .5 + .5 + 1 + 1 + .5 = 4; only degradation (1) at v = 1: 100 / 4 = 25
    assert score(questionnaire, flat).dimensions["fault_isolation"].practice.value == pytest.approx(25)
    stressed = flat.model_copy(update={"context": {"reliability-expectations": 4}})
    uplift = {
        name: question.stressors["reliability-expectations"].weight
        if "reliability-expectations" in question.stressors
        else 0
        for name, question in questionnaire.by_id.items()
    }
    weights = {
        question.id: question.dimensions["fault_isolation"] * (1 + uplift[question.id])
        for question in questionnaire.asked("pulse")
        if "fault_isolation" in question.dimensions
    }
    expected = 100 * weights["refinement.degradation"] / sum(weights.values())
    assert score(questionnaire, stressed).dimensions["fault_isolation"].practice.value == pytest.approx(expected)


def test_coverage_hides_the_point(questionnaire: Questionnaire) -> None:
    """Below half the weight answered the range stands alone; at half the point is shown."""
    cicd = [question.id for question in questionnaire.asked("pulse") if "cicd" in question.dimensions]
    assert len(cicd) == 4
    one = score(questionnaire, answered(questionnaire, {cicd[0]: 4})).dimensions["cicd"].practice
    two = score(questionnaire, answered(questionnaire, dict.fromkeys(cicd[:2], 4))).dimensions["cicd"].practice
    assert one.value is None
    assert (one.low, one.high) == (25, 100)
    assert two.coverage == 0.5
    assert two.value == pytest.approx(75)  # two at 1, two unknown at .5
    assert (two.low, two.high) == (50, 100)


def test_nothing_applicable_is_a_dash(questionnaire: Questionnaire) -> None:
    """Everything not applicable gives no score at all: never 0, never a division by zero."""
    blank = answered(questionnaire, {})
    answers = {name: Answer(not_applicable="not_built_yet") for name in questionnaire.by_id}
    scores = score(questionnaire, blank.model_copy(update={"answers": answers}))
    for item in scores.dimensions.values():
        assert not item.practice.exists
        assert not item.effective.exists
        assert item.gated_level is None
        assert item.band is None
        assert item.ceiling.value == 100
    assert not scores.overall.effective.exists
    assert scores.overall.weakest is None
    assert all(not factor.applicable for factor in scores.factors.values())


def test_a_factor_not_applicable_imposes_no_ceiling(questionnaire: Questionnaire) -> None:
    """A factor whose questions are all not applicable caps nothing."""
    base = answered(questionnaire, 4)
    answers = {**base.answers, "constraints.coupling": Answer(not_applicable="contractually_excluded")}
    scores = score(questionnaire, base.model_copy(update={"answers": answers}))
    assert not scores.factors["tight_coupling"].applicable
    assert scores.factors["tight_coupling"].caps["cicd"] is None
    assert scores.dimensions["cicd"].ceiling.value == 100


@pytest.mark.parametrize(
    ("hours", "option"),
    [(500, 0), (72.01, 0), (72, 1), (24.01, 1), (24, 2), (8.1, 2), (8, 3), (2.01, 3), (2, 4), (0, 4)],
)
def test_both_sides_of_every_threshold(questionnaire: Questionnaire, hours: float, option: int) -> None:
    """A measured figure falls on exactly one option; a figure on the threshold belongs to the better one."""
    question = questionnaire.by_id["iac.dr-rehearsal"]
    assert option_of(question, Answer(figure=hours)) == option


@pytest.mark.parametrize(
    ("share", "option"), [(0, 0), (19.9, 0), (20, 1), (49.9, 1), (50, 2), (89.9, 2), (90, 3), (100, 3)]
)
def test_thresholds_where_more_is_better(four_step: Questionnaire, share: float, option: int) -> None:
    """With 'better: higher' the same holds upwards."""
    assert option_of(four_step.by_id["build.test"], Answer(figure=share)) == option


def test_a_mean_hides_a_zero_and_the_gate_does_not(questionnaire: Questionnaire) -> None:
    """One core question at 0 keeps the gated level at 0 however high the mean, and is named."""
    levels = dict.fromkeys(questionnaire.by_id, 4) | {"delivery.rollback": 0}
    found = score(questionnaire, answered(questionnaire, levels)).dimensions["cicd"]
    assert found.practice.value == 75
    assert found.gated_level == 0
    assert found.blocking_question == "delivery.rollback"


def test_unknown_blocks_the_gate(questionnaire: Questionnaire) -> None:
    """An unknown core question blocks the gate; it is neither best nor skipped."""
    base = answered(questionnaire, 4)
    answers = {**base.answers, "delivery.gates": Answer(unknown=True)}
    found = score(questionnaire, base.model_copy(update={"answers": answers})).dimensions["cicd"]
    assert found.gated_level == 0
    assert found.blocking_question == "delivery.gates"


def test_gate_share_on_weight(four_step: Questionnaire) -> None:
    """In a full assessment a level also needs 70 % of all weight, core or not."""
    # change: release weighs 2 (core), test, undo and review 1 each, copy .5; without test and undo 3.5 of 5.5 hold,
    # which is 64 %; with undo 4.5 of 5.5 hold, which is 82 %
    levels = dict.fromkeys(four_step.by_id, 3) | {"build.test": 0, "build.undo": 0}
    found = score(four_step, answered(four_step, levels, mode="full")).dimensions["change"]
    assert found.gated_level == 0
    assert found.blocking_question == "build.undo"
    enough = score(four_step, answered(four_step, levels | {"build.undo": 3}, mode="full")).dimensions["change"]
    assert enough.gated_level == 3
    pulse = score(four_step, answered(four_step, levels)).dimensions["change"]
    assert pulse.gated_level == 3


def test_the_gate_uses_the_lowest_possible_ceiling(questionnaire: Questionnaire) -> None:
    """An unknown wall question holds the gate at what its worst level would allow."""
    base = answered(questionnaire, 4)
    answers = {**base.answers, "constraints.coupling": Answer(unknown=True)}
    found = score(questionnaire, base.model_copy(update={"answers": answers})).dimensions["cicd"]
    # the ceiling lies between 35 (severity 1) and 100: floor(35 / 25) = 1
    assert found.ceiling.low == pytest.approx(35)
    assert found.ceiling.high == pytest.approx(100)
    assert found.gated_level == 1
    assert found.blocking_question == "constraints.coupling"


def test_uneven_options_hold_their_own_level(four_step: Questionnaire) -> None:
    """On a scale of 0, .3, .7, 1 the second option is level 1, whatever its value."""
    levels = {"look.box": 3, "plan.target": 1, "build.release": 2, "learn.review": 1}
    scores = score(four_step, answered(four_step, levels))
    assert scores.dimensions["watch"].gated_level == 1
    assert scores.dimensions["change"].gated_level == 2


def test_nothing_answered_names_nothing(questionnaire: Questionnaire) -> None:
    """Below the coverage that allows a point, no cap, constraint, band or weakest dimension is named."""
    scores = score(questionnaire, answered(questionnaire, {}))
    assert scores.overall.weakest is None
    assert scores.overall.band is None
    assert all(item.binding_constraint is None for item in scores.dimensions.values())
    assert all(cap is None for factor in scores.factors.values() for cap in factor.caps.values())


def test_evidence_never_moves_a_level(questionnaire: Questionnaire) -> None:
    """Confidence is reported as a share of weight and changes no score."""
    base = answered(questionnaire, 3)
    measured = {name: Answer(option=3, confidence="measured") for name in base.answers}
    one, two = score(questionnaire, base), score(questionnaire, base.model_copy(update={"answers": measured}))
    assert one.dimensions["iac"].evidence["claimed"] == pytest.approx(1)
    assert two.dimensions["iac"].evidence["measured"] == pytest.approx(1)
    assert one.dimensions["iac"].practice == two.dimensions["iac"].practice


def test_signals_against_answers(questionnaire: Questionnaire) -> None:
    """Signals that point to a constraint which the answers deny are reported as a disagreement, with their sources."""
    signals = {signal.id: SignalAnswer(level=4) for signal in questionnaire.signals}
    scores = score(questionnaire, answered(questionnaire, 4, signals=signals))
    finding = next(item for item in scores.diagnosis if item.factor == "tight_coupling")
    assert finding.agreement == "signals_only"
    assert finding.support == pytest.approx(1)
    assert finding.questions == ("constraints.coupling",)
    assert set(finding.signals) == {item.id for item in questionnaire.signals if "tight_coupling" in item.supports}
    quiet = score(questionnaire, answered(questionnaire, 0, signals={name: SignalAnswer(level=0) for name in signals}))
    assert {item.agreement for item in quiet.diagnosis} == {"answers_only"}
    silent = score(questionnaire, answered(questionnaire, 0))
    assert {item.agreement for item in silent.diagnosis} == {"unknown"}


@pytest.mark.parametrize(
    ("held", "verdict"), [(0, "not yet"), (1, "advisable"), (2, "advisable"), (3, "essential"), (5, "essential")]
)
def test_applicability(questionnaire: Questionnaire, held: int, verdict: str) -> None:
    """The verdict counts the criteria at level 3 or above, on both sides of each boundary."""
    names = [item.id for item in questionnaire.context.criteria]
    context = {name: 3 if index < held else 2 for index, name in enumerate(names)}
    found = score(questionnaire, answered(questionnaire, 2, context=context)).applicability
    assert (len(found.held), found.verdict) == (held, verdict)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (0, "reactive"),
        (19.999, "reactive"),
        (20, "emerging"),
        (40, "defined"),
        (59.99, "defined"),
        (60, "measured"),
        (80, "engineered"),
    ],
)
def test_bands_compare_the_unrounded_number(questionnaire: Questionnaire, value: float, name: str) -> None:
    """A band begins at its figure; what would only round up to it stays below."""
    assert band(questionnaire, value) == name


def test_a_pulse_is_scored_over_core_questions_alone(four_step: Questionnaire) -> None:
    """An answer to a question outside the core moves no score of a pulse."""
    core = {"look.box": 3, "plan.target": 2, "build.release": 2, "learn.review": 2}
    pulse = score(four_step, answered(four_step, core))
    more = score(four_step, answered(four_step, {**core, "build.test": 0}))
    assert pulse.dimensions["change"].practice == more.dimensions["change"].practice


def test_answers_off_the_scale_are_refused(questionnaire: Questionnaire, four_step: Questionnaire) -> None:
    """An option that the scale does not have, and an unknown question, are refused in a sentence."""
    with pytest.raises(InputError, match=r"build\.release: option 4 is not on its scale; use 0 to 3"):
        score(four_step, answered(four_step, {"build.release": 4}))
    with pytest.raises(InputError, match=r"no question 'delivery\.gate'; did you mean 'delivery\.gates'\?"):
        score(questionnaire, answered(questionnaire, {"delivery.gate": 1}))
    base = answered(questionnaire, {})
    figured = base.model_copy(update={"answers": {"delivery.gates": Answer(figure=3.0)}})
    with pytest.raises(InputError, match="a figure is given and none is asked"):
        score(questionnaire, figured)


def test_answers_of_another_version_are_kept(questionnaire: Questionnaire) -> None:
    """An answer whose question has left in another version is no error and moves nothing."""
    base = answered(questionnaire, 2)
    reference = base.questionnaire.model_copy(update={"version": "2025.4"})
    older: Assessment = base.model_copy(
        update={"questionnaire": reference, "answers": {**base.answers, "iac.retired": Answer(option=0)}}
    )
    assert score(questionnaire, older).dimensions["iac"].practice.value == 50
