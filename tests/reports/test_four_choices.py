"""Four teams, of which each is told something else, in the words of the page and of its further parts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest

from assessment.answers import Assessment, Range
from models.evaluation import Economics, Evaluation
from reports.analysis_text import analysis_parts
from reports.as_json import model_data
from reports.as_text import model_text
from reports.board import board_sentences
from reports.decision_words import decision_sentence
from reports.document import Block, Callout, Paragraph
from reports.figures_format import money, percent, short_amount
from reports.sections.economics import economics, rule_sentence, waiting_sentence
from reports.sections.matters import matters
from reports.sections.summary import summary
from reports.sections.timing import timing
from reports.wording import wording
from tests.conftest import answered
from tests.models.test_evaluation import BUILT_IN, EXAMPLE_ANSWERS, SMALL_AND_STABLE, ranges, run, with_ranges

PATHS = 800


class Team(NamedTuple):
    """A team, the choice that it is told, and how the sentences begin."""

    assessment: Assessment
    choice: str
    decision: str
    title: str
    timing: str


def _example(**changed: tuple[float, ...]) -> Assessment:
    given: dict[str, Range] = {**EXAMPLE_ANSWERS.economics.ranges, **ranges(**changed)}
    return with_ranges(EXAMPLE_ANSWERS, given)


TEAMS = {
    "at its wall": Team(
        _example(rho_0=(0.84, 0.87, 0.9)),
        "now",
        "Start the programme now.",
        "Start now",
        "Starting at once is worth the most of all start months: USD ",
    ),
    "few incidents, and dear to run": Team(
        _example(
            O=(1.2e5, 1.2e5, 1.2e5),
            K=(5e6, 5e6, 5e6),
            lambda0=(0.2, 0.5, 1.0),
            kappa_R=(1.0, 1.2, 1.4),
            mu=(1.5, 2.0, 4.0),
        ),
        "delayed",
        "Start the programme in month 13 rather than now.",
        "Start later",
        "Starting after ",
    ),
    "small and stable": Team(
        with_ranges(answered(BUILT_IN, 2), SMALL_AND_STABLE),
        "never",
        "Do not invest now.",
        "Do not invest now",
        "Never starting is worth the most: no start month is worth more than nothing on average.",
    ),
    "an hour may cost anything": Team(
        _example(c_h=(1e3, 4e6)),
        "too_wide",
        "The range is too wide to say: measure ",
        "Measure first",
        "Starting at once is worth the most of all start months: USD ",
    ),
}


@cache
def of(team: str) -> Evaluation:
    """Return the analysed evaluation of a team."""
    return run(TEAMS[team].assessment, paths=PATHS).analysed()


def _economics(evaluation: Evaluation) -> Economics:
    assert evaluation.economics is not None
    return evaluation.economics


def _lead(blocks: tuple[Block, ...]) -> str:
    return next(block.text for block in blocks if isinstance(block, Paragraph) and block.tone == "lead")


@pytest.mark.parametrize("team", TEAMS)
def test_each_choice_wins_somewhere_and_is_said_in_its_words(team: str) -> None:
    """Page, summary and terminal begin with the same sentence, and the summary has its title."""
    evaluation, wanted = of(team), TEAMS[team]
    assert _economics(evaluation).decision.choice == wanted.choice
    said = _lead(economics(evaluation).blocks)
    assert said.startswith(wanted.decision)
    first = summary(evaluation).blocks[0]
    assert isinstance(first, Callout)
    assert (first.text, first.title) == (said, wanted.title)
    assert said in model_text(evaluation)


@pytest.mark.parametrize("team", TEAMS)
def test_each_team_is_told_when_to_start(team: str) -> None:
    """The part When to start begins with the best start month, or with never."""
    evaluation = of(team)
    said = _lead(timing(evaluation).blocks)
    assert said.startswith(TEAMS[team].timing)
    assert any(isinstance(part, str) and part.startswith(said) for part in analysis_parts(evaluation))


def test_the_best_start_may_lie_beyond_the_delay_that_was_asked_for() -> None:
    """Where waiting pays, a later month than the one compared with pays more, and waiting a month saves."""
    found = of("few incidents, and dear to run").analysis
    assert found is not None
    assert found.timing.best_start is not None
    assert found.timing.best_start >= 12
    assert found.timing.cost_of_delay_per_month < 0
    said = " ".join(
        block.text for block in timing(of("few incidents, and dear to run")).blocks if hasattr(block, "text")
    )
    assert "Each month of delay saves USD" in said


def test_too_wide_says_what_to_measure_first() -> None:
    """The figure that opens the range is named in the decision itself, with what knowing it is worth and how."""
    evaluation = of("an hour may cost anything")
    said = _lead(economics(evaluation).blocks)
    assert "“Cost of one hour in which everything is down”" in said.partition(" first.")[0]
    measure = _lead(matters(evaluation).blocks)
    assert measure.startswith(
        "Measure “Cost of one hour in which everything is down” first: to know it before deciding is worth USD"
    )
    assert "Clinicians affected times their cost per hour" in measure


def test_a_clear_never_has_nothing_to_measure() -> None:
    """Where no figure would change the choice, none is to be measured."""
    assert _lead(matters(of("small and stable")).blocks).startswith("No single figure is worth measuring")


def test_without_an_analysis_the_decision_stands_alone() -> None:
    """Pages that need only the decision show it without any of the further parts."""
    evaluation = run(TEAMS["at its wall"].assessment, paths=PATHS)
    assert timing(evaluation).blocks == matters(evaluation).blocks == ()
    assert analysis_parts(evaluation) == []
    assert _lead(economics(evaluation).blocks).startswith("Start the programme now.")


VERDICTS = {
    "at its wall": "Only the second half holds here: ",
    "small and stable": "Neither half holds here: ",
    "an hour may cost anything": "Both hold here: ",
}


@pytest.mark.parametrize("team", VERDICTS)
def test_the_rule_says_whether_it_applies_here(team: str) -> None:
    """The conditions of a range that is too wide are followed by which of them this team meets."""
    said = rule_sentence(_economics(of(team)))
    assert VERDICTS[team] in said
    assert ("Both hold" in said) == (TEAMS[team].choice == "too_wide")


@pytest.mark.parametrize(
    ("evpi", "probability", "said"),
    [
        (101.0, 0.69, "Both hold here: USD 101 is above USD 100, and starting now is best with a probability of 69%"),
        (
            101.0,
            0.79,
            "Only the first half holds here: knowing every figure would be worth USD 101, above USD 100",
        ),
        (101.0, 0.79, "starting now is best with a probability of 79%, which is not below 70%. Both halves would have"),
        (
            100.0,
            0.69,
            "Only the second half holds here: starting now is best with a probability of 69%, below 70%",
        ),
        (100.0, 0.69, "knowing every figure would be worth USD 100, which is not above USD 100"),
        (99.0, 0.79, "worth USD 99, which is not above USD 100, and starting now is best with a probability of 79%"),
    ],
)
def test_either_condition_alone_is_named(evpi: float, probability: float, said: str) -> None:
    """The sentence compares the very figures by which the rule decides, at their limits too."""
    found = _economics(of("at its wall"))
    decision = replace(found.decision, best="now", evpi=evpi, evpi_limit=100.0, probability_best=probability)
    sentence = rule_sentence(replace(found, decision=decision))
    assert said in sentence
    assert f"mean cost ({money(decision.mean_cost, found.curves.currency)} without running it)" in sentence


def test_where_never_starting_is_best_waiting_is_no_cost() -> None:
    """Page and summary do not call a later start dearer, or cheaper, than one that should not be made."""
    evaluation = of("small and stable")
    said = " ".join(item.generated for item in board_sentences(evaluation).values())
    assert waiting_sentence(_economics(evaluation)) in said
    assert "Waiting costs nothing here, since not starting is the best choice on average" in said
    assert "before starting costs" not in said
    assert "month of delay" not in said
    assert "Of the starts none pays on average" in " ".join(
        block.text for block in timing(evaluation).blocks if isinstance(block, Paragraph)
    )


@pytest.mark.parametrize(("team", "word"), [("at its wall", "costs"), ("few incidents, and dear to run", "saves")])
def test_waiting_has_its_range_and_how_often_it_is_the_cheaper(team: str, word: str) -> None:
    """The average never stands alone: the ends of nine futures in ten rise, and the share of futures is named."""
    evaluation = of(team)
    waiting = _economics(evaluation).curves.waiting
    assert waiting is not None
    ends = (waiting.cost.p5, waiting.cost.p95) if word == "costs" else (-waiting.cost.p95, -waiting.cost.p5)
    low, high = map(short_amount, ends)
    said = waiting_sentence(_economics(evaluation))
    assert f" before starting {word} USD " in said
    assert f", from {low} to {high} in nine futures of ten; " in said
    cheaper = percent(waiting.probability_cheaper)
    assert f"in {cheaper} of the futures, with outages as each happens to have them, waiting is the cheaper" in said
    decision = _economics(evaluation).decision
    best = f"{wording().choices[decision.best]} is the best choice"
    assert f"at their average in each of these futures, {best} with a probability of" in said
    assert f"{percent(decision.probability_best)}." in said
    assert "luck" not in said
    data = model_data(_economics(evaluation))["waiting"]
    assert (data["cost"]["p5"], data["probability_cheaper"]) == (waiting.cost.p5, waiting.probability_cheaper)
    assert said in model_text(evaluation)
    assert said in [item.generated for item in board_sentences(evaluation).values()]


@pytest.mark.parametrize(("later", "told"), [(0.58, False), (0.62, True)])
def test_the_headline_says_when_a_later_start_pays_more_often(later: float, told: bool) -> None:  # noqa: FBT001 - a case
    """A share larger by more than two standard errors is said, and one within them is not."""
    found = _economics(of("at its wall"))
    courses = found.curves.strategies
    moved = {
        **courses,
        "now": replace(courses["now"], probability_positive=0.57, probability_standard_error=0.01),
        "delayed": replace(courses["delayed"], probability_positive=later),
    }
    said = decision_sentence(replace(found, curves=replace(found.curves, strategies=moved)))
    assert ("pays for itself more often: in 62% of the futures against 57%." in said) == told
