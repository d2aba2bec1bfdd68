"""The design stage: the same questions before launch, and nothing that needs an incident history."""

from __future__ import annotations

import pytest

from assessment.answers import Answer, SignalAnswer
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from tests.conftest import answered

HISTORY = {
    "delivery.frequency",
    "delivery.lead-time",
    "delivery.change-fail-rate",
    "delivery.recovery-time",
    "observability.detection",
    "observability.resolution",
    "refinement.incident-learning",
}


def test_what_needs_a_history_is_not_asked(questionnaire: Questionnaire) -> None:
    """Before launch no outcome of live use, no lesson of an incident and no signal is asked, and it says why."""
    design = questionnaire.at_stage("design")
    assert set(design.not_asked) == HISTORY
    assert all(reason for reason in design.not_asked.values())
    assert design.signals == ()
    assert all(not rule.signals for rule in design.economics.baseline.values())
    assert len(design.questions) == len(questionnaire.questions) - len(HISTORY)


def test_every_question_that_stays_is_in_the_words_of_the_design(questionnaire: Questionnaire) -> None:
    """Prompt and every level differ from those of a live product, and nothing is measured; weights stay."""
    for question in questionnaire.at_stage("design").questions:
        live = questionnaire.by_id[question.id]
        assert question.prompt != live.prompt
        assert not set(question.anchors) & set(live.anchors)
        assert question.measure is None
        assert (question.weight, question.dimensions, question.factors) == (
            live.weight,
            live.dimensions,
            live.factors,
        )


@pytest.mark.parametrize("mode", ["pulse", "full"])
@pytest.mark.parametrize(("level", "expected"), [(0, 0.0), (2, 50.0), (4, 100.0)])
def test_the_scores_keep_their_laws_before_launch(
    questionnaire: Questionnaire, mode: str, level: int, expected: float
) -> None:
    """All lowest gives 0, the middle 50 and all highest 100, in every dimension and step, without the history."""
    found = score(questionnaire, answered(questionnaire, level, stage="design", mode=mode))
    assert {item.practice.value for item in found.dimensions.values()} == {expected}
    assert {item.maturity.value for item in found.steps.values()} == {expected}
    assert found.asked == len(questionnaire.at_stage("design").asked("pulse" if mode == "pulse" else "full"))


def test_answers_that_the_stage_does_not_ask_move_nothing(questionnaire: Questionnaire) -> None:
    """An answer about the history, and a signal, are kept in the file and change no score before launch."""
    base = answered(questionnaire, dict.fromkeys(set(questionnaire.by_id) - HISTORY, 2), stage="design", mode="full")
    more = base.model_copy(
        update={
            "answers": {**base.answers, "delivery.lead-time": Answer(option=0)},
            "signals": {"slow-under-load": SignalAnswer(level=4)},
        }
    )
    assert score(questionnaire, more) == score(questionnaire, base)


def test_a_figure_is_refused_before_launch(questionnaire: Questionnaire) -> None:
    """Nothing is measured at the design stage, so a figure is refused in a sentence and never read as a level."""
    given = answered(questionnaire, {}, stage="design")
    figured = given.model_copy(update={"answers": {"delivery.rollback": Answer(figure=12)}})
    with pytest.raises(InputError, match="a figure is given and none is asked"):
        score(questionnaire, figured)


def test_the_words_of_a_live_product_do_not_come_back(questionnaire: Questionnaire) -> None:
    """A questionnaire in the words of the design stays so; asked again for that stage it is the same one."""
    design = questionnaire.at_stage("design")
    assert design.at_stage("design") is design
    assert questionnaire.at_stage("live") is questionnaire
    with pytest.raises(ValueError, match="load it again"):
        design.at_stage("live")
