"""The steps of a questionnaire as places to go to: which, in what order, and how far each has come."""

from __future__ import annotations

from assessment.questionnaire import Questionnaire, Step

STATUSES = {"not_started": "Not yet started", "in_progress": "In progress", "completed": "Completed"}
MODES = {
    "pulse": "Leadership pulse: the core questions, about 30 minutes",
    "full": "Full assessment: every question",
}


def mode_in_words(mode: str) -> str:
    """Return the short name of a mode."""
    return MODES[mode].split(":")[0].lower()


def step_or_first(questionnaire: Questionnaire, name: str) -> Step:
    """Return the step with an id; the first one when there is none of that id."""
    return next((step for step in questionnaire.steps if step.id == name), questionnaire.steps[0])


def neighbours(questionnaire: Questionnaire, step: Step) -> tuple[Step | None, Step | None]:
    """Return the step before and the step after."""
    steps = questionnaire.steps
    place = steps.index(step)
    return (steps[place - 1] if place else None), (steps[place + 1] if place + 1 < len(steps) else None)


def status_in_words(answered: int, asked: int) -> str:
    """Return the status of a task: not yet started, in progress, or completed."""
    if answered == 0:
        return STATUSES["not_started"]
    return STATUSES["completed" if answered >= asked else "in_progress"]
