"""Named futures: what the world may do to load, rates and costs, and what a team makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from assessment.answers import ScenarioChange, ScenarioEdit
from assessment.errors import InputError, Problem, nearest
from assessment.fields import Identifier, Model, Text
from assessment.reading import Document, Path_, read_document, validate
from models.inputs import LOAD_TEST
from models.parameters import Grounded, Parameter, ParameterFile, load_parameters

DEFAULT_PATH = Path(__file__).with_name("scenarios.yaml")
CAPACITY = "X_star"
OF_LOAD = ("rho_0", *LOAD_TEST)
Kind = Literal["future_shift", "stressor"]
Fault = tuple[str, str]
"""What is wrong, and what would be right."""


class Change(ScenarioChange):
    """A change of one figure, with the reason for it."""

    because: Text


class Scenario(Grounded):
    """One named future.

    ``context`` is the item of a questionnaire that says how strongly it presses on a team, where there is one.
    ``reason`` says what happens; ``grounds`` what the sizes of the changes rest on.
    """

    id: Identifier
    kind: Kind
    context: Identifier | None = None
    reason: Text
    changes: tuple[Change, ...] = Field(min_length=1, max_length=20)


class ScenarioFile(Model):
    """A whole scenario file."""

    format: Literal["sixstep-scenarios/1"]
    version: Text
    scenarios: tuple[Scenario, ...] = Field(min_length=1, max_length=50)

    @cached_property
    def by_id(self) -> dict[str, Scenario]:
        """Scenarios by id, in file order."""
        return {scenario.id: scenario for scenario in self.scenarios}


@dataclass(frozen=True, slots=True)
class Standing:
    """A scenario as it stands for one team.

    Attributes:
        id: of the scenario.
        title: as shown.
        reason: what happens in it.
        changes: the team's where it changed them.
        basis: the entry of the file; None for one of the team's own.
        edited: whether the changes are the team's.
    """

    id: str
    title: str
    reason: str
    changes: tuple[ScenarioChange, ...]
    basis: Scenario | None
    edited: bool


def load_scenarios(path: Path | None = None, parameters: ParameterFile | None = None) -> ScenarioFile:
    """Read a scenario file, by default the one of this package, and check it against the parameters.

    Raises:
        InputError: with every fault found, each naming file, line, scenario and what would be right.
    """
    document = read_document(DEFAULT_PATH if path is None else path)
    scenarios = validate(ScenarioFile, document)
    known = load_parameters() if parameters is None else parameters
    problems = [*_twins(scenarios, document)]
    for index, scenario in enumerate(scenarios.scenarios):
        problems += _problems(known, scenario.changes, document, ("scenarios", index), scenario.id)
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.line or 0))
    return scenarios


def edit_problems(
    parameters: ParameterFile, edits: Mapping[str, ScenarioEdit], document: Document | None = None
) -> list[Problem]:
    """Return what is wrong with the scenarios of an assessment, with file and line where a document is given."""
    where = document or Document(None, "")
    problems: list[Problem] = []
    for name, edit in edits.items():
        problems += _problems(parameters, edit.changes, where, ("economics", "scenarios", name), name)
    return sorted(problems, key=lambda problem: problem.line or 0)


def standing(scenarios: ScenarioFile, edits: Mapping[str, ScenarioEdit]) -> tuple[Standing, ...]:
    """Return every scenario as it stands for a team: the file's in their order, then the team's own by id."""
    found = [_standing(scenario, edits.get(scenario.id)) for scenario in scenarios.scenarios]
    own = sorted(name for name in edits if name not in scenarios.by_id)
    return (*found, *(_own(name, edits[name]) for name in own))


def _standing(scenario: Scenario, edit: ScenarioEdit | None) -> Standing:
    if edit is None:
        return Standing(scenario.id, scenario.title, scenario.reason, scenario.changes, scenario, edited=False)
    title, reason = edit.title or scenario.title, edit.reason or scenario.reason
    return Standing(scenario.id, title, reason, edit.changes, scenario, edited=True)


def _own(name: str, edit: ScenarioEdit) -> Standing:
    return Standing(name, edit.title or name, edit.reason, edit.changes, None, edited=True)


def _twins(scenarios: ScenarioFile, document: Document) -> Iterator[Problem]:
    names = [scenario.id for scenario in scenarios.scenarios]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield document.problem(("scenarios", index, "id"), f"the id '{name}' stands twice", "give it its own")


def _problems(
    parameters: ParameterFile, changes: Sequence[ScenarioChange], document: Document, path: Path_, subject: str
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, change in enumerate(changes):
        group = "load" if change.symbol in OF_LOAD else change.symbol
        faults = list(change_faults(parameters, change))
        if group in seen:
            faults.append((f"{change.symbol} is changed twice", "keep one change of each figure, and one of the load"))
        seen.add(group)
        for message, remedy in faults:
            yield document.problem((*path, "changes", index), message, remedy, subject)


def change_faults(parameters: ParameterFile, change: ScenarioChange) -> Iterator[Fault]:
    """Yield why a change cannot be made to any inputs: nothing, when it can.

    Use of capacity is only multiplied, since a load test may stand in its place; a lognormal figure is multiplied or
    set, since its range is a ratio.
    """
    parameter = parameters.by_symbol.get(change.symbol)
    if parameter is None:
        yield f"no parameter '{change.symbol}'", nearest(change.symbol, parameters.by_symbol)
        return
    if change.symbol == CAPACITY:
        yield f"{CAPACITY} is not known without a load test", "multiply rho_0, the share of capacity in use"
        return
    if change.symbol in OF_LOAD and change.operation != "multiply":
        yield f"{change.symbol} can be made of a load test", "multiply it"
        return
    yield from _FAULTS[change.operation](parameter, change)


def _multiply_faults(parameter: Parameter, change: ScenarioChange) -> Iterator[Fault]:
    if change.low < 0.0:
        yield f"{change.symbol} is multiplied by {change.low:g}", "use a factor of 0 or more"
    elif change.low == 0.0 and parameter.family == "lognormal":
        yield f"{change.symbol} is multiplied by 0", "use a factor above 0: it is lognormal"


def _add_faults(parameter: Parameter, change: ScenarioChange) -> Iterator[Fault]:
    if parameter.family == "lognormal":
        yield f"{change.symbol} is added to, and its range is a ratio", "multiply it"


def _set_faults(parameter: Parameter, change: ScenarioChange) -> Iterator[Fault]:
    least, most = parameter.valid_min, parameter.valid_max
    if change.low < least or change.high > most:
        message = f"{change.symbol} is set to {change.low:g} to {change.high:g}"
        yield message, f"use figures from {least:g} to {most:g} ({parameter.unit})"
    elif parameter.family == "lognormal" and change.low <= 0.0:
        yield f"{change.symbol} is set to 0", "use a low figure above 0: it is lognormal"


_FAULTS: Mapping[str, Callable[[Parameter, ScenarioChange], Iterator[Fault]]] = MappingProxyType(
    {"multiply": _multiply_faults, "add": _add_faults, "set": _set_faults}
)
