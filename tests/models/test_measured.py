"""What records propose to an assessment: marked measured, with evidence, and nothing that nobody asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assessment.answers import Answer, Assessment, Range
from assessment.delivery.reading import Reading, read_deployments, read_incidents
from assessment.delivery.rules import delivery_rules
from assessment.loading import check_answers
from assessment.questionnaire import Measure, Questionnaire
from models.delivery import measure_delivery
from models.delivery_record import DeliveryRecord
from models.distributions import Pert
from models.fits import poisson_interval
from models.inputs import economic_problems
from models.measured import Offers, fits, offers, with_offers
from models.parameters import ParameterFile
from tests.conftest import answered
from tests.models.test_delivery import DAY, START, incident, seen

DATA = Path(__file__).parents[1] / "data" / "delivery"


@pytest.fixture(scope="module")
def record() -> DeliveryRecord:
    """Return what the invented CSV files measure."""
    with (DATA / "deployments.csv").open("rb") as one, (DATA / "incidents.csv").open("rb") as two:
        return measure_delivery(
            read_deployments(one, "deployments.csv", Reading()), read_incidents(two, "incidents.csv", Reading())
        )


@pytest.fixture
def blank(questionnaire: Questionnaire) -> Assessment:
    """Return an assessment without answers."""
    return answered(questionnaire, {})


def proposed(
    record: DeliveryRecord, questionnaire: Questionnaire, assessment: Assessment, parameters: ParameterFile
) -> Offers:
    """Return the proposals."""
    return offers(record, questionnaire, assessment, parameters)


def test_every_rule_names_a_measured_question_and_a_figure_of_the_model(
    questionnaire: Questionnaire, parameters: ParameterFile
) -> None:
    """The built-in questionnaire asks each question in the unit and the direction of its rule; each symbol exists."""
    rules = delivery_rules()
    assert [rule.question for rule in rules.answers if not fits(rule, questionnaire.by_id[rule.question])] == []
    assert [rule.symbol for rule in rules.figures if rule.symbol not in parameters.by_symbol] == []
    assert len({rule.question for rule in rules.answers}) == len(rules.answers) == 6


def test_measured_answers_carry_file_window_counts_and_interval(
    record: DeliveryRecord, questionnaire: Questionnaire, blank: Assessment, parameters: ParameterFile
) -> None:
    """Six questions are answered in their own units, each marked measured, and the questionnaire takes them."""
    found = proposed(record, questionnaire, blank, parameters)
    by_question = {one.question: one for one in found.answers}
    assert set(by_question) == {rule.question for rule in delivery_rules().answers}
    failing = by_question["delivery.change-fail-rate"]
    rate = record.find("change_fail_rate")
    assert failing.answer.figure == pytest.approx(100 * (rate.value or 0), rel=1e-3)
    assert by_question["observability.detection"].answer.figure == 9.0
    assert failing.answer.evidence == (
        "deployments.csv: 8 of 69 deployments, 2025-10-30 to 2026-04-30; 90% interval 6.522 to 17.31 per cent",
    )
    assert {one.answer.confidence for one in found.answers} == {"measured"}
    check_answers(questionnaire, with_offers(blank, found.answers, found.ranges))


def test_measured_ranges_are_those_of_counts_and_fit(
    record: DeliveryRecord, questionnaire: Questionnaire, blank: Assessment, parameters: ParameterFile
) -> None:
    """The rate with its exact ends around the count over time, the median as an interval, the spread as one figure."""
    found = proposed(record, questionnaire, blank, parameters)
    ranges = {one.symbol: one.range for one in found.ranges}
    assert set(ranges) == {"lambda0", "H_median", "H_sigma"}
    assert record.incidents is not None
    assert record.incidents.fit is not None
    assert ranges["lambda0"].mode == pytest.approx(record.incidents.per_year, rel=1e-3)
    assert ranges["H_median"].mode is None
    assert ranges["H_median"].low < record.incidents.fit.median < ranges["H_median"].high
    assert ranges["H_sigma"].low == ranges["H_sigma"].high == pytest.approx(record.incidents.fit.sigma, rel=1e-3)
    assert all(given.measured and given.source.startswith("Measured: incidents.csv, ") for given in ranges.values())
    taken = with_offers(blank, (), found.ranges).economics
    assert economic_problems(parameters, taken) == []


def test_what_stands_is_shown_and_what_was_accepted_is_told(
    record: DeliveryRecord, questionnaire: Questionnaire, blank: Assessment, parameters: ParameterFile
) -> None:
    """A former answer stands beside; its note speaks of another figure and goes, its role and mark stay."""
    before = Answer(option=1, note="By guess", evidence=("A talk",), role="Lead", discuss=True)
    stood = blank.model_copy(update={"answers": {"delivery.lead-time": before}})
    found = proposed(record, questionnaire, stood, parameters)
    lead = next(one for one in found.answers if one.question == "delivery.lead-time")
    assert (lead.stands, lead.accepted) == (before, False)
    assert (lead.answer.note, lead.answer.role, lead.answer.discuss) == ("", "Lead", True)
    assert found.open == 9
    again = proposed(record, questionnaire, with_offers(stood, found.answers, found.ranges), parameters)
    assert again.open == 0
    assert all(one.accepted for one in again.answers)
    typed = stood.model_copy(
        update={"economics": stood.economics.model_copy(update={"ranges": {"lambda0": Range(low=1, mode=2, high=3)}})}
    )
    rate = next(one for one in proposed(record, questionnaire, typed, parameters).ranges if one.symbol == "lambda0")
    assert (rate.stands, rate.accepted) == (Range(low=1, mode=2, high=3), False)


def test_a_question_in_another_unit_or_not_asked_gets_no_proposal(
    record: DeliveryRecord, questionnaire: Questionnaire, blank: Assessment, parameters: ParameterFile
) -> None:
    """An overlay that asks for days must not be answered in hours; before launch there is nothing to measure."""
    lead = questionnaire.by_id["delivery.lead-time"]
    assert lead.measure is not None
    days = Measure.model_validate({**lead.measure.model_dump(), "unit": "days"})
    changed = tuple(
        question.model_copy(update={"measure": days}) if question is lead else question
        for question in questionnaire.questions
    )
    other = questionnaire.model_copy(update={"questions": changed})
    other.__dict__.pop("by_id", None)
    questions = {one.question for one in proposed(record, other, blank, parameters).answers}
    assert questions == {rule.question for rule in delivery_rules().answers} - {"delivery.lead-time"}
    designed = proposed(record, questionnaire.at_stage("design"), blank, parameters)
    assert all(one.question in questionnaire.at_stage("design").by_id for one in designed.answers)
    assert len(designed.answers) < 6


def test_too_few_records_propose_nothing(
    record: DeliveryRecord, questionnaire: Questionnaire, blank: Assessment, parameters: ParameterFile
) -> None:
    """Nine deployments are no fail rate, a month no yearly rate, and mostly unknown severities no rate at all."""
    few = replace(record.find("change_fail_rate"), of=9)
    assert record.incidents is not None
    short = replace(record.incidents, start=record.end - 30 * 86_400)
    thin = replace(
        record,
        measures=tuple(few if one.name == few.name else one for one in record.measures),
        incidents=short,
    )
    found = proposed(thin, questionnaire, blank, parameters)
    assert "delivery.change-fail-rate" not in {one.question for one in found.answers}
    assert {one.symbol for one in found.ranges} == {"H_median", "H_sigma"}
    vague = replace(record, incidents=replace(record.incidents, untold=99))
    found = proposed(vague, questionnaire, blank, parameters)
    assert found.ranges == ()
    assert "observability.resolution" not in {one.question for one in found.answers}


def test_a_record_that_is_mostly_open_proposes_no_length(
    questionnaire: Questionnaire, blank: Assessment, parameters: ParameterFile
) -> None:
    """Twelve incidents that ended and fifteen that nobody closed: their rate is known, and no length is."""
    ended = [incident(day, 1 + day / 4) for day in range(12)]
    until = START + 300 * DAY

    def symbols(still_open: int) -> set[str]:
        left = (incident(299.9 - tenth / 10) for tenth in range(still_open))
        measured = measure_delivery(None, seen(*ended, *left), until)
        return {one.symbol for one in proposed(measured, questionnaire, blank, parameters).ranges}

    assert symbols(1) == {"lambda0", "H_median", "H_sigma"}
    assert symbols(15) == {"lambda0"}


@pytest.mark.parametrize("count", [3, 10, 40])
def test_the_range_of_the_rate_is_about_as_wide_as_what_the_counts_leave_open(count: int) -> None:
    """Nine in ten draws of the PERT lie where the exact 90 % interval lies, within half an event at either end."""
    exact, ends = poisson_interval(count, 1.0, 0.90), poisson_interval(count, 1.0, 0.99)
    low, high = Pert(ends.low, count, ends.high or 0.0).ppf(np.array([0.05, 0.95]))
    assert abs(low - exact.low) < 0.6
    assert abs(high - (exact.high or 0.0)) < 0.6


def test_a_figure_that_the_model_cannot_take_is_not_proposed(
    record: DeliveryRecord, questionnaire: Questionnaire, blank: Assessment, parameters: ParameterFile
) -> None:
    """A thousand incidents a year are no serious outages: the bounds of the parameter hold."""
    assert record.incidents is not None
    many = replace(record, incidents=replace(record.incidents, count=600, per_year=1000.0))
    assert {one.symbol for one in proposed(many, questionnaire, blank, parameters).ranges} == {"H_median", "H_sigma"}
