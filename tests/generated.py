"""Small questionnaires with weights, scales and strengths drawn at random, and sheets of answers to them.

They are a fraction of the built-in one in size, so that a law can be tried 500 times, and have every part that a score
can follow from: two scales, three wall factors, context that moves weights, signals, posture, lifecycle, a crosswalk,
questions outside the core, questions that are not asked at the design stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.loading import questionnaire_from
from assessment.questionnaire import Mode, Questionnaire, Stage
from assessment.reading import Document

UNKNOWN, NOT_APPLICABLE, OPEN = "unknown", "not_applicable", "open"
DIMENSIONS, FACTORS, STEPS = ("change", "watch"), ("box", "chain", "fog"), ("look", "build", "learn")
WALL = {"look.box": ("box",), "look.chain": ("chain", "box"), "look.fog": ("fog",), "look.more": ("chain",)}
PRACTICE = {
    "build.release": ("change",),
    "build.test": ("change", "watch"),
    "build.repair": ("change",),
    "learn.review": ("watch",),
    "learn.alarm": ("watch", "change"),
    "learn.count": ("watch",),
}
CORE = ("look.box", "look.chain", "look.fog", "build.release", "build.test", "learn.review")
NOT_IN_DESIGN = "learn.count"
ON_FOUR = ("look.more", "build.repair", "learn.alarm")
IDS = (*WALL, *PRACTICE)
STRESSORS, CAUSES, SHIFTS, SIGNALS = ("surge",), ("hurry", "silos"), ("growth",), ("slow", "spread")
CONTEXT = (*STRESSORS, *CAUSES, *SHIFTS)
WEIGHTS, STRENGTHS = (1.0, 0.25, 0.5, 1.5, 3.0), (0.6, 0.0, 0.2, 1.0)
Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of several values; the first is the plain one."""


def _words(name: str, options: int) -> dict[str, Any]:
    return {
        "prompt": f"Where does {name} stand?",
        "hint": "Look and count.",
        "anchors": [f"State {number} of {name}" for number in range(options)],
        "evidence": ["The log"],
    }


def _question(name: str, pick: Pick) -> dict[str, Any]:
    options = 4 if name in ON_FOUR else 5
    words = _words(name, options)
    feeds = {"factors": WALL[name]} if name in WALL else {"dimensions": PRACTICE[name]}
    data = {
        "id": name,
        "step": name.partition(".")[0],
        "title": name.capitalize(),
        "why": "Patients wait.",
        "seed": "seed",
        "core": name in CORE,
        "weight": pick(WEIGHTS),
        **words,
        **{key: {item: pick(WEIGHTS) for item in items} for key, items in feeds.items()},
        "lifecycle": [pick(("plan", "run"))],
        "references": ["own"],
    }
    if name in ON_FOUR:
        data["scale"] = "four"
    if name == "build.release":
        data["stressors"] = {"surge": {"weight": pick(WEIGHTS), "because": "It is under load."}}
    if name == NOT_IN_DESIGN:
        return {**data, "not_in_design": "It counts what happened."}
    return {**data, "design": words}


def _item(name: str, **more: Any) -> dict[str, Any]:
    anchors = ["Never", "Once", "At times", "Monthly", "Weekly"]
    return {"id": name, "title": name, "prompt": f"Does {name} hold?", "seed": "seed", "anchors": anchors, **more}


def _weighted(pick: Pick, names: Iterable[str]) -> dict[str, Any]:
    return {name: {"weight": pick(WEIGHTS), "because": "It was drawn."} for name in names}


def _context(pick: Pick) -> dict[str, Any]:
    causes = [_item(name, points_to=_weighted(pick, ["box", "chain"]), finding=f"{name} left it.") for name in CAUSES]
    verdicts = [{"at_least": 0, "verdict": "open", "sentence": "Nothing is asked."}]
    return {
        "stressors": [_item("surge", dimension_weights=_weighted(pick, ["change"]))],
        "criteria": [],
        "future_shifts": [_item("growth", points_to=_weighted(pick, ["chain"]), finding="Growth presses.")],
        "root_causes": causes,
        "applicability": {"holds_at": 2, "verdicts": verdicts},
    }


def _signal(pick: Pick, name: str, factors: Iterable[str]) -> dict[str, Any]:
    more = {"misread_as": "noise", "measure_name": "count", "measure_unit": "per month"}
    return _item(name, supports=_weighted(pick, factors), **more)


def _factor(pick: Pick, name: str, share: float) -> dict[str, Any]:
    strengths = {dimension: {"k": pick(STRENGTHS), "because": "It was drawn."} for dimension in DIMENSIONS}
    words = {"title": name.capitalize(), "summary": "A wall.", "lifted_means": "No wall.", "capacity_because": "Drawn."}
    return {"id": name, "strengths": strengths, "capacity_weight": share, **words}


