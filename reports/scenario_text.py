"""Scenarios as tables for the terminal."""

from __future__ import annotations

from models.scenario_runs import Comparison
from reports.as_text import table
from reports.scenario_words import (
    VERDICT,
    WORTH,
    change_words,
    refused_sentence,
    scenario_sentence,
    verdict_rows,
    worth_rows,
)
from reports.wording import fill, wording


def scenarios_text(found: Comparison) -> str:
    """Return the sentence, both tables and the changes of each scenario."""
    texts = wording().scenarios
    changes = [
        (run.standing.title, move.symbol, change_words(change), texts["cut"] if move.clipped else "")
        for run in found.every
        for change, move in zip(run.standing.changes, run.moves, strict=True)
    ]
    blocks = [
        scenario_sentence(found),
        f"Net present value against acting only when forced, {found.curves.currency}\n"
        + table(WORTH, worth_rows(found)),
        table(VERDICT, verdict_rows(found)),
        "\n".join(refused_sentence(each) for each in found.refused),
        table(("Scenario", "Figure", "Change", ""), changes) if changes else "",
        fill(texts["basis"], paths=f"{found.curves.paths:,}", seed=str(found.curves.seed)),
        texts["steps"],
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"
