"""Load against capacity in sentences."""

from __future__ import annotations

from models.load_ahead import LoadAhead
from models.timing import Signals
from reports.figures_format import month, months, percent
from reports.wording import fill, wording


def fullness_sentence(found: LoadAhead) -> str:
    """Say how much of the capacity the busiest hour uses today, and at which share the wall is felt."""
    today = found.today
    figures = {"used": today.p50, "low": today.p5, "high": today.p95, "felt": found.felt}
    return fill(wording().wall["ahead_today"], **{name: percent(value) for name, value in figures.items()})


def reached_sentence(reached: Signals, horizon: int) -> str:
    """Say by which month half of the futures meet the wall with nothing planned, or how many do at all."""
    texts = wording().wall
    if reached.p50 is None:
        return fill(texts["ahead_few"], share=percent(reached.probability), horizon=months(horizon))
    return fill(texts["ahead_half"], month=month(reached.p50))


def spread_sentence(reached: Signals, horizon: int) -> str:
    """Say how early and how late it may be."""
    key = "ahead_rare" if reached.p5 is None else "ahead_open" if reached.p95 is None else "ahead_spread"
    return fill(wording().wall[key], early=month(reached.p5), late=month(reached.p95), horizon=months(horizon))
