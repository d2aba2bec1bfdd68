"""A comparison in words, rows and a chart: what got worse is said first, and a sign is never flipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.answers import Answer
from assessment.questionnaire import Questionnaire
from assessment.trend import Comparison, compare
from reports.charts.progress import progress
from reports.charts.theme import Look
from reports.comparing import (
    awaited_rows,
    awaited_sentence,
    comparison_data,
    comparison_sentence,
    comparison_text,
    difference_rows,
    empty_side,
    first_rows,
    first_sentence,
    notes,
    signed,
    titles_of,
)
from reports.paper.charts import chart_pdf
from reports.wording import fill, wording
from tests.conftest import answered

LOOKS: tuple[Look, ...] = ("light", "dark", "print")


def between(questionnaire: Questionnaire, before: dict[str, int] | int, after: dict[str, int] | int) -> Comparison:
    """Compare two full assessments."""
    earlier, later = (answered(questionnaire, levels, mode="full") for levels in (before, after))
    return compare(questionnaire, earlier, questionnaire, later)


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, "\u2013"), (0.0, "0.0"), (0.04, "0.0"), (0.05, "+0.1"), (12.0, "+12.0"), (-12.0, "\u221212.0")],
)
def test_a_change_has_its_sign(value: float | None, written: str) -> None:
    """A gain has a plus, a fall a true minus, and what rounds to nothing has neither."""
    assert signed(value) == written


def test_the_sentence_names_the_greatest_fall(four_step: Questionnaire) -> None:
    """Gains are not what a reader must know first."""
    levels = dict.fromkeys(four_step.by_id, 2)
    found = between(four_step, levels, levels | {"build.release": 0, "build.test": 3, "plan.target": 3})
    assert comparison_sentence(found).startswith("3 scores stand worse than before; look first at Safe change, by ")


def test_the_sentence_without_a_fall_names_the_greatest_gain(four_step: Questionnaire) -> None:
    """And says that nothing stands worse."""
    levels = dict.fromkeys(four_step.by_id, 2)
    said = comparison_sentence(between(four_step, levels, levels | {"look.trail": 3}))
    assert said.startswith("No score stands worse than before.")
    assert "most of all Paper trail, by 30.0 points" in said


def test_one_score_is_said_in_the_singular(four_step: Questionnaire) -> None:
    """A fall or a gain of one score alone is a sentence as one writes it."""
    found = between(four_step, dict.fromkeys(four_step.by_id, 2), dict.fromkeys(four_step.by_id, 2) | {"look.trail": 0})
    fallen = next(item for item in found.differences if item.direction == "worse")
    alone = replace(found, differences=(fallen,))
    assert comparison_sentence(alone).startswith("One score stands worse than before; look first at")
    risen = replace(fallen, rising_is_better=not fallen.rising_is_better)
    said = comparison_sentence(replace(found, differences=(risen,)))
    assert said.startswith("No score stands worse than before. One score stands better, most of all")


def test_nothing_moved_and_nothing_known_are_told_apart(four_step: Questionnaire) -> None:
    """No difference is a finding, no answers are not."""
    assert comparison_sentence(between(four_step, 2, 2)) == "No score differs from before."
    assert comparison_sentence(between(four_step, 2, {"plan.target": 2})).startswith("Too few questions are answered")


def test_an_assessment_in_which_nothing_is_answered_is_named(four_step: Questionnaire) -> None:
    """Nothing can be compared then, and which of the two has no answers is said."""
    assert comparison_sentence(between(four_step, {}, 2)).startswith("Nothing is answered in the earlier assessment")
    assert comparison_sentence(between(four_step, 2, {})).startswith("Nothing is answered in the later assessment yet")
    assert empty_side(between(four_step, {}, {})) == "earlier"
    assert empty_side(between(four_step, 2, {})) == "later"
    assert empty_side(between(four_step, 2, 2)) is None
    assert notes(between(four_step, 2, {})) == ()
    assert len(notes(between(four_step, 2, 2))) == 2


def test_a_constraint_that_grew_is_written_as_worse(four_step: Questionnaire) -> None:
    """Its figure rises, its direction is worse."""
    levels = dict.fromkeys(four_step.by_id, 2)
    found = between(four_step, levels, levels | {"look.trail": 0})
    (row,) = [row for row in difference_rows(found.differences) if "Paper trail" in row[0]]
    assert row[1:] == ("30.0", "100.0", "+70.0", "70.0", "worse")


def test_a_score_without_a_point_shows_what_it_can_be(four_step: Questionnaire) -> None:
    """Its change is a dash, its range stands."""
    found = between(four_step, 2, {"look.box": 2})
    row = difference_rows((found.find("step", "learn"),))[0]
    assert row[3:] == ("\u2013", "\u221270.0 to 30.0", "cannot be said")


def test_the_notes_say_how_it_was_compared(four_step: Questionnaire) -> None:
    """Context, questions asked, versions and stages."""
    earlier = answered(four_step.at_stage("design"), 1, mode="full", stage="design")
    newer = four_step.model_copy(update={"version": "2"})
    said = " ".join(notes(compare(four_step, earlier, newer, answered(newer, 1))))
    for words in ("targets of the later one", "core questions alone", "small-clinic 1", "small-clinic 2", "launched"):
        assert words in said


def test_the_text_of_the_terminal_holds_every_score(four_step: Questionnaire) -> None:
    """Nothing that was compared is left out."""
    found = between(four_step, 1, 2)
    text = comparison_text(found, titles_of(four_step))
    assert all(item.title in text for item in (*found.differences, *found.questions))


def test_awaited_answers_are_counted_and_not_listed_as_moved(four_step: Questionnaire) -> None:
    """One and several, in the terminal too."""
    levels = dict.fromkeys(four_step.by_id, 2)
    one = between(four_step, levels, {name: 2 for name in levels if name != "build.test"})
    assert awaited_sentence(one).startswith("One question has a known answer in the earlier assessment and none in")
    assert awaited_rows(one) == ((four_step.by_id["build.test"].title, "70.0"),)
    text = comparison_text(between(four_step, levels, {"build.test": 2}), titles_of(four_step))
    assert f"{len(levels) - 1} questions have a known answer in the earlier assessment and none in the later" in text
    assert comparison_data(one)["awaited"] == ["build.test"]


def test_answers_that_nobody_knew_before_are_counted(four_step: Questionnaire) -> None:
    """One and several; a question with an answer in both is none of them."""
    levels = dict.fromkeys(four_step.by_id, 2)
    one = between(four_step, {name: 1 for name in levels if name != "build.test"}, levels)
    assert first_sentence(one).startswith("One question has a known answer in the later assessment and none in")
    assert first_rows(one) == ((four_step.by_id["build.test"].title, "70.0"),)
    assert first_sentence(between(four_step, {"build.test": 2}, levels)).startswith(f"{len(levels) - 1} questions")
    assert first_rows(between(four_step, levels, levels)) == ()


def test_answers_that_say_nothing_known_are_counted_beside_those_that_do(four_step: Questionnaire) -> None:
    """Where 53 of 56 have a known answer, the other three are told as well."""
    earlier, later = (answered(four_step, levels, mode="full") for levels in ({}, dict.fromkeys(four_step.by_id, 2)))
    unsure = {**later.answers, "build.test": Answer(unknown=True), "look.box": Answer(not_applicable="other_team")}
    found = compare(four_step, earlier, four_step, later.model_copy(update={"answers": unsure}))
    assert first_sentence(found).startswith(f"{len(four_step.by_id) - 2} questions have a known answer in the later")
    assert first_sentence(found).endswith(fill(wording().progress["aside"], count="2", side="later"))


@pytest.mark.parametrize("look", LOOKS)
def test_the_chart_says_in_words_what_it_draws(four_step: Questionnaire, look: Look) -> None:
    """A sentence, a table, a width, and no meaning that rests on colour alone."""
    levels = dict.fromkeys(four_step.by_id, 2)
    figure = progress(between(four_step, levels, levels | {"build.release": 0}), width=512, look=look)
    assert figure.title == "Of these scores Safe change moved most: from 70.0 to 44.5."
    assert figure.title in figure.alt
    assert all(len(row) == len(figure.header) for row in figure.rows)
    assert figure.spec["width"] == 512
    assert '"worse"' in figure.json
    assert "strokeDash" in figure.json


def test_the_chart_of_unknown_answers_draws_no_point(four_step: Questionnaire) -> None:
    """Only what may be shown is shown, and the chart prints all the same."""
    earlier = answered(four_step, {}, mode="full", answers={"look.box": Answer(unknown=True)})
    found = compare(four_step, earlier, four_step, answered(four_step, 2, mode="full"))
    figure = progress(found)
    assert figure.title == "No score can be shown as a point in both assessments."
    rows = next(iter(figure.spec["datasets"].values()))
    assert {row["earlier"] for row in rows} == {None}
    assert chart_pdf(figure.json).startswith(b"%PDF")
