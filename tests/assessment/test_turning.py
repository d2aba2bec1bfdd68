"""Which open questions could turn a binding constraint: laws that hold whatever the answers are."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment
from assessment.loading import load_assessment, load_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from assessment.turning import MOST_TRIED, Side, answered, leading, turning
from examples import EXAMPLE
from questionnaires import QUESTIONNAIRE

BUILTIN, WORKED = load_questionnaire(QUESTIONNAIRE), load_assessment(EXAMPLE)


def drawn(seed: int, share: float) -> Assessment:
    """Return answers at random, of which a share is left open."""
    random = Random(seed)  # noqa: S311 (no secret: a sample that can be repeated)
    answers = {
        question.id: Answer(unknown=True) if random.random() < share / 2 else Answer(option=random.randint(0, 4))
        for question in BUILTIN.questions
        if random.random() >= share / 2
    }
    return WORKED.model_copy(update={"answers": answers})


@given(st.integers(0, 10_000), st.floats(0, 0.8))
def test_what_is_said_to_turn_is_what_scoring_the_answer_gives(seed: int, share: float) -> None:
    """Each outcome is the score of the answer; a question that is left out turns nothing either way."""
    assessment = drawn(seed, share)
    now, found = score(BUILTIN, assessment), turning(BUILTIN, assessment)
    by_question = {item.question: {outcome.side: outcome for outcome in item.outcomes} for item in found}
    tried = [question for question in BUILTIN.questions if question.factors]
    assert len(tried) <= MOST_TRIED, "the law below needs every question tried"
    for question in tried:
        known = assessment.answers.get(question.id)
        if known is not None and not known.unknown:
            assert question.id not in by_question
            continue
        sides: dict[Side, int] = {"lowest": 0, "highest": len(BUILTIN.scale_of(question).options) - 1}
        for side, option in sides.items():
            then = score(BUILTIN, answered(assessment, question.id, option))
            turned = {
                name: then.dimensions[name].binding_constraint
                for name in now.dimensions
                if now.dimensions[name].ceiling.shown
                and now.dimensions[name].binding_constraint != then.dimensions[name].binding_constraint
            }
            outcome = by_question.get(question.id, {}).get(side)
            assert turned == ({} if outcome is None else outcome.binding)
            if outcome is not None and outcome.leading is not None:
                assert outcome.leading == leading(then) != leading(now)


@given(st.integers(0, 10_000))
def test_what_could_move_most_is_first_and_the_order_of_answers_does_not_matter(seed: int) -> None:
    """Points never rise along the list, and the same answers in another order give the same list."""
    assessment = drawn(seed, 0.5)
    found = turning(BUILTIN, assessment)
    points = [item.points for item in found]
    assert points == sorted(points, reverse=True)
    turned = dict(reversed(list(assessment.answers.items())))
    assert turning(BUILTIN, assessment.model_copy(update={"answers": turned})) == found


def test_with_every_answer_given_nothing_can_turn(four_step: Questionnaire) -> None:
    """Only an open question can turn what is said; that holds for another questionnaire as well."""
    full = {question.id: Answer(option=1) for question in four_step.questions}
    ref = WORKED.questionnaire.model_copy(update={"id": four_step.id, "version": four_step.version})
    bare = Assessment(name="Ward", questionnaire=ref)
    assert turning(four_step, bare.model_copy(update={"answers": full})) == ()
    assert turning(four_step, bare) == ()


def test_some_answers_do_turn_the_leading_constraint() -> None:
    """The laws above are not empty: over a few draws, questions are found, and some turn what leads."""
    found = [item for seed in range(12) for item in turning(BUILTIN, drawn(seed, 0.4))]
    assert found
    assert any(outcome.leading for item in found for outcome in item.outcomes)
