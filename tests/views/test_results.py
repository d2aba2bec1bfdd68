"""The results in parts: the answer first, and nothing that the page knows out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from reports.score_words import overall_sentence
from reports.wording import wording
from tests.views.test_pages import sound, words
from views.access import evaluated
from views.plain import kept, plain
from workspace.service import Workspace

Visit = Callable[..., AppTest]
PARTS = {"The answer", "Constraints", "Steps", "Posture", "Crosswalk", "Disagreement", "Context"}


def drawn(block: Block) -> Iterator[Element]:
    """Yield the elements of a page as they stand on it."""
    for child in block.children.values():
        if isinstance(child, Block):
            yield from drawn(child)
        else:
            yield child


def test_the_answer_stands_before_its_picture_its_table_and_how_it_was_computed(desk: Workspace, visit: Visit) -> None:
    """One sentence, the picture, the table, the way to each figure: in this order."""
    id_ = desk.example()
    app = visit("results", a=id_)
    sound(app)
    opened = desk.open(id_)
    sentence = overall_sentence(opened.questionnaire, evaluated(opened).scores)
    page = list(drawn(app.main))
    said = [kept(plain(sentence)) in str(getattr(one, "value", "")) for one in page].index(True)
    picture = [one.type for one in page].index("vega_lite_chart")
    table = [str(getattr(one, "value", "")).startswith("| ") for one in page].index(True)
    how = [wording().explain["how"] in str(getattr(one, "value", "")) for one in page].index(True)
    assert said < picture < table < how
    assert {button.label for button in app.button} >= PARTS


def test_a_part_that_has_nothing_is_not_offered(desk: Workspace, visit: Visit) -> None:
    """Without votes there is no disagreement, and an address that names it shows the answer."""
    app = visit("results", a=desk.create("Nothing answered yet"), part="disagreement")
    sound(app)
    assert PARTS - {button.label for button in app.button} == {"Disagreement"}
    assert [heading.value for heading in app.header] == ["The answer"]


def test_the_grounds_of_each_finding_are_folded_up_under_it(desk: Workspace, visit: Visit) -> None:
    """Every finding is said; the table of its answers and signals is one click away, and on the page."""
    id_ = desk.example()
    app = visit("results", a=id_, part="constraints")
    sound(app)
    found = evaluated(desk.open(id_))
    titles = [factor.title for factor in found.questionnaire.wall_factors]
    panels = {panel.label: panel for panel in app.expander}
    for title in titles:
        grounds = panels[f"{title}: what the finding was derived from"]
        assert "| Kind |" in grounds.markdown[0].value
    assert all(title in words(app) for title in titles)


def test_with_nothing_answered_the_results_lead_to_the_questions(desk: Workspace, visit: Visit) -> None:
    """No level is claimed of answers that nobody gave, no question blocks one, and the way to them is there."""
    app = visit("results", a=desk.create("Nothing answered yet"))
    sound(app)
    said = words(app)
    assert "Not known yet, since no question has a known answer" in said
    assert "Level 0 of" not in said
    assert "Questions that block the next level" not in said
    assert "Answer the questions" in {button.label for button in app.button}


def test_a_table_that_stands_open_is_not_folded_up_a_second_time(desk: Workspace, visit: Visit) -> None:
    """Behind the chart of the steps are its files alone, since the table below it has the same figures."""
    app = visit("results", a=desk.example(), part="steps")
    sound(app)
    assert [panel.label for panel in app.expander] == ["This chart as a file"]


def test_a_name_of_a_step_and_of_a_dimension_is_explained(desk: Workspace, visit: Visit) -> None:
    """One name with two figures looks like a contradiction where nobody says why."""
    said = words(visit("results", a=desk.example(), part="steps"))
    names = "“Infrastructure as code” and “Continuous integration and deployment”"
    assert f"{names}: the name of a step and of a dimension" in said


def test_what_a_constraint_lifted_means_has_a_heading_of_its_own(desk: Workspace, visit: Visit) -> None:
    """It belongs to none of the findings above it; what “Adds” means is said before the tables that have it."""
    said = words(visit("results", a=desk.example(), part="constraints"))
    assert "What lifting a constraint means" in said
    page = [
        str(getattr(one, "value", "")) for one in drawn(visit("results", a=desk.example(), part="constraints").main)
    ]
    adds = next(place for place, text in enumerate(page) if "“Adds” is what an answer adds" in text)
    assert adds < next(place for place, text in enumerate(page) if text.startswith("| Kind |"))


def test_a_criterion_that_does_not_hold_says_where_it_would(desk: Workspace, visit: Visit) -> None:
    """A growth of 15 per cent looks rapid to whoever does not know the bound."""
    said = words(visit("results", a=desk.example(), part="context"))
    assert "Does not hold | " in said
    assert said.count("It would hold from this answer on: ") == said.count("| Does not hold |")
    assert "4 of 5 criteria hold. The verdict on engineering for scale and change: essential." in said
