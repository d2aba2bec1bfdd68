"""Seconds to make the report of the worked example: ``python -m bench.pdf``.

Charts are converted by vl-convert, layout is ReportLab's passes over the story, tags are the structure tree and the
metadata, and writing is the file itself. *Cold*
is the first report of a process, *warm* the same again with its charts kept, *edited* one whose charts are drawn anew.
The processor's seconds stand beside those of the clock, which a busy machine stretches.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any, TypeVar

import pikepdf

from assessment.loading import load_assessment, load_questionnaire
from examples import EXAMPLE
from models.evaluation import Evaluation, evaluate
from models.initiatives import load_initiatives
from models.parameters import load_parameters
from models.watching import Steps, Watch
from questionnaires import INITIATIVES, QUESTIONNAIRE
from reports.describe import describe
from reports.document import Document
from reports.paper.archive import saved
from reports.paper.charts import chart_pdf, specification
from reports.paper.fonts import register
from reports.paper.pages import Pages
from reports.paper.style import make_styles
from reports.paper.tags import Node, TaggedCanvas
from reports.pdf import SIZES, add_tags, render_pdf, story
from reports.vectors import chart_svg

PATHS = 2_000
RUNS = 5
T = TypeVar("T")


class TimedCanvas(TaggedCanvas):
    """A canvas that knows how long its file took to write."""

    def save(self) -> None:
        """Write the file and note the time."""
        started = perf_counter()
        super().save()
        self.written = perf_counter() - started


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what ``work`` returns, and its seconds."""
    started = perf_counter()
    return work(), perf_counter() - started


def example() -> Evaluation:
    """Return the worked example, evaluated."""
    questionnaire = load_questionnaire(QUESTIONNAIRE)
    initiatives = load_initiatives(INITIATIVES, questionnaire)
    return evaluate(questionnaire, load_assessment(EXAMPLE), initiatives, load_parameters(), paths=PATHS)


def parts(document: Document) -> dict[str, float]:
    """Return the seconds of each part of one render."""
    _, fonts = timed(register)
    processor = process_time()
    texts = [specification(figure) for figure in document.figures()]
    _, charts = timed(lambda: [chart_pdf(text) for text in texts])
    target, root = io.BytesIO(), Node("Document")
    pages: Any = Pages(target, document, SIZES["a4"], Watch())
    flow, made = timed(lambda: story(document, root, pages, make_styles(document.brand), Steps(Watch(), 1)))
    _, built = timed(lambda: pages.multiBuild(flow, canvasmaker=TimedCanvas))
    target.seek(0)
    pdf, opened = timed(lambda: pikepdf.open(target))
    with pdf:
        _, tags = timed(lambda: add_tags(pdf, document, root, pages.canv))
        _, ended = timed(lambda: saved(pdf))
    layout = made + built - pages.canv.written
    write = pages.canv.written + opened + ended
    found = {"fonts": fonts, "charts": charts, "layout": layout, "tags": tags, "write": write}
    return {**found, "processor": process_time() - processor}


def _line(name: str, found: dict[str, float]) -> str:
    figures = "  ".join(f"{part} {seconds:6.3f}" for part, seconds in found.items())
    return f"{name:8}{figures}  together {together(found):6.3f}"


def together(found: dict[str, float]) -> float:
    """Return the seconds of the clock that all parts took."""
    return sum(seconds for part, seconds in found.items() if part != "processor")


def main() -> None:
    """Print the seconds of each part, cold, warm and with every chart drawn anew."""
    evaluation, seconds = timed(example)
    document, described = timed(lambda: describe(evaluation))
    print(f"evaluate {seconds:.3f} s ({PATHS:,} paths), describe {described:.3f} s")
    print(_line("cold", parts(document)))
    warm = [parts(document) for _ in range(RUNS)]
    print(_line("warm", min(warm, key=together)))
    edited = []
    for _ in range(RUNS):
        chart_pdf.cache_clear()
        chart_svg.cache_clear()
        edited.append(parts(document))
    print(_line("edited", min(edited, key=together)))
    processor = process_time()
    made, whole = timed(lambda: render_pdf(document))
    print(f"render_pdf warm {whole:.3f} s, {process_time() - processor:.3f} s of the processor, {len(made):,} bytes")


if __name__ == "__main__":
    main()
