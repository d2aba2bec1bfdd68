"""Progress from one assessment to a later one, also where the questionnaire changed in between.

Answers carry over by the stable id of their question. Both assessments are scored under both questionnaires, all four
times under the context and the targets of the later one, so that a difference is what was answered or what is asked,
and never a weight that moved with the context or a goal that was set anew. A pulse is compared with a full assessment
over the questions of the pulse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.answers import Assessment, QuestionnaireRef
from assessment.carrying import Carried, carry
from assessment.instrument import Instrument
from assessment.questionnaire import Mode, Questionnaire
from assessment.scores import NO_SCORE, Score, Scores
from assessment.scoring import score
from assessment.targets import preset_of

__all__ = ["Carried", "Comparison", "Difference", "Pair", "carry", "compare", "rescored"]

Kind = Literal["overall", "target", "dimension", "factor", "step", "question"]
Direction = Literal["worse", "better", "same", "open"]
_TOLERANCE = 1e-9
_ORDER: Mapping[Direction, int] = {"worse": 0, "better": 1, "open": 2, "same": 3}


@dataclass(frozen=True, slots=True)
class Pair:
    """One score of the earlier and of the later assessment, under one questionnaire."""

    earlier: Score
    later: Score

    @property
    def value(self) -> float | None:
        """Later less earlier; None unless both may be shown as a point."""
        return _less(self.later.value, self.earlier.value)

    @property
    def low(self) -> float | None:
        """The least that the difference can be, whatever the unknown answers turn out to be."""
        return _less(self.later.low, self.earlier.high)

    @property
    def high(self) -> float | None:
        """The most that the difference can be."""
        return _less(self.later.high, self.earlier.low)


@dataclass(frozen=True, slots=True)
class Difference:
    """One score in both assessments; ``rising_is_better`` is False for the severity of a constraint.

    Attributes:
        on_later: both assessments under the later questionnaire: what came from the answers.
        on_earlier: both under the earlier questionnaire.
    """

    kind: Kind
    id: str
    title: str
    on_later: Pair
    on_earlier: Pair
    rising_is_better: bool = True

    @property
    def compared(self) -> bool:
        """Whether the later questionnaire has this score at all, for one of the two."""
        return self.on_later.earlier.exists or self.on_later.later.exists

    @property
    def improvement(self) -> float | None:
        """Points gained by the answers under the later questionnaire; negative for a regression."""
        value = self.on_later.value
        return value if value is None or self.rising_is_better else -value

    @property
    def direction(self) -> Direction:
        """Whether the later assessment stands worse, better or the same; open while a range hides it."""
        if self.improvement is None:
            return "open"
        if abs(self.improvement) <= _TOLERANCE:
            return "same"
        return "better" if self.improvement > 0 else "worse"

    @property
    def by_questionnaire(self) -> float | None:
        """Points that moved because the questionnaire changed: the earlier answers under both."""
        return _less(self.on_later.earlier.value, self.on_earlier.earlier.value)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two assessments under one context: every score, the regressions first.

    Attributes:
        earlier: questionnaire of the earlier assessment.
        later: questionnaire of the later one.
        mode: the mode in which both were scored.
        differences: overall, percent to target where there are targets, dimensions, constraints and steps; the greatest
            fall first, then the greatest gain.
        questions: the questions whose answer moved, its becoming known or unknown included, in the same order.
        carried: what became of the earlier answers under the later questionnaire.
        carried_back: what became of the later answers under the earlier one.
        stages_differ: one was answered before launch and the other after it.
        questionnaires_differ: they do not ask and weigh the same.
    """

    earlier: QuestionnaireRef
    later: QuestionnaireRef
    mode: Mode
    differences: tuple[Difference, ...]
    questions: tuple[Difference, ...]
    carried: Carried
    carried_back: Carried
    stages_differ: bool
    questionnaires_differ: bool

    @property
    def regressions(self) -> tuple[Difference, ...]:
        """The scores that fell, the greatest fall first."""
        return tuple(item for item in self.differences if item.direction == "worse")

    @property
    def moved(self) -> tuple[Difference, ...]:
        """The questions whose later answer is known and is another than the earlier one."""
        return tuple(item for item in self.questions if item.on_later.later.value is not None)

    @property
    def awaited(self) -> tuple[Difference, ...]:
        """The questions that were answered earlier and are unknown, or not answered yet, in the later assessment."""
        return tuple(item for item in self.questions if item.on_later.later.value is None)

    def find(self, kind: Kind, name: str) -> Difference:
        """Return the difference of one score."""
        return next(item for item in self.differences if (item.kind, item.id) == (kind, name))


def compare(
    earlier_questionnaire: Questionnaire,
    earlier: Assessment,
    later_questionnaire: Questionnaire,
    later: Assessment,
) -> Comparison:
    """Score two assessments under both of their questionnaires and return every difference.

    Raises:
        InputError: when an answer does not fit the questionnaire that it was given on.
    """
    mode: Mode = "full" if earlier.mode == later.mode == "full" else "pulse"
    sides = _Sides(earlier_questionnaire, earlier, later_questionnaire, later, mode)
    return Comparison(
        earlier=_reference(earlier_questionnaire),
        later=_reference(later_questionnaire),
        mode=mode,
        differences=_sorted(sides.differences()),
        questions=_sorted(item for item in sides.questions() if _answer_moved(item)),
        carried=carry(earlier, later_questionnaire, earlier_questionnaire),
        carried_back=carry(later, earlier_questionnaire, later_questionnaire),
        stages_differ=earlier.stage != later.stage,
        questionnaires_differ=earlier_questionnaire != later_questionnaire,
    )


