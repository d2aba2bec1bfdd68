"""What each page is for, in one sentence under its title."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import streamlit as st

from assessment.fields import Model
from assessment.reading import read_document, validate
from views.frame import ASSETS
from views.plain import plain


class _Pages(Model):
    format: Literal["sixstep-pages/1"]
    about: dict[str, str]


@lru_cache(maxsize=1)
def sentences_of_pages() -> dict[str, str]:
    """Return the sentence of each page, read once."""
    return validate(_Pages, read_document(ASSETS / "pages.yaml")).about


def explain(page: str) -> None:
    """Say what the page is for."""
    st.markdown(plain(sentences_of_pages()[page]))
