"""What a question offers is its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from views.plain import plain
from workspace.service import Workspace

Visit = Callable[..., AppTest]


@pytest.mark.parametrize("step", ["constraints", "delivery"])
def test_each_question_offers_its_own_levels(desk: Workspace, visit: Visit, step: str) -> None:
    """Trap: drop-downs with another question's levels. Each radio of a step lists the anchors of its own question."""
    id_ = desk.create("Ward", mode="full")
    app = visit("step", a=id_, step=step)
    for question in desk.open(id_).questionnaire.of_step(step, "full"):
        offered = app.radio(key=f"choice-{question.id}-{id_}").options
        assert len(offered) == len(question.anchors) + 2
        for label, anchor in zip(offered[:-2], question.anchors, strict=True):
            assert label.endswith(plain(anchor))
