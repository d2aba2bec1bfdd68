"""A problem is told in the same words at the top of a page and at its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.views.conftest import same_words
from workspace.service import Workspace

Visit = Callable[..., AppTest]


def the(elements: Any, label: str) -> Any:
    """Return the first element whose label begins so."""
    return next(element for element in elements if element.label.startswith(label))


def break_context(app: AppTest) -> Any:
    """Empty the name."""
    return the(app.text_input, "Name of the assessment").set_value(" ").run()


def break_organisation(app: AppTest) -> Any:
    """Type what no file keeps."""
    return the(app.text_input, "Organisation").set_value("a\x00b").run()


def break_register(app: AppTest) -> Any:
    """Enter a workflow under a name that is taken."""
    return the(app.text_input, "Another workflow").set_value("Medication round").run()


def break_wall(app: AppTest) -> Any:
    """Ask to read without a file."""
    return the(app.button, "Read the load test").click().run()


@pytest.mark.parametrize(
    ("page", "part", "breaks"),
    [
        ("context", "about", break_context),
        ("context", "about", break_organisation),
        ("register", "", break_register),
        ("wall", "", break_wall),
    ],
)
def test_a_problem_has_the_same_words_at_the_top_and_at_the_field(
    desk: Workspace, visit: Visit, page: str, part: str, breaks: Callable[[AppTest], Any]
) -> None:
    """Wherever something is refused, the page says so at its top and beside the field, in one wording."""
    app: AppTest = breaks(visit(page, a=desk.example(), part=part))
    assert not app.exception
    same_words(app)
