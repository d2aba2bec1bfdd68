"""How often incidents come and how long they last, and what makes a window doubtful, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.delivery import measure_delivery
from tests.models.test_delivery import DAY, HOUR, START, deployed, incident, log_of, seen, value


def test_detection_and_restoration_are_timed_from_their_own_ends() -> None:
    """Detection from start to report over all; restoration from report to end over those that cost users a service."""
    two = incident(2, 3, serious=False, started=START + 2 * DAY - 600)
    one = incident(1, 1, serious=True, started=START + DAY - 1800)
    record = measure_delivery(None, seen(one, two, incident(3, 8, serious=None)))
    assert value(record, "detection_time") == pytest.approx(1 / 3)
    assert value(record, "resolution_time") == pytest.approx(1)
    assert record.incidents is not None
    assert (record.incidents.serious, record.incidents.untold) == (True, 1)
    assert record.find("lead_time").reason == "no_file"


def test_the_rate_leaves_out_the_incident_that_opens_the_file() -> None:
    """Four incidents, the first of which begins the 146.1 days: three in 0.4 years, with the exact interval."""
    record = measure_delivery(None, seen(*(incident(day, 1) for day in (0, 20, 50, 90))), START + 146.1 * DAY)
    found = record.incidents
    assert found is not None
    assert found.rate_interval is not None
    assert (found.count, found.serious) == (3, False)
    assert found.per_year == pytest.approx(7.5)
    assert found.rate_interval.low == pytest.approx(0.8176914 / 0.4, rel=1e-6)
    assert found.rate_interval.high == pytest.approx(7.753657 / 0.4, rel=1e-6)


def test_durations_without_length_have_no_place_in_a_lognormal() -> None:
    """They are counted, and so are the open ones, which the fit takes as longer than so far."""
    hours: list[float | None] = [1, 2, 4, 8, 16, 0, None]
    record = measure_delivery(None, seen(*(incident(day, long) for day, long in enumerate(hours))), START + 9 * DAY)
    found = record.incidents
    assert found is not None
    assert (found.closed, found.open, found.timeless) == (6, 1, 1)
    assert found.fit is not None
    assert (found.fit.closed, found.fit.open) == (5, 1)
    assert found.fit.median > 4


def test_an_outage_is_as_long_as_users_bear_it() -> None:
    """Reported six hours after the start and restored one to two hours later: seven to eight hours for users.

    The time to restore runs from the report, as its question asks; without a start the report is all there is.
    """
    late = [incident(day, 1 + day / 10, started=START + day * DAY - 6 * HOUR) for day in range(11)]
    record = measure_delivery(None, seen(*late))
    assert record.incidents is not None
    assert record.incidents.fit is not None
    assert record.incidents.fit.median == pytest.approx(7.5, rel=0.01)
    assert record.incidents.started == 11
    assert value(record, "resolution_time") == pytest.approx(1.5)
    bare = measure_delivery(None, seen(*(replace(one, started=None) for one in late))).incidents
    assert bare is not None
    assert bare.fit is not None
    assert bare.fit.median == pytest.approx(1.5, rel=0.03)
    assert bare.started == 0


@pytest.mark.parametrize(("still_open", "fitted"), [(6, True), (7, False), (300, False)])
def test_nothing_is_fitted_when_more_than_half_is_open(still_open: int, fitted: bool) -> None:  # noqa: FBT001
    """Six that ended and many that nobody closed: the records do not reach the median, and a fit would invent it."""
    ended = [incident(day, 1.5**day) for day in range(6)]
    record = measure_delivery(None, seen(*ended, *(incident(10 + day / 10) for day in range(still_open))))
    found = record.incidents
    assert found is not None
    assert (found.closed, found.open, found.mostly_open) == (6, still_open, not fitted)
    assert (found.fit is not None) == fitted


def test_dispersion_needs_six_quarters() -> None:
    """Two years of incidents all in one quarter vary far beyond chance; one year says nothing."""
    bunch = [incident(600 + day, 1) for day in range(10)]
    record = measure_delivery(None, seen(incident(0, 1), *bunch), START + 730 * DAY)
    assert record.incidents is not None
    assert record.incidents.spread is not None
    assert record.incidents.spread.blocks == 8
    assert record.incidents.spread.phi > 2
    assert record.incidents.spread.chance < 0.001
    short = measure_delivery(None, seen(*bunch), START + 900 * DAY)
    assert short.incidents is not None
    assert short.incidents.spread is None


def test_a_date_far_behind_the_others_is_doubted() -> None:
    """A wrong year would move every window: the gap is told, in days."""
    record = measure_delivery(log_of(deployed(0), deployed(1), deployed(3000)), None)
    assert [(doubt.name, doubt.file, round(doubt.days)) for doubt in record.warnings] == [("long_gap", "d.csv", 2999)]


def test_quiet_months_are_nothing_unusual_where_incidents_are_rare() -> None:
    """An incident every four months: half a year without one is no sign that the export ended early."""
    rare = seen(*(incident(120 * count, 1) for count in range(5)))
    assert measure_delivery(None, rare, START + (480 + 180) * DAY).warnings == ()
    doubts = measure_delivery(None, rare, START + (480 + 700) * DAY).warnings
    assert [(doubt.name, round(doubt.days)) for doubt in doubts] == [("stale", 700)]