def _reference(questionnaire: Questionnaire) -> QuestionnaireRef:
    return QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)


def _answer_moved(item: Difference) -> bool:
    """Whether an answer that both assessments can be asked for differs, its being unknown included."""
    pair = item.on_later
    both = pair.earlier.exists and pair.later.exists
    return both and (pair.earlier.low, pair.earlier.high) != (pair.later.low, pair.later.high)


def _sorted(found: Iterator[Difference]) -> tuple[Difference, ...]:
    def place(item: tuple[int, Difference]) -> tuple[int, float, int]:
        return _ORDER[item[1].direction], -abs(item[1].improvement or 0.0), item[0]

    return tuple(difference for _, difference in sorted(enumerate(found), key=place))


def rescored(questionnaire: Questionnaire, assessment: Assessment, later: Assessment, mode: Mode) -> Assessment:
    """Return an assessment as it is scored under a questionnaire and the context and targets of ``later``.

    Answers, context and targets that the questionnaire does not offer are left out, and everything else too.
    """
    return assessment.model_copy(
        update={
            "questionnaire": _reference(questionnaire),
            "mode": mode,
            "context": _offered(questionnaire, later.context),
            "answers": dict(carry(assessment, questionnaire).answers),
            "signals": {},
            "votes": {},
            "targets": _reachable(questionnaire, later.targets),
            "target_preset": later.target_preset if preset_of(questionnaire, later) else "",
        }
    )


def _offered(questionnaire: Questionnaire, context: Mapping[str, int]) -> dict[str, int]:
    offered = {item.id: len(item.anchors) for item in questionnaire.context.items}
    return {name: level for name, level in context.items() if level < offered.get(name, 0)}


def _reachable(questionnaire: Questionnaire, targets: Mapping[str, int]) -> dict[str, int]:
    asked = {name: len(questionnaire.scale_of(question).options) for name, question in questionnaire.by_id.items()}
    return {name: option for name, option in targets.items() if option < asked.get(name, 0)}


class _Sides:
    """The four scorings: two assessments, each under two questionnaires."""

    def __init__(
        self,
        earlier_questionnaire: Questionnaire,
        earlier: Assessment,
        later_questionnaire: Questionnaire,
        later: Assessment,
        mode: Mode,
    ) -> None:
        self.old, self.new = earlier_questionnaire, later_questionnaire
        self.grid = {
            (whose, ruler): (whole, rescored(whole, assessment, later, mode))
            for whose, assessment in (("earlier", earlier), ("later", later))
            for ruler, whole in (("old", self.old), ("new", self.new))
        }
        self.scores = {place: score(*cell) for place, cell in self.grid.items()}

    def _pair(self, ruler: str, kind: Kind, name: str) -> Pair:
        return Pair(*(_read(self.scores[whose, ruler], kind, name) for whose in ("earlier", "later")))

    def differences(self) -> Iterator[Difference]:
        for kind, name, title in self._rows():
            pairs = self._pair("new", kind, name), self._pair("old", kind, name)
            yield Difference(kind, name, title, *pairs, rising_is_better=kind != "factor")

    def _rows(self) -> Iterator[tuple[Kind, str, str]]:
        yield "overall", "overall", "Overall"
        if any(scores.targets is not None for scores in self.scores.values()):
            yield "target", "target", "Percent to target"
        for kind, group in (("dimension", "dimensions"), ("factor", "wall_factors"), ("step", "steps")):
            titles = {item.id: item.title for whole in (self.old, self.new) for item in getattr(whole, group)}
            for name, title in titles.items():
                yield kind, name, title  # type: ignore[misc]  # the four kinds are written out above

    def questions(self) -> Iterator[Difference]:
        titles = {name: item.title for whole in (self.old, self.new) for name, item in whole.by_id.items()}
        for name, title in titles.items():
            yield Difference("question", name, title, self._places("new", name), self._places("old", name))

    def _places(self, ruler: str, name: str) -> Pair:
        return Pair(*(_place(*self.grid[whose, ruler], name) for whose in ("earlier", "later")))


def _read(scores: Scores, kind: Kind, name: str) -> Score:
    """Return one score by its kind; a dash for what a questionnaire does not have. A severity is told in points."""
    if kind == "overall":
        return scores.overall.effective
    if kind == "target":
        return NO_SCORE if scores.targets is None else scores.targets.overall
    if kind == "dimension":
        return scores.dimensions[name].effective if name in scores.dimensions else NO_SCORE
    if kind == "step":
        return scores.steps[name].maturity if name in scores.steps else NO_SCORE
    return _in_points(scores.factors[name].severity) if name in scores.factors else NO_SCORE


def _in_points(severity: Score) -> Score:
    point, low, high = (None if end is None else 100 * end for end in (severity.point, severity.low, severity.high))
    return Score(point, low, high, severity.coverage, severity.shown)


def _place(questionnaire: Questionnaire, assessment: Assessment, name: str) -> Score:
    """Return where an answer stands, 0-100; the whole scale while it is unknown, a dash where it is not asked."""
    staged = questionnaire.at_stage(assessment.stage)
    question, answer = staged.by_id.get(name), assessment.answers.get(name)
    if question is None or (answer is not None and answer.not_applicable is not None):
        return NO_SCORE
    if question not in staged.asked(assessment.mode):
        return NO_SCORE
    instrument = Instrument.of(staged, assessment)
    if answer is None or answer.unknown:
        return Score(None, 100 * instrument.lowest(name), 100 * instrument.highest(name), 0.0, shown=False)
    value = 100 * instrument.value(question, answer)
    return Score(value, value, value)


def _less(later: float | None, earlier: float | None) -> float | None:
    return None if later is None or earlier is None else later - earlier
