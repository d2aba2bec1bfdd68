from __future__ import annotations

from typing import Any

import pytest

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.questionnaire import Mode, Questionnaire, Stage
from models.evaluation import Evaluation, evaluate
from models.initiatives import Amount, Initiative, InitiativeFile, Raise
from models.parameters import ParameterFile
from reports.describe import describe
from reports.document import Callout, Document, FigureBlock, Heading, Paragraph, Section, Table
from reports.formulas import written_symbol
from reports.pdf import render_pdf
from reports.sections.summary import unknowns


def section(document: Document, name: str) -> Section:
    """Return a section by id."""
    return next(item for item in document.sections if item.id == name)


def text_of(document: Document) -> str:
    """Return all cells, paragraphs and sentences of a document."""
    parts: list[str] = []
    for block in document.blocks():
        if isinstance(block, Table):
            parts += [cell for row in block.rows for cell in row]
        elif isinstance(block, Paragraph | Callout | Heading):
            parts.append(block.text)
    return "\n".join(parts)


def test_the_same_evaluation_gives_the_same_document(evaluation: Evaluation) -> None:
    """A description is a function of the evaluation alone."""
    assert describe(evaluation) == describe(evaluation)


def test_the_decision_comes_first(document: Document) -> None:
    """The first block of the first section is the decision in one sentence."""
    first = document.sections[0].blocks[0]
    assert isinstance(first, Callout)
    assert first.kind == "decision"


def test_the_example_is_labelled_fictional(document: Document) -> None:
    """The label stands on the cover and in every footer."""
    assert document.label
    assert document.cover.label == document.label


def test_an_organisation_is_not_labelled_fictional(bench: Any) -> None:
    """A real assessment carries no such label."""
    assert describe(bench.blank()).label == ""


def test_every_question_stands_in_the_annex(evaluation: Evaluation, document: Document) -> None:
    """No answer is dropped from the report."""
    tables = [block for block in section(document, "answers").blocks if isinstance(block, Table)]
    listed = {row[0] for table in tables for row in table.rows}
    asked = evaluation.questionnaire.asked(evaluation.assessment.mode)
    assert {question.title for question in asked} <= listed


def test_every_figure_of_the_model_stands_among_the_assumptions(evaluation: Evaluation, document: Document) -> None:
    """Each figure shows its symbol, and what it does not show."""
    assert evaluation.economics is not None
    table = next(block for block in section(document, "assumptions").blocks if isinstance(block, Table))
    names = [row[0] for row in table.rows]
    assert len(names) == len(evaluation.economics.inputs.figures)
    assert all(
        any(f"({written_symbol(symbol)})" in name for name in names) for symbol in evaluation.economics.inputs.figures
    )
    assert all(row[-1] for row in table.rows)


def test_an_assumption_says_that_it_is_one(evaluation: Evaluation, document: Document) -> None:
    """The grade stands beside each default."""
    table = next(block for block in section(document, "assumptions").blocks if isinstance(block, Table))
    by_symbol = {row[0].rsplit("(", 1)[1].rstrip(")"): row for row in table.rows}
    assert by_symbol[written_symbol("beta")][2] == f"Default, {evaluation.parameters.by_symbol['beta'].grade}"


def test_without_economics_the_missing_figures_are_named(bench: Any) -> None:
    """There is no cost chart, and each missing figure has its sentence."""
    blank = bench.blank()
    document = describe(blank)
    assert not [figure for figure in document.figures() if figure.id.startswith("cost")]
    costs = section(document, "costs")
    assert [item for block in costs.blocks for item in getattr(block, "items", ())] == list(blank.missing)


def test_answers_are_told_as_they_were_given(bench: Any) -> None:
    """Unknown, not applicable and open stay what they are; none becomes a level."""
    names = list(bench.example.answers)
    answers = dict(bench.example.answers)
    answers[names[0]] = Answer(unknown=True)
    answers[names[1]] = Answer(not_applicable="other_team")
    del answers[names[2]]
    text = text_of(describe(bench.changed(answers=answers)))
    assert "Unknown" in text.split("\n")
    assert "Not applicable: another team's" in text
    assert "Not answered" in text


