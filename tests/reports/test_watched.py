"""Every form of the report can be followed and stopped while it is made, and is the same file either way."""

from __future__ import annotations

import pytest

from assessment.errors import StoppedError
from models.evaluation import Evaluation
from models.watching import Watch
from reports.describe import describe
from reports.document import Document
from reports.forms import FORMS
from reports.pdf import render_pdf


@pytest.mark.parametrize("suffix", FORMS)
def test_a_form_tells_how_far_it_is_and_stops_there(evaluation: Evaluation, suffix: str) -> None:
    """Shares rise from nought to at most one; asked to stop half way, nothing is returned."""
    heard = list[float]()
    make = FORMS[suffix].make
    assert make(evaluation, None, "a4", Watch(heard.append))
    assert len(heard) > 3
    assert heard == sorted(heard)
    assert heard[0] == 0.0
    assert 0.5 < heard[-1] <= 1.0
    half, again = heard[len(heard) // 2], list[float]()
    with pytest.raises(StoppedError):
        make(evaluation, None, "a4", Watch(again.append, lambda: bool(again) and again[-1] >= half))
    assert again[-1] == half


def test_charts_and_pages_of_the_pdf_are_steps(document: Document, pdf: bytes) -> None:
    """One step a chart at least, then one a page; the bytes are those of a file that nobody followed."""
    heard = list[float]()
    assert render_pdf(document, watch=Watch(heard.append)) == pdf
    assert len([share for share in heard if share < 0.6]) >= len(document.figures())
    assert len([share for share in heard if share >= 0.6]) > 20


def test_a_description_is_stopped_between_sections(evaluation: Evaluation) -> None:
    """What was made until then is not returned."""
    heard = list[float]()
    with pytest.raises(StoppedError):
        describe(evaluation, watch=Watch(heard.append, lambda: len(heard) == 3))
    assert len(heard) == 3
