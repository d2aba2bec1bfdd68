"""What several people said, in the report."""

from __future__ import annotations

from typing import Any

from assessment.answers import Vote
from assessment.questionnaire import Questionnaire
from reports.agreeing import agreement_words, role_title
from reports.describe import describe
from reports.document import Document, Table
from reports.score_words import answer_words
from reports.sections.disagreement import disagreement
from tests.assessment.test_agreement import said, votes


def titles(document: Document) -> list[str]:
    """Return the titles of the sections."""
    return [section.title for section in document.sections]


def cast(bench: Any, *ballots: tuple[Vote, ...]) -> dict[str, tuple[Vote, ...]]:
    """Return ballots on the first questions."""
    names = [question.id for question in bench.questionnaire.asked("pulse")]
    return dict(zip(names, ballots, strict=False))


def test_without_votes_there_is_no_such_section(bench: Any) -> None:
    """The report speaks of disagreement only where several people answered."""
    assert "Where people disagree" not in titles(describe(bench.changed(votes={})))


def test_the_most_contested_question_leads(bench: Any) -> None:
    """Two camps stand before one mind, in the table and in the splits; the answers are not touched."""
    ballots = cast(bench, votes(nurse={1: 6}), votes(nurse={0: 3}, platform={4: 3}))
    changed = bench.changed(votes=ballots)
    assert "Where people disagree" in titles(describe(changed))
    section = disagreement(changed)
    tables = [block for block in section.blocks if isinstance(block, Table)]
    by_id = bench.questionnaire.by_id
    agreed, split = (by_id[name].title for name in ballots)
    assert [row[0] for row in tables[0].rows] == [split, agreed]
    assert tables[0].rows[0][1:4] == ("6", "\u22121.00", "people stand in two camps")
    assert [column.header for column in tables[1].columns] == ["Level", "All", "nurse", "platform"]
    assert [row[1] for row in tables[1].rows] == ["3 (50%)", "0", "0", "0", "3 (50%)", "0"]
    assert changed.scores == bench.of(bench.example).scores


def test_the_answer_that_is_scored_stands_beside_what_people_said(bench: Any) -> None:
    """A reader sees which side the assessment took, in the table and under each question."""
    (name,) = cast(bench, votes(nurse={0: 3}, platform={4: 3}))
    changed = bench.changed(votes={name: votes(nurse={0: 3}, platform={4: 3})})
    section = disagreement(changed)
    table = next(block for block in section.blocks if isinstance(block, Table))
    question = changed.questionnaire.by_id[name]
    scored = answer_words(changed.questionnaire, question, changed.assessment.answers[name])
    assert (table.columns[-1].header, table.rows[0][-1]) == ("Scored", scored)
    assert f"The answer that is scored: {scored}." in repr(section)


def test_people_side_by_side_without_a_half_are_not_said_to_stand_close(questionnaire: Questionnaire) -> None:
    """Six, three and four of thirteen on three levels are not most on one of them."""
    spread = said(questionnaire, votes(nurse={0: 6, 1: 3, 2: 4}))
    close = said(questionnaire, votes(nurse={0: 7, 1: 2, 2: 4}))
    assert spread.agreement is not None
    assert spread.agreement >= 0.5
    assert agreement_words(spread) == "no level has half of them, and those named lie side by side"
    assert agreement_words(close) == "most stand close to each other"


def test_small_roles_are_never_printed(bench: Any) -> None:
    """The name of a role of under three people stands nowhere in the section."""
    ballots = cast(bench, votes(nurse={0: 4}, surgeon={4: 2}, auditor={4: 1}))
    section = disagreement(bench.changed(votes=ballots))
    assert "surgeon" not in repr(section)
    assert "auditor" not in repr(section)
    assert role_title("") in repr(section)


def test_each_agreement_has_its_words(four_step: Questionnaire) -> None:
    """From two camps to one mind, and nothing to agree on, each has a phrase of its own."""
    ballots = (
        votes(nurse={0: 3, 3: 3}),
        votes(nurse={0: 1, 1: 1, 2: 1, 3: 1}),
        votes(nurse={0: 1, 1: 3, 2: 2, 3: 1}),
        votes(nurse={1: 3, 2: 2}),
        votes(nurse={1: 3}),
        votes(nurse={None: 3}),
    )
    phrases = [agreement_words(said(four_step, ballot)) for ballot in ballots]
    assert len(set(phrases)) == len(ballots), phrases


def test_every_level_is_said_to_have_its_people_only_where_it_has(questionnaire: Questionnaire) -> None:
    """Three at the lowest level and two near the top stand in camps; a level that nobody named has no people."""
    torn = said(questionnaire, votes(nurse={0: 3, 3: 2, None: 1}))
    assert torn.agreement is not None
    assert -0.2 <= torn.agreement < 0.2
    assert agreement_words(torn) == "people stand in two camps"
    even = said(questionnaire, votes(nurse={0: 2, 1: 2, 2: 2, 3: 2, 4: 2}))
    assert agreement_words(even) == "every level has its people and there is no common view"
    ballots: tuple[dict[int | None, int], ...] = (
        {0: 3, 4: 1},
        {1: 2, 3: 2},
        {0: 4, 2: 1, 4: 1},
        {0: 2, 1: 1, 2: 1, 3: 2},
    )
    for ballot in ballots:
        assert "every level" not in agreement_words(said(questionnaire, votes(nurse=ballot)))
