"""What records measure, against figures worked by hand, and what they cannot tell."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from assessment.delivery.reading import Reading, read_deployments, read_incidents
from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.rules import MeasureName
from assessment.errors import InputError
from models.delivery import measure_delivery
from models.delivery_record import DeliveryRecord

DATA = Path(__file__).parents[1] / "data" / "delivery"
DAY, HOUR = 86_400.0, 3_600.0
START = 1_767_225_600.0  # 1 January 2026, UTC


def log_of(*records: Deployment, file: str = "d.csv") -> Log[Deployment]:
    """Return a log of deployments."""
    return Log(file, "csv", tuple(sorted(records, key=lambda one: one.at)))


def seen(*records: Incident) -> Log[Incident]:
    """Return a log of incidents."""
    return Log("i.csv", "csv", tuple(sorted(records, key=lambda one: one.opened)))


def deployed(day: float, name: str = "", **parts: Any) -> Deployment:
    """Return a deployment so many days after the start."""
    return replace(Deployment(name, START + day * DAY), **parts)


def incident(day: float, hours: float | None = None, **parts: Any) -> Incident:
    """Return an incident reported so many days after the start, and restored so many hours later."""
    at = START + day * DAY
    return replace(Incident("", None, at, None if hours is None else at + hours * HOUR), **parts)


def value(record: DeliveryRecord, name: MeasureName) -> float | None:
    """Return the value of a measure."""
    return record.find(name).value


@pytest.fixture(scope="module")
def whole() -> DeliveryRecord:
    """Return what the invented CSV files measure."""
    with (DATA / "deployments.csv").open("rb") as one, (DATA / "incidents.csv").open("rb") as two:
        return measure_delivery(
            read_deployments(one, "deployments.csv", Reading()), read_incidents(two, "incidents.csv", Reading())
        )


def test_the_frequency_is_that_of_the_median_service() -> None:
    """Twelve weeks: 12, 6 and 3 releases after the one that opens the file; the median service has 6 in 84 days."""
    first = deployed(0, service="b")
    steady = [deployed(84 - 7 * week, service="a") for week in range(12)]
    fewer = [deployed(83 - 14 * week, service="b") for week in range(6)]
    fewest = [deployed(82 - 28 * week, service="c") for week in range(3)]
    record = measure_delivery(log_of(first, *steady, *fewer, *fewest), None)
    assert [(one.name, one.count) for one in record.services] == [("a", 12), ("b", 6), ("c", 3)]
    assert value(record, "deployment_frequency") == pytest.approx(6 / 84 * 365.25 / 12)
    found = record.find("deployment_frequency")
    assert (found.count, found.interval is not None) == (21, True)


def test_the_frequency_counts_two_quarters_back_from_the_end() -> None:
    """A year of weekly releases: the last 26 weeks count, none of them opens the file, and weeks without one count."""
    record = measure_delivery(log_of(*(deployed(7 * week) for week in range(53))), None, START + 365 * DAY)
    found = record.find("deployment_frequency")
    assert (found.end - found.start) / DAY == 182
    assert found.count == 26
    silent = measure_delivery(log_of(deployed(0), deployed(1)), None, START + 365 * DAY)
    assert value(silent, "deployment_frequency") == 0
    assert [(doubt.name, round(doubt.days)) for doubt in silent.warnings] == [("stale", 364)]


def test_a_part_that_was_last_deployed_years_ago_is_left_out_of_the_median() -> None:
    """Three retired parts are no part of the median. One that fell silent inside the window is."""
    retired = [deployed(day, service=name) for day, name in enumerate("abc")]
    alive = [deployed(1000 + day, service="portal") for day in range(182)]
    record = measure_delivery(log_of(*retired, *alive), None)
    assert [(one.name, one.count) for one in record.services] == [("portal", 182)]
    assert value(record, "deployment_frequency") == pytest.approx(365.25 / 12, rel=0.01)
    assert record.silent == 3
    quiet = deployed(1001, service="quiet")
    both = measure_delivery(log_of(*retired, *alive, quiet), None)
    assert [(one.name, one.count) for one in both.services] == [("portal", 182), ("quiet", 1)]
    assert value(both, "deployment_frequency") == pytest.approx(365.25 / 12 / 2, rel=0.02)


def test_without_a_deployment_in_the_window_the_frequency_is_nought() -> None:
    """Two parts that both fell silent: nobody released, and nothing is left to chance."""
    record = measure_delivery(log_of(deployed(0, service="a"), deployed(1, service="b")), None, START + 365 * DAY)
    found = record.find("deployment_frequency")
    assert (found.value, record.services, record.silent) == (0, (), 2)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (0, 0)


def test_a_release_in_each_week_leaves_nothing_to_chance() -> None:
    """Twelve weeks with one release each: every resample of the weeks gives the same frequency."""
    found = measure_delivery(log_of(*(deployed(7 * week) for week in range(13))), None).find("deployment_frequency")
    assert found.value == pytest.approx(365.25 / 12 / 7)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(found.value)
    assert found.interval.high == pytest.approx(found.value)


def test_one_moment_is_no_span() -> None:
    """A single deployment says nothing of how often."""
    record = measure_delivery(log_of(deployed(0)), None)
    found = record.find("deployment_frequency")
    assert (found.value, found.reason) == (None, "no_span")


def test_the_lead_time_is_the_median_over_those_with_a_commit() -> None:
    """1, 3 and 10 hours; one without a commit is looked at and not counted."""
    hours = (1, 10, 3)
    made = [deployed(day, committed=START + day * DAY - lead * HOUR) for day, lead in enumerate(hours, start=1)]
    record = measure_delivery(log_of(*made, deployed(4)), None)
    found = record.find("lead_time")
    assert (found.value, found.count, found.of) == (3, 3, 4)
    bare = measure_delivery(log_of(deployed(1), deployed(4)), None).find("lead_time")
    assert (bare.value, bare.reason) == (None, "no_commits")


def test_failures_are_told_by_marks_and_by_incidents_that_name_a_deployment() -> None:
    """Of four deployments one is marked and one is named by commit; one without either mark tells nothing."""
    commit = "ab" * 20
    made = log_of(
        deployed(1, "1", failed=True),
        deployed(2, "2", failed=False, commit=commit),
        deployed(3, "3", failed=False),
        deployed(4, "4"),
    )
    found = measure_delivery(made, seen(incident(2.1, 5, links=(commit[:10],)), incident(3, 1, links=("none",))))
    rate = found.find("change_fail_rate")
    assert rate.value == pytest.approx(2 / 3)
    assert (rate.count, rate.of) == (2, 3)
    assert found.links is not None
    assert (found.links.incidents, found.links.naming, found.links.matched) == (2, 2, 1)
    recovery = found.find("recovery_time")
    assert recovery.value == pytest.approx(5)
    assert (recovery.count, recovery.of) == (1, 2)


def test_without_marks_and_links_nobody_knows_what_failed() -> None:
    """Incidents near a deployment in time are not held against it."""
    record = measure_delivery(log_of(deployed(1), deployed(2)), seen(incident(1.01, 1), incident(2.01, 1)))
    for name in ("change_fail_rate", "recovery_time"):
        found = record.find(name)
        assert (found.value, found.reason) == (None, "no_failures_told")


def test_once_some_incident_names_one_the_others_did_not_fail() -> None:
    """One of four deployments is named, none is marked: a quarter failed."""
    made = log_of(*(deployed(day, str(day)) for day in range(1, 5)))
    rate = measure_delivery(made, seen(incident(2.5, 1, links=("2",)))).find("change_fail_rate")
    assert (rate.value, rate.count, rate.of) == (0.25, 1, 4)
    assert measure_delivery(made, None).find("change_fail_rate").value is None


def test_an_incident_before_the_deployment_it_names_is_no_link() -> None:
    """It is told with its line; an hour before the end of a rollout is let pass."""
    made = log_of(deployed(5, "5"), deployed(6, "6"))
    early = incident(4, 1, links=("5",), line=9)
    during = incident(6 - 1 / 24, 1, links=("6",), line=10)
    record = measure_delivery(made, seen(early, during))
    assert [str(one) for one in record.problems] == ["i.csv:9: the incident begins before the deployment that it names"]
    assert record.links is not None
    assert record.links.matched == 1


def test_a_short_name_links_only_the_one_commit_that_begins_so() -> None:
    """Seven figures name a commit, unless two begin alike; a number is no beginning of another number."""
    made = log_of(
        deployed(1, "70010012", commit="abcdef1" + "0" * 33),
        deployed(2, "70010013", commit="abcdef1" + "1" * 33),
        deployed(3, "70010014", commit="1234567" + "2" * 33),
    )

    def matched(*names: str) -> int:
        links = measure_delivery(made, seen(incident(4, 1, links=names))).links
        return 0 if links is None else links.matched

    assert [matched("1234567"), matched("abcdef10"), matched("abcdef1"), matched("70010019")] == [1, 1, 0, 0]


def test_a_recovery_lasts_until_the_last_of_its_incidents_ends() -> None:
    """Two incidents of one deployment make one recovery; while one is open it is longer than so far."""
    made = log_of(deployed(1, "1"), deployed(9, "9"))
    first, second = incident(1.5, 2, links=("1",)), incident(1.6, 10, links=("1",))
    closed = measure_delivery(made, seen(first, second)).find("recovery_time")
    assert closed.value == pytest.approx(0.1 * 24 + 10)
    still = measure_delivery(made, seen(first, replace(second, resolved=None))).find("recovery_time")
    assert (still.value, still.open, still.reason) == (None, 1, "not_reached")


def test_a_marked_failure_is_timed_by_its_own_recovery() -> None:
    """Without an incident the file's own time of recovery counts; without either the failure is not timed."""
    made = log_of(
        deployed(1, failed=True, recovered=START + DAY + 3 * HOUR), deployed(2, failed=True), deployed(3, failed=False)
    )
    found = measure_delivery(made, None).find("recovery_time")
    assert found.value == pytest.approx(3)
    assert (found.count, found.of) == (1, 2)
    none = measure_delivery(log_of(deployed(1, failed=False), deployed(2, failed=False)), None)
    assert none.find("recovery_time").reason == "none_failed"
    assert none.find("change_fail_rate").interval is not None


