"""Files that somebody gave, read in another thread: followed part by part, refused at their field, and not kept."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from typing import Any

import streamlit as st

from models.watching import Watch
from views.feedback import accept, refuse
from views.running import Job
from views.waiting import leave, taken

_PART = 1 << 16
"""Bytes from one sign of progress to the next."""


class Followed(io.BytesIO):
    """The bytes of a file, whose reading is followed and may be stopped."""

    def __init__(self, raw: bytes, watch: Watch) -> None:
        """Stand at the start of the file."""
        super().__init__(raw)
        self._watch, self._size, self._told = watch, max(1, len(raw)), -_PART

    def read(self, size: int | None = -1, /) -> bytes:
        """Read a part."""
        self._tell()
        return super().read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line."""
        self._tell()
        return super().readline(size)

    def _tell(self) -> None:
        place = self.tell()
        if place - self._told >= _PART:
            self._told = place
            self._watch.step(place / self._size)


def begin_reading(place: str, title: str, work: Callable[[Watch], Any]) -> None:
    """Let a place read the files that somebody has just given; what it reads until now is out of date."""
    leave(place)
    st.session_state[_name(place)] = Job("files", secrets.token_hex(), title, work, kept=0)


def place_reading(place: str, field: str, label: str, keep: Callable[[Any], None]) -> None:
    """Place how far the reading is; hand over what was read, or keep the problem with the field."""
    job: Job[Any] | None = st.session_state.get(_name(place))
    run = None if job is None else taken(place, job)
    if run is None:
        return
    del st.session_state[_name(place)]
    if run.state == "failed":
        refuse(field, label, run.fault)
    else:
        accept(field)
        keep(run.found)
    st.rerun()


def _name(place: str) -> str:
    return f"reading-{place}"