def test_everything_not_applicable_is_a_dash(bench: Any) -> None:
    """A report of nothing that applies has dashes where scores would stand."""
    nothing = {name: Answer(not_applicable="out_of_scope") for name in bench.example.answers}
    document = describe(bench.changed(answers=nothing))
    table = next(block for block in section(document, "scores").blocks if isinstance(block, Table))
    assert {row[1] for row in table.rows} == {"\u2013"}


def test_figures_stand_where_they_are_spoken_of(document: Document) -> None:
    """Scores, constraints, steps, costs and roadmap each have their chart."""
    drawn = {
        name: [block.figure.id for block in section(document, name).blocks if isinstance(block, FigureBlock)]
        for name in ("scores", "constraints", "steps", "costs", "roadmap")
    }
    assert drawn == {
        "scores": ["maturity", "posture", "lifecycle"],
        "constraints": ["constraints", "signals"],
        "steps": ["steps"],
        "costs": ["cost-curves", "cost-categories"],
        "roadmap": ["roadmap", "roadmap-part-2"],  # a long one is drawn in even parts
    }


def test_the_last_section_says_what_the_report_was_made_from(evaluation: Evaluation, document: Document) -> None:
    """Whole hash, versions, seed and paths stand at the end; the short hash on every page."""
    table = document.sections[-1].blocks[0]
    assert isinstance(table, Table)
    cells = " ".join(row[1] for row in table.rows)
    found = evaluation.identity
    for part in (found.inputs_hash, found.questionnaire_version, found.parameters_version, f"seed {found.seed}"):
        assert part in cells
    assert found.inputs_hash[:12] in document.stamp


def _one_initiative(questionnaire: Questionnaire) -> InitiativeFile:
    small = Amount(low=1, mode=2, high=3)
    free = Amount(low=0, mode=0, high=0)
    first = questionnaire.questions[0]
    one = Initiative(
        id="one",
        title="One",
        step=first.step,
        summary="Do it.",
        raises=(Raise(question=first.id, start=0, to=2),),
        effort=small,
        external_cost=free,
        run_cost=free,
        most_people=2.0,
        done_when="Done.",
        first_week="Begin.",
        does_not_fix="The rest.",
    )
    return InitiativeFile(
        format="sixstep-initiatives/1", questionnaire=questionnaire.id, version="1", price_year=2026,
        cost_grade="assumption", cost_grounds="A test.", initiatives=(one,),
    )  # fmt: skip


@pytest.mark.parametrize("mode", ["pulse", "full"])
@pytest.mark.parametrize("stage", ["live", "design"])
def test_another_questionnaire_runs_through(
    four_step: Questionnaire, parameters: ParameterFile, mode: Mode, stage: Stage
) -> None:
    """Four steps and four options are described and printed like the built-in ones, in both modes and stages."""
    given = Assessment(
        name="Small",
        mode=mode,
        stage=stage,
        questionnaire=QuestionnaireRef(id=four_step.id, version=four_step.version),
        answers={name: Answer(option=1) for name in four_step.by_id},
    )
    found = evaluate(four_step, given, _one_initiative(four_step), parameters, paths=200, seed=1)
    document = describe(found)
    steps = next(block for block in section(document, "steps").blocks if isinstance(block, Table))
    assert len(steps.rows) == 4
    assert render_pdf(document).startswith(b"%PDF")


def test_answers_that_were_taken_over_are_told_and_marked(bench: Any) -> None:
    """The scores say how many nobody has looked at, the summary lists it as unknown, and the annex marks each."""
    asked = bench.questionnaire.asked(bench.example.mode)
    given = dict(bench.example.answers)
    for name in [question.id for question in asked if question.id in given][:2]:
        given[name] = given[name].model_copy(update={"carried": True})
    carried = bench.changed(answers=given)
    sentence = "2 answers were taken over from last time, and nobody has looked at them since."
    text = text_of(describe(carried))
    assert text.count(sentence) == 1
    assert text.count("Taken over from last time, not looked at since") == 2
    assert sentence in unknowns(carried)
    assert "aken over from last time" not in text_of(describe(bench.of(bench.example)))
