"""The forms that a report comes in, each made from one evaluation by the suffix of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from reports.describe import describe

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from reports.pdf import PageSize


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the report.

    Attributes:
        suffix: of its file, without the dot.
        title: what it is called.
        mime: its media type.
        use: what it is for, in a sentence.
        make: makes it from an evaluation.
    """

    suffix: str
    title: str
    mime: str
    use: str
    make: Callable[[Evaluation], bytes]


def pdf(evaluation: Evaluation, page_size: PageSize = "a4") -> bytes:
    """Return the report as PDF."""
    from reports.pdf import render_pdf  # noqa: PLC0415 - each form loads its own library

    return render_pdf(describe(evaluation), page_size=page_size)


def _html(evaluation: Evaluation) -> bytes:
    from reports.web.page import render_html  # noqa: PLC0415

    return render_html(describe(evaluation))


def _workbook(evaluation: Evaluation) -> bytes:
    from reports.workbook.book import render_workbook  # noqa: PLC0415

    return render_workbook(evaluation)


def _mail(evaluation: Evaluation) -> bytes:
    from reports.mail import render_mail  # noqa: PLC0415

    return render_mail(evaluation)


def _notebook(evaluation: Evaluation) -> bytes:
    from reports.notebook import render_notebook  # noqa: PLC0415

    return render_notebook(evaluation)


_LISTED = (
    Form("pdf", "PDF", "application/pdf", "The printed report.", pdf),
    Form(
        "html",
        "Web page",
        "text/html",
        "The same report in one file for a browser or a screen reader, with the figures behind every chart.",
        _html,
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
