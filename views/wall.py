"""Wall: where a load test says that the platform breaks, and the measured capacity for the cost model."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from assessment.answers import Range
from assessment.errors import InputError
from assessment.loadtests.points import LoadTest
from assessment.loadtests.reading import read_load_test
from models.scalability import UslFit
from models.wall import CAPACITY, Wall, capacity_range, demand_of, find_wall, fit_load_tests
from models.watching import Watch
from reports.charts.wall import wall_chart
from reports.document import FigureBlock
from reports.figures_format import plain as figure
from reports.figures_format import plain_range
from reports.sections.wall import wall as wall_section
from reports.walls import assumed_sentences, points_csv, put_in
from reports.wording import fill, wording
from views.about import explain
from views.access import evaluated, workspace
from views.back import BY_BUTTON, place_top
from views.blocks import WIDTH, chart_width, look, show
from views.feedback import accept, attempt, guard, in_short, problem_at, refuse
from views.frame import arrived, link, require
from views.money_why import place_formulas
from views.plain import plain
from views.uploads import Followed, begin_reading, place_reading
from workspace.portable import plain_name
from workspace.service import Opened

_FILES, _USE, _D0, _SURGE = "wall-files", "wall-use", "wall-demand", "wall-surge"
_LABEL = "Files of one load test"
_MOST_FILES = 24
_MOST_BYTES = 32 * 1024 * 1024
_INTRO = (
    "A load test runs the platform with 1, 2, 4, 8 and more users and counts what it serves. Here a curve is fitted to "
    "those points: it says at which load the platform serves most, how much that is, and when your demand gets there."
)
_TAKEN = (
    "You can give a CSV with the columns *load* and *throughput* (requests per second), a Locust statistics history, "
    "k6 output (CSV, JSON or summary), a JMeter JTL, or what wrk printed. At least four different loads, better six. "
    f"Up to {_MOST_BYTES // 2**20} MB a file. Reading saves nothing: once the test is read, you choose whether its "
    "capacity is used in the cost model."
)
_LARGER = (
    "Of a larger one 'sixstep wall FILE --points small.csv' in a terminal makes a small table; give that one here."
)
_SAVES = "Use as my capacity"


class Seen(NamedTuple):
    """A load test as this session holds it; it is in no store."""

    tests: tuple[LoadTest, ...]
    fit: UslFit

    @property
    def source(self) -> str:
        """What the saved capacity says of where it comes from."""
        files = ", ".join(dict.fromkeys(test.file for test in self.tests))
        return f"{files}: scalability law fitted to {len(self.fit.load)} points"


def page() -> None:
    """Read files, show where the platform breaks, and save the capacity when asked to."""
    opened = require()
    arrived(f"wall/{opened.id}")
    st.title("Wall", anchor=False)
    explain("wall")
    place_top(opened.id, unsaved=BY_BUTTON.format(_SAVES))
    with st.container(width=WIDTH):
        st.markdown(_INTRO)
        _upload(opened.id)
        place_reading(f"{_FILES}-{opened.id}", _FILES, _LABEL, lambda seen: _keep(opened.id, seen))
        seen: Seen | None = st.session_state.get(_held(opened.id))
        if seen is None:
            _standing(opened)
        else:
            with guard():
                _show(opened, seen)
        with st.container(horizontal=True):
            link("economics", "Economics, Load test", opened.id, part="load")
            link("tasks", "Task list", opened.id)


def _held(assessment_id: str) -> str:
    return f"wall-test-{assessment_id}"


def _upload(assessment_id: str) -> None:
    with st.form("wall-form", border=False):
        uploaded = st.file_uploader(_LABEL, accept_multiple_files=True, key=_FILES)
        st.caption(_TAKEN)
        problem_at(_FILES)
        read = _held(assessment_id) in st.session_state
        wanted = st.form_submit_button("Read the load test", type="secondary" if read else "primary")
    if not wanted:
        return
    faults = [f"{plain_name(item.name)} has {item.size:,} bytes" for item in uploaded if item.size > _MOST_BYTES]
    if not uploaded:
        refuse(_FILES, _LABEL, "Choose a file first.")
    elif len(uploaded) > _MOST_FILES:
        refuse(_FILES, _LABEL, f"{len(uploaded)} files are chosen; at most {_MOST_FILES} are read at a time.")
    elif faults:
        refuse(_FILES, _LABEL, f"{'; '.join(faults)}; at most {_MOST_BYTES:,} are read here. {_LARGER}")
    else:
        files = [(plain_name(item.name), item.getvalue()) for item in uploaded]
        st.session_state.pop(_held(assessment_id), None)
        begin_reading(f"{_FILES}-{assessment_id}", "Reading the load test", lambda watch: _read(files, watch))
    st.rerun()


def _read(files: list[tuple[str, bytes]], watch: Watch) -> Seen:
    """Return the load test; never a part of it."""
    share = 1.0 / len(files)
    parts = [watch.part(number * share, (number + 1) * share) for number in range(len(files))]
    tests = tuple(read_load_test(Followed(raw, part), name) for (name, raw), part in zip(files, parts, strict=True))
    return Seen(tests, fit_load_tests(tests))


def _keep(assessment_id: str, seen: Seen) -> None:
    accept(_USE)
    st.session_state[_held(assessment_id)] = seen


def _standing(opened: Opened) -> None:
    """Say which capacity the cost model uses as things stand."""
    given = opened.assessment.economics.ranges.get(CAPACITY)
    if given is None:
        st.info("No capacity from a load test stands in this assessment yet.")
    else:
        source = f", from {plain(given.source)}" if given.source else ""
        shown = plain_range(given.low, given.mode, given.high)
        st.info(f"The capacity of this assessment stands at {shown} a second{source}.")


def _show(opened: Opened, seen: Seen) -> None:
    answer = st.container()
    found, assumed, growth = _demand(opened, seen.fit)
    chart = wall_chart(seen.fit, found, width=chart_width(), look=look())
    section = wall_section(seen.tests, seen.fit, found, assumed, chart)
    picture = next(index for index, block in enumerate(section.blocks) if isinstance(block, FigureBlock)) + 1
    with answer:
        show(section.blocks[:picture], said=chart.title)
    show(section.blocks[picture:])
    place_formulas(evaluated(opened), "wall", put_in(seen.fit, found, growth))
    st.download_button(
        "Download the points (CSV)",
        points_csv(seen.tests),
        file_name="load-test-points.csv",
        mime="text/csv",
        key="wall-download",
        on_click="ignore",
    )
    _use(opened, seen)


def _demand(opened: Opened, fit: UslFit) -> tuple[Wall | None, list[str], float | None]:
    """Return where demand stands, by the economic inputs or figures typed here, what was assumed, and the growth."""
    st.header("Today's demand", anchor=False)
    ranges = opened.assessment.economics.ranges
    demand, surge = ranges.get("D0"), ranges.get("surge")
    if demand is not None:
        times = f", times a surge of {plain_range(surge.low, surge.mode, surge.high)}" if surge else ""
        st.markdown(
            f"{plain_range(demand.low, demand.mode, demand.high)} a second in the busy hours{times}: what stands under "
            "Economics, Load test."
        )
    else:
        st.markdown("Not given under Economics yet. Type it here to compare; it is not saved.")
        demand, surge = _typed(), _one(st.session_state.get(_SURGE))
    if demand is None:
        return None, [], None
    typed = {"D0": demand, "surge": surge, "g": ranges.get("g")}
    parameters = workspace().library.parameters
    try:
        asked = demand_of(parameters, demand, surge, ranges.get("g"), ranges.get("rho_trig"))
        return find_wall(fit, asked), assumed_sentences(parameters, typed), asked.middle_growth
    except InputError as error:
        st.error(plain(in_short(error)))
        return None, [], None


def _typed() -> Range | None:
    left, right = st.columns(2)
    left.number_input("Requests per second in the busy hours", min_value=0.0, value=None, format="%g", key=_D0)
    right.number_input("How many times the peak stands above it", min_value=1.0, value=None, format="%g", key=_SURGE)
    return _one(st.session_state.get(_D0) or None)


def _one(value: float | None) -> Range | None:
    return None if value is None else Range(low=value, mode=value, high=value)


def _use(opened: Opened, seen: Seen) -> None:
    """Offer the measured capacity to the cost model."""
    st.header("Use it in the cost model", anchor=False)
    try:
        wanted = capacity_range(seen.fit, seen.source)
    except InputError as error:
        st.info(f"This fit cannot stand as the capacity: {plain(in_short(error))}.")
        return
    given = opened.assessment.economics.ranges.get(CAPACITY)
    ends = [figure(value) for value in (wanted.low, wanted.high, wanted.mode)]
    figures = dict(zip(("low", "high", "mode"), ends, strict=True))
    problem_at(_USE)
    if given == wanted:
        st.success(plain(fill(wording().wall["saved"], **figures)))
        if not {"D0", "surge"} <= set(opened.assessment.economics.ranges):
            st.markdown("The cost model also needs today's demand and its surge.")
        return
    st.markdown(
        plain(fill(wording().wall["offer"], **figures))
        + (" It takes the place of the capacity that stands now." if given is not None else "")
    )
    if "rho_0" in opened.assessment.economics.ranges:
        st.markdown("The typed share of capacity in use gives way: demand, surge and capacity make it.")
    st.button(_SAVES, type="primary", key=_USE + "-button", on_click=_save, args=(opened.id, seen))


def _save(assessment_id: str, seen: Seen) -> None:
    attempt(_USE, "Capacity", lambda: workspace().use_capacity(assessment_id, seen.fit, seen.source).at)


page()
