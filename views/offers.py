"""What the target register offers to the cost model: shown with its ranges, used only once a person accepts it."""

from __future__ import annotations

import streamlit as st

from models.evaluation import Evaluation
from reports.sections.register import offer_sentence
from views.access import evaluated, workspace
from views.feedback import attempt, problem_at, saved_line
from views.frame import link, way
from views.names import without_symbols
from views.plain import kept, plain
from workspace.service import Opened

_ACCEPT = "accept-register"
_SHARE = "rho_0"
_SUGGESTS = "Your target register suggests these figures. None is used before you accept it, and none replaces yours."
_NOTHING = "This is what your target register says about the figures of the model. Nothing of it can be accepted now."


def place_offers(opened: Opened, evaluation: Evaluation) -> None:
    """Place one sentence a figure, the reasoning behind its range, and the button that accepts what is on offer."""
    found = evaluation.scores.register
    if found is None:
        st.info("The target register is empty, so it offers nothing.")
        link("register", "Open the target register", opened.id)
        return
    on_offer = _on_offer(evaluation)
    st.markdown(_SUGGESTS if on_offer else _NOTHING)
    for offer in evaluation.register_offers:
        st.markdown(f"- {kept(plain(without_symbols(offer_sentence(evaluation, found, offer))))}")
        if offer.range is not None:
            st.caption(kept(plain(without_symbols(offer.range.source))))
    problem_at(_ACCEPT)
    if on_offer:
        label = "Accept this figure" if len(on_offer) == 1 else f"Accept these {len(on_offer)} figures"
        st.button(label, type="primary", key=_ACCEPT, on_click=_accept, args=(opened.id,))
    saved_line(_ACCEPT)
    if any(offer.standing == "share_typed" for offer in evaluation.register_offers):
        part = "baseline" if _SHARE in evaluation.proposals else "other"
        way("Go to the share of capacity that you typed", "economics", opened.id, part=part, figure=_SHARE)
    link("register", "Change the target register", opened.id)


def _on_offer(evaluation: Evaluation) -> list[str]:
    return [offer.symbol for offer in evaluation.register_offers if offer.standing == "offered"]


def _accept(assessment_id: str) -> None:
    evaluation = evaluated(workspace().open(assessment_id))
    symbols = _on_offer(evaluation)
    attempt(_ACCEPT, "Target register", lambda: workspace().accept_register(assessment_id, symbols).at)
