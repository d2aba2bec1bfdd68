"""The generated reference: complete, the same for the same file, and the one that is committed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assessment.fields import Model
from assessment.loading import questionnaire_from
from assessment.questionnaire import Questionnaire
from assessment.reading import parse_document
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from reports.document import Callout, Column, Section, Table
from reports.markdown import escaped, render_markdown
from reports.parameter_reference import parameter_reference
from reports.reference import questionnaire_reference

ROOT = Path(__file__).parents[2]
# Names by which one part of the file points to another; in the reference its title stands instead.
POINTERS = {
    "Questionnaire.format",
    "Questionnaire.language",
    "Question.step",
    "Question.scale",
    "Question.lifecycle",
    "Question.references",
    "RecoveryRule.question",
    "LevelRule.question",
    "RegisterRules.step",
}
# A word of the format that goes without saying.
SILENT = {"Reference.status"}


def texts(item: object) -> Iterator[str]:
    """Yield every text of a part of the file, ids of single items and pointers aside."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, Model):
        names = [name for name in type(item).model_fields if name != "id"]
        said = [name for name in names if f"{type(item).__name__}.{name}" not in POINTERS | SILENT]
        for name in said:
            yield from texts(getattr(item, name))
    elif isinstance(item, Mapping | tuple):
        for value in item.values() if isinstance(item, Mapping) else item:
            yield from texts(value)


def missing(questionnaire: Questionnaire, reference: str) -> list[str]:
    """Return the texts of the file that the reference leaves out."""
    # A text may open a line or stand inside one, where its first sign needs no mark.
    return [text for text in texts(questionnaire) if escaped(text) not in reference and text not in reference]


def test_the_committed_reference_is_what_the_file_says(
    questionnaire: Questionnaire, initiatives: InitiativeFile
) -> None:
    """docs/questionnaire.md is rebuilt: after a change, run 'sixstep reference -o docs/questionnaire.md'."""
    committed = (ROOT / "docs" / "questionnaire.md").read_text(encoding="utf-8")
    assert questionnaire_reference(questionnaire, initiatives) == committed


def test_every_text_and_reason_is_in_it(questionnaire: Questionnaire, four_step: Questionnaire) -> None:
    """No prompt, anchor, reason, source or policy of either questionnaire is left out."""
    for source in (questionnaire, four_step):
        assert len(list(texts(source))) > 50
        assert missing(source, questionnaire_reference(source)) == []


@pytest.mark.parametrize("name", ["well-written.yaml", "goals.yaml"])
def test_other_questionnaires_have_one_too(name: str) -> None:
    """Files with other steps, scales, presets and registers are told whole."""
    text = (ROOT / "tests" / "data" / name).read_text(encoding="utf-8")
    source = questionnaire_from(parse_document(text, name))
    assert missing(source, questionnaire_reference(source)) == []


def test_each_question_says_what_it_feeds(questionnaire: Questionnaire, initiatives: InitiativeFile) -> None:
    """Under the heading of a question stand its id, weights, targets and the work that raises it."""
    reference = questionnaire_reference(questionnaire, initiatives)
    question = questionnaire.by_id["refinement.incident-learning"]
    part = reference.partition(f"### {question.title}\n")[2].partition("\n### ")[0]
    assert part.startswith("\n**Id:** refinement.incident-learning; core question.")
    for name, weight in question.dimensions.items():
        title = next(item.title for item in questionnaire.dimensions if item.id == name)
        assert f"practice of {title} (weight {weight:g})" in part
    for preset in questionnaire.target_presets:
        assert f"{preset.title}: Level " in part
    (work, *_) = [work for work in initiatives.initiatives if question.id in {rise.question for rise in work.raises}]
    assert f"- {work.title} (from level " in part
    assert "Raised by" not in questionnaire_reference(questionnaire)


def test_a_question_that_is_not_asked_before_launch_says_why(questionnaire: Questionnaire) -> None:
    """Each question has either its words for the design stage or the reason why it has none."""
    reference = questionnaire_reference(questionnaire)
    without = [question for question in questionnaire.questions if question.design is None]
    assert without
    for question in without:
        assert f"**Before launch:** Not asked. {question.not_in_design}" in reference
    assert reference.count("#### Before launch\n") == len(questionnaire.questions) - len(without)


def test_a_proposed_rule_is_called_proposed(questionnaire: Questionnaire) -> None:
    """A source that is not in force is never cited as if it were."""
    part = questionnaire_reference(questionnaire).partition("## Sources")[2]
    proposed = [item for item in questionnaire.references.values() if item.status == "proposed"]
    assert proposed
    assert all(f"- {item.title}. {item.section}. {item.year} (proposed)." in part for item in proposed)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b_c", r"a\*b\_c"),
        ("# not a heading", r"\# not a heading"),
        ("[x](y) `z` <b> | $1 ~~q~~", r"\[x\](y) \`z\` \<b\> \| \$1 \~\~q\~\~"),
        ("1. not a list", r"1\. not a list"),
        ("- not a list", r"\- not a list"),
        ("2.5 is a figure", "2.5 is a figure"),
        ("a &amp; b & c", r"a \&amp; b & c"),
        ("two\nlines", "two lines"),
    ],
)
def test_text_is_never_markup(text: str, shown: str) -> None:
    """What somebody wrote is shown as it was typed."""
    assert escaped(text) == shown


def test_a_table_keeps_its_cells_apart() -> None:
    """A bar inside a cell opens no new one; caption and note stand around the table."""
    table = Table("Figures", (Column("What"), Column("How much", align="right")), (("a | b", "1"),), note="Twice.")
    text = render_markdown("Title", ["Preface."], [Section("s", "Part", (table,))])
    assert text == (
        "# Title\n\nPreface.\n\n## Part\n\n**Figures**\n\n"
        "| What | How much |\n| --- | ---: |\n| a \\| b | 1 |\n\nTwice.\n"
    )


def test_what_is_drawn_has_no_markdown_form() -> None:
    """A block that this writer does not know is refused and never dropped."""
    with pytest.raises(TypeError, match="a Callout has no Markdown form"):
        render_markdown("Title", [], [Section("s", "Part", (Callout("Stop."),))])


def test_the_committed_parameters_are_what_their_file_says(parameters: ParameterFile) -> None:
    """docs/parameters.md is rebuilt: after a change, run 'sixstep reference --parameters -o docs/parameters.md'."""
    committed = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert parameter_reference(parameters) == committed


def test_every_parameter_says_its_source_and_what_it_hides(parameters: ParameterFile) -> None:
    """Nothing that stands in the file about a figure is left out, a figure without a source included."""
    text = parameter_reference(parameters)
    decision = parameters.decision
    for found in (*parameters.parameters, decision.evpi_share, decision.best_probability, parameters.rank_correlation):
        said = (found.title, found.grounds, found.does_not_show, *(source.title for source in found.source))
        assert [part for part in said if part not in text and escaped(part) not in text] == []
