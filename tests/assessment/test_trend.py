"""Progress between two assessments: answers carry by id, and what was answered is told from what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment
from assessment.questionnaire import Question, Questionnaire
from assessment.scoring import score
from assessment.trend import carry, compare
from tests.conftest import answered


def changed(questionnaire: Questionnaire, name: str, **changes: object) -> Questionnaire:
    """Return a second version of a questionnaire in which one question differs."""
    questions = [
        question.model_copy(update=changes) if question.id == name else question for question in questionnaire.questions
    ]
    return version_two(questionnaire, questions)


def version_two(questionnaire: Questionnaire, questions: list[Question]) -> Questionnaire:
    """Return a second version of a questionnaire with other questions."""
    return remade(questionnaire, version="2", questions=tuple(questions))


def remade(questionnaire: Questionnaire, **changes: object) -> Questionnaire:
    """Return a questionnaire with other fields, and nothing left of what the first one had worked out."""
    fields = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    return Questionnaire(**{**fields, **changes})


def without(questionnaire: Questionnaire, *names: str) -> Questionnaire:
    """Return a second version of a questionnaire from which questions have left."""
    return version_two(questionnaire, [one for one in questionnaire.questions if one.id not in names])


def full(questionnaire: Questionnaire, levels: dict[str, int] | int, **changes: object) -> Assessment:
    """Return a full assessment."""
    return answered(questionnaire, levels, mode="full", **changes)


def test_answers_that_fit_carry_over_and_those_whose_question_left_are_kept(four_step: Questionnaire) -> None:
    """Nothing is dropped: what is not asked any more is set aside, by its id."""
    found = carry(full(four_step, 2), without(four_step, "build.copy"), four_step)
    assert set(found.answers) == set(four_step.by_id) - {"build.copy"}
    assert found.left == {"build.copy": Answer(option=2)}
    assert found.misfits == {}
    assert found.reworded == ()


def test_an_option_off_the_new_scale_is_set_aside(four_step: Questionnaire) -> None:
    """It is no answer to the new question, and it is not bent into one."""
    scale = four_step.scales[0].model_copy(update={"id": "two", "options": four_step.scales[0].options[:2]})
    newer = changed(four_step, "learn.review", scale="two", anchors=("No", "Yes"))
    newer = remade(newer, scales=(*four_step.scales, scale))
    found = carry(full(four_step, {"learn.review": 3, "learn.watch": 3}), newer, four_step)
    assert found.misfits == {"learn.review": Answer(option=3)}
    assert set(found.answers) == {"learn.watch"}
    assert found.reworded == ("learn.review",)


def test_a_figure_is_set_aside_where_none_is_asked_any_more(four_step: Questionnaire) -> None:
    """A figure without thresholds has no level."""
    given_ = full(four_step, 0, answers={"build.release": Answer(figure=20)})
    found = carry(given_, changed(four_step, "build.release", measure=None))
    assert found.misfits == {"build.release": Answer(figure=20)}


@pytest.mark.parametrize(
    "changes",
    [{"prompt": "Other words?"}, {"hint": "Elsewhere."}, {"anchors": ("A", "B", "C", "D")}],
)
def test_answered_questions_with_other_words_are_named(four_step: Questionnaire, changes: dict[str, object]) -> None:
    """Their answers carry, and somebody is asked to look again; unanswered ones have nothing to look at."""
    newer = changed(four_step, "learn.review", **changes)
    assert carry(full(four_step, 1), newer, four_step).reworded == ("learn.review",)
    assert carry(full(four_step, {"look.box": 1}), newer, four_step).reworded == ()


def test_regressions_come_first_then_gains(four_step: Questionnaire) -> None:
    """The greatest fall is read first, whatever kind of score it is."""
    earlier = full(four_step, 2)
    later = full(
        four_step, dict.fromkeys(four_step.by_id, 2) | {"build.release": 0, "learn.watch": 3, "learn.share": 1}
    )
    found = compare(four_step, earlier, four_step, later)
    directions = [item.direction for item in found.differences]
    assert directions == sorted(directions, key=["worse", "better", "open", "same"].index)
    falls = [item.improvement or 0.0 for item in found.regressions]
    assert falls == sorted(falls)
    assert [item.id for item in found.questions] == ["build.release", "learn.share", "learn.watch"]


def test_an_answer_that_is_still_awaited_did_not_move(four_step: Questionnaire) -> None:
    """A quarter that has just begun lists nothing as moved; each answer moves when it is given, not before."""
    levels = dict.fromkeys(four_step.by_id, 2)
    later = full(four_step, {"build.release": 3, "build.test": 2})
    found = compare(four_step, full(four_step, levels), four_step, later)
    assert [item.id for item in found.moved] == ["build.release"]
    assert {item.id for item in found.awaited} == set(levels) - {"build.release", "build.test"}
    first = compare(four_step, full(four_step, {}), four_step, later)
    assert {item.id for item in first.moved} == {"build.release", "build.test"}
    assert first.awaited == ()


def test_the_way_to_the_targets_is_compared_under_the_later_targets(goals: Questionnaire) -> None:
    """A goal that was set anew is no progress: both stand against the same one."""
    name = next(iter(goals.by_id))
    top = len(goals.scale_of(goals.by_id[name]).options) - 1
    earlier = full(goals, 0, targets={name: 1})
    later = full(goals, 0, targets={name: top, "gone": 1})
    found = compare(goals, earlier, goals, later).find("target", "target")
    assert (found.on_later.earlier.value, found.on_later.later.value, found.direction) == (0.0, 0.0, "same")
    reached = full(goals, top, targets={name: top})
    found = compare(goals, earlier, goals, reached).find("target", "target")
    assert (found.on_later.earlier.value, found.on_later.later.value, found.direction) == (0.0, 100.0, "better")


def test_without_targets_there_is_no_way_to_them(four_step: Questionnaire) -> None:
    """No row stands for what nobody has set."""
    found = compare(four_step, full(four_step, 1), four_step, full(four_step, 2))
    assert all(item.kind != "target" for item in found.differences)


def test_a_constraint_that_grows_is_a_regression(four_step: Questionnaire) -> None:
    """Severity rises as things get worse: its sign is not that of a score."""
    later = full(four_step, dict.fromkeys(four_step.by_id, 2) | {"look.trail": 0})
    found = compare(four_step, full(four_step, 2), four_step, later).find("factor", "paper-trail")
    # v falls from .7 to 0: severity rises from 30 to 100 points
    assert found.on_later.value == pytest.approx(70)
    assert found.improvement == pytest.approx(-70)
    assert found.direction == "worse"


def test_the_same_answers_under_a_changed_questionnaire_move_by_the_questionnaire_alone(
    four_step: Questionnaire,
) -> None:
    """What the file moved is not sold as progress."""
    levels = dict.fromkeys(four_step.by_id, 3) | {"build.test": 0}
    newer = changed(four_step, "build.test", weight=4.0)
    later = full(newer, levels)
    found = compare(four_step, full(four_step, levels), newer, later).find("dimension", "change")
    assert found.direction == "same"
    # 4.5 of 5.5 hold where the question weighs 1, and 4.5 of 8.5 where it weighs 4
    assert found.by_questionnaire == pytest.approx(100 * 4.5 / 8.5 - 100 * 4.5 / 5.5)


def test_both_are_scored_under_both_versions(four_step: Questionnaire) -> None:
    """Each of the four scores is what that questionnaire gives for those answers."""
    newer = changed(four_step, "build.test", weight=4.0)
    earlier = full(four_step, dict.fromkeys(four_step.by_id, 3) | {"build.test": 0})
    later = full(newer, dict.fromkeys(four_step.by_id, 3) | {"build.test": 2})
    found = compare(four_step, earlier, newer, later).find("dimension", "change")
    of = {"old": four_step, "new": newer}
    for pair, ruler in ((found.on_later, "new"), (found.on_earlier, "old")):
        for given_, told in ((earlier, pair.earlier), (later, pair.later)):
            answers = {name: answer.option or 0 for name, answer in given_.answers.items()}
            assert told == score(of[ruler], full(of[ruler], answers)).dimensions["change"].effective


def test_every_scoring_is_under_the_context_of_the_later_assessment(four_step: Questionnaire) -> None:
    """A context that changed moves no score by itself."""
    levels = dict.fromkeys(four_step.by_id, 1) | {"learn.watch": 3}
    earlier, later = (
        full(four_step, levels, context={"many-sites": 0}),
        full(four_step, levels, context={"many-sites": 3}),
    )
    assert score(four_step, earlier).overall != score(four_step, later).overall
    found = compare(four_step, earlier, four_step, later)
    assert {item.direction for item in found.differences} == {"same"}
    assert found.find("overall", "overall").on_later.earlier == score(four_step, later).overall.effective


def test_a_pulse_is_compared_over_the_questions_of_a_pulse(four_step: Questionnaire) -> None:
    """What only the full assessment asked is no progress."""
    core = {question.id: 1 for question in four_step.questions if question.core}
    later = full(four_step, dict.fromkeys(four_step.by_id, 3) | core)
    found = compare(four_step, answered(four_step, core), four_step, later)
    assert found.mode == "pulse"
    assert {item.direction for item in found.differences if item.on_later.later.exists} == {"same"}
    assert found.questions == ()


def test_unknown_answers_leave_a_range_for_the_difference(four_step: Questionnaire) -> None:
    """The least and the most that the difference can be stand beside it."""
    later = full(four_step, 2)
    answers = {**later.answers, "learn.watch": Answer(unknown=True)}
    found = compare(four_step, full(four_step, 2), four_step, later.model_copy(update={"answers": answers}))
    pair = found.find("step", "learn").on_later
    assert pair.value is not None
    assert pair.low is not None
    assert pair.high is not None
    assert pair.low < pair.value < pair.high
    assert pair.low == (pair.later.low or 0) - (pair.earlier.high or 0)


def test_too_few_answers_leave_the_direction_open(four_step: Questionnaire) -> None:
    """No point is shown below the coverage that allows one, so no difference of points either."""
    found = compare(four_step, full(four_step, 2), four_step, full(four_step, {}))
    overall = found.find("overall", "overall")
    assert (overall.improvement, overall.direction) == (None, "open")
    assert overall.on_later.low is not None


def test_what_became_of_answers_is_told_in_both_directions(four_step: Questionnaire) -> None:
    """A question that left and one that came are both named."""
    newer = without(four_step, "build.copy")
    found = compare(four_step, full(four_step, 2), newer, full(newer, 2))
    assert set(found.carried.left) == {"build.copy"}
    assert found.carried_back.left == {}
    assert found.questionnaires_differ


def test_files_of_the_same_version_are_still_told_apart(four_step: Questionnaire) -> None:
    """Somebody edited a file and forgot the version: the two scorings differ all the same."""
    same = remade(changed(four_step, "build.test", weight=4.0), version=four_step.version)
    levels = dict.fromkeys(four_step.by_id, 3) | {"build.test": 0}
    found = compare(four_step, full(four_step, levels), same, full(same, levels))
    assert found.questionnaires_differ
    assert found.find("dimension", "change").by_questionnaire == pytest.approx(100 * 4.5 / 8.5 - 100 * 4.5 / 5.5)


def test_before_and_after_launch_can_be_compared(four_step: Questionnaire) -> None:
    """Each is scored at its own stage, and the comparison says that the stages differ."""
    drawn = full(four_step.at_stage("design"), 1, stage="design")
    found = compare(four_step, drawn, four_step, full(four_step, 2))
    assert found.stages_differ
    assert found.find("dimension", "change").direction == "better"


def test_an_overlay_is_compared_with_its_base(four_step: Questionnaire) -> None:
    """Another id is no hindrance: answers carry by the id of their question."""
    other = remade(without(four_step, "build.copy"), id="river-clinic")
    found = compare(four_step, full(four_step, 1), other, full(other, 2))
    assert found.find("overall", "overall").direction == "better"


@settings(max_examples=60)
@given(data=st.data())
def test_raising_answers_is_never_a_regression(data: st.DataObject, four_step: Questionnaire) -> None:
    """Whatever the questionnaires, no score falls when no answer does."""
    before = {name: data.draw(st.integers(0, 3)) for name in four_step.by_id}
    after = {name: data.draw(st.integers(level, 3)) for name, level in before.items()}
    newer = changed(four_step, "build.test", weight=4.0)
    found = compare(four_step, full(four_step, before), newer, full(newer, after))
    assert found.regressions == ()
    back = compare(newer, full(newer, after), four_step, full(four_step, before))
    assert all(item.direction in {"worse", "same"} for item in back.differences)
