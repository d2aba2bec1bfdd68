"""The forms that a report comes in, each made from one evaluation by the suffix of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from reports.describe import describe

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.scenario_runs import Comparison
    from models.watching import Watch
    from reports.pdf import PageSize


Maker: TypeAlias = "Callable[[Evaluation, Comparison | None, PageSize, Watch], bytes]"
_DESCRIBED = 0.3
"""Share of the time at which the report is data, and its charts and pages begin."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the report.

    Attributes:
        suffix: of its file, without the dot.
        title: what it is called.
        mime: its media type.
        use: what it is for, in a sentence.
        make: makes it from an evaluation, the named futures beside it where they were simulated, a page size, which
            only the printed form has, and who follows it and may stop it.
        futures: whether it shows the named futures, so that they must be simulated first.
    """

    suffix: str
    title: str
    mime: str
    use: str
    make: Maker
    futures: bool = False


def _pdf(evaluation: Evaluation, comparison: Comparison | None, page_size: PageSize, watch: Watch) -> bytes:
    from reports.pdf import render_pdf  # noqa: PLC0415 - each form loads its own library

    document = describe(evaluation, comparison, watch.part(0.0, _DESCRIBED))
    return render_pdf(document, page_size=page_size, watch=watch.part(_DESCRIBED, 1.0))


def _html(evaluation: Evaluation, comparison: Comparison | None, _: PageSize, watch: Watch) -> bytes:
    from reports.web.page import render_html  # noqa: PLC0415

    document = describe(evaluation, comparison, watch.part(0.0, _DESCRIBED))
    return render_html(document, watch.part(_DESCRIBED, 1.0))


def _workbook(evaluation: Evaluation, _: Comparison | None, __: PageSize, watch: Watch) -> bytes:
    from reports.workbook.book import render_workbook  # noqa: PLC0415

    return render_workbook(evaluation, watch)


def _mail(evaluation: Evaluation, _: Comparison | None, __: PageSize, watch: Watch) -> bytes:
    from reports.mail import render_mail  # noqa: PLC0415

    return render_mail(evaluation, watch)


def _notebook(evaluation: Evaluation, _: Comparison | None, __: PageSize, watch: Watch) -> bytes:
    from reports.notebook import render_notebook  # noqa: PLC0415

    return render_notebook(evaluation, watch)


_LISTED = (
    Form("pdf", "PDF", "application/pdf", "The printed report.", _pdf, futures=True),
    Form(
        "html",
        "Web page",
        "text/html",
        "The same report in one file for a browser or a screen reader, with the figures behind every chart.",
        _html,
        futures=True,
    ),
    Form(
        "xlsx",
        "Workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Scores and the expected-value case as formulas: change an input or an answer, and the figures follow.",
        _workbook,
    ),
    Form(
        "ipynb",
        "Notebook",
        "application/x-ipynb+json",
        "Computes every figure again in Jupyter, and stops at the first one that differs.",
        _notebook,
    ),
    Form("md", "Summary for a mail", "text/markdown", "The summary as Markdown, to paste into a mail.", _mail),
)
FORMS: Mapping[str, Form] = MappingProxyType({form.suffix: form for form in _LISTED})
