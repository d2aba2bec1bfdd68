"""An overlay: another questionnaire, written as what it drops, rewords, weighs anew and adds.

Laying one over its base gives a plain questionnaire. Each part of the result knows the line of the overlay that it came
from, so that every fault of the whole is reported where somebody can mend it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from assessment.errors import InputError, Problem, nearest
from assessment.feeds import TargetPreset
from assessment.fields import Identifier, Model, Positive, Reason, Text
from assessment.overlay_feeds import without_dropped
from assessment.questionnaire import DesignWording, Question, Questionnaire, Reference
from assessment.reading import Document, Path_

FORMAT = "sixstep-overlay/1"
Data = dict[str, Any]
_WORDS = ("title", "summary", "language")


class Rewording(Model):
    """Other words for a question; what is left out stays as it is. Its id, scale and weights never change here."""

    title: Text | None = None
    """Other title."""
    prompt: Text | None = None
    """Other question, one sentence."""
    hint: Text | None = None
    """Other hint on where to look."""
    why: Text | None = None
    """Other reason why it matters."""
    anchors: tuple[Text, ...] | None = Field(default=None, min_length=2, max_length=11)
    """Other texts of all options, from the lowest; their values stay."""
    evidence: tuple[Text, ...] | None = Field(default=None, min_length=1)
    """Other evidence that would prove an answer."""
    references: tuple[Identifier, ...] | None = Field(default=None, min_length=1)
    """Other sources, by id."""
    design: DesignWording | None = None
    """The question as it is put before launch."""
    not_in_design: Reason | None = None
    """Why the question is not asked before launch; takes the place of its words for that."""


class Reweighing(Model):
    """Other weights for a question, and the sentence that defends them."""

    weight: Positive | None = None
    """Other weight of the question."""
    dimensions: dict[str, Positive] | None = None
    """Other dimensions that it feeds, all of them, each with its weight."""
    factors: dict[str, Positive] | None = None
    """Other wall factors that it measures, all of them, each with its weight."""
    because: Text
    """One sentence that defends the weights."""


class Addition(Question):
    """A question of the overlay's own; it stands after ``after``, else last in its step."""

    after: Identifier | None = None
    """The question that it stands after, by id."""


class Overlay(Model):
    """An overlay file. ``extends_version`` may be left out; then the newest version that is installed is meant."""

    format: Literal["sixstep-overlay/1"]
    """Name and version of this format."""
    extends: Identifier
    """Id of the installed questionnaire that changes."""
    extends_version: Text | None = None
    """The version that the overlay was written for; any other one is refused."""
    id: Identifier
    """Id of the questionnaire that comes of it; not that of its base."""
    version: Text
    """Version of the overlay; other content needs another one."""
    title: Text
    """Title of the questionnaire that comes of it."""
    summary: Text | None = None
    """Other summary."""
    language: Text | None = None
    """Other language, as a code such as en."""
    drop: tuple[Identifier, ...] = ()
    """Questions that are not asked, by id."""
    reword: dict[str, Rewording] = Field(default_factory=dict)
    """Questions in other words, by id."""
    reweigh: dict[str, Reweighing] = Field(default_factory=dict)
    """Questions of another weight, by id."""
    add: tuple[Addition, ...] = ()
    """Questions of your own."""
    add_references: dict[str, Reference] = Field(default_factory=dict)
    """Sources that the base does not have, by id."""
    target_presets: tuple[TargetPreset, ...] = ()
    """Presets that take the place of the one of the same id, or are added."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The whole questionnaire as a document, and a sentence for each part that was left with nothing to name."""

    document: Document
    left_out: tuple[str, ...]


def is_overlay(document: Document) -> bool:
    """Say whether a document calls itself an overlay, of this format or another."""
    declared = document.data.get("format") if isinstance(document.data, dict) else None
    return isinstance(declared, str) and declared.startswith("sixstep-overlay/")


def base_of(overlay: Overlay, installed: Sequence[Questionnaire], document: Document) -> Questionnaire:
    """Return what an overlay extends, from the installed questionnaires of that id, oldest version first.

    Raises:
        InputError: when the questionnaire, or the version that the overlay was written for, is not installed.
    """
    if not installed:
        message = f"the questionnaire '{overlay.extends}' is not installed"
        raise InputError(document.problem(("extends",), message, "install it first, or correct the id"))
    if overlay.extends_version is None:
        return installed[-1]
    for base in installed:
        if base.version == overlay.extends_version:
            return base
    here = ", ".join(base.version for base in installed)
    message = f"it extends version '{overlay.extends_version}' of '{overlay.extends}', and '{here}' is installed"
    raise InputError(
        document.problem(("extends_version",), message, "look through the overlay again and name that one")
    )


def lay(overlay: Overlay, base: Questionnaire, document: Document) -> Laid:
    """Return the questionnaire that an overlay gives, not yet checked as a whole.

    Args:
        overlay: what changes.
        base: what it changes, in the words of a live product.
        document: the overlay as it was read, for its lines.

    Raises:
        InputError: for everything in the overlay that does not fit its base.
    """
    found = sorted(_faults(overlay, base, document), key=lambda problem: (problem.line or 0, str(problem)))
    if found:
        raise InputError(found)
    return _Layer(overlay, base, document).laid()


