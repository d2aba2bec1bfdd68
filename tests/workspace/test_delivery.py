"""Measured answers and figures are saved as events when a person accepts them, all or none."""

from __future__ import annotations

from io import BytesIO

import pytest

from assessment.answers import Answer, Range
from assessment.delivery.reading import Reading
from assessment.errors import InputError
from models.inputs import economic_problems
from workspace.delivery import measured, measured_offers
from workspace.service import Workspace

FREQUENCY = Answer(figure=4.0, confidence="measured", evidence=("releases.csv: 40 deployments",))
RATE = Range(low=1, mode=2, high=4, measured=True, source="Measured: incidents.csv")


def test_accepted_proposals_stand_as_events_and_what_stood_is_in_the_history(workspace: Workspace) -> None:
    """One save for all; the former answer can be read again."""
    name = workspace.create("Ward")
    workspace.answer(name, "delivery.frequency", Answer(option=1, note="By guess"), actor="Ana")
    workspace.accept_measured(name, {"delivery.frequency": FREQUENCY}, {"lambda0": RATE}, actor="Ben")
    opened = workspace.open(name).assessment
    assert opened.answers == {"delivery.frequency": FREQUENCY}
    assert opened.economics.ranges == {"lambda0": RATE}
    log = workspace.history(name, "answer", "delivery.frequency")
    assert [(event.actor, event.payload.get("option")) for event in log] == [("Ana", 1), ("Ben", None)]


@pytest.mark.parametrize(
    ("answers", "ranges", "said"),
    [
        ({"delivery.nothing": FREQUENCY}, {}, "no question 'delivery.nothing'"),
        ({"delivery.pipeline": FREQUENCY}, {}, "no question|a figure is given and none is asked"),
        ({"delivery.frequency": Answer(figure=4.0)}, {}, "delivery.frequency: this is not measured"),
        ({}, {"lambda0": Range(low=1, mode=2, high=4)}, "lambda0: this is not measured"),
        ({}, {"lambda0": Range(low=1, mode=2, high=4000, measured=True)}, "out of bounds"),
        ({}, {}, "nothing was chosen"),
    ],
)
def test_what_cannot_stand_is_refused_with_everything_beside_it(
    workspace: Workspace, answers: dict[str, Answer], ranges: dict[str, Range], said: str
) -> None:
    """Nothing is half-saved: a good proposal beside a bad one is not saved either."""
    name = workspace.create("Ward")
    good = {"observability.detection": FREQUENCY} if answers or ranges else {}
    with pytest.raises(InputError, match=said):
        workspace.accept_measured(name, {**good, **answers}, ranges)
    assert workspace.open(name).assessment.answers == {}
    assert workspace.open(name).assessment.economics.ranges == {}


def test_the_proposals_of_files_fit_the_workspace_that_takes_them(workspace: Workspace) -> None:
    """From two files to a saved assessment; asked again, everything is accepted."""
    days = [f"2026-0{month}-{day:02d}" for month in range(1, 7) for day in (3, 11, 19, 27)]
    deployments = "id,deployed_at,failed\n" + "".join(f"{day},{day}T10:00Z,{day[-1] == '7'}\n" for day in days)
    incidents = "started_at,detected_at,resolved_at\n" + "".join(
        f"{day}T10:00Z,{day}T10:20Z,{day}T{11 + place % 9}:00Z\n" for place, day in enumerate(days)
    )
    record = measured((BytesIO(deployments.encode()), "d.csv"), (BytesIO(incidents.encode()), "i.csv"), Reading())
    name = workspace.create("Ward")
    opened, parameters = workspace.open(name), workspace.library.parameters
    found = measured_offers(record, opened.questionnaire, opened.assessment, parameters, Reading())
    assert {one.question for one in found.answers} == {
        "delivery.frequency",
        "delivery.change-fail-rate",
        "observability.detection",
        "observability.resolution",
    }
    workspace.accept_measured(
        name, {one.question: one.answer for one in found.answers}, {one.symbol: one.range for one in found.ranges}
    )
    again = workspace.open(name)
    assert economic_problems(parameters, again.assessment.economics) == []
    assert measured_offers(record, again.questionnaire, again.assessment, parameters, Reading()).open == 0
