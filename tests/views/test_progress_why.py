"""How a difference came about, on the page Progress."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assessment.answers import Answer
from tests.views.test_pages import sound, words
from workspace.service import Workspace

Visit = Callable[..., AppTest]


def test_a_difference_shows_the_terms_of_both_scores(desk: Workspace, visit: Visit) -> None:
    """A fall is at hand; its button opens the earlier and the later explanation, each with its own figure."""
    first = desk.example()
    second = desk.create_from(desk.open(first).assessment.model_copy(update={"name": "Later", "follows": first}))
    desk.answer(second, "constraints.topology", Answer(option=0))
    app = visit("progress", a=second)
    sound(app)
    (button,) = [one for one in app.button if one.label.startswith("Overall")]
    button.click().run()
    sound(app)
    said = words(app)
    assert "Earlier: Overall" in said
    assert "Later: Overall" in said
