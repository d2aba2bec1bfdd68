"""Search: every word must be there, in any order and case, and an excerpt shows where."""

from __future__ import annotations

import pytest

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.loading import built_in_questionnaire
from assessment.search import excerpt_of, search


def of(**answers: Answer) -> Assessment:
    """Return an assessment of the built-in questionnaire with the answer of one question."""
    questionnaire = built_in_questionnaire()
    reference = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    first = questionnaire.questions[0].id
    return Assessment(name="A", mode="full", questionnaire=reference, answers={first: next(iter(answers.values()))})


@pytest.mark.parametrize("words", ["bridge CALL", "call bridge", "ridg"])
def test_a_note_is_found_by_its_words(words: str) -> None:
    """Order, case and parts of words do not matter."""
    found = search(built_in_questionnaire(), of(a=Answer(option=1, note="After the Bridge call at night")), words)
    assert found[0].place == "note"
    assert found[0].id == built_in_questionnaire().questions[0].id


def test_all_words_must_stand_in_one_place() -> None:
    """A word of the note and one of the evidence are not one find."""
    answer = Answer(option=1, note="zebra", evidence=("https://yak.example",))
    assert [item.place for item in search(built_in_questionnaire(), of(a=answer), "yak.example")] == ["evidence"]
    assert search(built_in_questionnaire(), of(a=answer), "zebra yak") == ()


def test_nothing_is_found_for_nothing() -> None:
    """Blanks find nothing rather than everything."""
    assert search(built_in_questionnaire(), of(a=Answer(option=1)), "  ") == ()


def test_a_question_stands_once_in_each_kind_of_place() -> None:
    """Two levels that hold the word are one find."""
    found = search(built_in_questionnaire(), of(a=Answer(option=1)), "the")
    assert len({(item.place, item.id) for item in found}) == len(found)


def test_an_excerpt_holds_the_word_and_says_that_it_is_one() -> None:
    """What is left out before and after is marked; a short text stands whole."""
    text = "a " * 200 + "needle " + "b " * 200
    shown = excerpt_of(text, ["needle"])
    assert "needle" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 200
    assert excerpt_of("short  text", ["text"]) == "short text"
