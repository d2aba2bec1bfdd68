"""Limits of a team as they are typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import ValidationError

from assessment.answers import Capacity, EconomicInputs
from assessment.errors import InputError, Problem, nearest


def typed_limits(at_most: int | None, roles: list[str], budget: float | None) -> dict[str, Any]:
    """Return what was typed of the team's limits, as fields of its capacity.

    Raises:
        InputError: for a role of another form.
    """
    found = {name: value for name, value in (("at_most_at_once", at_most), ("budget", budget)) if value is not None}
    given: dict[str, float] = {}
    for text in roles:
        name, _, weeks = text.partition("=")
        try:
            given[name] = float(weeks)
        except ValueError as error:
            raise InputError(Problem(f"'{text}' is no limit on a role", "write ROLE=6 (person-weeks)")) from error
    return {**found, "roles": given} if given else found


def limited(economics: EconomicInputs, limits: Mapping[str, Any], roles: Collection[str]) -> EconomicInputs:
    """Return economic inputs under typed limits, which stand above those of the assessment.

    Raises:
        InputError: for a role that no work needs, and for a figure out of range.
    """
    given = limits.get("roles", {})
    unknown = [
        Problem(f"no initiative needs the role '{name}'", nearest(name, roles)) for name in given if name not in roles
    ]
    if unknown:
        raise InputError(unknown)
    capacity = {**economics.capacity.model_dump(), **limits, "roles": {**economics.capacity.roles, **given}}
    try:
        return economics.model_copy(update={"capacity": Capacity.model_validate(capacity)})
    except ValidationError as error:
        raise InputError(Problem(f"a limit of the team: {error.errors()[0]['msg'].lower()}")) from error
