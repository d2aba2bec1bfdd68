"""Compare two: any two assessments of this workspace that share questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from assessment.trend import compare
from reports.comparing import titles_of
from views.about import explain
from views.access import workspace
from views.blocks import WIDTH
from views.comparison import in_full, live, show_comparison
from views.feedback import guarded
from views.frame import arrived, current_id, link
from views.widgets import place_of
from workspace.service import Listing

_FIRST, _SECOND = "compare-first", "compare-second"


def page() -> None:
    """Choose two assessments and show what stands worse and better in the one that is taken as the later."""
    arrived("compare")
    st.title("Compare two", anchor=False)
    explain("compare")
    listings = {listing.id: listing for listing in workspace().assessments()}
    with st.container(width=WIDTH):
        pair = _chosen(listings)
        if pair is not None:
            guarded(_compared)(*pair)


def _chosen(listings: dict[str, Listing]) -> tuple[str, str] | None:
    """Place the two lists; the second holds what shares questions with the first."""
    pairs = {name: _related(listings, name) for name in listings}
    able = [name for name, others in pairs.items() if others]
    if not able:
        st.info("There are no two assessments of one questionnaire in this workspace yet. Begin or duplicate one.")
        link("start", "Go to the start page")
        return None
    first = _choice("Earlier assessment", able, listings, _FIRST, _other_than_open(able, listings))
    second = _choice("Later assessment", pairs[first], listings, f"{_SECOND}-{first}", current_id())
    st.caption("The one chosen as earlier counts as the earlier one, whenever it was saved.")
    return first, second


def _choice(label: str, names: list[str], listings: dict[str, Listing], key: str, wanted: str | None) -> str:
    """Place a list of names, and below it what tells two of one name apart, where it has room to wrap."""
    place = place_of(wanted, names) or 0
    alike = Counter(listing.name for listing in listings.values())
    chosen = st.selectbox(label, names, place, format_func=lambda name: _called(listings[name], alike), key=key)
    listing = listings[chosen]
    st.caption(f"{in_full(listing.name)}{listing.answered} of {listing.asked} answered{_saved(listing)}")
    return chosen


def _called(listing: Listing, alike: Mapping[str, int]) -> str:
    return f"{listing.name}{_saved(listing)}" if alike[listing.name] > 1 else listing.name


def _saved(listing: Listing) -> str:
    return "" if listing.saved_at is None else f", saved {listing.saved_at:%d %B %Y, %H:%M} UTC"


def _other_than_open(able: list[str], listings: Mapping[str, Listing]) -> str | None:
    """Return what the open assessment follows, else another one, with answers before without: the open one is later."""
    here = current_id()
    if here not in able:
        return None
    followed = workspace().open(here).assessment.follows
    others = sorted((name for name in able if name != here), key=lambda name: listings[name].answered == 0)
    return followed if followed in able else next(iter(others), None)


def _related(listings: dict[str, Listing], name: str) -> list[str]:
    family = workspace().library.related(listings[name].questionnaire)
    return [other for other, listing in listings.items() if other != name and listing.questionnaire in family]


def _compared(first: str, second: str) -> None:
    one, two = workspace().open(first), workspace().open(second)
    old, new = live(one), live(two)
    show_comparison(compare(old, one.assessment, new, two.assessment), titles_of(old, new))


page()
