"""Delivery record: a team's own deployments and incidents, what they measure, and what a person takes over."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assessment.delivery.reading import Reading
from assessment.delivery.rules import Role, delivery_rules
from assessment.delivery.times import zone
from assessment.errors import SixstepError
from assessment.instrument import option_of
from assessment.reading import LARGEST_BYTES
from models.delivery_record import DeliveryRecord
from models.measured import AnswerOffer, Offers, RangeOffer
from models.watching import Watch
from reports.charts.delivery import weeks
from reports.delivering import answer_text, put_in, range_text, record_blocks
from reports.wording import fill, wording
from views.about import explain
from views.access import evaluated, workspace
from views.back import BY_BUTTON, place_top
from views.blocks import WIDTH, chart_width, figure, look, show
from views.feedback import attempt, in_short, problem_at, refuse, saved_line
from views.frame import arrived, link, require
from views.money_why import place_formulas
from views.plain import plain
from views.uploads import Followed, begin_reading, place_reading
from workspace.delivery import measured, measured_offers
from workspace.portable import plain_name
from workspace.service import Opened

_FORM, _ACCEPT = "delivery-form", "delivery-accept"
_LABEL = "Your records"
_MOST = LARGEST_BYTES // 2**20
"""Megabytes of a file."""
_ABOUT = (
    "Give the records that your team has: deployments to production, incidents, or both. A file may be a CSV or an "
    "export of GitHub or GitLab. The files are measured and not kept; what you accept is saved with the name of the "
    "file, the period that was measured (its window) and the counts."
)
_EXPORTS = {
    "deployments": "deployments, workflow runs or releases of GitHub, or deployments of GitLab",
    "incidents": "issues of GitHub or GitLab",
}
_SAVES = "Accept"
_OFFERED = (
    "Nothing is used before you accept it. What you accept stands in place of the answer or figure beside it, whose "
    "note and evidence go with it; the history keeps them."
)


class Measured(NamedTuple):
    """What this session measured, and how it was asked to read."""

    record: DeliveryRecord
    how: Reading


def page() -> None:
    """Take two files, show what they measure, and let a person accept what follows from it."""
    opened = require()
    arrived(f"delivery/{opened.id}")
    st.title("Delivery record", anchor=False)
    explain("delivery")
    place_top(opened.id, unsaved=BY_BUTTON.format(_SAVES))
    with st.container(width=WIDTH):
        if opened.questionnaire.stage == "design":
            st.info(plain(wording().delivery["sentences"]["design"]))
        else:
            _measuring(opened)
        with st.container(horizontal=True):
            link("economics", "Economics", opened.id)
            link("tasks", "Task list", opened.id)


def _measuring(opened: Opened) -> None:
    st.markdown(_ABOUT)
    _form(opened)
    place_reading(_key(opened.id), _FORM, _LABEL, lambda found: _keep(opened.id, found))
    found: Measured | None = st.session_state.get(_key(opened.id))
    if found is not None:
        _results(opened, found)


def _key(assessment_id: str) -> str:
    return f"delivery-measured-{assessment_id}"


def _keep(assessment_id: str, found: Measured) -> None:
    st.session_state[_key(assessment_id)] = found


def _form(opened: Opened) -> None:
    with st.form(_FORM, border=False):
        deployments = st.file_uploader("Deployments", key="delivery-deployments", max_upload_size=_MOST)
        st.caption(_taken("deployments"))
        incidents = st.file_uploader("Incidents", key="delivery-incidents", max_upload_size=_MOST)
        st.caption(_taken("incidents"))
        with st.expander("Time zone, last day that counts, environment, label"):
            asked = {
                "until": st.text_input(
                    "Last day that counts",
                    key="delivery-until",
                    max_chars=40,
                    help="A day such as 2026-03-31. Empty: the day of the last record.",
                ),
                "timezone": st.text_input(
                    "Zone of times without an offset", key="delivery-zone", max_chars=60, help="Such as Europe/Vienna."
                ),
                "environment": st.text_input(
                    "Environment that counts", key="delivery-environment", max_chars=200, help="Empty: production."
                ),
                "label": st.text_input(
                    "Label of incidents", key="delivery-label", max_chars=200, help="Empty: incident, outage and so on."
                ),
            }
        problem_at(_FORM)
        read = _key(opened.id) in st.session_state
        wanted = st.form_submit_button("Measure", type="secondary" if read else "primary")
    if wanted:
        _measure(opened, deployments, incidents, asked)
        st.rerun()


def _taken(role: Role) -> str:
    """Say which columns a CSV needs and may have, and what an export may be of."""
    rules = delivery_rules()
    needed = [name for names in rules.required[role] for name in names]
    more = [name for name in rules.columns[role] if name not in needed]
    csv = f"A CSV needs the column {' or '.join(needed)}; it says more with {', '.join(more)}."
    return f"{plain(csv)} Or an export of {_EXPORTS[role]}."


def _measure(
    opened: Opened, deployments: UploadedFile | None, incidents: UploadedFile | None, asked: dict[str, str]
) -> None:
    """Begin to measure the files; one that cannot be used leaves nothing measured."""
    st.session_state.pop(_key(opened.id), None)
    for given in (deployments, incidents):
        if given is not None and given.size > LARGEST_BYTES:
            said = f"The file has {given.size:,} bytes; at most {LARGEST_BYTES:,} are read here."
            refuse(_FORM, _LABEL, f"{said} Use 'sixstep delivery' in a terminal for larger ones.")
            return
    try:
        how = Reading(zone(asked["timezone"].strip()), asked["environment"], asked["label"])
    except SixstepError as error:
        refuse(_FORM, _LABEL, in_short(error))
        return
    files, until = (_named(deployments), _named(incidents)), asked["until"].strip() or None

    def work(watch: Watch) -> Measured:
        halves = watch.part(0.0, 0.5), watch.part(0.5, 1.0)
        first, second = (
            None if given is None else (Followed(given[0], half), given[1])
            for given, half in zip(files, halves, strict=True)
        )
        return Measured(measured(first, second, how, until), how)

    begin_reading(_key(opened.id), "Measuring the records", work)


def _named(given: UploadedFile | None) -> tuple[bytes, str] | None:
    return None if given is None else (given.getvalue(), plain_name(given.name))


def _results(opened: Opened, found: Measured) -> None:
    offers = _offers(opened, found)
    st.header("What they measure", anchor=False)
    st.info(plain(_summary(found.record, offers)))
    if len(found.record.weeks) > 1:
        figure(weeks(found.record, found.how.days, width=chart_width(), look=look()), "delivery-weeks")
    show(record_blocks(found.record, found.how.days))
    place_formulas(evaluated(opened), "delivery", put_in(found.record))
    st.header("What they propose", anchor=False)
    _proposals(opened, offers)


def _offers(opened: Opened, found: Measured) -> Offers:
    parameters = workspace().library.parameters
    return measured_offers(found.record, opened.questionnaire, opened.assessment, parameters, found.how)


def _summary(record: DeliveryRecord, offers: Offers) -> str:
    told = sum(measure.value is not None for measure in record.measures)
    return fill(
        wording().delivery["sentences"]["summary"],
        told=str(told),
        of=str(len(record.measures)),
        offers=str(len(offers.answers) + len(offers.ranges)),
        open=str(offers.open),
    )


def _proposals(opened: Opened, offers: Offers) -> None:
    if not offers.answers and not offers.ranges:
        st.info(plain(wording().delivery["sentences"]["no_offers"]))
        return
    st.markdown(_OFFERED)
    problem_at(_ACCEPT)
    if offers.open > 1:
        label = f"Accept all {offers.open}"
        st.button(label, type="primary", key=_ACCEPT, on_click=_accept_all, args=(opened.id,))
    saved_line(_ACCEPT)
    for answer in offers.answers:
        _answer(opened, answer)
    for offer in offers.ranges:
        _range(opened, offer)


def _answer(opened: Opened, offer: AnswerOffer) -> None:
    question = opened.questionnaire.by_id[offer.question]
    options = opened.questionnaire.scale_of(question).options
    level = options[option_of(question, offer.answer)].label
    stands = answer_text(opened.questionnaire, offer.question, offer.stands)
    measured_text = f"{answer_text(opened.questionnaire, offer.question, offer.answer)}, which is {level}"
    _offer(opened.id, offer.question, question.title, (stands, measured_text, *offer.answer.evidence), offer.accepted)


def _range(opened: Opened, offer: RangeOffer) -> None:
    parameters = workspace().library.parameters
    stands, proposed = (range_text(parameters, offer.symbol, given) for given in (offer.stands, offer.range))
    title = parameters.by_symbol[offer.symbol].title
    _offer(opened.id, offer.symbol, title, (stands, proposed, offer.range.source), offer.accepted)


def _offer(assessment_id: str, name: str, title: str, words: tuple[str, ...], accepted: bool) -> None:  # noqa: FBT001
    """Place one proposal: what stands, what was measured, on what grounds, and the button that takes it over."""
    stands, proposed, *grounds = words
    with st.container(border=True):
        st.markdown(f"**{plain(title)}**")
        st.markdown(f"Stands now: {plain(stands)}  \nMeasured: **{plain(proposed)}**")
        for ground in grounds:
            st.caption(plain(ground))
        if accepted:
            st.markdown("Accepted.")
        else:
            key = f"{_ACCEPT}-{name}"
            st.button(f"Accept: {plain(title)}", key=key, on_click=_accept, args=(assessment_id, name))


def _accept(assessment_id: str, name: str) -> None:
    _save(assessment_id, {name})


def _accept_all(assessment_id: str) -> None:
    _save(assessment_id, None)


def _save(assessment_id: str, names: set[str] | None) -> None:
    """Save the proposals of these names, or all that are open, as they follow from what stands now."""
    found: Measured | None = st.session_state.get(_key(assessment_id))
    if found is None:
        return
    offers = _offers(workspace().open(assessment_id), found)
    answers = {
        one.question: one.answer
        for one in offers.answers
        if not one.accepted and (names is None or one.question in names)
    }
    ranges = {
        one.symbol: one.range for one in offers.ranges if not one.accepted and (names is None or one.symbol in names)
    }
    attempt(_ACCEPT, "Proposals", lambda: workspace().accept_measured(assessment_id, answers, ranges).at)


page()
