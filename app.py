"""The front door of the browser: which pages there are, and nothing else."""

from __future__ import annotations

import streamlit as st
from streamlit import runtime

from views.blocks import look
from views.feedback import guard
from views.frame import ASSETS, PAGES, sidebar
from views.housekeeping import start_collector
from views.page_rules import place_page_look, place_page_rules
from views.tour import place_tour

st.set_page_config(page_title="Sixstep", page_icon=str(ASSETS / "icon.png"), layout="wide")
if runtime.exists():
    start_collector()
pages = [
    st.Page(entry.path, title=entry.title, url_path=entry.name, default=entry.name == "start")
    for entry in PAGES.values()
]
current = st.navigation(pages, position="hidden")
st.logo(str(ASSETS / f"logo-{look()}.png"), size="large", icon_image=str(ASSETS / "icon.png"))
with guard():
    place_page_look()
    sidebar()
    place_tour()
    current.run()
    place_page_rules()
