"""A fitted load test in words, as text for the terminal and as plain data."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from assessment.loadtests.points import LoadTest
from models.parameters import ParameterFile
from models.scalability import UslFit, wall_month
from models.wall import Spread, Wall, default_range
from models.wall_rules import wall_rules
from reports.as_text import table
from reports.figures_format import DASH, month, months, percent, plain, rate
from reports.wording import fill, wording

POINTS = ("Load", "Throughput", "Fitted", "Requests", "Failed", "Seconds", "File")
FIGURES = ("Figure", "Fitted", "In nine cases of ten")
_TITLES = {
    "lambda": "Throughput of one (lambda)",
    "sigma": "Contention (sigma)",
    "kappa": "Coherency (kappa)",
    "peak_load": "Load at the peak (N*)",
    "limit": "Capacity (X*), a second",
}


def figure(value: float) -> str:
    """Return a figure to four digits, or that it has no end."""
    return wording().wall["open_end"] if math.isinf(value) else plain(value)


def breaking_sentence(fit: UslFit) -> str:
    """Say where the platform breaks."""
    texts, interval = wording().wall, fit.intervals["limit"]
    if math.isinf(fit.limit):
        return texts["straight"]
    last = float(fit.load[-1])
    name = "levels" if math.isinf(fit.peak_load) else "peak" if fit.peak_load <= last else "beyond"
    figures = {"last": last, "limit": fit.limit, "low": interval.low, "high": interval.high, "load": fit.peak_load}
    return fill(texts[name], **{key: figure(value) for key, value in figures.items()})


def warning_sentences(fit: UslFit) -> list[str]:
    """Say what speaks against the figures of a fit."""
    rules = wall_rules()
    counts = Counter(fit.load.tolist())
    last = float(fit.load[-1])
    figures = {
        "last": plain(last),
        "load": plain(fit.peak_load),
        "share": percent(last / fit.peak_load),
        "limit": percent(rules.short_share.value),
        "poor": percent(rules.poor_r_squared.value),
        "enough": plain(rules.enough_loads.value),
        "r_squared": percent(max(0.0, fit.r_squared)),
        "miss": percent(fit.miss),
        "sigma": plain(fit.sigma),
        "kappa": plain(fit.kappa),
        "best": plain(float(fit.throughput.max())),
        "capacity": plain(fit.limit),
    }
    counted = {"few": len(counts), "repeated": sum(count > 1 for count in counts.values())}
    texts = wording().wall_warnings
    return [fill(texts[name], count=str(counted.get(name, 0)), **figures) for name in fit.warnings]


def meaning_sentences(fit: UslFit) -> list[str]:
    """Say in plain words what the three figures mean."""
    texts = wording().wall
    figures = {
        "rate": plain(fit.lambda_),
        "sigma": plain(fit.sigma),
        "kappa": plain(fit.kappa),
        "r_squared": percent(max(0.0, fit.r_squared)),
        "miss": percent(fit.miss),
    }
    return [fill(texts[name], **figures) for name in ("rate", "contention", "coherency", "board")]


def put_in(fit: UslFit, found: Wall | None, growth: float | None) -> dict[str, str]:
    """Return the formulas of the wall with their numbers, by id; ``growth`` of demand a month is that of the middle."""
    texts, last = wording().wall, float(fit.load[-1])
    name = (
        "put_in_straight" if math.isinf(fit.limit) else "put_in_levels" if math.isinf(fit.peak_load) else "put_in_peak"
    )
    figures = {
        "rate": plain(fit.lambda_),
        "sigma": plain(fit.sigma),
        "kappa": plain(fit.kappa),
        "last": plain(last),
        "less": plain(last - 1.0),
        "fitted": plain(fit.capacity.throughput_at(last)),
        "measured": plain(float(fit.throughput[-1])),
        "load": plain(fit.peak_load),
        "limit": figure(fit.limit),
    }
    said = {"curve": fill(texts["put_in_curve"], **figures), "peak": fill(texts[name], **figures)}
    return said if found is None or math.isinf(fit.limit) else {**said, "demand": _demand(fit, found, growth)}


def _demand(fit: UslFit, found: Wall, growth: float | None) -> str:
    demand, felt = found.demand.p50, found.share * fit.limit
    met = None if growth is None else wall_month(demand, fit.limit, growth, found.share)
    figures = {
        "demand": plain(demand),
        "share": plain(found.share),
        "limit": plain(fit.limit),
        "wall": plain(felt),
        "growth": plain(growth),
        "month": plain(met),
    }
    return fill(wording().wall["put_in_no_demand" if met is None else "put_in_demand"], **figures)


def today_sentence(wall: Wall) -> str:
    """Say how much of the capacity today's peak demand uses."""
    texts, used = wording().wall, wall.used
    if not wall.bounded:
        return fill(texts["no_limit"], demand=plain(wall.demand.p50))
    return fill(
        texts["over" if used.p50 > 1.0 else "today"],
        demand=plain(wall.demand.p50),
        used=percent(used.p50),
        used_low=percent(used.p5),
        used_high=percent(used.p95),
        room=plain(wall.headroom.p50),
    )


def month_sentence(wall: Wall) -> str:
    """Say when demand meets the wall; nothing without growth, and nothing where no capacity was found."""
    if wall.month is None or wall.none_before_horizon is None:
        return ""
    name = "month"
    if wall.none_before_horizon == 1.0:
        name = "month_never"
    elif wall.month.p50 > wall.horizon:
        name = "month_none"
    elif wall.month.p50 == 0.0:
        name = "month_now"
    return fill(
        wording().wall[name],
        share=percent(wall.share),
        month=_month(wall.month.p50),
        early=_month(wall.month.p5),
        late=_month(wall.month.p95),
        none=percent(wall.none_before_horizon),
        horizon=months(wall.horizon),
    )


