"""Which changes to the formulas of scoring no test notices: ``python -m bench.mutation --cosmic-ray PYTHON``.

PYTHON is the interpreter of an environment of its own in which ``pip install cosmic-ray==8.7.0`` has run; it is no
dependency of the product. Every operator of cosmic-ray is applied at every place of the modules. A change that only
touches an annotation is left out: annotations are never evaluated. Each other one is loaded in a process of its own in
place of its module, and the tests of scoring run until one fails. Property tests try six cases and do not shrink, so
that a change which they notice is told in seconds; with more cases a survivor could only be killed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import settings

from assessment.loading import built_in_questionnaire

ROOT = Path(__file__).parents[1]
MODULES = ("scoring", "diagnosis", "instrument", "sheet", "terms")
TESTS = (
    "instrument",
    "gates",
    "sheet",
    "scoring",
    "diagnosis",
    "stage",
    "crosswalk",
    "explaining",
    "targets",
    "scoring_laws",
)
EXAMPLES, SECONDS = 6, 120
CHANGES = """
import ast, json, sys
from pathlib import Path
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

class Bare(ast.NodeTransformer):
    def visit_arg(self, node):
        node.annotation = None
        return node
    def visit_FunctionDef(self, node):
        node.returns = None
        return self.generic_visit(node)
    def visit_AnnAssign(self, node):
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

def meaning(source):
    return ast.dump(Bare().visit(ast.parse(source)))

source = Path(sys.argv[1]).read_text()
seen, found, left_out = {meaning(source)}, [], 0
for name in sorted(operator_names()):
    operator = get_operator(name)
    if operator.arguments():
        continue
    made = operator()
    for occurrence in range(10_000):
        changed = mutate_code(source, made, occurrence)
        if changed is None or changed == source:
            break
        try:
            means = meaning(changed)
        except SyntaxError:
            continue
        if means in seen:
            left_out += 1
            continue
        seen.add(means)
        lines = next(pair for pair in zip(source.splitlines(), changed.splitlines()) if pair[0] != pair[1])
        found.append({"operator": name, "old": lines[0].strip(), "new": lines[1].strip(), "source": changed})
print(json.dumps([found, left_out]))
"""


def main() -> None:
    """Make the changes, run the tests on each, and print the survivors."""
    parser = argparse.ArgumentParser(description="Look for changes that no test notices.")
    parser.add_argument("--cosmic-ray", required=True, help="Python of an environment that has cosmic-ray.")
    parser.add_argument("--module", choices=MODULES, help="One module alone.")
    given = parser.parse_args()
    built_in_questionnaire()  # read once, for all processes that follow
    if _outcome(None) != "survived":
        sys.exit("the tests fail on the code as it stands")
    for module in (given.module,) if given.module else MODULES:
        path = ROOT / "assessment" / f"{module}.py"
        made = subprocess.run([given.cosmic_ray, "-c", CHANGES, str(path)], check=True, capture_output=True, text=True)
        changes, left_out = json.loads(made.stdout)
        told: Counter[str] = Counter()
        for change in changes:
            outcome = _outcome({**change, "module": module})
            told[outcome] += 1
            if outcome != "killed":
                print(f"{outcome}: {change['operator']}\n  - {change['old']}\n  + {change['new']}", flush=True)
        print(f"{module}: {dict(told)}, {left_out} without a meaning of their own", flush=True)


def _outcome(change: dict[str, Any] | None) -> str:
    """Return whether the tests notice a change, in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            _run(change)
        except BaseException:  # noqa: BLE001 - whatever goes wrong, the change was noticed
            os._exit(1)
    started = time.monotonic()
    while time.monotonic() - started < SECONDS:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return "killed" if os.waitstatus_to_exitcode(status) else "survived"
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def _run(change: dict[str, Any] | None) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    _few_examples()
    if change is not None:
        name = f"assessment.{change['module']}"
        path = ROOT / "assessment" / f"{change['module']}.py"
        found = importlib.util.spec_from_file_location(name, path)
        if found is None:
            os._exit(1)
        module = importlib.util.module_from_spec(found)
        sys.modules[name] = module
        exec(compile(change["source"], str(path), "exec"), module.__dict__)  # noqa: S102 - our own code, changed
        setattr(sys.modules["assessment"], change["module"], module)
    tests = [str(ROOT / "tests" / "assessment" / f"test_{name}.py") for name in TESTS]
    os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])))


def _few_examples() -> None:
    """Let every property test try few cases, and not look for the smallest one that fails."""
    original = settings.__init__

    def few(self: settings, parent: settings | None = None, **given: Any) -> None:
        given["max_examples"] = min(given.get("max_examples", EXAMPLES), EXAMPLES)
        given["phases"] = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        original(self, parent, **given)

    settings.__init__ = few  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
