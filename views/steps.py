"""The steps of a questionnaire as places to go to: which, in what order, and how far each has come."""

from __future__ import annotations

from assessment.questionnaire import Mode, Question, Questionnaire, Step
from workspace.results import Opened

STATUSES = {
    "not_started": "Not yet started",
    "in_progress": "In progress",
    "completed": "Completed",
    "nothing": "Nothing asked",
}
MODES = {
    "pulse": "Leadership pulse: the core questions, about 30 minutes",
    "full": "Full assessment: every question",
}
STAGES = {
    "live": "The product is in use",
    "design": "The product is not launched yet: the questions ask about its design",
}


def modes_differ(questionnaire: Questionnaire) -> bool:
    """Say whether a pulse asks less than a full assessment; if not, there is nothing to choose."""
    return questionnaire.asked("full") != questionnaire.asked("pulse")


def modes_of(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the words of each mode with the number of questions that it asks, and before launch where those are fewer.

    The stage is chosen beside the mode, so that both numbers stand there.
    """
    return _modes(questionnaire, questionnaire.at_stage("design") if questionnaire.serves_design else questionnaire)


def modes_at(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the words of each mode with the number of questions that it asks at the questionnaire's own stage."""
    return _modes(questionnaire, questionnaire)


def _modes(here: Questionnaire, early: Questionnaire) -> dict[str, str]:
    return {
        "pulse": f"Leadership pulse: {_asked(here, early, 'pulse')}, about 30 minutes",
        "full": f"Full assessment: {_asked(here, early, 'full')}",
    }


def _asked(here: Questionnaire, early: Questionnaire, mode: Mode) -> str:
    which = "core questions" if mode == "pulse" else "questions"
    count, before = len(here.asked(mode)), len(early.asked(mode))
    return f"{count} {which}" if before == count else f"{count} {which} ({before} before launch)"


def mode_in_full(questionnaire: Questionnaire, mode: str) -> str:
    """Return what a mode asks; where both ask the same, that. Before launch it says so first."""
    asked = MODES[mode] if modes_differ(questionnaire) else "Every question is asked"
    return asked if questionnaire.stage == "live" else f"Design stage, {asked[:1].lower()}{asked[1:]}"


def mode_in_words(questionnaire: Questionnaire, mode: str) -> str:
    """Return the short name of a mode."""
    return mode_in_full(questionnaire, mode).split(":")[0].lower()


def step_or_first(questionnaire: Questionnaire, name: str) -> Step:
    """Return the step with an id; the first one when there is none of that id."""
    return next((step for step in questionnaire.steps if step.id == name), questionnaire.steps[0])


def neighbours(questionnaire: Questionnaire, step: Step) -> tuple[Step | None, Step | None]:
    """Return the step before and the step after."""
    steps = questionnaire.steps
    place = steps.index(step)
    return (steps[place - 1] if place else None), (steps[place + 1] if place + 1 < len(steps) else None)


def first_open(opened: Opened, step: Step | None = None) -> Question | None:
    """Return the first question, of one step or of all, that nobody has answered; None when each has an answer."""
    asked = opened.questionnaire.asked(opened.assessment.mode)
    inside = (question for question in asked if step is None or question.step == step.id)
    return next((question for question in inside if question.id not in opened.assessment.answers), None)


def status_in_words(answered: int, asked: int) -> str:
    """Return the status of a task: not yet started, in progress, completed, or that there is nothing to do."""
    if asked == 0:
        return STATUSES["nothing"]
    if answered == 0:
        return STATUSES["not_started"]
    return STATUSES["completed" if answered >= asked else "in_progress"]
