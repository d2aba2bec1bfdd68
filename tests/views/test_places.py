"""The places that are looked at: a page or a part that is forgotten there would be looked at by nobody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.questionnaire import Questionnaire
from scripts.places import Place, pages, places
from views.frame import PAGES
from workspace.service import Workspace

Visit = Callable[..., AppTest]


def test_every_page_is_looked_at_in_each_of_its_states() -> None:
    """A page of an assessment on the example and with nothing answered, the others once."""
    found = {(place.page, place.whose) for place in pages()}
    wanted = {(entry.name, "nobody") for entry in PAGES.values() if entry.always}
    wanted |= {(entry.name, whose) for entry in PAGES.values() if not entry.always for whose in ("example", "empty")}
    assert found == wanted


def test_places_have_names_of_their_own_and_addresses(questionnaire: Questionnaire) -> None:
    """No two pictures overwrite each other, and the start has the address of the server itself."""
    found = places(questionnaire)
    assert len({place.name for place in found}) == len(found)
    ids = {"example": "one", "empty": "two"}
    assert Place("start", "nobody").address("http://127.0.0.1:1/", ids) == "http://127.0.0.1:1/"
    part = Place("economics", "example", (("part", "load"),))
    assert part.address("http://127.0.0.1:1", ids) == "http://127.0.0.1:1/economics?a=one&part=load"
    assert part.name == "example-economics-load"


@pytest.mark.parametrize("page", ["context", "economics", "results"])
def test_every_part_that_a_place_names_exists(
    desk: Workspace, visit: Visit, questionnaire: Questionnaire, page: str
) -> None:
    """A part that a page no longer has would show the page's first part, and the picture would be of something else."""
    id_ = desk.example()
    asked = [dict(place.parameters) for place in places(questionnaire) if place[:2] == (page, "example")]
    shown = []
    for parameters in asked:
        app = visit(page, a=id_, **parameters)
        shown.append(" / ".join(element.value for element in (*app.title, *app.header)))
    assert len(set(shown)) == len(asked) > 5


@pytest.mark.parametrize("page", ["economics", "results"])
def test_no_part_calls_a_figure_by_its_symbol(
    desk: Workspace, visit: Visit, questionnaire: Questionnaire, page: str
) -> None:
    """A person reads titles: no symbol of the cost model stands in brackets, nor one that could be no word anywhere."""
    id_, symbols = desk.example(), desk.library.parameters.by_symbol
    coded = re.compile(rf" \((?:{'|'.join(symbols)})\)|\b(?:{'|'.join(name for name in symbols if '_' in name)})\b")
    for place in places(questionnaire):
        if place[:2] == (page, "example"):
            app = visit(page, a=id_, **dict(place.parameters))
            said = "\n".join(str(block.value) for block in (*app.markdown, *app.caption, *app.info)).replace("\\", "")
            assert not coded.findall(said), place.name