def _faults(overlay: Overlay, base: Questionnaire, document: Document) -> Iterator[Problem]:
    if overlay.id == base.id:
        message = f"the overlay has the id of the questionnaire that it extends, '{base.id}'"
        yield document.problem(("id",), message, "give it an id of its own")
    yield from _drop_faults(overlay, base, document)
    for group in ("reword", "reweigh"):
        for name in getattr(overlay, group):
            yield from _unknown(name, base.by_id, document, (group, name))
            if name in overlay.drop:
                message = f"the question is dropped and also named under '{group}'"
                yield document.problem((group, name), message, "keep one of the two", name)
    for name, words in overlay.reword.items():
        if words.design is not None and words.not_in_design:
            message = "the question has both 'design' and 'not_in_design'"
            yield document.problem(("reword", name, "not_in_design"), message, "keep one of them", name)
    yield from _addition_faults(overlay, base, document)
    for name in overlay.add_references:
        if name in base.references:
            message = f"the reference '{name}' is there already"
            yield document.problem(("add_references", name), message, "use it, or choose another name")


def _drop_faults(overlay: Overlay, base: Questionnaire, document: Document) -> Iterator[Problem]:
    for index, name in enumerate(overlay.drop):
        yield from _unknown(name, base.by_id, document, ("drop", index))
        if name in overlay.drop[:index]:
            yield document.problem(("drop", index), f"the question '{name}' is dropped twice", "name it once", name)


def _addition_faults(overlay: Overlay, base: Questionnaire, document: Document) -> Iterator[Problem]:
    """An id is for ever: not even a dropped question's may be given to another one."""
    known = [name for name in base.by_id if name not in overlay.drop]
    for index, question in enumerate(overlay.add):
        if question.id in base.by_id or question.id in known:
            message = f"the id '{question.id}' belongs to another question"
            yield document.problem(("add", index, "id"), message, "choose another; answers are kept by id")
        if question.after is not None:
            yield from _unknown(question.after, known, document, ("add", index, "after"))
        known.append(question.id)


def _unknown(name: str, known: Iterable[str], document: Document, path: Path_) -> Iterator[Problem]:
    allowed = list(known)
    if name not in allowed:
        yield document.problem(path, f"no question '{name}'", nearest(name, allowed), name)


class _Layer:
    """Builds the data of the whole and the map from its paths to the lines of the overlay."""

    def __init__(self, overlay: Overlay, base: Questionnaire, document: Document) -> None:
        self.overlay, self.base, self.document = overlay, base, document
        self.data: Data = base.model_dump(mode="json")
        self.lines: dict[Path_, int] = {(): document.line(("extends",)) or 1}

    def laid(self) -> Laid:
        self._head()
        self._questions()
        self._presets()
        self._blame()
        self.data, left_out = without_dropped(self.data, frozenset(self.overlay.drop))
        return Laid(Document(self.data, self.document.file, self.lines), left_out)

    def _head(self) -> None:
        self.data |= {"id": self.overlay.id, "version": self.overlay.version, "based_on": self.base.id}
        for name in _WORDS:
            self.data[name] = getattr(self.overlay, name) or self.data[name]
        for name in ("id", "version", *_WORDS):
            self._follow((name,), (name,))
        for name, reference in self.overlay.add_references.items():
            self.data["references"][name] = reference.model_dump(mode="json")
            self._follow(("add_references", name), ("references", name))

    def _questions(self) -> None:
        questions: list[Data] = [item for item in self.data["questions"] if item["id"] not in self.overlay.drop]
        for question in self.overlay.add:
            place = _place_of(question, questions)
            questions.insert(place, question.model_dump(mode="json", exclude={"after"}))
        added = {question.id: index for index, question in enumerate(self.overlay.add)}
        for index, item in enumerate(questions):
            if item["id"] in added:
                self._follow(("add", added[item["id"]]), ("questions", index))
            else:
                self._change(item, index)
        self.data["questions"] = questions

    def _change(self, item: Data, index: int) -> None:
        name = item["id"]
        for group in ("reword", "reweigh"):
            change = getattr(self.overlay, group).get(name)
            if change is not None:
                item |= change.model_dump(mode="json", exclude_none=True)
                self._follow((group, name), ("questions", index))
        words = self.overlay.reword.get(name)
        if words is not None and words.not_in_design:
            item["design"] = None
        elif words is not None and words.design is not None:
            item["not_in_design"] = ""

    def _presets(self) -> None:
        """A preset of the same id takes the place of the base's; another one is added."""
        places = {item["id"]: index for index, item in enumerate(self.data["target_presets"])}
        for number, preset in enumerate(self.overlay.target_presets):
            index = places.setdefault(preset.id, len(places))
            self.data["target_presets"][index : index + 1] = [preset.model_dump(mode="json")]
            self._follow(("target_presets", number), ("target_presets", index))

    def _blame(self) -> None:
        """Say of a dimension or wall factor that lost a question on which line of the overlay that happened."""
        dropped = {name: self.document.line(("drop", index)) for index, name in enumerate(self.overlay.drop)}
        weighed = {name: self.document.line(("reweigh", name)) for name in self.overlay.reweigh}
        for name, line in {**dropped, **weighed}.items():
            question = self.base.by_id[name]
            for group, fed in (("dimensions", question.dimensions), ("wall_factors", question.factors)):
                for index, item in enumerate(self.data[group]):
                    if item["id"] in fed and line is not None:
                        self.lines[group, index] = line

    def _follow(self, source: Path_, target: Path_) -> None:
        """Let a part of the whole stand on the lines of the part of the overlay that it came from."""
        for path, line in self.document.lines.items():
            if path[: len(source)] == source:
                self.lines[(*target, *path[len(source) :])] = line


def _place_of(question: Addition, questions: Sequence[Data]) -> int:
    """Return where an added question goes: after the one it names, else after the last of its step, else last."""
    before = [
        index
        for index, item in enumerate(questions)
        if (item["id"] == question.after if question.after else item["step"] == question.step)
    ]
    return before[-1] + 1 if before else len(questions)
