"""How points are taken from what a load test wrote: figures in ``rules.yaml``, each with its reason."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from assessment.fields import Model, Text
from assessment.reading import read_document, validate

_PATH = Path(__file__).with_name("rules.yaml")


class Rule(Model):
    """One figure and why it is that one."""

    value: float = Field(gt=0, allow_inf_nan=False)
    why: Text


class LoadTestRules(Model):
    """The figures of ``rules.yaml``."""

    format: Literal["sixstep-loadtest-rules/1"]
    shortest_window_seconds: Rule
    settle_seconds: Rule
    settle_share: Rule
    longest_gap_seconds: Rule
    most_seconds: Rule
    most_points: Rule
    longest_line_bytes: Rule
    failed_share: Rule


@lru_cache(maxsize=1)
def load_test_rules() -> LoadTestRules:
    """Return the figures, read once."""
    return validate(LoadTestRules, read_document(_PATH))
