"""What the fit of a load test is judged by: figures in ``wall.yaml``, each with its reason."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from assessment.fields import Model, Text
from assessment.reading import read_document, validate

_RULES = Path(__file__).with_name("wall.yaml")


class Rule(Model):
    """A figure that a fit is judged by, and why it is that one."""

    value: float = Field(gt=0, allow_inf_nan=False)
    why: Text


class WallRules(Model):
    """The figures of ``wall.yaml``."""

    format: Literal["sixstep-wall/1"]
    fewest_loads: Rule
    enough_loads: Rule
    most_points: Rule
    short_share: Rule
    poor_r_squared: Rule
    above_share: Rule
    interval: Rule
    resamples: Rule
    seed: Rule
    horizon_months: Rule
    widest_capacity: Rule


@lru_cache(maxsize=1)
def wall_rules() -> WallRules:
    """Return the figures that a fit is judged by, read once."""
    return validate(WallRules, read_document(_RULES))
