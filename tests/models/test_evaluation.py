"""The whole way from answers to a decision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment, Capacity, EconomicInputs, Range
from assessment.errors import InputError
from assessment.loading import load_assessment, load_questionnaire
from examples import EXAMPLE
from models.cost_curves import simulate
from models.effects import delivered_maturity
from models.evaluation import Evaluation, content_hash, evaluate, missing_inputs
from models.initiatives import load_initiatives
from models.inputs import build_inputs
from models.parameters import load_parameters
from models.plan import Plan
from models.programme import Programme
from models.roadmap import plan_roadmap
from questionnaires import INITIATIVES, QUESTIONNAIRE
from tests.conftest import answered

BUILT_IN = load_questionnaire(QUESTIONNAIRE)
WORK = load_initiatives(INITIATIVES, BUILT_IN)
FIGURES = load_parameters()
EXAMPLE_ANSWERS = load_assessment(EXAMPLE)
IDS = sorted(BUILT_IN.by_id)


def run(assessment: Assessment, paths: int = 4_000, seed: int = 1) -> Evaluation:
    """Evaluate with the built-in knowledge."""
    return evaluate(BUILT_IN, assessment, WORK, FIGURES, paths=paths, seed=seed)


def ranges(**figures: tuple[float, ...]) -> dict[str, Range]:
    """Return typed ranges: (low, high) or (low, likely, high)."""
    return {
        name: Range(low=given[0], mode=given[1] if len(given) == 3 else None, high=given[-1])
        for name, given in figures.items()
    }


SMALL_AND_STABLE = ranges(
    K=(900e3, 1.6e6, 3.2e6), O=(15e3, 30e3, 60e3), E=(12, 12, 12), I0=(200e3, 200e3, 200e3), A0=(60e3, 60e3, 60e3),
    g=(0, 0.002, 0.004), rho_0=(0.2, 0.3, 0.4), lambda0=(0.1, 0.4, 0.8), c_h=(5e3, 50e3), c_resp=(2e3, 5e3, 10e3),
    g_c=(0, 0.002, 0.004), q=(0.1, 0.2, 0.3),
)  # fmt: skip


def with_ranges(assessment: Assessment, given: dict[str, Range]) -> Assessment:
    """Return the assessment with its economics confirmed and these ranges."""
    economics = EconomicInputs(confirmed=True, ranges=given, capacity=Capacity(person_weeks_per_quarter=60))
    return assessment.model_copy(update={"economics": economics})


def test_a_small_stable_platform_is_told_not_to_invest() -> None:
    """Law 10 through the whole product: a clear 'never', and the programme cost at which it would turn."""
    found = run(with_ranges(answered(BUILT_IN, 2), SMALL_AND_STABLE)).economics
    assert found is not None
    assert found.decision.choice == "never"
    assert found.decision.reason == "nothing_pays"
    assert found.decision.probability_best > 0.95
    npv = found.curves.strategies["now"].npv
    assert npv is not None
    assert npv.p95 < 0
    assert found.break_even.reason in {"found", "never_pays"}


def test_a_team_at_its_wall_is_not_told_so() -> None:
    """With the wall a month away the answer is not 'do not invest' merely because both programmes would be paid."""
    at_wall = {**EXAMPLE_ANSWERS.economics.ranges, **ranges(rho_0=(0.84, 0.87, 0.9))}
    found = run(with_ranges(EXAMPLE_ANSWERS, at_wall)).economics
    assert found is not None
    assert found.decision.choice == "now"
    wall = found.curves.strategies["reactive"].wall_month_median
    assert wall is not None
    assert wall <= 3


def test_nothing_is_shown_before_the_baseline_is_confirmed() -> None:
    """Without the asked figures and the confirmation there is no curve, and each gap is a sentence."""
    blank = answered(BUILT_IN, 2)
    found = run(blank)
    assert found.economics is None
    assert any("(I0," in sentence for sentence in found.missing)
    assert any("proposed from the answers has not been confirmed" in sentence for sentence in found.missing)
    nothing = run(answered(BUILT_IN, {})).missing
    assert any(each.endswith("Answers narrow it, and nothing is answered yet.") for each in nothing)
    assert not any("proposed from the answers" in each for each in nothing)
    confirmed = with_ranges(blank, SMALL_AND_STABLE)
    assert missing_inputs(confirmed, FIGURES, found.proposals) == ()
    euro = confirmed.model_copy(update={"economics": confirmed.economics.model_copy(update={"currency": "EUR"})})
    assert missing_inputs(euro, FIGURES, {}) == ("The value of one US dollar in EUR has not been given.",)


@pytest.mark.parametrize(
    ("level", "words"), [(4, "no known initiative raises any answer"), (None, "too few questions")]
)
def test_no_verdict_is_made_from_an_empty_plan(level: int | None, words: str) -> None:
    """With nothing to plan there is no curve and no verdict, only the sentence that says why."""
    found = run(with_ranges(answered(BUILT_IN, {} if level is None else level), SMALL_AND_STABLE))
    assert found.plan.placements == ()
    assert found.economics is None
    assert len(found.missing) == 1
    assert words in found.missing[0]


def test_a_wage_range_widens_the_cost_of_the_plan() -> None:
    """K goes from low work at the low wage to high work at the high one."""
    given = {**EXAMPLE_ANSWERS.economics.ranges, **ranges(wage=(100e3, 200e3, 300e3))}
    found = run(with_ranges(EXAMPLE_ANSWERS, given), paths=200)
    assert found.economics is not None
    weeks, bought = found.plan.person_weeks, found.plan.external_cost
    assert found.economics.programme_cost.low == pytest.approx(weeks.low * 100e3 / 52 + bought.low)
    assert found.economics.programme_cost.high == pytest.approx(weeks.high * 300e3 / 52 + bought.high)


def test_costs_beyond_all_bounds_are_refused() -> None:
    """Allowed figures that together overflow are refused in a sentence."""
    wild = {**EXAMPLE_ANSWERS.economics.ranges, **ranges(c_h=(1e-300, 1e10))}
    with pytest.raises(InputError, match="too large to be added up"):
        run(with_ranges(EXAMPLE_ANSWERS, wild), paths=2_000)


@cache
def known_start() -> tuple[Assessment, Plan, Mapping[str, Range]]:
    """Return the example with effects that harm nobody and a trigger out of reach, its plan and what is proposed."""
    harmless = ranges(
        e_f=(0, 0.3, 0.6), e_r=(0, 0.3, 0.6), e_v=(0, 0.2, 0.45), rho_trig=(1.5, 1.5, 1.5), rho_0=(0.2, 0.25, 0.3),
        g=(0, 0.005, 0.01),
    )  # fmt: skip
    economics = EXAMPLE_ANSWERS.economics.model_copy(
        update={"ranges": {**EXAMPLE_ANSWERS.economics.ranges, **harmless}}
    )
    start = EXAMPLE_ANSWERS.model_copy(update={"economics": economics})
    return start, plan_roadmap(BUILT_IN, start, WORK), run(start, paths=200).proposals


@settings(max_examples=25)
@given(st.sets(st.sampled_from(IDS), min_size=1, max_size=8))
def test_turning_answers_unknown_never_raises_npv(forgotten: set[str]) -> None:
    """Law 14, path by path in the mean: same plan, same figures, trigger out of reach, fewer known answers.

    Only the effects that cannot be negative are drawn (a forgotten answer may not spare a team a harm), and the trigger
    stands out of reach, since with it a weaker plan may be spared a forced one (ECONOMICS law 9).
    """
    start, plan, proposals = known_start()
    economics = start.economics
    blind = start.model_copy(update={"answers": {**start.answers, **dict.fromkeys(forgotten, Answer(unknown=True))}})
    means = []
    for answers in (start, blind):
        maturity = delivered_maturity(BUILT_IN, answers, WORK, plan, 60)
        cost = Range(low=1e6, mode=2e6, high=3e6)
        programme = Programme(
            maturity=maturity, months=plan.months, cost=cost, run_cost=Range(low=1, mode=2, high=3), lead=0
        )
        inputs = build_inputs(FIGURES, economics, proposals, programme)
        npv = simulate(inputs, programme, paths=500, seed=3).strategies["now"].npv
        assert npv is not None
        means.append(npv.mean)
    assert means[1] <= means[0] + 1e-6


def test_the_other_end_is_shown_only_with_unknowns() -> None:
    """With an unknown answer the other end of the range of NPV is there; without one it is not."""
    everything = {
        **EXAMPLE_ANSWERS.answers,
        "refinement.debt": Answer(option=1),
        "refinement.resilience-patterns": Answer(option=1),
    }
    known = run(EXAMPLE_ANSWERS.model_copy(update={"answers": everything}), paths=500).economics
    assert known is not None
    assert known.other_end_npv is None
    answers = {**everything, "observability.detection": Answer(unknown=True)}
    blind = run(EXAMPLE_ANSWERS.model_copy(update={"answers": answers}), paths=500).economics
    assert blind is not None
    assert blind.other_end_npv is not None


def test_the_hash_sees_content_and_not_order() -> None:
    """The identity changes with any answer and with no reordering."""
    turned = EXAMPLE_ANSWERS.model_copy(update={"answers": dict(reversed(EXAMPLE_ANSWERS.answers.items()))})
    changed = EXAMPLE_ANSWERS.model_copy(
        update={"answers": {**EXAMPLE_ANSWERS.answers, "delivery.gates": Answer(option=0)}}
    )
    assert content_hash(EXAMPLE_ANSWERS) == content_hash(turned)
    assert content_hash(EXAMPLE_ANSWERS) != content_hash(changed)


def test_programme_cost_by_hand() -> None:
    """K is person-weeks x wage / 52 + external cost; O the run costs, each end by itself."""
    found = run(EXAMPLE_ANSWERS, paths=200)
    assert found.economics is not None
    placed = [WORK.by_id[item.initiative] for item in found.plan.placements]
    for end in ("low", "mode", "high"):
        weeks = sum(getattr(item.effort, end) for item in placed)
        bought = sum(getattr(item.external_cost, end) for item in placed)
        assert getattr(found.economics.programme_cost, end) == pytest.approx(weeks * 206_000 / 52 + bought)
        assert getattr(found.economics.run_cost, end) == pytest.approx(
            sum(getattr(item.run_cost, end) for item in placed)
        )


def test_other_currency_converts_defaults_and_never_relabels() -> None:
    """In euro at .9 every default in money is .9 of its dollars, while typed figures stand as typed."""
    economics = EXAMPLE_ANSWERS.economics.model_copy(update={"currency": "EUR", "currency_per_usd": 0.9})
    dollars, euro = (
        run(EXAMPLE_ANSWERS, paths=200),
        run(EXAMPLE_ANSWERS.model_copy(update={"economics": economics}), paths=200),
    )
    assert dollars.economics is not None
    assert euro.economics is not None
    assert euro.economics.inputs.mean("wage") == pytest.approx(0.9 * dollars.economics.inputs.mean("wage"))
    assert euro.economics.inputs.mean("I0") == pytest.approx(dollars.economics.inputs.mean("I0"))
    mode, other = dollars.economics.programme_cost.mode, euro.economics.programme_cost.mode
    assert mode is not None
    assert other == pytest.approx(0.9 * mode)
    for end in ("low", "mode", "high"):
        run_cost = getattr(dollars.economics.run_cost, end)
        assert getattr(euro.economics.run_cost, end) == pytest.approx(0.9 * run_cost)
    assert euro.economics.curves.currency == "EUR"


def test_part_of_a_load_test_is_named() -> None:
    """With demand typed and capacity not, the missing figures of the load test are asked for."""
    given = {name: value for name, value in SMALL_AND_STABLE.items() if name != "rho_0"} | ranges(D0=(10, 10, 10))
    found = missing_inputs(with_ranges(answered(BUILT_IN, 2), given), FIGURES, {})
    assert len(found) == 2
    assert all("a load test needs all three figures" in sentence for sentence in found)
    assert missing_inputs(with_ranges(answered(BUILT_IN, 2), SMALL_AND_STABLE), FIGURES, {}) == ()


def test_an_accepted_proposal_is_no_typed_figure_and_says_when_it_is_old() -> None:
    """A confirmed proposal keeps its origin, and is named once the answers would propose another."""
    first = run(EXAMPLE_ANSWERS, paths=200)
    accepted = {**EXAMPLE_ANSWERS.economics.ranges, **{name: first.proposals[name] for name in ("w", "u_0")}}
    kept = run(with_ranges(EXAMPLE_ANSWERS, accepted), paths=200)
    assert kept.economics is not None
    assert {kept.economics.inputs.figures[name].origin for name in ("w", "u_0")} == {"proposed"}
    assert kept.economics.inputs.figures["rho_0"].origin == "measured"
    assert kept.moved_proposals == ()
    answers = {**EXAMPLE_ANSWERS.answers, "constraints.coupling": Answer(option=4)}
    changed = run(with_ranges(EXAMPLE_ANSWERS.model_copy(update={"answers": answers}), accepted), paths=200)
    assert len(changed.moved_proposals) == 1
    assert "(u_0)" in changed.moved_proposals[0]


def test_a_proposal_names_only_what_was_answered() -> None:
    """Without signals no signal is given as a source; without any answer nothing is."""
    silent = run(EXAMPLE_ANSWERS.model_copy(update={"signals": {}}), paths=200).proposals["w"].source
    assert silent.startswith("Proposed from: Static provisioning; Limited visibility.")
    assert run(answered(BUILT_IN, {})).proposals["w"].source.startswith("Proposed from: nothing answered yet.")
