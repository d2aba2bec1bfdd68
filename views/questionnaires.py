"""Questionnaires: which are installed, a way to install another one, and their files to take away."""

from __future__ import annotations

import json
from functools import cache

import streamlit as st
from pydantic import BaseModel

from assessment.errors import SixstepError
from assessment.overlay import Overlay
from assessment.questionnaire import Questionnaire
from assessment.reading import LARGEST_BYTES
from views.about import explain
from views.access import workspace
from views.blocks import WIDTH, table
from views.feedback import accept, neutral_sentence, problem_at, problem_summary, refuse, sentences
from views.frame import arrived
from views.plain import plain
from workspace.installing import Installed, Shelved

_FILE = "questionnaire-file"
_LABEL = "A questionnaire or an overlay (YAML or JSON)"
_FAULTS, _TOLD = "questionnaire-faults", "questionnaire-told"
_MOST_FAULTS = 12
_FORMATS: dict[str, type[BaseModel]] = {"Questionnaire": Questionnaire, "Overlay": Overlay}


def page() -> None:
    """Show what is installed, and install more."""
    if arrived("questionnaires"):
        _forget()
    st.title("Questionnaires", anchor=False)
    explain("questionnaires")
    with st.container(width=WIDTH):
        st.markdown(
            "An assessment stays on the version of the questionnaire that it was begun on. An installed version never "
            "changes and never goes away."
        )
        problem_summary()
        shelved = workspace().questionnaires()
        _listed(shelved)
        _install()
        _take_away(shelved)


def _forget() -> None:
    for key in (_FAULTS, _TOLD):
        st.session_state.pop(key, None)


def _listed(shelved: tuple[Shelved, ...]) -> None:
    st.header("Installed", anchor=False)
    header = ("Title", "Name in files", "Version", "Questions", "Steps", "Assessments", "Origin")
    table(header, [_row(item) for item in shelved])


def _row(item: Shelved) -> tuple[str, ...]:
    whole = item.questionnaire
    core = len(whole.asked("pulse"))
    count = f"{len(whole.questions)}, of which {core} core"
    return (whole.title, whole.id, whole.version, count, str(len(whole.steps)), str(item.used), _came(item))


def _came(item: Shelved) -> str:
    if item.at is None:
        return "Comes with Sixstep"
    moment = f"{item.at:%d %B %Y}"
    if item.file_name:
        return f"Installed from {item.file_name}, {moment}"
    return f"Came with an earlier Sixstep, kept {moment}"


def _install() -> None:
    st.header("Install another one", anchor=False)
    st.markdown(
        "A whole questionnaire, or an overlay that adds, rewords, weighs anew or drops questions of one that is "
        "installed. Nothing is installed unless the whole file is right."
    )
    with st.form("questionnaire-form", border=False):
        uploaded = st.file_uploader(
            _LABEL, type=["yaml", "yml", "json"], key=_FILE, max_upload_size=LARGEST_BYTES // 2**20
        )
        problem_at(_FILE)
        _faults()
        wanted = st.form_submit_button("Install the file", type="primary")
    for sentence in st.session_state.get(_TOLD, ()):
        st.success(plain(sentence))
    if wanted:
        _forget()
        if uploaded is None:
            refuse(_FILE, _LABEL, "Choose a file first.")
        elif uploaded.size > LARGEST_BYTES:
            refuse(_FILE, _LABEL, f"The file has {uploaded.size:,} bytes; at most {LARGEST_BYTES:,} are read.")
        else:
            _try(uploaded.getvalue(), uploaded.name)
        st.rerun()


def _faults() -> None:
    found: tuple[str, ...] = st.session_state.get(_FAULTS, ())
    if found:
        shown = [f"- {plain(sentence)}" for sentence in found[:_MOST_FAULTS]]
        rest = len(found) - _MOST_FAULTS
        st.error("\n".join([*shown, *([f"- And {rest} more."] if rest > 0 else [])]))


def _try(raw: bytes, name: str) -> None:
    try:
        installed = workspace().install_questionnaire(raw, name)
    except SixstepError as error:
        found = sentences(error)
        st.session_state[_FAULTS] = found
        many = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        refuse(_FILE, _LABEL, f"The file is not installed. Mend {many}, each told with its line.")
    except Exception as error:  # noqa: BLE001 - a file from outside may hold anything
        refuse(_FILE, _LABEL, neutral_sentence(error))
    else:
        accept(_FILE)
        st.session_state[_TOLD] = (_told(installed), *installed.left_out)


def _told(installed: Installed) -> str:
    whole = installed.questionnaire
    said = "is installed" if installed.new else "was installed already"
    return (
        f"{whole.title}, version {whole.version}, {said}: {len(whole.questions)} questions in {len(whole.steps)} steps."
    )


def _named(item: Shelved, shelved: tuple[Shelved, ...]) -> str:
    """Return title and version; where another one has both, its name in files as well."""
    whole = item.questionnaire
    same = sum(
        (other.questionnaire.title, other.questionnaire.version) == (whole.title, whole.version) for other in shelved
    )
    return f"{whole.title}, version {whole.version}" + (f" ({whole.id})" if same > 1 else "")


def _take_away(shelved: tuple[Shelved, ...]) -> None:
    st.header("Files to take away", anchor=False)
    titles = {(item.questionnaire.id, item.questionnaire.version): _named(item, shelved) for item in shelved}
    chosen = st.radio("Installed version", list(titles), format_func=titles.__getitem__, key="questionnaire-chosen")
    name, raw = workspace().questionnaire_file(*chosen)
    st.download_button("Download the file", raw, file_name=name, key="questionnaire-download", on_click="ignore")
    st.markdown("A JSON Schema lets an editor complete and check a file while it is written.")
    with st.container(horizontal=True):
        for title in _FORMATS:
            st.download_button(
                f"{title} schema",
                _schema(title),
                file_name=f"{title.lower()}.schema.json",
                mime="application/json",
                key=f"schema-{title.lower()}",
                on_click="ignore",
            )


@cache
def _schema(title: str) -> str:
    return json.dumps(_FORMATS[title].model_json_schema(), indent=2, sort_keys=True)


page()
