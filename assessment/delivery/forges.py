"""Records of the GitHub and GitLab interfaces: which kind one is, and what it says.

The formats are those of the REST interfaces: GitHub deployments, deployment statuses, workflow runs, releases, commits
and issues; GitLab deployments and issues. A file may hold several kinds of one family, such as deployments with their
statuses and commits. GitHub's command line tool (``gh run list --json``) writes the same under names of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from assessment.delivery.rules import Role, delivery_rules
from assessment.delivery.times import shown
from assessment.errors import InputError, Problem

Item = Mapping[str, Any]
Kind = Literal[
    "github_status",
    "github_deployment",
    "github_run",
    "github_release",
    "github_commit",
    "github_issue",
    "gitlab_deployment",
    "gitlab_issue",
]
ROLES: Mapping[Role, tuple[Kind, ...]] = {
    "deployments": (
        "github_deployment",
        "github_status",
        "github_run",
        "github_release",
        "github_commit",
        "gitlab_deployment",
    ),
    "incidents": ("github_issue", "gitlab_issue"),
}
_COMMIT = re.compile(r"\b[0-9a-f]{40}\b")
_DEPLOYMENT = re.compile(r"deployments?[/:#\s]{1,2}(\d{1,20})\b", re.IGNORECASE)
_MOST_LINKS = 20
_MOST_NAMED = 8
_TOLD_BY_GH = frozenset({"createdAt", "closedAt", "updatedAt", "publishedAt", "headSha"})
_NAMED_BY_GH = {
    "databaseId": "id",
    "workflowDatabaseId": "workflow_id",
    "workflowName": "name",
    "isDraft": "draft",
    "isPrerelease": "prerelease",
}
_CAPITAL = re.compile(r"(?<=[a-z])([A-Z])")


def as_rest(item: Item) -> Item:
    """Return a record as the REST interface names it: one of ``gh … --json`` under other names, any other as it is."""
    if not _TOLD_BY_GH & set(item):
        return item
    plain = {_CAPITAL.sub(r"_\1", key).lower(): value for key, value in item.items()}
    return {**plain, **{name: item[key] for key, name in _NAMED_BY_GH.items() if key in item}}


def kind_of(item: Item) -> Kind | None:
    """Return what a record is; None for one that is none of these."""
    return next((kind for kind, is_one in _MARKS if is_one(item)), None)


_MARKS: tuple[tuple[Kind, Callable[[Item], bool]], ...] = (
    ("github_status", lambda item: "deployment_url" in item and "state" in item),
    ("gitlab_issue", lambda item: "iid" in item and "labels" in item),
    ("gitlab_deployment", lambda item: "iid" in item and "environment" in item),
    ("github_run", lambda item: "workflow_id" in item or ("head_sha" in item and "conclusion" in item)),
    ("github_release", lambda item: "tag_name" in item and "published_at" in item),
    ("github_commit", lambda item: "sha" in item and isinstance(item.get("commit"), Mapping)),
    ("github_issue", lambda item: "number" in item and "labels" in item),
    ("github_deployment", lambda item: {"id", "environment", "created_at"} <= set(item)),
)


def error_page(item: Item) -> str:
    """Return the words of an answer that is an error in place of records; empty for any other."""
    said = item.get("message", item.get("error"))
    plain = len(item) == 1 or "documentation_url" in item or "error_description" in item
    return said if isinstance(said, str) and plain else ""


def text(item: Item, *path: str) -> str:
    """Return a text or a number inside a record as text; empty where there is none."""
    here: Any = item
    for key in path:
        here = here.get(key) if isinstance(here, Mapping) else None
    return str(here) if isinstance(here, str | int) and not isinstance(here, bool) else ""


def labels(item: Item) -> tuple[str, ...]:
    """Return the labels of an issue, in small letters: texts at GitLab, records with a name at GitHub.

    What is neither is no label: a null read as the word "none" would be a severity.
    """
    given = item.get("labels")
    listed = given if isinstance(given, list) else ()
    names = [text(each, "name") if isinstance(each, Mapping) else text({"name": each}, "name") for each in listed]
    return tuple(name.strip().casefold() for name in names if name)


def is_incident(item: Item, label: str) -> bool:
    """Whether an issue is an incident: by its type, or by a label."""
    types = (text(item, "issue_type"), text(item, "type"), text(item, "type", "name"))
    typed = not label and any(name.casefold() == "incident" for name in types)
    return typed or is_labelled(labels(item), label)


def is_labelled(names: Iterable[str], label: str) -> bool:
    """Whether one of the labels is that of incidents: the one that was named, else one that is known."""
    wanted = (label.strip().casefold(),) if label else delivery_rules().incident_labels
    return any(name in wanted for name in names)


def refuse_no_incident(file: str, others: Iterable[str], label: str) -> None:
    """Refuse issues of which none is an incident.

    Raises:
        InputError: naming the labels that there are.
    """
    wanted = f"has the label '{shown(label)}'" if label else "is an incident by its type or label"
    named = ", ".join(f"'{shown(other)}'" for other in list(others)[:_MOST_NAMED])
    remedy = f"name the label of incidents with --label: {named}" if named else "export the issues that are incidents"
    raise InputError(Problem(f"no issue {wanted}", remedy, file))


def links(item: Item) -> tuple[str, ...]:
    """Return the deployments and commits that an issue names in its title, text or labels."""
    said = "\n".join((text(item, "title"), text(item, "body"), text(item, "description"), *labels(item)))
    found = [*_DEPLOYMENT.findall(said), *_COMMIT.findall(said)]
    return tuple(dict.fromkeys(found))[:_MOST_LINKS]


def is_deploying(workflow: str) -> bool:
    """Whether the name of a workflow says that it deploys."""
    return any(word in workflow.casefold() for word in delivery_rules().workflows)
