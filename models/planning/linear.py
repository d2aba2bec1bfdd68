"""A linear programme in the making: columns with bounds, rows that are at most a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Expression = dict[int, float]
"""Coefficient by column."""


def total(parts: Iterable[tuple[float, Expression]]) -> Expression:
    """Return the sum of expressions, each times a factor."""
    found: Expression = {}
    for factor, expression in parts:
        for column, value in expression.items():
            found[column] = found.get(column, 0.0) + factor * value
    return found


@dataclass
class Programme:
    """Columns and rows as they are added.

    Attributes:
        lower: lower bound of each column.
        upper: upper bound of each column.
        whole: 1 for a column that takes whole numbers only.
        rows: coefficients of each row.
        most: what each row is at most.
        worth: objective, by column; it is maximised.
    """

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[Expression] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    worth: Expression = field(default_factory=dict)

    def column(self, lower: float, upper: float, *, whole: bool = False) -> int:
        """Add a column and return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.lower) - 1

    def at_most(self, expression: Expression, most: float) -> None:
        """Add a row: the expression is ``most`` at most."""
        self.rows.append(expression)
        self.most.append(most)
