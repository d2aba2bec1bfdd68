"""Files in: bounded, YAML 1.2 in spirit, every value with its line, every fault a sentence.

YAML 1.1 reads ``no`` as false, ``1:30`` as 90 and ``012`` as ten. Here only ``true`` and ``false`` are booleans and
only plain decimal figures are numbers; everything else stays the text that was typed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

from assessment.errors import InputError, Problem, nearest

LARGEST_BYTES = 2 * 1024 * 1024
LARGEST_NODES = 100_000
DEEPEST = 60
MOST_PROBLEMS = 50
_LONGEST_INTEGER = 18
_LONGEST_SHOWN = 60
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?((0|[1-9][0-9]*)?\.[0-9]+|(0|[1-9][0-9]*)\.?)([eE][-+]?[0-9]+)?")
_NOT_YAML = re.compile("\\\\(?:u[0-9a-fA-F]{4}|.)|[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CORE_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = {"map", "seq", "str", "int", "float", "bool", "null"}
Path_ = tuple[str | int, ...]  # keys and list positions from the top of a file
M = TypeVar("M", bound=BaseModel)


class _CoreLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """A loader whose implicit tags are those of the YAML 1.2 core schema."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


_CoreLoader.add_implicit_resolver(_CORE_TAG + "bool", re.compile(r"^(?:true|false)$"), list("tf"))
_CoreLoader.add_implicit_resolver(_CORE_TAG + "null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_CoreLoader.add_implicit_resolver(_CORE_TAG + "int", re.compile(rf"^(?:{_INTEGER.pattern})$"), list("-+0123456789"))
_CoreLoader.add_implicit_resolver(_CORE_TAG + "float", re.compile(rf"^(?:{_DECIMAL.pattern})$"), list("-+.0123456789"))


@dataclass(frozen=True)
class Document:
    """Plain data and, for every path into it, the 1-based line where it stands."""

    data: Any
    file: str
    lines: Mapping[Path_, int] = field(default_factory=dict)

    def line(self, path: Sequence[str | int]) -> int | None:
        """Return the line of ``path``, or of the nearest part of the file that encloses it."""
        place = tuple(path)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    def problem(self, path: Sequence[str | int], message: str, remedy: str = "", subject: str = "") -> Problem:
        """Return a problem at ``path``, naming the enclosing item's id when no subject is given."""
        return Problem(message, remedy, self.file, self.line(path), subject or self.subject(path))

    def subject(self, path: Sequence[str | int]) -> str:
        """Return the id of the innermost item around ``path`` that has one."""
        found, here = "", self.data
        for step in path:
            here = here[step] if _has(here, step) else None
            if isinstance(here, dict) and isinstance(here.get("id"), str):
                found = here["id"]
        return found


def _has(here: Any, step: str | int) -> bool:
    if isinstance(here, dict):
        return step in here
    return isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here)


def read_text(path: Path) -> str:
    """Read a file of at most 2 MiB of UTF-8 text.

    Raises:
        InputError: when it is missing, too large, empty, or not text.
    """
    name = path.name
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(Problem("this is a folder", "give a file", name))
        if size > LARGEST_BYTES:
            raise InputError(Problem(f"the file has {size:,} bytes", f"at most {LARGEST_BYTES:,} are read", name))
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "unknown fault"
        raise InputError(Problem(f"cannot be read: {reason}", "check the path", name)) from error
    return decode(raw, name)


def decode(raw: bytes, name: str) -> str:
    """Return the text of ``raw``, refusing what is too large, empty, or no UTF-8 text."""
    if len(raw) > LARGEST_BYTES:
        raise InputError(Problem(f"the file has more than {LARGEST_BYTES:,} bytes", "make it smaller", name))
    if b"\x00" in raw:
        raise InputError(Problem("this is a binary file", "give a UTF-8 text file", name))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(Problem("a byte is not UTF-8 text", "save the file as UTF-8", name, line)) from error
    if not text.strip():
        raise InputError(Problem("the file is empty", "see 'sixstep schema' for what it should hold", name))
    return text


def read_document(path: Path) -> Document:
    """Read a YAML or JSON file (by suffix) with the line of every value."""
    return parse_document(read_text(path), path.name)


def parse_document(text: str, name: str) -> Document:
    """Parse text by the suffix of ``name``. JSON keeps the values that its own reader gives."""
    if name.lower().endswith(".json"):
        return Document(_json(text, name), name, _json_lines(text))
    return _parse_yaml(text, name)


def _parse_yaml(text: str, name: str) -> Document:
    loader = _CoreLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise InputError(Problem("the file holds no data", "see 'sixstep schema' for what it should hold", name))
        _bounded(node, name)
        builder = _Builder(name)
        return Document(builder.build(node, ()), name, builder.lines)
    except yaml.YAMLError as error:
        raise InputError(_yaml_problem(error, name)) from error
    except RecursionError as error:
        raise InputError(Problem("the data is nested too deeply", f"at most {DEEPEST} levels", name)) from error
    finally:
        loader.dispose()


def _json(text: str, name: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen = dict(pairs)
        if len(seen) < len(pairs):
            twice = next(key for index, (key, _) in enumerate(pairs) if any(key == other for other, _ in pairs[:index]))
            raise InputError(Problem(f"the key '{twice}' stands twice", "keep one of them", name, _line_of_twice(text)))
        return seen

    def infinite(word: str) -> float:
        raise InputError(Problem(f"'{word}' is no JSON number", "write a finite number", name))

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=infinite)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg} (column {error.colno})"
        raise InputError(Problem(message, "correct the file or export it again", name, error.lineno)) from error
    except (RecursionError, ValueError) as error:
        raise InputError(Problem("the JSON cannot be read", "export it again", name)) from error


