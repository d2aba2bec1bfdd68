"""The analysis of an evaluation, made once and kept: with its progress, and a way to stop it."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import streamlit as st

from models.evaluation import Evaluation, Identity
from reports.figures_format import percent
from views.access import as_opened, evaluated
from workspace.service import Opened

_KEPT = 24
_STOPPED = "analysis-stopped"
_UNDER_WAY = "Comparing every start month, figure and budget"


class Shelf:
    """The latest analyses, by what they follow from; safe to share between sessions."""

    def __init__(self, most: int = _KEPT) -> None:
        """Keep at most so many."""
        self._most = most
        self._kept: OrderedDict[Identity, Evaluation] = OrderedDict()
        self._lock = Lock()

    def find(self, evaluation: Evaluation) -> Evaluation | None:
        """Return the evaluation with its analysis, if it is kept."""
        with self._lock:
            found = self._kept.get(evaluation.identity)
            if found is not None:
                self._kept.move_to_end(evaluation.identity)
            return found

    def keep(self, evaluation: Evaluation) -> None:
        """Keep an analysed evaluation, and let the oldest go when there are too many."""
        with self._lock:
            self._kept[evaluation.identity] = evaluation
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


@st.cache_resource(show_spinner=False)
def _shelf() -> Shelf:
    return Shelf()


def best_known(opened: Opened) -> Evaluation:
    """Return the evaluation of an assessment with its money; with its analysis where that has been made."""
    evaluation = evaluated(opened, with_economics=True)
    found = _shelf().find(evaluation)
    return evaluation if found is None else as_opened(found, opened)


def analysed(opened: Opened, *, again: bool = False) -> Evaluation | None:
    """Return the evaluation with its analysis; None when the person has stopped it.

    While it is under way the page shows how far it is and a button that stops it: a click, like any other on the page,
    ends this run at its next sign of progress. ``again`` is for who asks for it anew after it was stopped.
    """
    if again:
        _resume()
    evaluation = best_known(opened)
    if evaluation.analysis is not None or evaluation.economics is None:
        return evaluation
    if st.session_state.get(_STOPPED) == evaluation.identity:
        _offer()
        return None
    bar, button = st.progress(0.0, text=_UNDER_WAY), st.empty()
    button.button("Stop", key="analysis-stop", on_click=_stop, args=(evaluation.identity,))
    found = evaluation.analysed(progress=lambda share: _tell(bar, share))
    _shelf().keep(found)
    bar.empty()
    button.empty()
    return found


def _tell(bar: st.delta_generator.DeltaGenerator, share: float) -> None:
    bar.progress(share, text=f"{_UNDER_WAY}: {percent(share)}")


def _stop(identity: Identity) -> None:
    st.session_state[_STOPPED] = identity


def _offer() -> None:
    st.info("The comparison was stopped before it was finished. Nothing is lost; it can be made again.")
    st.button("Compare now", type="primary", key="analysis-start", on_click=_resume)


def _resume() -> None:
    st.session_state.pop(_STOPPED, None)