def _month(value: float) -> str:
    texts = wording().wall
    return texts["never"] if math.isinf(value) else texts["today_word"] if value == 0.0 else month(math.ceil(value))


def figure_rows(fit: UslFit) -> list[tuple[str, str, str]]:
    """Return the fitted figures with their ranges under ``FIGURES``."""
    values = {"lambda": fit.lambda_, "sigma": fit.sigma, "kappa": fit.kappa}
    values |= {"peak_load": fit.peak_load, "limit": fit.limit}
    return [(title, figure(values[name]), _ends(fit, name)) for name, title in _TITLES.items()]


def _ends(fit: UslFit, name: str) -> str:
    interval = fit.intervals[name]
    if math.isinf(interval.low):
        return figure(interval.low)
    return (
        f"{plain(interval.low)} to {plain(interval.high)}"
        if math.isfinite(interval.high)
        else (f"{plain(interval.low)} or more")
    )


def point_rows(tests: Sequence[LoadTest], fit: UslFit) -> list[tuple[str, ...]]:
    """Return every point under ``POINTS``."""
    points = sorted((point for test in tests for point in test.points), key=lambda point: (point.load, point.file))
    return [
        (
            plain(point.load),
            plain(point.throughput),
            plain(fit.capacity.throughput_at(point.load)),
            DASH if point.requests is None else f"{point.requests:,}",
            DASH if point.failed is None else f"{point.failed:,}",
            DASH if point.seconds is None else plain(point.seconds),
            point.file,
        )
        for point in points
    ]


def notes_of(tests: Sequence[LoadTest]) -> list[str]:
    """Return what the readers left out or read in a particular way."""
    return [f"{test.file}: {note}." for test in tests for note in test.notes]


def assumed_sentences(parameters: ParameterFile, typed: Mapping[str, object]) -> list[str]:
    """Say which of surge and growth stand in for figures that were not given; nothing without a demand."""
    if typed.get("D0") is None:
        return []
    texts, growth = wording().wall, default_range(parameters.by_symbol["g"])
    shown = ", ".join(rate(end) for end in (growth.low, growth.mode, growth.high))
    said = {"surge": texts["default_surge"], "g": fill(texts["default_growth"], growth=shown)}
    return [sentence for symbol, sentence in said.items() if typed.get(symbol) is None]


def points_csv(tests: Sequence[LoadTest]) -> bytes:
    """Return the points as CSV, which is read again as a table of load and throughput."""
    rows = [
        (point.load, point.throughput, point.requests, point.failed, point.seconds)
        for test in tests
        for point in test.points
    ]
    cells = [",".join("" if cell is None else repr(cell) for cell in row) for row in rows]
    return "\n".join(["load,throughput,requests,failed,seconds", *cells, ""]).encode("utf-8")


def wall_text(tests: Sequence[LoadTest], fit: UslFit, wall: Wall | None = None, assumed: Sequence[str] = ()) -> str:
    """Return a fit as sentences and tables for the terminal."""
    said = [breaking_sentence(fit)]
    if wall is not None:
        said += [today_sentence(wall), month_sentence(wall), *assumed]
    warned = [f"! {sentence}" for sentence in warning_sentences(fit)]
    parts = [
        "\n".join(filter(None, said)),
        "\n".join(warned),
        table(FIGURES, figure_rows(fit)),
        "\n".join(meaning_sentences(fit)[:-1]),
        table(POINTS, point_rows(tests, fit)),
        "\n".join(notes_of(tests)),
    ]
    return "\n\n".join(part for part in parts if part)


def wall_data(
    tests: Sequence[LoadTest], fit: UslFit, wall: Wall | None = None, assumed: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a fit as plain data; what has no end is null."""
    data: dict[str, Any] = {
        "lambda": fit.lambda_,
        "sigma": fit.sigma,
        "kappa": fit.kappa,
        "peak_load": _finite(fit.peak_load),
        "peak_throughput": _finite(fit.peak_throughput),
        "limit": _finite(fit.limit),
        "intervals": {name: [_finite(found.low), _finite(found.high)] for name, found in fit.intervals.items()},
        "r_squared": fit.r_squared,
        "typical_miss": fit.miss,
        "warnings": [*warning_sentences(fit), *assumed],
        "notes": notes_of(tests),
        "files": [{"file": test.file, "format": test.kind, "points": len(test.points)} for test in tests],
        "points": [
            {
                "load": point.load,
                "throughput": point.throughput,
                "requests": point.requests,
                "failed": point.failed,
                "seconds": point.seconds,
                "file": point.file,
            }
            for test in tests
            for point in test.points
        ],
    }
    if wall is not None:
        data |= _demand_data(wall)
    return data


def _demand_data(wall: Wall) -> dict[str, Any]:
    found: dict[str, Any] = {
        "demand": _spread(wall.demand),
        "headroom": {**_spread(wall.headroom), "share_used": _spread(wall.used)},
    }
    if wall.month is not None:
        found["wall_month"] = {
            **_spread(wall.month),
            "share_of_capacity": wall.share,
            "horizon_months": wall.horizon,
            "probability_none_before_horizon": wall.none_before_horizon,
        }
    return found


def _spread(found: Spread) -> dict[str, float | None]:
    return {"p5": _finite(found.p5), "p50": _finite(found.p50), "p95": _finite(found.p95)}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
