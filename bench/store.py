"""How quick opening and answering are: ``python -m bench.store``.

An assessment of 56 questions, each answered ten times, is opened and answered beside the least that any store must do:
read its rows with the database's own driver and parse them, and commit one row. Opening reads what stands alone, so it
may take less than reading all. Ratios of medians of one run.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assessment.answers import Answer
from store.folding import Change
from store.log import Stamp, Store
from workspace.library import Library
from workspace.service import Workspace

TIMES, ROUNDS = 60, 10


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "six.db"
        store = Store.open(str(file))
        workspace = Workspace(store, Library())
        name = _filled(store, workspace)
        question = workspace.open(name).questionnaire.questions[0].id
        bare = sqlite3.connect(file, isolation_level=None)
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE bench_rows (name TEXT)")
        opened = _median(lambda _: workspace.open(name))
        read = _median(lambda _: _rows(bare, name))
        answered = _median(lambda number: workspace.answer(name, question, Answer(option=number % 4)))
        committed = _median(lambda number: bare.execute("INSERT INTO bench_rows VALUES (?)", (str(number),)))
        bare.close()
        store.close()
    print(f"open   {1000 * opened:7.2f} ms  {opened / read:5.2f} times reading its rows alone")
    print(f"answer {1000 * answered:7.2f} ms  {answered / committed:5.2f} times one bare commit")


def _filled(store: Store, workspace: Workspace) -> str:
    name = workspace.create("Bench", mode="full")
    asked = workspace.open(name).questionnaire.questions
    for round_ in range(ROUNDS):
        answer = Answer(option=round_ % 4, note=f"round {round_}").model_dump(mode="json")
        store.append(name, [Change("answer", item.id, answer) for item in asked], Stamp())
    return name


def _rows(bare: sqlite3.Connection, name: str) -> list[object]:
    found = bare.execute("SELECT payload FROM events WHERE assessment_id = ? ORDER BY sequence", (name,))
    return [None if row[0] is None else json.loads(row[0]) for row in found]


def _median(operation: Callable[[int], object]) -> float:
    taken = []
    for number in range(TIMES):
        started = time.perf_counter()
        operation(number)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
