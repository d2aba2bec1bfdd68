"""How the report of an assessment looks and what stands in it: saved as events, checked before that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assessment.errors import InputError, Problem, nearest
from assessment.reading import Document
from assessment.report_settings import ReportSettings, SentenceEdit
from reports.brand import settings_problems
from reports.logo import logo_from, logo_text
from store.folding import EDIT, REPORT, Change
from workspace import checks, portable
from workspace.operations import Operations
from workspace.results import Saved


class Reports(Operations):
    """The operations of a workspace that set a report."""

    def set_report(self, id: str, field: str, value: Any, *, actor: str = "") -> Saved:  # noqa: A002
        """Save one setting of the report; an empty value gives back what the product does.

        Args:
            id: the assessment.
            field: a field of :class:`assessment.report_settings.ReportSettings` other than ``edits`` and ``logo``.
            value: what it is to be.
            actor: who saved.

        Raises:
            InputError: for a colour that cannot be read on white, a section that always stands, and any other fault.
        """
        questionnaire = self._questionnaire("answer", id)
        if field not in REPORT or field == "logo":
            raise InputError(Problem(f"no setting '{field}'", nearest(field, set(REPORT) - {"logo"})))
        found = checks.draft(questionnaire, report={field: value}).report
        refuse_faulty_report(found)
        payload = found.model_dump(mode="json", exclude_defaults=True).get(field)
        return self._save(id, questionnaire, [Change("report", field, payload)], actor)

    def set_logo(self, id: str, raw: bytes | None, name: str = "", *, actor: str = "") -> Saved:  # noqa: A002
        """Save a logo from a PNG or SVG file, or remove it with None; only its pixels are kept.

        Raises:
            InputError: for a file that is no small picture.
        """
        questionnaire = self._questionnaire("answer", id)
        payload = None if raw is None else logo_text(logo_from(raw, portable.plain_name(name)))
        return self._save(id, questionnaire, [Change("report", "logo", payload)], actor)

    def take_report_from(self, id: str, source: str, *, actor: str = "") -> Saved:  # noqa: A002
        """Save the settings of another assessment's report, all of them at once; edited sentences are not taken.

        Raises:
            NotFound: when one of the two is not there.
        """
        questionnaire = self._questionnaire("answer", id)
        there, here = self.open(source).assessment.report, self.open(id).assessment.report
        taken = there.model_dump(mode="json", exclude_defaults=True, exclude={"edits"})
        standing = here.model_dump(mode="json", exclude_defaults=True, exclude={"edits"})
        changes = [Change("report", field, taken.get(field)) for field in REPORT if field in {*taken, *standing}]
        return self._save(id, questionnaire, changes, actor)

    def set_sentence(self, id: str, key: str, edit: SentenceEdit | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save what stands in place of a sentence of the summary, or give the generated one back with None.

        Raises:
            InputError: for an empty or too long sentence.
        """
        questionnaire = self._questionnaire("answer", id)
        payload = None
        if edit is not None:
            found = checks.draft(questionnaire, report={"edits": {key: edit}}).report
            refuse_faulty_report(found)
            payload = found.edits[key].model_dump(mode="json")
        return self._save(id, questionnaire, [Change("report", EDIT + key, payload)], actor)


def refuse_faulty_report(settings: ReportSettings, document: Document | None = None) -> None:
    """Refuse report settings that cannot stand.

    Raises:
        InputError: for every fault, with the file's name and line where there is one.
    """
    named = report_problems(settings, document)
    found = named if document else [replace(problem, subject="") for problem in named]  # a field has its label
    if found:
        raise InputError(found)


def report_problems(settings: ReportSettings, document: Document | None = None) -> list[Problem]:
    """Return why report settings cannot stand, each with its line in the document of the assessment."""
    where = document or Document(None, "")
    return [
        where.problem(("report", problem.subject or "logo"), problem.message, problem.remedy, problem.subject or "logo")
        for problem in settings_problems(settings)
    ]