def test_shares_widen_to_a_year_below_ten_deployments() -> None:
    """Nine in two quarters are too few, so that the year counts; ten are enough."""
    older = [deployed(day, failed=True) for day in (0, 1)]
    recent = [deployed(300 + day, failed=False) for day in range(9)]
    wide = measure_delivery(log_of(*older, *recent), None).find("change_fail_rate")
    assert (wide.count, wide.of) == (2, 11)
    narrow = measure_delivery(log_of(*older, *recent, deployed(309, failed=True)), None).find("change_fail_rate")
    assert (narrow.count, narrow.of) == (1, 10)


def test_rework_is_told_by_the_records_or_not_at_all() -> None:
    """One unplanned fix of three that tell; none that tells is no rate of nought."""
    made = [deployed(1, unplanned=True), deployed(2, unplanned=False), deployed(3, unplanned=False), deployed(4)]
    found = measure_delivery(log_of(*made), None).find("rework_rate")
    assert found.value == pytest.approx(1 / 3)
    assert (found.count, found.of) == (1, 3)
    assert measure_delivery(log_of(deployed(1), deployed(2)), None).find("rework_rate").reason == "no_fixes_told"


def test_records_on_one_line_are_told_apart() -> None:
    """A JSON export may stand on a single line: outcomes belong to records, not to lines."""
    made = log_of(*(deployed(day, failed=day == 1, line=1) for day in range(1, 5)))
    assert measure_delivery(made, None).find("change_fail_rate").value == 0.25


