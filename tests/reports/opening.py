"""Reads the pages of a report; those of the last one are kept, since to read them takes longer than to make them."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import pdfplumber


@lru_cache(maxsize=1)
def pages_of(data: bytes) -> tuple[Any, ...]:
    """Return the pages of a report; what was read of a page stays with it."""
    return tuple(pdfplumber.open(io.BytesIO(data)).pages)
