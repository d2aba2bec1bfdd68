"""The words, the table and the picture of what records measure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import get_args

import pytest

from assessment.delivery.forges import Kind
from assessment.delivery.reading import Reading, read_deployments, read_incidents
from models.delivery import measure_delivery
from models.delivery_record import DeliveryRecord, Reason
from models.measured import Offers
from reports.charts.delivery import weeks
from reports.delivering import (
    counted_text,
    figure_text,
    hours_text,
    incident_sentences,
    interval_text,
    measures_table,
    problems_block,
    put_in,
    read_sentences,
    record_blocks,
)
from reports.delivery_json import delivery_data
from reports.document import Paragraph, Table
from reports.formulas import formulas
from reports.wording import wording

DATA = Path(__file__).parents[1] / "data" / "delivery"
EXPORTS = ("deployments.csv", "github-deployments.json", "github-runs.json", "github-releases.json")


@pytest.fixture(scope="module")
def record() -> DeliveryRecord:
    """Return what the invented CSV files measure."""
    with (DATA / "deployments.csv").open("rb") as one, (DATA / "incidents.csv").open("rb") as two:
        return measure_delivery(
            read_deployments(one, "deployments.csv", Reading()), read_incidents(two, "incidents.csv", Reading())
        )


def test_every_reason_format_and_measure_has_its_words(record: DeliveryRecord) -> None:
    """Nothing that the model can say is without a sentence."""
    texts = wording().delivery
    assert set(get_args(Reason)) == set(texts["reasons"])
    assert {"csv", *get_args(Kind)} == set(texts["kinds"])
    names = {measure.name for measure in record.measures}
    assert names == set(texts["titles"]) == set(texts["counted"]) - {"open"}


@pytest.mark.parametrize("name", EXPORTS)
def test_what_was_left_out_of_a_file_is_said(name: str) -> None:
    """Each count of the reader stands in the sentence about its file."""
    with (DATA / name).open("rb") as stream:
        log = read_deployments(stream, name, Reading())
    said = next(read_sentences(measure_delivery(log, None)))
    assert said.startswith(f"{name} (")
    assert all(str(count) in said for count in log.counts.values())
    assert said.count(";") == len(log.counts) - 1


def test_parts_that_are_left_out_are_counted_in_words_and_data(record: DeliveryRecord) -> None:
    """Whoever looks for a part that is missing from the table finds why; without any nothing is said."""
    said = "last deployed before the window of the frequency, and are left out of it: 3."
    assert said in " ".join(read_sentences(replace(record, silent=3)))
    assert delivery_data(replace(record, silent=3), Offers((), ()))["services_left_out"] == 3
    assert "left out of it" not in " ".join(read_sentences(record))


def test_a_table_row_says_figure_interval_counts_and_window(record: DeliveryRecord) -> None:
    """The same as the model, rounded once."""
    rows = {row[0]: row[1:] for row in measures_table(record).rows}
    assert rows["Change fail rate"] == (
        "12%",
        "7% to 17%",
        "8 of 69 deployments failed",
        "2025-10-30 to 2026-04-30",
    )
    assert rows["Time to detect"][0] == "9 minutes"


def test_the_numbers_that_are_put_in_make_the_figure_that_is_said(record: DeliveryRecord) -> None:
    """A share is what counts over what was looked at, a frequency a count over months, a rate a count over years."""
    said, found = put_in(record), {measure.name: measure for measure in record.measures}
    assert set(said) == {*found, "incident_rate"} == {one.id for one in formulas().formulas if one.part == "delivery"}
    rate = found["change_fail_rate"]
    assert rate.value == pytest.approx(rate.count / rate.of)
    assert said["change_fail_rate"] == f"{rate.count} / {rate.of} = {figure_text(rate)}."
    total, months = re.findall(r"[\d.]*\d", said["deployment_frequency"])[:2]
    assert float(total) / float(months) == pytest.approx(found["deployment_frequency"].value or 0.0, rel=0.01)
    count, weeks = re.findall(r"[\d.]*\d", said["incident_rate"])[:2]
    assert record.incidents is not None
    assert float(count) / (float(weeks) * 7 / 365.25) == pytest.approx(record.incidents.per_year, rel=0.01)
    assert figure_text(found["lead_time"]) in said["lead_time"]


def test_days_are_those_of_the_zone(record: DeliveryRecord) -> None:
    """Half a day to the east the last record is on the next day."""
    east = timezone(timedelta(hours=14))
    assert measures_table(record, east).rows[0][-1].endswith("2026-05-01")


def test_what_cannot_be_told_is_a_dash_with_its_reason(record: DeliveryRecord) -> None:
    """Never a nought; a value without an interval says that the weeks are too few."""
    rate = record.find("change_fail_rate")
    none = replace(rate, value=None, interval=None, reason="no_failures_told")
    assert interval_text(none) == "\u2013"
    assert "near in time is not taken for a cause" in counted_text(none)
    assert interval_text(replace(rate, interval=None)) == "too few weeks"
    assert counted_text(replace(record.find("resolution_time"), open=3)).endswith(", 3 still open")


def test_an_interval_without_upper_end_says_from(record: DeliveryRecord) -> None:
    """With most incidents open there is no upper end, and none is invented."""
    found = record.find("resolution_time")
    assert found.interval is not None
    assert interval_text(replace(found, interval=replace(found.interval, high=None))) == "from 1.0 hours"


def test_incidents_are_said_with_their_limits(record: DeliveryRecord) -> None:
    """Which incidents count, how the fit treats open ones, and what is too short to tell."""
    said = " ".join(incident_sentences(record))
    assert "31.9 incidents a year (20.6 to 47.3, exact 90% interval): 18 in 29 weeks" in said
    assert "Only incidents in which users lost a service count" in said
    assert "nothing is said of clustering" in said
    assert record.incidents is not None
    vague = replace(record, incidents=replace(record.incidents, serious=False, fit=None, untold=4, timeless=2))
    said = " ".join(incident_sentences(vague))
    for part in ("every incident counts", "Too few closed incidents", "4 incidents without", "2 ended at the moment"):
        assert part in said


def test_lengths_are_said_with_what_they_rest_on(record: DeliveryRecord) -> None:
    """How many are timed from their report alone, and why nothing is fitted when most are open."""
    assert record.incidents is not None
    found = replace(record.incidents, started=record.incidents.closed + record.incidents.open - 3)
    said = " ".join(incident_sentences(replace(record, incidents=found)))
    assert "3 have no start and are timed from their first report" in said
    whole = replace(found, started=found.closed + found.open)
    assert "timed from their first report" not in " ".join(incident_sentences(replace(record, incidents=whole)))
    left = replace(found, fit=None, open=295, closed=5)
    said = " ".join(incident_sentences(replace(record, incidents=left)))
    assert "More than half of the incidents are still open (295, with 5 closed)" in said
    assert "no length is proposed" in said
    assert "Too few" not in said


def test_a_mean_beyond_the_longest_incident_is_said(record: DeliveryRecord) -> None:
    """A few long lengths make a spread whose mean nobody has seen; where the mean lies within, nothing is said."""
    assert record.incidents is not None
    fit = record.incidents.fit
    assert fit is not None
    assert fit.mean < fit.longest
    assert "nobody has seen" not in " ".join(incident_sentences(record))
    wide = replace(fit, median=2.0, sigma=2.5, longest=40.0)
    said = " ".join(incident_sentences(replace(record, incidents=replace(record.incidents, fit=wide))))
    # 2 exp(2.5^2 / 2) = 45.5
    assert "is 45.5 hours, more than the longest of these incidents (40.0 hours)" in said


def test_minutes_below_an_hour() -> None:
    """A length is told as people say it."""
    assert [hours_text(hours) for hours in (0.15, 0.999, 1, 26.25)] == [
        "9 minutes",
        "60 minutes",
        "1.0 hours",
        "26.3 hours",
    ]


def test_records_set_aside_stand_with_their_place(record: DeliveryRecord) -> None:
    """File and line; without any, a sentence says so."""
    found = problems_block(record)
    assert isinstance(found, Table)
    assert [row[0] for row in found.rows] == ["deployments.csv:87", "incidents.csv:35"]
    assert problems_block(replace(record, problems=())) == Paragraph("Every record could be used.")


def test_the_picture_adds_up_to_the_table(record: DeliveryRecord) -> None:
    """The bars are the deployments of the frequency, its triangles the failures, and both stand behind it as text."""
    figure = weeks(record)
    assert "69 deployments in 26 weeks, 8 of them known to have failed" in figure.title
    assert (sum(int(row[1]) for row in figure.rows), sum(int(row[2]) for row in figure.rows)) == (69, 8)
    drawn = figure.spec["datasets"] if "datasets" in figure.spec else {"data": figure.spec["data"]["values"]}
    assert sum(row["height"] for row in next(iter(drawn.values()))) == 69
    assert figure.title in figure.alt


def test_the_picture_of_incidents_alone() -> None:
    """Without deployments the bars are incidents, and nothing is said of failures."""
    with (DATA / "gitlab-issues.json").open("rb") as stream:
        found = measure_delivery(None, read_incidents(stream, "i.json", Reading()))
    figure = weeks(found)
    assert "5 incidents in 5 weeks; weeks without any: 1." in figure.title
    assert {row[1] for row in figure.rows} == {"\u2013"}


def test_a_part_without_a_name_needs_no_table_of_parts() -> None:
    """One repository is one part."""
    with (DATA / "github-runs.json").open("rb") as stream:
        found = measure_delivery(read_deployments(stream, "r.json", Reading()), None)
    captions = [block.caption for block in record_blocks(found) if isinstance(block, Table)]
    assert captions == ["What the records measure"]
