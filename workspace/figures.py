"""What a team says about money, load and time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.answers import Range
from assessment.errors import InputError, Problem, nearest
from models.scalability import UslFit
from models.wall import CAPACITY, capacity_range
from store.folding import ECONOMICS, RANGE, Change
from workspace import checks, money
from workspace.operations import Operations
from workspace.results import Saved


class Figures(Operations):
    """The operations of a workspace that set economic figures."""

    def set_range(self, id: str, symbol: str, value: Range | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save the range of a parameter, or clear it with None.

        A load test clears the typed share of capacity and the other way round; a baseline taken back is unconfirmed.
        """
        questionnaire = self._questionnaire("answer", id)
        ranges = {} if value is None else money.checked_ranges(self.library.parameters, questionnaire, {symbol: value})
        economics = self.open(id).assessment.economics
        changes = money.range_changes(questionnaire, economics, symbol, ranges.get(symbol))
        return self._save(id, questionnaire, changes, actor)

    def use_capacity(self, id: str, fit: UslFit, source: str, *, actor: str = "") -> Saved:  # noqa: A002
        """Save what a load test measured as the capacity: a measured range that names where it comes from.

        As with any figure of a load test, a typed share of capacity gives way.

        Raises:
            InputError: when the points set no upper end to the capacity.
        """
        return self.set_range(id, CAPACITY, capacity_range(fit, source), actor=actor)

    def set_economics(self, id: str, field: str, value: Any, *, actor: str = "") -> Saved:  # noqa: A002
        """Save an economic field other than a range; None gives it back its default."""
        questionnaire = self._questionnaire("answer", id)
        if field not in ECONOMICS:
            raise InputError(Problem(f"no economic field '{field}'", nearest(field, ECONOMICS)))
        if field == "currency":
            return self.change_currency(id, value, actor=actor)
        payload = checks.payload(questionnaire, "economics", field, value)
        return self._save(id, questionnaire, [Change("economics", field, payload)], actor)

    def change_currency(self, id: str, currency: str | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save another currency and clear the rate of the old one, both or neither; None means US dollars.

        Raises:
            InputError: while amounts are typed in the old one.
        """
        questionnaire = self._questionnaire("answer", id)
        payload = checks.payload(questionnaire, "economics", "currency", currency)
        economics = self.open(id).assessment.economics
        checks.refuse_relabelling(economics, payload, self.library.parameters)
        return self._save(id, questionnaire, money.currency_changes(economics, payload), actor)

    def confirm_baseline(self, id: str, proposals: Mapping[str, Range], *, actor: str = "") -> Saved:  # noqa: A002
        """Save each accepted proposal as the team's range, with its source, and that the baseline is confirmed."""
        questionnaire = self._questionnaire("answer", id)
        accepted = money.baseline_ranges(self.open(id).assessment.economics, proposals)
        ranges = money.checked_ranges(self.library.parameters, questionnaire, accepted)
        changes = [Change("economics", RANGE + symbol, ranges[symbol]) for symbol in sorted(ranges)]
        return self._save(id, questionnaire, [*changes, Change("economics", "confirmed", payload=True)], actor)
