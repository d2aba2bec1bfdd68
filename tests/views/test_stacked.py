"""Tables on a phone: what fits stays a table, what does not becomes a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from reports.charts.maturity import maturity
from tests.views.test_pages import sound
from views import blocks
from views.access import evaluated
from views.plain import KEPT_SPACE, kept, plain
from views.stacked import stacked, too_wide
from workspace.service import Workspace

Visit = Callable[..., AppTest]


def spaced(text: str) -> str:
    """Return a text with spaces at which a line may break."""
    return text.replace(KEPT_SPACE, " ").replace("\N{WORD JOINER}", "")


def test_a_table_that_fits_a_phone_stays_one() -> None:
    """Three columns of short words are no more than a phone shows."""
    assert not too_wide(("Course", "P5", "P95"), [("Start now", "2.1 M", "4.0 M")])


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("Dimension", "Effective", "Range", "Practice", "Ceiling"), ("Observability", "34.9", "34.9", "34.9", "78.1")),
        (("A", "B", "C", "D"), ("a", *["some words that go on for longer than a cell"] * 3)),
    ],
)
def test_a_table_that_would_be_cut_off_is_stacked(header: tuple[str, ...], row: tuple[str, ...]) -> None:
    """Many columns, or three texts side by side, are too much; every cell then stands under its head, none is lost."""
    assert too_wide(header, [row])
    said = spaced(stacked(header, [row]))
    assert said.startswith(f"- **{row[0]}**")
    assert all(f"{head}: {cell}" in said for head, cell in zip(header[1:], row[1:], strict=True))


def test_a_line_of_a_list_breaks_between_two_cells() -> None:
    """A head stands with its figure, and no line begins or ends with the dot between two; a long cell may break."""
    header = ("", "Start now", "P5", "P5 to P95", "Why")
    said = stacked(header, [("a", "3.34 M", "−3.00 M", "−3.00 M to 13.9 M", "one two " * 4)])
    first, both, spread, why = said.splitlines()
    assert [first, why] == ["- **a**  ", f"  Why: {'one two ' * 4}"]
    assert both.strip().split(" ") == [spaced_not("Start now: 3.34 M ·"), spaced_not("P5: −3.00 M")]
    assert spread.strip() == spaced_not("P5 to P95: −3.00 M to 13.9 M")


def test_a_list_leaves_out_what_has_no_figure() -> None:
    """A dash under its head says nothing; a row that has nothing else keeps its dashes."""
    header = ("", "Practice", "Effective")
    assert spaced(stacked(header, [("Overall", "–", "43.6")])) == "- **Overall**  \n  Effective: 43.6"
    assert spaced(stacked(header, [("Overall", "–", "–")])) == "- **Overall**  \n  Practice: – · Effective: –"


def spaced_not(text: str) -> str:
    """Return a text with spaces at which no line breaks."""
    return text.replace(" ", KEPT_SPACE)


def test_a_row_named_by_a_number_is_told_with_its_head() -> None:
    """A bare 1 says nothing where the head of its column is not above it."""
    assert stacked(("Quarter", "All"), [("1", "506 k")]).splitlines()[0] == "- **Quarter 1**  "


def test_a_table_that_would_scroll_sideways_is_a_list_on_a_phone(
    desk: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column of long texts takes a line one can read, which leaves no room for two others on a phone."""
    criteria = visit("results", a=(id_ := desk.example()), part="context")
    assert any(item.value.startswith("| Criterion |") for item in criteria.markdown)
    monkeypatch.setattr(blocks, "on_phone", lambda: True)
    phone = visit("results", a=id_, part="context")
    sound(phone)
    assert any("- **Multi-facility deployment**" in item.value for item in phone.markdown)
    assert any(item.value.startswith("| Dimension |") for item in phone.markdown)


def test_a_figure_is_not_parted_from_its_thousands() -> None:
    """In a sentence too: a line of a phone is short, and "13.9" alone says another thing than "13.9 M"."""
    assert kept("worth USD 13.9 M in 5 %") == f"worth USD{KEPT_SPACE}13.9{KEPT_SPACE}M in 5{KEPT_SPACE}%"
    assert kept("USD −202 k") == f"USD{KEPT_SPACE}−202{KEPT_SPACE}k"


def test_the_results_on_a_phone_hold_the_same_figures(
    desk: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No wide table is left, and each figure of the score table stands in the list that takes its place."""
    monkeypatch.setattr(blocks, "on_phone", lambda: True)
    id_ = desk.example()
    app = visit("results", a=id_)
    sound(app)
    lists = spaced("\n".join(item.value for item in app.markdown if item.value.startswith("- **")))
    found = evaluated(desk.open(id_))
    for row in maturity(found.questionnaire, found.scores).rows:
        assert f"**{row[0]}**" in lists
        assert all(f"{head}: {plain(cell)}" in lists for head, cell in (("Effective", row[1]), ("Ceiling", row[4])))


def test_what_stands_behind_a_chart_is_made_when_it_is_opened(desk: Workspace, visit: Visit) -> None:
    """Folded up it costs nothing; opened it offers the table and three files."""
    app = visit("results", a=desk.example(), part="constraints")
    panels = [panel for panel in app.expander if panel.label == "The figures of this chart as a table"]
    assert len(panels) == 2
    assert not app.get("download_button")