def test_what_comes_after_the_end_does_not_count_and_is_told() -> None:
    """Also an incident that was restored later: at the end it was still open."""
    made = log_of(deployed(1, "a", line=2), deployed(9, "b", line=3))
    happened = seen(incident(2, 24 * 5, line=2), incident(3, 1, line=3))
    record = measure_delivery(made, happened, START + 4 * DAY)
    assert [str(one) for one in record.problems] == ["d.csv:3: b: the record comes after the end of the window"]
    assert record.end_given
    assert record.incidents is not None
    assert (record.incidents.open, record.incidents.closed) == (1, 1)
    with pytest.raises(InputError, match="no record is left to measure"):
        measure_delivery(made, happened, START)


def test_records_that_all_contradict_themselves_are_told_with_the_first_line() -> None:
    """Nothing is left, and the reason is what was wrong with the records, not the window."""
    text = b"started_at,resolved_at\n2026-03-02T10:00:00Z,2026-03-01T10:00:00Z\n2026-03-04T10:00Z,2026-03-03T10:00Z\n"
    with pytest.raises(InputError) as raised:
        measure_delivery(None, read_incidents(BytesIO(text), "i.csv", Reading()))
    (problem,) = raised.value.problems
    assert problem.message == "no record is left to measure: the incident ends before it begins"
    assert (problem.file, problem.line) == ("i.csv", 2)


def test_the_same_records_at_another_time_measure_the_same(whole: DeliveryRecord) -> None:
    """Nothing depends on the date: everything moved by 1,000 days gives the same figures and intervals."""
    later = 1000 * DAY

    def moved(text: float | None) -> float | None:
        return None if text is None else text + later

    with (DATA / "deployments.csv").open("rb") as one, (DATA / "incidents.csv").open("rb") as two:
        made = read_deployments(one, "deployments.csv", Reading())
        happened = read_incidents(two, "incidents.csv", Reading())
    made = replace(made, records=tuple(replace(x, at=x.at + later, committed=moved(x.committed)) for x in made.records))
    happened = replace(
        happened,
        records=tuple(
            replace(x, started=moved(x.started), detected=moved(x.detected), resolved=moved(x.resolved))
            for x in happened.records
        ),
    )
    again = measure_delivery(made, happened)
    for before, after in zip(whole.measures, again.measures, strict=True):
        assert (after.value, after.interval, after.count) == (before.value, before.interval, before.count)
    assert whole.incidents is not None
    assert again.incidents is not None
    assert (again.incidents.fit, again.incidents.per_year) == (whole.incidents.fit, whole.incidents.per_year)


def test_the_invented_exports_measure_what_a_plain_count_finds(whole: DeliveryRecord) -> None:
    """The share of failures, counted again from the text of the file, without the reader."""
    rows = [line.split(",") for line in (DATA / "deployments.csv").read_text().splitlines()[1:-3]]
    rate = whole.find("change_fail_rate")
    recent = [row for row in {row[0]: row for row in rows}.values() if row[4] >= "2025-10-30T12"]
    assert (rate.count, rate.of) == (sum(row[6] == "true" for row in recent), len(recent))
    assert all(measure.value is not None and measure.interval is not None for measure in whole.measures)
    for measure in whole.measures:
        assert measure.interval is not None
        assert measure.interval.low <= (measure.value or 0) <= (measure.interval.high or 0)