def _json_lines(text: str) -> Mapping[Path_, int]:
    """Return the line of every value of a valid JSON text, which is YAML once what YAML cannot hold is blotted out."""
    try:
        return _parse_yaml(_blotted(text), "").lines
    except InputError:
        return {}


def _blotted(text: str) -> str:
    return _NOT_YAML.sub("x", text.replace("\t", " "))


def _line_of_twice(text: str) -> int | None:
    """Return the line of the first key that stands twice in its object."""
    try:
        _parse_yaml(_blotted(text), "")
    except InputError as error:
        return error.problems[0].line
    return None


def _yaml_problem(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else None
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read as YAML")
    return Problem(f"not valid YAML: {said}", "check indentation, quotes and colons on this line", name, line)


def _bounded(node: yaml.Node, name: str) -> None:
    """Refuse aliases that would expand past the bound, and loops, before anything is expanded."""
    sizes: dict[int, int] = {}
    open_: set[int] = set()

    def size(current: yaml.Node, depth: int) -> int:
        key = id(current)
        if key in open_ or depth > DEEPEST:
            what = "an alias contains itself" if key in open_ else "the data is nested too deeply"
            raise InputError(Problem(what, f"at most {DEEPEST} levels", name, current.start_mark.line + 1))
        if key not in sizes:
            open_.add(key)
            sizes[key] = 1 + sum(size(child, depth + 1) for child in _children(current))
            open_.discard(key)
        if sizes[key] > LARGEST_NODES:
            message = f"aliases expand to more than {LARGEST_NODES:,} values"
            raise InputError(Problem(message, "write the values out instead", name, current.start_mark.line + 1))
        return sizes[key]

    size(node, 0)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return cast("list[yaml.Node]", node.value) if isinstance(node, yaml.SequenceNode) else []


class _Builder:
    """Turns nodes into plain data and notes the line of each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path_, int] = {}

    def build(self, node: yaml.Node, path: Path_) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if node.tag.removeprefix(_CORE_TAG) not in _PLAIN_TAGS:
            line = node.start_mark.line + 1
            raise InputError(Problem(f"the tag '{node.tag}' is not read", "remove the tag", self.name, line))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(cast("yaml.ScalarNode", node))

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError(Problem("a key must be plain text", "write a word before the colon", self.name, line))
            key = key_node.value
            if key in built:
                raise InputError(Problem(f"the key '{key}' stands twice", "keep one of them", self.name, line))
            self.lines[(*path, key)] = line
            built[key] = self.build(value_node, (*path, key))
        return built

    def _scalar(self, node: yaml.ScalarNode) -> str | int | float | bool | None:
        kind = node.tag.removeprefix(_CORE_TAG)
        text: str = node.value
        if kind == "bool":
            return text == "true"
        if kind == "null":
            return None
        if kind == "int" and len(text) <= _LONGEST_INTEGER:
            return int(text)
        if kind in {"int", "float"}:
            return float(text)
        return text


def validate(model: type[M], document: Document) -> M:
    """Return ``document`` as ``model``.

    Raises:
        InputError: one problem for each fault, with file, line, the item's id and a remedy.
    """
    try:
        return model.model_validate_json(json.dumps(document.data, allow_nan=True))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)[:MOST_PROBLEMS]
        problems = [_problem(document, model, cast("dict[str, Any]", fault)) for fault in found]
        raise InputError(sorted(problems, key=lambda problem: (problem.line or 0, str(problem)))) from error


def _problem(document: Document, model: type[BaseModel], fault: dict[str, Any]) -> Problem:
    path: Path_ = tuple(fault["loc"])
    name = ".".join(str(part) for part in path) or "the file"
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        remedy = nearest(str(path[-1]), _fields(model, path[:-1]))
        return document.problem(path, f"the key '{path[-1]}' is not known here", remedy)
    if kind == "missing":
        return document.problem(path[:-1], f"'{name}' is missing", f"add the key '{path[-1]}'")
    said = str(context.get("error") or fault["msg"])
    remedy = _REMEDIES.get(kind, "see 'sixstep schema' for what is allowed")
    return document.problem(path, f"'{name}': {said[:1].lower()}{said[1:]}, not {_shown(fault['input'])}", remedy)


_REMEDIES = {
    "string_type": "write text (put a figure or true/false between quotes)",
    "int_type": "write a whole number without quotes or leading zeros",
    "int_from_float": "write a whole number",
    "float_type": "write a number with a decimal point, without quotes",
    "bool_type": "write true or false (yes and no are read as text)",
    "tuple_type": "write a list",
    "dict_type": "write a mapping of keys to values",
    "model_type": "write a mapping of keys to values",
    "string_pattern_mismatch": "use the form that the pattern shows",
    "literal_error": "use one of the words listed",
    "finite_number": "write a finite number",
}


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def _fields(model: type[BaseModel], path: Path_) -> list[str]:
    """Return the field names of the model that stands at ``path`` inside ``model``."""
    current: Any = model
    for step in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            current = current.model_fields[str(step)].annotation if str(step) in current.model_fields else None
        else:
            current = _inner(current)
        while current is not None and not isinstance(current, type) and not _is_container(current):
            current = _first_model(current)
    if _is_container(current):
        return []
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []


def _is_container(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) in {tuple, dict, list}


def _inner(annotation: Any) -> Any:
    arguments: tuple[Any, ...] = getattr(annotation, "__args__", ())
    if getattr(annotation, "__origin__", None) is dict:
        return arguments[1]
    return arguments[0] if arguments else None


def _first_model(annotation: Any) -> Any:
    for argument in getattr(annotation, "__args__", ()):
        if isinstance(argument, type) and issubclass(argument, BaseModel):
            return argument
    return None
