"""The diagnosis: what signals, answers and context say of each wall factor, and what each was derived from."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings

from assessment.answers import SignalAnswer
from assessment.findings import Finding
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from tests.conftest import answered
from tests.generated import IDS, SIGNALS, assessed, contexts, plain_questionnaire, questionnaires, sheets

ALL_LOW, ALL_HIGH = dict.fromkeys(IDS, 0), dict.fromkeys(IDS, 3)


def found(questionnaire: Questionnaire, sheet: dict[str, Any], **more: Any) -> dict[str, Finding]:
    """Return the findings by wall factor."""
    return {item.factor: item for item in score(questionnaire, assessed(questionnaire, sheet, **more)).diagnosis}


def seen(**levels: int | None) -> dict[str, SignalAnswer]:
    """Return answers to signals."""
    return {name: SignalAnswer(level=level) for name, level in levels.items()}


@pytest.fixture(scope="module")
def drawn() -> Questionnaire:
    """One small questionnaire with weights of 1 throughout."""
    return plain_questionnaire()


@settings(max_examples=500)
@given(questionnaires(), sheets(), contexts())
def test_every_finding_carries_the_terms_of_its_severity(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int]
) -> None:
    """What the questions add makes up the severity, and what has no answer is named."""
    for finding in found(questionnaire, sheet, context=context, mode="full").values():
        for end in ("point", "low", "high"):
            expected = getattr(finding.severity, end) or 0.0
            assert math.fsum(term.contribution.at(end) for term in finding.question_terms) == pytest.approx(expected)
        open_ = {term.id for term in finding.question_terms if sheet[term.id] in {"unknown", "open"}}
        assert set(finding.unanswered["questions"]) == open_


@settings(max_examples=500)
@given(questionnaires(), contexts())
def test_contradictions_come_first(questionnaire: Questionnaire, context: dict[str, int]) -> None:
    """Findings are ordered by the size of their contradiction, then by severity, then as in the file."""
    sheet = {**ALL_HIGH, "look.chain": 1}
    scores = score(questionnaire, assessed(questionnaire, sheet, context=context, signals=seen(slow=4, spread=1)))
    order = [factor.id for factor in questionnaire.wall_factors]
    keys = [(-item.disagreement, -(item.severity.value or 0.0), order.index(item.factor)) for item in scores.diagnosis]
    assert keys == sorted(keys)


def test_support_has_the_range_that_unanswered_signals_leave(drawn: Questionnaire) -> None:
    """The point is the mean over the answered signals; the unanswered ones count as never seen and at the strongest."""
    finding = found(drawn, ALL_LOW, signals=seen(slow=2))["chain"]
    # slow 2 of 4 = .5 alone; of two equal signals: (.5 + 0) / 2 and (.5 + 1) / 2
    assert finding.support == 0.5
    assert (finding.support_low, finding.support_high) == (0.25, 0.75)
    assert finding.signals == ("slow",)
    assert [(term.signal, term.level, term.contribution) for term in finding.signal_terms] == [
        ("slow", 0.5, 0.5),
        ("spread", None, 0.0),
    ]
    assert finding.unanswered["signals"] == ("spread",)


def test_all_signals_answered_leave_no_range(drawn: Questionnaire) -> None:
    """With every signal answered the support is one figure, and its terms add up to it."""
    finding = found(drawn, ALL_LOW, signals=seen(slow=2, spread=4))["chain"]
    assert (finding.support, finding.support_low, finding.support_high) == (0.75, 0.75, 0.75)
    assert [term.contribution for term in finding.signal_terms] == [0.25, 0.5]
    assert finding.unanswered["signals"] == ()


def test_no_signal_points_and_none_is_answered(drawn: Questionnaire) -> None:
    """Where no signal points to a factor there is no support and no range; unanswered signals leave the whole range."""
    silent = found(drawn, ALL_LOW)
    assert (silent["fog"].support, silent["fog"].support_low, silent["fog"].support_high) == (None, None, None)
    assert (silent["chain"].support, silent["chain"].support_low, silent["chain"].support_high) == (None, 0, 1)
    assert set(silent["chain"].unanswered["signals"]) == set(SIGNALS)
    unknown = found(drawn, ALL_LOW, signals=seen(slow=None, spread=None))["chain"]
    assert unknown.support is None
    assert unknown.agreement == "unknown"


def test_signals_against_answers_have_the_size_of_their_difference(drawn: Questionnaire) -> None:
    """Signals at the top and no severity at all disagree by 1; just below the threshold nothing disagrees."""
    loud = found(drawn, {**ALL_HIGH, "look.chain": 4}, signals=seen(slow=4, spread=4))["chain"]
    # pulse: chain is measured by look.chain alone, at its top: severity 0 against support 1
    assert [(item.kind, item.size, item.item) for item in loud.contradictions] == [("signals_only", 1, "")]
    assert loud.disagreement == 1
    quiet = found(drawn, ALL_LOW, signals=seen(slow=0, spread=0))["chain"]
    assert [(item.kind, item.size) for item in quiet.contradictions] == [("answers_only", 1)]
    near = found(drawn, {**ALL_HIGH, "look.chain": 3}, signals=seen(slow=2, spread=2))["chain"]
    # severity .25 against support .5: .25 apart, below .35
    assert (near.contradictions, near.disagreement, near.agreement) == ((), 0, "neither")


@pytest.mark.parametrize(("level", "agreement"), [(1, "both"), (2, "both"), (3, "neither")])
def test_half_severe_is_there(drawn: Questionnaire, level: int, agreement: str) -> None:
    """From half the severity both say that the constraint is there; below it, that it is not."""
    finding = found(drawn, {**ALL_HIGH, "look.chain": level}, signals=seen(slow=2, spread=2))["chain"]
    assert finding.agreement == agreement


def test_a_disagreement_begins_at_its_figure(drawn: Questionnaire) -> None:
    """At exactly the figure of the questionnaire signals and answers disagree, on either side."""
    rules = drawn.rules.model_copy(update={"disagreement_from": 0.5})
    exact = drawn.model_copy(update={"rules": rules})
    above = found(exact, {**ALL_HIGH, "look.chain": 4}, signals=seen(slow=2, spread=2))["chain"]
    below = found(exact, {**ALL_HIGH, "look.chain": 0}, signals=seen(slow=2, spread=2))["chain"]
    assert (above.agreement, below.agreement) == ("signals_only", "answers_only")


def test_root_causes_that_hold_point_to_their_factors(drawn: Questionnaire) -> None:
    """A root cause at the level of the rule or above stands in the chain of the factors it points to, others do not."""
    context = {"hurry": 2, "silos": 1, "growth": 3}
    scores = score(drawn, assessed(drawn, ALL_LOW, context=context))
    assert [(item.item, item.level, item.strength) for item in scores.root_causes] == [("hurry", 2, 0.5)]
    assert [(item.item, item.level) for item in scores.future_shifts] == [("growth", 3)]
    findings = {item.factor: item for item in scores.diagnosis}
    assert [item.item for item in findings["box"].root_causes] == ["hurry"]
    assert findings["fog"].root_causes == ()
    assert [(item.item, item.finding) for item in findings["chain"].future_shifts] == [("growth", "Growth presses.")]
    assert findings["chain"].root_causes[0].weights == {"box": 1, "chain": 1}


def test_pressures_are_ordered_by_strength_and_missing_ones_are_named(drawn: Questionnaire) -> None:
    """The strongest cause comes first; context that points to a factor and is unanswered would change its finding."""
    scores = score(drawn, assessed(drawn, ALL_LOW, context={"hurry": 2, "silos": 4}))
    assert [item.item for item in scores.root_causes] == ["silos", "hurry"]
    findings = {item.factor: item for item in scores.diagnosis}
    assert findings["chain"].unanswered["context"] == ("growth",)
    assert findings["box"].unanswered["context"] == ()


def test_a_cause_stands_against_answers_that_find_little(drawn: Questionnaire) -> None:
    """A root cause that holds strongly contradicts answers which find little of the factor that it points to most."""
    mostly_box = drawn.context.root_causes[0].points_to | {
        "chain": drawn.context.root_causes[0].points_to["chain"].model_copy(update={"weight": 0.5})
    }
    cause = drawn.context.root_causes[0].model_copy(update={"points_to": mostly_box})
    context = drawn.context.model_copy(update={"root_causes": (cause,)})
    changed = drawn.model_copy(update={"context": context})
    findings = found(changed, {**ALL_HIGH, "look.box": 4, "look.chain": 4}, context={"hurry": 3})
    box = findings["box"]
    # box: severity 0 (look.box and look.chain at the top) against .75
    assert [(item.kind, item.size, item.item) for item in box.contradictions] == [("cause_only", 0.75, "hurry")]
    assert findings["chain"].contradictions == ()
    assert next(iter(findings)) == "box"


def test_too_few_answers_contradict_nothing(drawn: Questionnaire) -> None:
    """A severity that too few answers carry is compared with nothing."""
    findings = found(drawn, {}, context={"hurry": 4}, signals=seen(slow=4, spread=4))
    assert all(item.contradictions == () for item in findings.values())
    assert {item.agreement for item in findings.values()} == {"unknown"}


def test_the_widest_contradiction_of_a_finding_comes_first(drawn: Questionnaire) -> None:
    """Signals and a cause may both stand against the answers; the one further apart is said first."""
    sheet = {**ALL_HIGH, "look.box": 4, "look.chain": 4}
    finding = found(drawn, sheet, context={"hurry": 3}, signals=seen(slow=2, spread=2))["box"]
    assert [(item.kind, item.size) for item in finding.contradictions] == [("cause_only", 0.75), ("signals_only", 0.5)]
    assert finding.disagreement == 0.75


def test_the_size_of_a_contradiction_is_the_difference(drawn: Questionnaire) -> None:
    """Neither side stands at its end: 1 against .25 is .75 apart for signals, .75 against .25 is .5 for a cause."""
    sheet = {**ALL_HIGH, "look.box": 3, "look.chain": 3}
    finding = found(drawn, sheet, context={"hurry": 3}, signals=seen(slow=4, spread=4))["box"]
    assert finding.severity.value == 0.25
    assert [(item.kind, item.size) for item in finding.contradictions] == [("signals_only", 0.75), ("cause_only", 0.5)]


@pytest.mark.parametrize(("threshold", "kinds"), [(0.5, ["cause_only"]), (0.51, []), (1.0, [])])
def test_a_cause_contradicts_from_the_figure_of_the_rule(
    drawn: Questionnaire, threshold: float, kinds: list[str]
) -> None:
    """At exactly the figure, and not below it."""
    rules = drawn.rules.model_copy(update={"disagreement_from": threshold})
    finding = found(
        drawn.model_copy(update={"rules": rules}), {**ALL_HIGH, "look.box": 3, "look.chain": 3}, context={"hurry": 3}
    )["box"]
    assert [item.kind for item in finding.contradictions] == kinds


def test_the_more_severe_comes_first_and_what_too_few_answers_carry_last(drawn: Questionnaire) -> None:
    """The file has box, chain, fog: severity orders them, and a hidden severity counts as none."""
    rising = found(drawn, {"look.box": 3, "look.chain": 3, "look.fog": 0})
    assert [rising[name].severity.value for name in rising] == [1, 0.25, 0.25]
    assert list(rising) == ["fog", "box", "chain"]
    hidden = found(drawn, {"look.fog": 4, "look.chain": 4})
    assert [item.severity.value for item in hidden.values()] == [0.25, 0, 0]
    rules = drawn.rules.model_copy(update={"show_point_from_coverage": 0.9})
    strict = found(drawn.model_copy(update={"rules": rules}), {"look.fog": 4, "look.chain": 4})
    # of box's two questions one is answered: too few now, so it comes after severities of 0
    assert [(name, item.severity.value) for name, item in strict.items()] == [("chain", 0), ("fog", 0), ("box", None)]


def test_levels_are_read_against_the_anchors_of_their_own_item(four_step: Questionnaire) -> None:
    """On four anchors the third level above none is the strongest there is, for a signal as for a cause."""
    levels = dict.fromkeys(four_step.by_id, 3)
    three = four_step.signals[1].model_copy(update={"anchors": ("Never", "Once", "Weekly")})
    mixed = four_step.model_copy(update={"signals": (four_step.signals[0], three)})
    scores = score(
        mixed,
        answered(mixed, levels, signals=seen(**{"slow-mornings": 3, "lost-notes": 1}), context={"never-asked": 3}),
    )
    support = {item.factor: item.support for item in scores.diagnosis}
    assert support == {"one-box": 1.0, "paper-trail": 0.5}
    assert [(item.item, item.strength) for item in scores.root_causes] == [("never-asked", 1.0)]


def test_support_never_exceeds_one(four_step: Questionnaire) -> None:
    """Shares of 3 and 1.1 in 4.1 add up to a little more than 1 in floating point."""
    assert math.fsum(weight / 4.1 for weight in (3, 1.1)) > 1
    box = four_step.signals[0].supports["one-box"]
    signals = [
        signal.model_copy(update={"supports": {"one-box": box.model_copy(update={"weight": weight})}})
        for signal, weight in zip(four_step.signals, (3, 1.1), strict=True)
    ]
    loud = four_step.model_copy(update={"signals": tuple(signals)})
    scores = score(loud, answered(loud, 0, signals=seen(**{"slow-mornings": 3, "lost-notes": 3})))
    assert {item.factor: item.support for item in scores.diagnosis}["one-box"] == 1.0


def test_context_that_nobody_answered_never_holds(drawn: Questionnaire) -> None:
    """Not even where every level would hold: what is unknown is neither a cause, nor a shift, nor a criterion."""
    rule = drawn.context.applicability.model_copy(update={"holds_at": 0})
    context = drawn.context.model_copy(update={"applicability": rule})
    lenient = drawn.model_copy(update={"context": context})
    scores = score(lenient, assessed(lenient, ALL_LOW, context={"silos": 0}))
    assert [item.item for item in scores.root_causes] == ["silos"]
    assert scores.future_shifts == ()
    assert scores.applicability.held == ()


def test_a_criterion_holds_above_its_level_too(four_step: Questionnaire) -> None:
    """The rule names the level from which a criterion holds, not the only one."""
    scores = score(four_step, answered(four_step, 1, context={"night-care": 3, "many-changes": 2}))
    assert scores.applicability.held == ("night-care", "many-changes")
    assert scores.applicability.verdict == "advisable"


@pytest.mark.parametrize(("held", "verdict"), [(0, "none"), (1, "one"), (2, "two")])
def test_the_most_demanding_verdict_that_is_reached_is_given(four_step: Questionnaire, held: int, verdict: str) -> None:
    """In whatever order the file lists them."""
    first = four_step.context.applicability.verdicts[0]
    listed = [
        first.model_copy(update={"at_least": n, "verdict": said}) for n, said in ((1, "one"), (0, "none"), (2, "two"))
    ]
    rule = four_step.context.applicability.model_copy(update={"verdicts": tuple(listed)})
    changed = four_step.model_copy(update={"context": four_step.context.model_copy(update={"applicability": rule})})
    context = dict.fromkeys(["night-care", "many-changes"][:held], 2)
    assert score(changed, answered(changed, 1, context=context)).applicability.verdict == verdict


def test_the_design_stage_has_no_signals_to_go_by(drawn: Questionnaire) -> None:
    """Before launch there is no incident history, so there is no support and nothing to disagree with."""
    findings = found(drawn, ALL_LOW, stage="design", signals=seen(slow=4, spread=4))
    assert all(item.signal_terms == () and item.support is None for item in findings.values())
