"""The one workspace of this process, and evaluations kept under a hash of everything they follow from."""

from __future__ import annotations

import os
from dataclasses import replace

import streamlit as st

from assessment.questionnaire import Questionnaire
from assessment.turning import Turning, turning
from models.evaluation import Evaluation, content_hash, evaluate
from models.initiatives import InitiativeFile
from workspace.opening import open_workspace
from workspace.service import Opened, Workspace

PATHS = 20_000
_KEPT = 24
_KEPT_SECONDS = 3600


@st.cache_resource(max_entries=8, show_spinner=False)
def _workspace(database: str) -> Workspace:
    return open_workspace(database or None)


def workspace() -> Workspace:
    """Return the workspace on the database that this process was started with; safe to share between sessions."""
    return _workspace(os.environ.get("SIXSTEP_DATABASE", ""))


def evaluated(opened: Opened, *, with_economics: bool) -> Evaluation:
    """Return the evaluation of an assessment as it stands; the same inputs are evaluated once."""
    questionnaire = opened.questionnaire
    library, initiatives = workspace().library, _initiatives(questionnaire)
    versions = (questionnaire.id, questionnaire.version, initiatives.version, library.parameters.version)
    key = (content_hash(opened.assessment), *versions)
    return as_opened(_evaluated(key, opened, with_economics=with_economics), opened)


def as_opened(evaluation: Evaluation, opened: Opened) -> Evaluation:
    """Return a kept evaluation with the report settings that stand now: they move no figure, and no hash."""
    same = evaluation.assessment.report == opened.assessment.report
    return evaluation if same else replace(evaluation, assessment=opened.assessment)


# cache_resource hands out the object itself: an Evaluation is frozen, and to copy its arrays would cost more than a
# click.
@st.cache_resource(max_entries=_KEPT, ttl=_KEPT_SECONDS, show_spinner=False)
def _evaluated(
    key: tuple[str, ...],  # noqa: ARG001 - what the cache goes by
    _opened: Opened,
    *,
    with_economics: bool,
) -> Evaluation:
    return evaluate(
        _opened.questionnaire,
        _opened.assessment,
        _initiatives(_opened.questionnaire),
        workspace().library.parameters,
        paths=PATHS,
        with_economics=with_economics,
    )


def turned(opened: Opened) -> tuple[Turning, ...]:
    """Return the open questions that could turn what sets the ceilings; the same answers are tried once."""
    return _turned((content_hash(opened.assessment), opened.questionnaire.id, opened.questionnaire.version), opened)


@st.cache_resource(max_entries=_KEPT, ttl=_KEPT_SECONDS, show_spinner=False)
def _turned(key: tuple[str, ...], _opened: Opened) -> tuple[Turning, ...]:  # noqa: ARG001 - what the cache goes by
    return turning(_opened.questionnaire, _opened.assessment)


def _initiatives(questionnaire: Questionnaire) -> InitiativeFile:
    """Return the initiatives of a questionnaire; an empty file when there are none, so that the scores stand."""
    return workspace().library.initiatives_for(questionnaire)
