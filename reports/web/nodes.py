"""Elements of a page as data, and the one place where they become HTML: every string is escaped there."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from reports.visible import visible

Child: TypeAlias = "Node | str"
_VOID = frozenset({"br", "col", "img", "meta"})
_RAW = frozenset({"style"})


@dataclass(frozen=True, slots=True)
class Node:
    """One element; a string among its children is text, never markup.

    Attributes:
        tag: from this code base, never from a user.
        attributes: name to value; the values may hold anything.
        children: elements and text in order.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Child, ...] = ()


def element(tag: str, *children: Child | None, **attributes: str | None) -> Node:
    """Return an element; ``None`` children and attributes are left out.

    A trailing underscore and inner ones are for names that Python does not allow: ``class_``, ``aria_label``.
    """
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    return Node(tag, named, tuple(child for child in children if child is not None))


def lines(text: str) -> tuple[Child, ...]:
    """Return a text with its line breaks as elements."""
    found: list[Child] = []
    for line in visible(text).split("\n"):
        found += [Node("br"), line] if found else [line]
    return tuple(found)


def written(node: Child) -> str:
    """Return the HTML of an element, or of a text, in which nothing is markup."""
    if isinstance(node, str):
        return html.escape(visible(node), quote=False)
    head = "".join([node.tag, *(f' {name}="{_value(value)}"' for name, value in node.attributes.items())])
    if node.tag in _VOID:
        return f"<{head}>"
    return f"<{head}>{_inside(node)}</{node.tag}>"


def _value(value: str) -> str:
    return html.escape(visible(value).replace("\n", " "), quote=True)


def _inside(node: Node) -> str:
    if node.tag in _RAW:
        return _style(node.children)
    return "".join(map(written, node.children))


def _style(children: Iterable[Child]) -> str:
    """Return a style sheet of this package as it is.

    Raises:
        ValueError: for one that could end its element.
    """
    sheet = "".join(child for child in children if isinstance(child, str))
    if "<" in sheet:
        message = "a style sheet holds no '<'"
        raise ValueError(message)
    return sheet
