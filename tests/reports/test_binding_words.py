"""What the headline says of the constraints: which sets the ceilings, and under which practice is stranded."""

from __future__ import annotations

from random import Random

import pytest

from assessment.answers import Answer, Assessment
from assessment.questionnaire import Questionnaire
from assessment.scores import Scores
from assessment.scoring import score
from reports import binding_words as words
from reports.figures_format import rounded
from reports.score_words import factor_title

IDLE = "strands nothing today"
OTHER = "most is stranded under"


def drawn(questionnaire: Questionnaire, example: Assessment, seed: int) -> Scores:
    """Return the scores of answers at random: each dimension is practised near a level, the architecture at any."""
    random = Random(seed)  # noqa: S311 (no secret: a sample that can be repeated)
    tops = {item.id: random.choice([1, 2, 4]) for item in questionnaire.dimensions}
    answers = {}
    for question in questionnaire.questions:
        top = max((tops[name] for name in question.dimensions), default=4)
        answers[question.id] = Answer(option=random.randint(0, 4) if question.factors else random.randint(top - 1, top))
    return score(questionnaire, example.model_copy(update={"answers": answers}))


def stranded_under(scores: Scores, factor: str) -> float:
    """Return the points stranded under a constraint, as the tables show them."""
    found = [item for item in scores.dimensions.values() if item.binding_constraint == factor]
    return sum(item.stranded.value or 0.0 for item in found)


@pytest.mark.parametrize("seed", range(0, 60, 6))
def test_what_is_to_be_lifted_first_strands_most(questionnaire: Questionnaire, example: Assessment, seed: int) -> None:
    """A leading constraint that strands nothing is said to, and the one that strands most is named with its points."""
    for number in range(seed, seed + 6):
        scores = drawn(questionnaire, example, number)
        said = words.binding_sentence(questionnaire, scores)
        leading, amounts = (
            words.binding_factors(scores),
            {name: stranded_under(scores, name) for name in scores.factors},
        )
        if not leading:
            continue
        if "set the ceilings; each" in said:
            assert (OTHER in said) == any(amount >= 0.05 for amount in amounts.values())
            continue
        assert (IDLE in said) == (amounts[leading[0]] < 0.05), said
        most = max(amounts, key=lambda name: amounts[name])
        other = amounts[most] >= 0.05 and most != leading[0]
        assert (OTHER in said) == other, said
        if other:
            title = factor_title(questionnaire, most).lower()
            assert f"{OTHER} {title}, {rounded(amounts[most])} points" in said
        assert said.count("what to lift first") == (other or IDLE not in said)


def test_a_constraint_that_leads_and_strands_nothing_is_not_what_to_lift_first(
    questionnaire: Questionnaire, example: Assessment
) -> None:
    """It sets more ceilings, and another one holds every stranded point: both are said in one sentence."""
    found = [words.binding_sentence(questionnaire, drawn(questionnaire, example, seed)) for seed in range(60)]
    both = [said for said in found if IDLE in said and OTHER in said]
    assert both, "no draw shows the case"
    assert all(said.count(". ") == 0 and "above where it stands; most is stranded" in said for said in both)


def test_every_stranded_dimension_is_named(questionnaire: Questionnaire, example: Assessment) -> None:
    """Not only the dimension with most stranded points, and each with its figure."""
    several = 0
    for seed in range(30):
        scores = drawn(questionnaire, example, seed)
        said = words.stranded_summary(questionnaire, scores)
        held = [item for item in questionnaire.dimensions if (scores.dimensions[item.id].stranded.value or 0) >= 0.05]
        several += len(held) > 1
        for item in held:
            assert item.short in said or item.title in said
            assert rounded(scores.dimensions[item.id].stranded.value or 0.0) in said
    assert several


def test_where_nothing_is_stranded_the_lowest_ceiling_says_what_comes_first(
    questionnaire: Questionnaire, example: Assessment
) -> None:
    """Constraints that set as many ceilings each do not leave a team without a beginning."""
    seen = 0
    for seed in range(400):
        scores = drawn(questionnaire, example, seed)
        said = words.binding_sentence(questionnaire, scores)
        if "set the ceilings; each" not in said or OTHER in said:
            continue
        seen += 1
        capped = [item for item in scores.dimensions.values() if item.binding_constraint]
        lowest = min(capped, key=lambda item: item.ceiling.value or 0.0)
        title = factor_title(questionnaire, str(lowest.binding_constraint)).lower()
        assert said.endswith(f"under {title}, which is what to lift first.")
    assert seen