def _data(pick: Pick) -> dict[str, Any]:
    four = [0, pick((0.3, 0.1)), pick((0.7, 0.5)), 1]
    scales = {"five": [0, 0.25, 0.5, 0.75, 1], "four": four}
    crosswalk = {"title": "Rule", "section": "1", "year": 2020, "disclaimer": "A reading.", "id": "rule"}
    paragraph = {"citation": "1(a)", "topic": "Change", "obligation": "required", "id": "one"}
    return {
        "format": "sixstep-questionnaire/1",
        "id": "drawn",
        "version": "1",
        "title": "Drawn",
        "summary": "At random.",
        "language": "en",
        "default_scale": "five",
        "scales": [
            {"id": name, "options": [{"label": f"{name} {value}", "value": value} for value in values]}
            for name, values in scales.items()
        ],
        "dimensions": [{"id": name, "title": name, "short": name, "summary": "s"} for name in DIMENSIONS],
        "steps": [{"id": name, "title": name, "summary": "s", "narrative": ["n"]} for name in STEPS],
        "wall_factors": [_factor(pick, name, share) for name, share in zip(FACTORS, (0.5, 0.25, 0.25), strict=True)],
        "context": _context(pick),
        "signals": [_signal(pick, "slow", ["box", "chain"]), _signal(pick, "spread", ["chain"])],
        "rules": {"show_point_from_coverage": 0.5, "gate_share": 0.7, "policies_version": "1", "policies": []},
        "bands": [{"at_least": 0, "name": "low"}, {"at_least": 50, "name": "high"}],
        "posture": [
            {"id": "risk", "title": "R", "reactive": "r", "engineered": "e", "questions": _weighted(pick, IDS)}
        ],
        "lifecycle": [{"id": name, "title": name, "summary": "s"} for name in ("plan", "run")],
        "crosswalks": [
            {**crosswalk, "items": [{**paragraph, "questions": dict.fromkeys(PRACTICE, "It bears on it.")}]}
        ],
        "economics": {"effects": {}, "baseline": {}},
        "references": {"own": {"title": "Own", "section": "all", "year": 2026}},
        "questions": [_question(name, pick) for name in IDS],
    }


@st.composite
def questionnaires(draw: Any) -> Questionnaire:
    """A small questionnaire with weights and strengths of its own, as the loader accepts it."""
    return questionnaire_from(Document(_data(lambda choices: draw(st.sampled_from(choices))), ""))


def plain_questionnaire() -> Questionnaire:
    """Return the small questionnaire in which every choice is the first: weights of 1, strengths of .6."""
    return questionnaire_from(Document(_data(lambda choices: choices[0]), ""))


def without(questionnaire: Questionnaire, *names: str) -> Questionnaire:
    """Return a copy of a questionnaire that lacks some questions, also where its other parts name them."""
    kept = tuple(question for question in questionnaire.questions if question.id not in names)
    update: dict[str, Any] = {"questions": kept}
    copy = questionnaire.model_copy(update=update)
    for made in ("by_id", "before_launch"):
        copy.__dict__.pop(made, None)
    return copy


def kinds(question: str) -> st.SearchStrategy[Any]:
    """One answer: an option of the question's scale, unknown, not applicable, or none at all."""
    options = st.integers(0, 3 if question in ON_FOUR else 4)
    return st.one_of(options, st.sampled_from([UNKNOWN, NOT_APPLICABLE, OPEN]))


def sheets() -> st.SearchStrategy[dict[str, Any]]:
    """A sheet of answers to a small questionnaire."""
    return st.fixed_dictionaries({name: kinds(name) for name in IDS})


def contexts() -> st.SearchStrategy[dict[str, int]]:
    """Some answers to the context."""
    return st.dictionaries(st.sampled_from(CONTEXT), st.integers(0, 4))


def settings_of() -> st.SearchStrategy[tuple[Mode, Stage]]:
    """A mode and a stage."""
    modes: tuple[Mode, ...] = ("pulse", "full")
    stages: tuple[Stage, ...] = ("live", "design")
    return st.tuples(st.sampled_from(modes), st.sampled_from(stages))


def to_answer(kind: Any) -> Answer | None:
    """Return the answer that a kind stands for."""
    if kind == OPEN:
        return None
    if kind == UNKNOWN:
        return Answer(unknown=True)
    if kind == NOT_APPLICABLE:
        return Answer(not_applicable="out_of_scope")
    return Answer(option=kind)


def assessed(questionnaire: Questionnaire, sheet: Mapping[str, Any], **more: Any) -> Assessment:
    """Return the assessment that a sheet stands for."""
    return Assessment(
        name="law",
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        answers={name: answer for name, kind in sheet.items() if (answer := to_answer(kind)) is not None},
        **more,
    )
