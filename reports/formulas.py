"""How each figure of money and time is computed, read from ``formulas.yaml``: words, symbols, and what it takes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from assessment.fields import Model
from assessment.reading import read_document, validate

Part = Literal["decision", "start", "matters", "money", "wall", "delivery"]
_PATH = Path(__file__).with_name("formulas.yaml")


class Formula(Model):
    """One figure of a page: what it is, its formula in words and in symbols, and the symbols of what it takes."""

    id: str
    part: Part
    title: str
    formula: str
    symbols: str
    figures: tuple[str, ...]
    at_hand: bool = False
    """Whether the page's first sentences name it."""
    adds_up: bool = False
    """Whether it is a sum over the categories of cost."""
    difference: tuple[str, str] | None = None
    """The courses whose costs it is the difference of: the first less the second."""
    takes: Literal["", "worth", "swing"] = ""
    """The figure that the analysis found, which it takes beside ``figures``."""


class Formulas(Model):
    """The file: how symbols are written, and the formulas in the order of their pages."""

    format: Literal["sixstep-formulas/1"]
    symbols: dict[str, str]
    formulas: tuple[Formula, ...]


@lru_cache(maxsize=1)
def formulas() -> Formulas:
    """Return the formulas of the product, read once."""
    return validate(Formulas, read_document(_PATH))


def written_symbol(symbol: str) -> str:
    """Return a symbol of the economic model as a reader sees it."""
    return formulas().symbols.get(symbol, symbol)
