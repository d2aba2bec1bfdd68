"""The target register: what its workflows add up to, what is missing, and what cannot hold beside the answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assessment.answers import Answer, Range, Workflow
from assessment.errors import InputError
from assessment.loading import questionnaire_from
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, read_document
from assessment.register import Contradiction, Register
from assessment.scoring import score
from tests.conftest import GOALS, answered

ROUND = Workflow(
    name="Medication round",
    peak_per_hour=36_000,
    growth_per_year=0.2,
    surge=2.0,
    latency_ms=1000,
    availability=0.999,
    rto_hours=4,
    rpo_minutes=5,
)
CLAIMS = Workflow(name="Claims", peak_per_hour=12_000, growth_per_year=0.0, surge=4.0)


def registered(goals: Questionnaire, *workflows: Workflow, levels: Any = None, **changes: object) -> Register:
    """Return the register of an assessment with some workflows."""
    entered = {f"w{number:02}": item for number, item in enumerate(workflows, 1)}
    given = answered(goals, {} if levels is None else levels, workflows=entered)
    found = score(goals, given.model_copy(update=changes)).register
    assert found is not None
    return found


def of_kind(found: Register, kind: str) -> list[Contradiction]:
    """Return the contradictions of one kind."""
    return [item for item in found.contradictions if item.kind == kind]


def test_no_workflow_is_no_register(goals: Questionnaire) -> None:
    """An assessment without workflows has no register, so nothing is printed of one."""
    assert score(goals, answered(goals, 2)).register is None


def test_totals_by_hand(goals: Questionnaire) -> None:
    """36,000 and 12,000 an hour are 10 and 3 1/3 a second; growth and surge are weighted by load."""
    found = registered(goals, ROUND, CLAIMS)
    assert found.load.value == pytest.approx(48_000 / 3600)
    assert found.growth.value == pytest.approx(1.15 ** (1 / 12) - 1)
    assert found.surge.value == pytest.approx((36_000 * 2 + 12_000 * 4) / 48_000)
    assert found.load.whole
    assert found.gaps == {"w02": ("latency_ms", "availability", "rto_hours", "rpo_minutes")}


def test_a_total_says_what_it_misses(goals: Questionnaire) -> None:
    """A workflow without a load counts in no total, and one without a surge in no surge."""
    found = registered(goals, ROUND, Workflow(name="Claims", peak_per_hour=10), Workflow(name="Viewer", surge=3))
    assert found.load.counted == ("w01", "w02")
    assert found.load.missing == ("w03",)
    assert found.surge.missing == ("w02", "w03")
    assert found.surge.value == 2.0
    assert not found.surge.whole


def test_nothing_typed_is_no_total(goals: Questionnaire) -> None:
    """A workflow that is only named adds up to nothing, not to zero."""
    found = registered(goals, Workflow(name="Claims"))
    assert (found.load.value, found.growth.value, found.surge.value) == (None, None, None)
    assert len(found.gaps["w01"]) == 7


def test_the_order_of_entry_moves_nothing(goals: Questionnaire) -> None:
    """Workflows are read by key, so the order in the file does not show."""
    given = answered(goals, 2, workflows={"w01": ROUND, "w02": CLAIMS})
    turned = given.model_copy(update={"workflows": {"w02": CLAIMS, "w01": ROUND}})
    assert list(score(goals, turned).register.workflows) == ["w01", "w02"]  # type: ignore[union-attr]
    assert score(goals, given) == score(goals, turned)


@pytest.mark.parametrize(("hours", "broken"), [(8.75, False), (8.76, False), (8.77, True), (24.0, True)])
def test_one_outage_may_not_break_the_year(goals: Questionnaire, hours: float, broken: bool) -> None:  # noqa: FBT001
    """99.9 % of 8,760 hours leaves 8.76: a recovery time above it contradicts the availability beside it."""
    found = of_kind(registered(goals, ROUND.model_copy(update={"rto_hours": hours})), "outage")
    assert bool(found) is broken
    for item in found:
        assert item.figures["allowed_hours"] == pytest.approx(8.76)


@pytest.mark.parametrize(("figure", "broken"), [(7.0, False), (8.0, False), (9.0, True)])
def test_no_recovery_is_promised_below_the_last_rehearsal(goals: Questionnaire, figure: float, broken: bool) -> None:  # noqa: FBT001
    """Nine half hours were rehearsed, which is longer than the four hours promised."""
    answers = {"work.rehearsal": Answer(figure=figure)}
    found = of_kind(registered(goals, ROUND, CLAIMS, answers=answers), "recovery")
    assert bool(found) is broken
    for item in found:
        assert (item.workflows, item.question) == (("w01",), "work.rehearsal")
        assert item.figures == {"rto_hours": 4.0, "rehearsed_hours": 4.5}


def test_a_level_without_a_figure_says_nothing_of_hours(goals: Questionnaire) -> None:
    """Only a measured figure can contradict a recovery time."""
    assert of_kind(registered(goals, ROUND, levels=0), "recovery") == []


@pytest.mark.parametrize(("level", "kinds"), [(1, {"latency", "availability"}), (2, {"latency"}), (3, set())])
def test_a_target_that_nobody_measures_is_a_wish(goals: Questionnaire, level: int, kinds: set[str]) -> None:
    """Below the level of its rule the question contradicts every workflow that states the target."""
    found = registered(goals, ROUND, CLAIMS, levels={"aims.speed": level})
    wishes = [item for item in found.contradictions if item.kind in {"latency", "availability"}]
    assert {item.kind for item in wishes} == kinds
    assert all(item.workflows == ("w01",) and item.figures["standing"] == level for item in wishes)


@pytest.mark.parametrize("answer", [None, Answer(unknown=True)])
def test_an_open_answer_supports_no_target(goals: Questionnaire, answer: Answer | None) -> None:
    """Where nobody knows whether speed is measured, a latency target rests on nothing."""
    answers = {} if answer is None else {"aims.speed": answer}
    (found,) = of_kind(registered(goals, ROUND, answers=answers), "latency")
    assert "standing" not in found.figures


def test_what_does_not_apply_contradicts_nothing(goals: Questionnaire) -> None:
    """A question that is out of scope is not the other side of a contradiction."""
    answers = {"aims.speed": Answer(not_applicable="out_of_scope")}
    assert of_kind(registered(goals, ROUND, answers=answers), "latency") == []


@pytest.mark.parametrize(
    ("capacity", "broken"),
    [
        (Range(low=20, mode=33.3, high=50), True),
        (Range(low=20, mode=33.4, high=50), False),
        (Range(low=20, high=40), True),
    ],
)
def test_demand_at_surge_may_not_exceed_the_capacity(
    goals: Questionnaire,
    capacity: Range,
    broken: bool,  # noqa: FBT001
) -> None:
    """10 x 2 + 3 1/3 x 4 is 33 1/3 a second; the likely capacity must bear it."""
    given = answered(goals, {}).economics.model_copy(update={"ranges": {"X_star": capacity}})
    found = of_kind(registered(goals, ROUND, CLAIMS, economics=given), "capacity")
    assert bool(found) is broken
    for item in found:
        assert item.figures["demand"] == pytest.approx(100 / 3)


def test_without_rules_only_arithmetic_contradicts(goals: Questionnaire) -> None:
    """Another questionnaire may have no rules for a register; what cannot be is found all the same."""
    plain = goals.model_copy(update={"target_register": None})
    found = registered(plain, ROUND.model_copy(update={"rto_hours": 24.0}), levels={"aims.speed": 0})
    assert {item.kind for item in found.contradictions} == {"outage"}


def spoiled(change: Callable[[dict[str, Any]], None]) -> str:
    """Return what the loader says of the file after a change of its register rules."""
    document = read_document(GOALS)
    change(document.data["target_register"])
    with pytest.raises(InputError) as caught:
        questionnaire_from(Document(document.data, document.file, document.lines))
    return str(caught.value)


def test_the_loader_refuses_rules_that_lead_nowhere() -> None:
    """A step, question or level that does not exist, and a rehearsal without a figure, are named with their line."""
    assert "no step 'aim' in this file; did you mean 'aims'?" in spoiled(lambda rules: rules.update(step="aim"))
    assert "no question 'aims.sped'" in spoiled(lambda rules: rules["latency"].update(question="aims.sped"))
    assert "the level 9 is not offered; use 0 to 4" in spoiled(lambda rules: rules["availability"].update(level=9))
    said = spoiled(lambda rules: rules["recovery"].update(question="aims.speed"))
    assert "the question 'aims.speed' measures no figure" in said
    assert said.startswith("goals.yaml:")
