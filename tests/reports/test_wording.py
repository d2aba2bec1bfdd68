from __future__ import annotations

import re
import string
from dataclasses import replace
from typing import Any

import pytest

from assessment.answers import Assessment
from assessment.scores import Applicability, Score
from models.evaluation import Economics, Evaluation
from reports import binding_words, decision_words, score_words
from reports import wording as words
from reports.finding_words import signal_sentence

CHOICES = ("now", "delayed", "never", "too_wide")


def economics_of(evaluation: Evaluation) -> Economics:
    """Return the economic half of an evaluation that has one."""
    assert evaluation.economics is not None
    return evaluation.economics


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_has_a_sentence_with_its_figures_and_ranges(evaluation: Evaluation, choice: str) -> None:
    """The decision names a mean, its range and a probability, whichever way it falls."""
    found = economics_of(evaluation)
    sentence = decision_words.decision_sentence(replace(found, decision=replace(found.decision, choice=choice)))
    assert re.search(r"USD \S+ [kMB]? ?on average", sentence)
    assert " to " in sentence
    assert "%" in sentence
    assert "{" not in sentence


@pytest.mark.parametrize("choice", ["now", "delayed", "never"])
def test_the_three_choices_are_named(evaluation: Evaluation, choice: str) -> None:
    """Whoever reads of the best of three choices reads which three; a month has how far it is from now beside it."""
    found = economics_of(evaluation)
    sentence = decision_words.decision_sentence(replace(found, decision=replace(found.decision, choice=choice)))
    assert "the best of the three choices (now, after 12 months or never) with a probability of" in sentence
    assert choice != "delayed" or "in month 13 rather than now. Starting then, after 12 months, is" in sentence


def test_the_answer_no_is_said_plainly(evaluation: Evaluation) -> None:
    """Never begins with the words do not invest now, and too wide says what to measure."""
    found = economics_of(evaluation)
    never = decision_words.decision_sentence(replace(found, decision=replace(found.decision, choice="never")))
    wide = decision_words.decision_sentence(
        replace(found, decision=replace(found.decision, choice="too_wide")), "the load"
    )
    assert never.startswith("Do not invest now.")
    assert wide.startswith("The range is too wide to say: measure the load first.")


def test_without_economics_there_is_no_verdict() -> None:
    """An assessment without figures gets a sentence, not a figure."""
    assert decision_words.decision_sentence(None).startswith("There is no economic verdict yet")


def test_templates_name_only_what_code_fills() -> None:
    """A template holds plain names in braces: no index, attribute, conversion or format."""
    for name, template in _strings(words.wording().model_dump()):
        for _, field, form, conversion in string.Formatter().parse(template):
            assert field is None or re.fullmatch(r"[a-z_]+", field), name
            assert not form, name
            assert conversion is None, name


def _strings(data: Any, name: str = "") -> list[tuple[str, str]]:
    if isinstance(data, str):
        return [(name, data)]
    if isinstance(data, list | tuple):
        return [found for number, value in enumerate(data) for found in _strings(value, f"{name}.{number}")]
    if not isinstance(data, dict):
        return []
    return [found for key, value in data.items() for found in _strings(value, f"{name}.{key}")]


def test_every_reason_to_leave_work_out_is_said_of_one_piece_too(evaluation: Evaluation) -> None:
    """What became of a piece of work names it with its quarters, or with the same reasons as the list of the plan."""
    texts = words.wording()
    assert set(texts.fate) == {"planned", "planned_in", *texts.left_out}
    plan = evaluation.plan
    first, left = plan.placements[0], next(iter(plan.left_out))
    said = decision_words.fate_sentence(evaluation, first.initiative)
    assert said.startswith("Planned ")
    assert decision_words.reason_sentence(evaluation, first) in said
    for reason, text in texts.fate.items():
        if reason in texts.left_out:
            found = replace(evaluation, plan=replace(plan, left_out={left: reason}))
            title = evaluation.initiatives.by_id[left].title
            assert decision_words.fate_sentence(found, left) == text.format(title=title)


def test_the_weakest_dimension_stands_beside_the_overall_score(evaluation: Evaluation) -> None:
    """A mean hides a zero, so it never stands alone."""
    sentence = score_words.overall_sentence(evaluation.questionnaire, evaluation.scores)
    assert score_words.dimension_title(evaluation.questionnaire, evaluation.scores.overall.weakest) in sentence


def test_a_dimension_that_may_stand_lower_is_named_beside_the_weakest(evaluation: Evaluation) -> None:
    """The weakest is the weakest by its point; where the range of another reaches below it, the sentence says so."""
    questionnaire, scores = evaluation.questionnaire, evaluation.scores
    lowest = scores.overall.weakest
    assert lowest is not None
    sentence = score_words.overall_sentence(questionnaire, scores)
    assert sentence.endswith(
        "the weakest dimension is Observability at 34.9, though Fault isolation (30.6–40.2) may stand lower."
    )
    sure = replace(scores.dimensions[lowest], effective=Score(1.0, 1.0, 1.0))
    alone = replace(scores, dimensions={**scores.dimensions, lowest: sure})
    assert score_words.overall_sentence(questionnaire, alone).endswith("the weakest dimension is Observability at 1.0.")


def test_nothing_answered_claims_nothing(bench: Any) -> None:
    """Without answers no sentence says that nothing binds or that nothing is stranded."""
    blank = bench.blank()
    said = [
        binding_words.binding_sentence(blank.questionnaire, blank.scores),
        *binding_words.stranded_sentences(blank.questionnaire, blank.scores),
        score_words.overall_sentence(blank.questionnaire, blank.scores),
    ]
    assert all(sentence.startswith("Too few questions are answered") for sentence in said)


def test_a_signal_against_the_answers_is_named(evaluation: Evaluation) -> None:
    """Where signals and answers disagree, the sentence says to find out which is right."""
    found = [item for item in evaluation.scores.diagnosis if item.agreement == "signals_only"]
    assert found
    for item in found:
        sentence = signal_sentence(evaluation.questionnaire, item, evaluation.scores.factors[item.factor])
        assert "find out which" in sentence


def test_unanswered_criteria_leave_the_verdict_open() -> None:
    """A verdict on half the criteria says so."""
    found = Applicability(("a",), ("b", "c"), 3, "not yet", "None holds.")
    assert score_words.applicability_sentence(found) == (
        "1 of 3 criteria hold and 2 are unanswered. So far the verdict is: not yet; it can only rise."
    )


def test_braces_in_what_a_user_wrote_stay_text() -> None:
    """A figure that holds braces is not filled again."""
    assert words.fill("{a} and {b}", a="{b}", b="{a.__class__}") == "{b} and {a.__class__}"


def test_the_mode_is_labelled(evaluation: Evaluation, bench: Any) -> None:
    """A pulse says that it is one and never reads like a full assessment."""
    pulse = bench.blank(mode="pulse")
    assert isinstance(pulse.assessment, Assessment)
    assert score_words.mode_label(pulse.scores) == "Leadership pulse: 18 core questions"
    assert score_words.mode_label(evaluation.scores) == "Full assessment: 56 questions"
